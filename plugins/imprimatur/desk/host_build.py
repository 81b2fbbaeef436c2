"""A staged tree built by its host, in a process of its own that knows nothing but the stage."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError
from imprimatur.gate.stage_file import STAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


class Host(StrEnum):
    """What builds the site. The value is the name of its package."""

    MKDOCS = "mkdocs"
    PROPERDOCS = "properdocs"
    ZENSICAL = "zensical"


_BUILT: Final = "site"
"""Where Zensical builds, which is always in the tree."""

_LINES: Final = 12
"""Of what a host said, as many of its last lines are told."""


def build(
    host: Host, stage: Path, tree: Path, at: datetime, site: Path, *, strict: bool = True
) -> None:
    """Build a staged tree into an empty folder.

    stage: the stage's file. at: the instant that the host takes for now. strict: whether a mere
    warning of the host is a failure.
    Raises CannotExamineError, with what the host said, if it fails.
    """
    done = subprocess.run(
        _command(host, site, strict=strict),
        capture_output=True,
        check=False,
        cwd=tree,
        env=_environment(stage, at),
    )
    said = done.stderr.decode(errors="replace") + done.stdout.decode(errors="replace")
    # Zensical may build on after an extension failed, and say that all is well.
    if done.returncode or "Traceback (most recent call last)" in said:
        raise CannotExamineError(f"{host} could not build the site:\n{_told(host, said)}")
    if host is Host.ZENSICAL:
        _move(tree / _BUILT, site)


def _command(host: Host, site: Path, *, strict: bool) -> list[str]:
    # Safe paths: a folder of the site's templates may have the name of a module.
    python = [sys.executable, "-P", "-m", host]
    if host is Host.ZENSICAL:
        return [*python, "build", "--clean", "--config-file", "mkdocs.yml"]
    demand = ["--strict"] if strict else []
    return [*python, "build", *demand, "-f", "mkdocs.yml", "-d", str(site)]


def _environment(stage: Path, at: datetime) -> Mapping[str, str]:
    """The user's own, without what would change a build or show a preview."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("IMPRIMATUR_", "LC_", "LANG", "PAGEFIND"))
    }
    return plain | {
        STAGE: str(stage),
        "SOURCE_DATE_EPOCH": str(int(at.timestamp())),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
    }


def _told(host: Host, said: str) -> str:
    """The last lines of what a host said, without a traceback."""
    if f"No module named {host}" in said:
        return f"it is not installed; install it beside this program: pip install {host}"
    lines = [line for line in said.splitlines() if line.strip()]
    shown = [line for line in lines if not line.startswith((" ", "Traceback", "INFO"))]
    return "\n".join((shown or lines or ["it gave no reason"])[-_LINES:])


def _move(built: Path, site: Path) -> None:
    if not built.is_dir():
        raise CannotExamineError(f"{Host.ZENSICAL} said that all is well, and built nothing")
    for each in sorted(built.iterdir()):
        shutil.move(each, site / each.name)
