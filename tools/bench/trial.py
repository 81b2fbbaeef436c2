"""One command, tried on one site: how long it took, and how many Git processes it started."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

# An installed package has its bytecode beside it, and so has this one, from its first run on.
ENVIRONMENT: Final = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
COMMANDS: Final = {
    "status": ("-m", "imprimatur.desk", "status", "--format", "json"),
    "gate": ("-m", "imprimatur.desk", "gate"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one run cost.

    seconds: by the clock on the wall. work: seconds of all cores together, which other programs on
    the machine change far less. processes: how many times Git was started.
    """

    articles: int
    command: str
    is_cold: bool
    seconds: float
    work: float
    processes: int

    @property
    def each(self) -> float:
        """Milliseconds of work for an article."""
        return self.work / self.articles * 1000


def run(root: Path, cache: Path, articles: int, command: str, *, is_cold: bool) -> Trial:
    """Run a command in a site. cache: the folder it remembers in, empty where it is to be cold."""
    with TemporaryDirectory(prefix="imprimatur-bench-") as traces:
        # Git writes a file for each process, if it is given a folder.
        around = {"IMPRIMATUR_CACHE": str(cache), "GIT_TRACE2_EVENT": traces}
        before, start = _work(), time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *COMMANDS[command]],
            cwd=root,
            env={**ENVIRONMENT, **around},
            stdout=subprocess.PIPE,
            check=False,
        )
        seconds, work = time.perf_counter() - start, _work() - before
        if done.returncode:
            raise SystemExit(f"`{command}` did not grant the site; the bench measures nothing")
        if command == "status" and done.stdout.count(b'"approved"') < articles:
            raise SystemExit("not every article is approved; the bench measures nothing")
        return Trial(
            articles=articles,
            command=command,
            is_cold=is_cold,
            seconds=seconds,
            work=work,
            processes=len(list(Path(traces).iterdir())),
        )


def _work() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
