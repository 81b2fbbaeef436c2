"""One publication of a site, step by step, each timed: `steps.py SITE FOLDER`; prints JSON."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imprimatur.desk.host_build import Builder, Host
from imprimatur.editorial import Repository
from imprimatur.errors import Outcome
from imprimatur.gate.granted import examine
from imprimatur.gate.headers import write_headers
from imprimatur.gate.planning import plan
from imprimatur.gate.scan import scan
from imprimatur.gate.stage_file import TREE
from imprimatur.gate.staging import stage
from imprimatur.gate.unlisted import unlist
from imprimatur.strict.garbage import look_seldom

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Result = TypeVar("Result")


def main(root: Path, folder: Path) -> dict[str, float]:
    """Publish a site into a folder, and say how many seconds each step took."""
    # As the command itself does.
    look_seldom()
    now = datetime.now(tz=UTC).replace(microsecond=0)
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Result]) -> Result:
        before = time.perf_counter()
        found = work()
        spent[name] = time.perf_counter() - before
        return found

    repository = Repository(root, commit="HEAD")
    _require(timed("gate", lambda: examine(repository, now)).outcome)
    staged, site = folder / "staged", folder / "site"
    staged.mkdir(parents=True)
    site.mkdir()
    with Builder(Host.MKDOCS) as builder:
        made, verdict = timed("print", lambda: plan(repository, now))
        _require(verdict.outcome)
        told = timed("stage", lambda: stage(made, staged))
        timed("build", lambda: builder.build(told, staged / TREE, now, site))
    unlist(site, made)
    write_headers(site)
    found = timed("scan", lambda: scan(site, made))
    for each in found.findings[:5]:
        print(each, file=sys.stderr)
    _require(found.outcome)
    return spent


def _require(outcome: Outcome) -> None:
    if outcome is not Outcome.GRANTED:
        raise SystemExit("the site was not granted; the bench measures nothing")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
