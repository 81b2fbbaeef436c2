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
from statistics import median
from typing import TYPE_CHECKING, Final

from plot import plot
from trial import ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
# Its citations are notes, for which it asks in its own setup.
_BIBTEX: Final = (
    _PLAIN.replace("[search]", "[search, bibtex: {bib_file: bibliography.bib}]")
    + "markdown_extensions: [footnotes]\n"
)


ROUNDS: Final = 5
"""How often each is built, one after the other: a machine may be half as fast a minute later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Seconds: of each step of two publications, and of the plain build straight behind them.

    first: with nothing remembered. following: the same once more, as after a small change.
    """

    first: Mapping[str, float]
    following: Mapping[str, float]
    plain: float

    def ratios(self) -> dict[str, float]:
        """What gate, stage and scan cost beside the build, and the build beside the plain one."""
        found = {}
        for name, steps in (("first", self.first), ("following", self.following)):
            # The plain build prints and frames at once.
            made = steps["print"] + steps["build"]
            found[f"{name}, beside the build"] = sum(steps.values()) / made - 1
            found[f"{name}, against the plain build"] = made / self.plain
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Builds:
    """Every round, and the seconds that the build with mkdocs-bibtex took."""

    articles: int
    rounds: Sequence[Round]
    bibtex: float

    @property
    def first(self) -> dict[str, float]:
        """The usual seconds of each step of a first release."""
        return _usual([each.first for each in self.rounds])

    @property
    def following(self) -> dict[str, float]:
        """The same of another release."""
        return _usual([each.following for each in self.rounds])

    @property
    def plain(self) -> float:
        """The usual seconds of the plain build."""
        return median(each.plain for each in self.rounds)


def measure(root: Path, folder: Path, articles: int) -> Builds:
    """Publish a site again and again, and build its text by others. folder: empty, for it all."""
    rounds = [_round(root, folder / str(number)) for number in range(ROUNDS)]
    return Builds(
        articles=articles,
        rounds=rounds,
        bibtex=_build(root, folder / "bibtex", _BIBTEX),
    )


def _round(root: Path, folder: Path) -> Round:
    folder.mkdir()
    # What is remembered of one round is not known in the next.
    return Round(
        first=_publish(root, folder, "first"),
        following=_publish(root, folder, "following"),
        # Theirs to build: what is committed, without our marks' meaning.
        plain=_build(root, folder / "plain", _PLAIN),
    )


def _usual(steps: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: median(each[name] for each in steps) for name in steps[0]}


def table(found: Builds) -> str:
    """The rows that the README shows: the middle one of the rounds, each for itself."""
    lines = [f"{'':<16}{'first':>10}{'following':>12}"]
    following = found.following
    lines += [
        f"{name:<16}{seconds:>8.1f} s{following[name]:>10.1f} s"
        for name, seconds in found.first.items()
    ]
    lines += [f"plain Material  {found.plain:>8.1f} s", f"mkdocs-bibtex   {found.bibtex:>8.1f} s"]
    ratios = [each.ratios() for each in found.rounds]
    for name in ratios[0]:
        aim = AIM_BESIDE if "beside" in name else AIM_BUILD
        lines.append(_told(name, sorted(each[name] for each in ratios), aim))
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


def _told(what: str, ratios: Sequence[float], aim: float) -> str:
    met = "met" if median(ratios) <= aim else "not met"
    span = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    return f"{what}: {median(ratios):.2f} ({span}); the aim of {aim:g} is {met}"


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
