"""Measures how fast large sites are examined: `bench [ARTICLES …] [--plot FILE]`.

Cold is an empty cache, warm the same command once more. It fails where the cost of an article
grows with the number of articles, and never for a slow machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from compileall import compile_dir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from builds import measure, picture, table
from make import make
from trial import COMMANDS, Trial, run

import imprimatur

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZES: Final = (1000, 3000, 10_000)
SECONDS: Final = 2400.0
"""How long it may take; what would take longer is left out, and said so."""

MOST: Final = 1.5
"""What an article may cost at the largest size, as a multiple of its cost at the smallest."""

AIMS: Final = {True: 4.0, False: 1.0}
"""Seconds for 1,000 articles, cold and warm."""

_HEAD: Final = "articles  command  cache   seconds      work  ms/article   ratio  git processes"


def main(sizes: Sequence[int], drawing: Path | None) -> int:
    """Measure every size, print the table and what it says. drawing: where a picture is put."""
    found: list[Trial] = []
    print(f"{_HEAD}\n(work: seconds of all cores together, by which an article's cost is told)")
    compile_dir(Path(imprimatur.__path__[0]), quiet=1)
    started = time.monotonic()
    for size in sizes:
        left = SECONDS - (time.monotonic() - started)
        with TemporaryDirectory(prefix="imprimatur-bench-") as folder:
            for trial in _trials(Path(folder), size, found, left):
                found.append(trial)
                print(_row(trial, _ratio(trial, found)), flush=True)
    with TemporaryDirectory(prefix="imprimatur-bench-") as folder:
        root, size = Path(folder) / "site", min(sizes)
        make(root, size)
        (Path(folder) / "made").mkdir()
        print(f"\na publication of {size} articles", flush=True)
        published = measure(root, Path(folder) / "made", size)
        print(table(published))
        if drawing is not None:
            drawing.write_text(picture(published), encoding="utf-8")
    return _told(found, sizes)


def _trials(folder: Path, size: int, before: Sequence[Trial], left: float) -> Iterator[Trial]:
    """Both commands, cold and warm, as far as there is time for them."""
    end = time.monotonic() + left
    root = folder / "site"
    # To make a site takes about as long as to tell its status for the first time.
    if 2 * _expected(before, size, ("status",)) > left:
        print(f"{size:>8}  left out: it would take longer than {SECONDS:g} seconds in all")
        return
    make(root, size)
    for command in COMMANDS:
        if _expected(before, size, (command,)) > end - time.monotonic():
            print(f"{size:>8}  {command} left out: no time was left for it")
            continue
        for is_cold in (True, False):
            cache = folder / f"cache-{command}"
            yield run(root, cache, size, command, is_cold=is_cold)


def _expected(before: Sequence[Trial], size: int, commands: Sequence[str]) -> float:
    """Seconds that a size will take, by the last one; more, since the machine may be busy."""
    last = [each for each in before if each.command in commands]
    largest = max((each.articles for each in last), default=0)
    spent = sum(each.seconds for each in last if each.articles == largest)
    return 1.3 * spent * size / largest if largest else 0.0


def _ratio(trial: Trial, found: Sequence[Trial]) -> float:
    """The cost of an article, as a multiple of what it was at the smallest size."""
    kind = (trial.command, trial.is_cold)
    first = next(each for each in found if (each.command, each.is_cold) == kind)
    return trial.each / first.each


def _row(trial: Trial, ratio: float) -> str:
    return (
        f"{trial.articles:>8}  {trial.command:<7}  {'cold' if trial.is_cold else 'warm':<5}"
        f"{trial.seconds:>10.1f}{trial.work:>10.1f}{trial.each:>12.2f}{ratio:>8.2f}"
        f"{trial.processes:>15}"
    )


def _told(found: Sequence[Trial], sizes: Sequence[int]) -> int:
    """Say what was met; 1 where an article costs more, the more there are."""
    for each in found:
        aim = AIMS[each.is_cold]
        if each.articles == SIZES[0]:
            met = "met" if each.seconds <= aim else "not met"
            kind = "cold" if each.is_cold else "warm"
            print(f"{each.command}, {kind}: {each.seconds:.1f} s; the aim of {aim:g} s is {met}")
    steep = [each for each in found if _ratio(each, found) > MOST]
    for each in steep:
        ratio = _ratio(each, found)
        print(f"{each.command} at {each.articles}: an article costs {ratio:.2f} times as much")
    largest = max((each.articles for each in found), default=0)
    if largest < max(sizes):
        print(f"what {max(sizes)} articles cost is not shown; {largest} were measured")
    return 1 if steep else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sizes", nargs="*", type=int, metavar="ARTICLES", default=SIZES)
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw a publication as SVG, too")
    wish = parser.parse_args()
    sys.exit(main(wish.sizes, wish.plot))
