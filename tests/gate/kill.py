"""Starts runs that are killed: one process learns everything once, and each run is a fork of it.

Each line that it reads asks for one run, as JSON:
  before   kill it before this step, counted from 1; 0 for never
  since    "start", or "swap" to count from where what was built is put among the releases
It answers with the number of the process, and with the run's status when it has ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imprimatur.editorial import State
from imprimatur.gate.plan import Plan, Printed
from imprimatur.gate.release import write_release
from imprimatur.gate.swap import swap, workshop
from imprimatur.press import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

FOUND = {"open", "os.rename", "os.symlink", "os.remove", "os.rmdir", "os.mkdir", "os.chmod"}
"""What Python tells of the steps by which a run changes the disk."""


def killed_before(step: int, since: str) -> None:
    """End this process, without warning, before its next step but so many."""
    seen = {"started": since == "start", "steps": 0}

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event not in FOUND:
            return
        if event == "os.rename" and "release-" in str(arguments[1]):
            seen["started"] = True
        if seen["started"]:
            seen["steps"] += 1
            if seen["steps"] == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def publish_little(live: str) -> None:
    """Publish a site of a few files, all of which say the same, and which differ from run to run.

    It is written by the parts that `imprimatur publish` ends with.
    """
    digest, text = f"sha256:{'5' * 64}", f"{os.getpid()} {datetime.now(tz=UTC)}"
    entry = Entry(slug="one", title="T", summary="S", topics=(), state=State.APPROVED)
    shown = Printed(
        slug="one",
        title="T",
        summary="S",
        html="",
        headings=(),
        entry=entry,
        digest=digest,
        commit="0" * 40,
        source=b"",
    )
    with workshop(Path(live)) as folder:
        for name in ("index.html", "articles/one.html", "assets/deep/style.css"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        now = datetime(2026, 11, 26, tzinfo=UTC)
        write_release(
            folder,
            Plan(commit="0" * 40, at=now, printed=(shown,), withheld=(), files={}),
            "mkdocs",
        )
        swap(folder, Path(live))


def publish_whole(root: str, live: str) -> None:
    """Run `imprimatur publish`."""
    from imprimatur.desk.main import command  # noqa: PLC0415 - takes a second, and not every run

    command(["-C", root, "publish", "--to", live], standalone_mode=False)


def tell(number: int) -> None:
    """Answer at once."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    """Answer each line."""
    run: Callable[[], None] = (
        (lambda: publish_little(sys.argv[1]))
        if len(sys.argv) == 2
        else (lambda: publish_whole(sys.argv[1], sys.argv[2]))
    )
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            # A group of its own, so that a test can end what a killed run leaves behind.
            os.setpgid(0, 0)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            # What it says is told where a test fails.
            os.dup2(2, 1)
            if asked["before"]:
                killed_before(asked["before"], asked["since"])
            status = 1
            try:
                run()
                status = 0
            finally:
                os._exit(status)
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
