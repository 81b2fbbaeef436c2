"""Releases for the tests: a real plan, staged as it is published, and built by a real host."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from imprimatur.gate.planning import plan
from imprimatur.gate.stage_file import STAGE
from imprimatur.gate.staging import stage

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from boards import BoardSite
    from imprimatur.gate.plan import Plan

HOSTS: Final = ("mkdocs", "properdocs", "zensical")


def planned(board: BoardSite, now: datetime) -> Plan:
    """What would be published of a board's site."""
    made, verdict = plan(board.repository(), now)
    assert not verdict.findings, [str(each) for each in verdict.findings]
    return made


def built(made: Plan, host: str, folder: Path) -> Path:
    """A plan as a host builds it; the folder of the site is given back."""
    told = stage(made, folder / "stage")
    site = folder / "built"
    command = [sys.executable, "-W", "ignore", "-m", host, "build", "-f", "mkdocs.yml"]
    command += ["-c"] if host == "zensical" else ["--clean", "--site-dir", str(site)]
    epoch = str(int(made.at.timestamp()))
    environment = os.environ | {STAGE: str(told), "SOURCE_DATE_EPOCH": epoch}
    done = subprocess.run(
        command,
        cwd=told.parent / "tree",
        env=environment | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stdout + done.stderr
    if host == "zensical":
        shutil.move(told.parent / "tree" / "site", site)
    return site
