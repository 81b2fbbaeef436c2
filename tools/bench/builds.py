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
from typing import TYPE_CHECKING, Final

from plot import plot
from trial import ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """Seconds: of each step of two publications, of the plain build, of the one with mkdocs-bibtex.

    first: with nothing remembered. following: the same once more, as after a small change.
    """

    articles: int
    first: Mapping[str, float]
    following: Mapping[str, float]
    plain: float
    bibtex: float


def measure(root: Path, folder: Path, articles: int) -> Builds:
    """Publish a site twice, and build its text by others. folder: empty, for all that is made."""
    # Theirs to build: what is committed, without our marks' meaning.
    return Builds(
        articles=articles,
        first=_publish(root, folder, "first"),
        following=_publish(root, folder, "following"),
        plain=_build(root, folder / "plain", _PLAIN),
        bibtex=_build(root, folder / "bibtex", _BIBTEX),
    )


def table(found: Builds) -> str:
    """The rows that the README shows."""
    lines = [f"{'':<16}{'first':>10}{'following':>12}"]
    lines += [
        f"{name:<16}{seconds:>8.1f} s{found.following[name]:>10.1f} s"
        for name, seconds in found.first.items()
    ]
    lines += [f"plain Material  {found.plain:>8.1f} s", f"mkdocs-bibtex   {found.bibtex:>8.1f} s"]
    for name, steps in (("first", found.first), ("following", found.following)):
        made = steps["print"] + steps["build"]
        lines.append(_told(f"{name}, beside the build", sum(steps.values()) / made - 1, AIM_BESIDE))
        # The plain build prints and frames at once.
        lines.append(_told(f"{name}, against the plain build", made / found.plain, AIM_BUILD))
    return "\n".join(lines)


def picture(found: Builds) -> str:
    """The same as an SVG."""
    rows = {
        "first release": found.first,
        "the next release": found.following,
        "Material alone": {"build": found.plain},
        "with mkdocs-bibtex": {"build": found.bibtex},
    }
    return plot(f"Seconds to publish {found.articles:,} articles", rows)


def _told(what: str, ratio: float, aim: float) -> str:
    met = "met" if ratio <= aim else "not met"
    return f"{what}: {ratio:.2f}; the aim of {aim:g} is {met}"


def _publish(root: Path, folder: Path, name: str) -> dict[str, float]:
    steps = str(Path(__file__).with_name("steps.py"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", steps, root, folder / name],
        env={**ENVIRONMENT, "IMPRIMATUR_CACHE": str(folder / "cache")},
        stdout=subprocess.PIPE,
        check=True,
    )
    spent: dict[str, float] = json.loads(done.stdout)
    return spent


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
