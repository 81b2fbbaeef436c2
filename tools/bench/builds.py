"""What a publication costs beside the build itself, and the build beside those of others.

All build the same text, and a nav that does not grow: Material alone, and Material with
mkdocs-bibtex, which resolves citations and reviews nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trial import ENVIRONMENT

AIM_BESIDE: Final = 0.6
"""What gate, stage and scan may cost together, as a share of printing and building."""

AIM_BUILD: Final = 1.3
"""What our build may cost, as a multiple of the plain one."""

_PLAIN: Final = """\
site_name: Demonstration
theme: {name: material, font: false}
plugins: [search]
nav: [Articles: index.md]
not_in_nav: |
  /articles/*
"""
_BIBTEX: Final = _PLAIN.replace("[search]", "[search, bibtex: {bib_file: bibliography.bib}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Builds:
    """Seconds: of each step of a publication, of the plain build, of the one with mkdocs-bibtex."""

    articles: int
    steps: dict[str, float]
    plain: float
    bibtex: float

    @property
    def beside(self) -> float:
        """What is spent beside printing and building, as a share of those."""
        return (sum(self.steps.values()) - self._made) / self._made

    @property
    def build(self) -> float:
        """Printing and building, as a multiple of the plain build, which does both at once."""
        return self._made / self.plain

    @property
    def _made(self) -> float:
        return self.steps["plan"] + self.steps["build"]


def measure(root: Path, folder: Path, articles: int) -> Builds:
    """Publish a site, and build its text by others. folder: empty, for all that is made."""
    steps = subprocess.run(
        [sys.executable, "-W", "ignore", str(Path(__file__).with_name("steps.py")), root, folder],
        env={**ENVIRONMENT, "IMPRIMATUR_CACHE": str(folder / "cache")},
        stdout=subprocess.PIPE,
        check=True,
    )
    # Theirs to build: what is committed, without our marks' meaning.
    return Builds(
        articles=articles,
        steps=json.loads(steps.stdout),
        plain=_build(root, folder / "plain", _PLAIN),
        bibtex=_build(root, folder / "bibtex", _BIBTEX),
    )


def table(found: Builds) -> str:
    """The rows that the README shows."""
    rows = [(name, f"{seconds:.1f} s") for name, seconds in found.steps.items()]
    rows += [("plain Material", f"{found.plain:.1f} s"), ("mkdocs-bibtex", f"{found.bibtex:.1f} s")]
    lines = [f"{name:<16}{value:>10}" for name, value in rows]
    lines.append(_told("beside the build", found.beside, AIM_BESIDE))
    lines.append(_told("against the plain build", found.build, AIM_BUILD))
    return "\n".join(lines)


def _told(what: str, ratio: float, aim: float) -> str:
    met = "met" if ratio <= aim else "not met"
    return f"{what}: {ratio:.2f}; the aim of {aim:g} is {met}"


def _build(root: Path, site: Path, config: str) -> float:
    """Seconds that MkDocs takes for the text of a site under other settings."""
    site.mkdir()
    settings = site / "mkdocs.yml"
    settings.write_text(config, encoding="utf-8")
    for name in ("docs", "bibliography.bib"):
        (site / name).symlink_to(root / name)
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet"]
    before = time.perf_counter()
    subprocess.run(
        [*command, "-f", settings, "-d", site / "built"],
        check=True,
        env={**ENVIRONMENT, "NO_MKDOCS_2_WARNING": "1"},
    )
    return time.perf_counter() - before
