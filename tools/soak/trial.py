"""Runs chosen tests of a copy of this tree again and again: `trial.py COPY`.

It reads jobs, one a line, and answers each with one line. What never changes between two jobs is
loaded once; each job runs in a fork, so that none sees what another one left behind.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

# Rooms below those that have faults, and what all rooms and tests stand on.
LOADED: Final = (
    "imprimatur.manuscript",
    "imprimatur.bibliography",
    "click",
    "jsonschema",
    "lxml.html",
    "markdown",
    "nh3",
    "rich.console",
    "sentencex",
)


class Chosen:
    """A plugin of pytest's that runs these tests alone, in this order, and tells which failed."""

    def __init__(self, tests: Sequence[str], said: Path) -> None:
        self.place = {test: at for at, test in enumerate(tests)}
        self.said = said

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the others out."""
        items[:] = [each for each in items if each.nodeid in self.place]
        items.sort(key=lambda each: self.place[each.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write down the one that failed."""
        if report.failed:
            self.said.write_text(report.nodeid, encoding="utf-8")


def run(copy: Path, folder: Path, tests: Sequence[str]) -> int:
    """Run them in this process, as pytest would in a new one. Returns what pytest says."""
    os.chdir(copy)
    os.environ |= {"CI": "true", "XDG_CACHE_HOME": str(folder / "cache")}
    os.environ["PYTHONPATH"] = str(copy / "plugins")
    with (folder / "printed").open("w", encoding="utf-8") as printed:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
    files = dict.fromkeys(each.partition("::")[0] for each in tests)
    options = ["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={folder / 'made'}"]
    return int(pytest.main([*options, *files], plugins=[Chosen(tests, folder / "failed")]))


def tried(copy: Path, tests: Sequence[str], seconds: float) -> dict[str, str | int]:
    """What came of a run in a fork. Its number is -1 where it was not over in time."""
    folder = Path(mkdtemp(prefix="imprimatur-soak-"))
    child = os.fork()
    if child == 0:
        os.setsid()
        code = 3
        try:
            code = run(copy, folder, tests)
        except BaseException:  # noqa: BLE001 - told, since nothing may leave a fork
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    ended, status, waited = 0, 0, 0.0
    while ended == 0 and waited < seconds:
        start = time.monotonic()
        time.sleep(0.02)
        ended, status = os.waitpid(child, os.WNOHANG)
        # A machine that slept, or a soak that was stopped for a while, is no fault of a test.
        waited += min(time.monotonic() - start, 1)
    number = os.waitstatus_to_exitcode(status) if ended else -1
    if not ended:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    failed = folder / "failed"
    by = failed.read_text(encoding="utf-8") if failed.exists() else ""
    tail = (folder / "printed").read_text(encoding="utf-8", errors="replace")[-1500:]
    shutil.rmtree(folder, ignore_errors=True)
    return {"number": number, "by": by, "tail": tail}


def main() -> None:
    """Answer jobs until there are no more."""
    copy = Path(sys.argv[1])
    sys.path.insert(0, str(copy / "plugins"))
    for name in LOADED:
        import_module(name)
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(tried(copy, job["tests"], job["seconds"])), flush=True)


if __name__ == "__main__":
    main()
