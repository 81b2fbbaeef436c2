"""A staged tree built by its host, in a process of its own that knows nothing but the stage."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError
from imprimatur.gate.stage_file import STAGE

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Self


class Host(StrEnum):
    """What builds the site. The value is the name of its package."""

    MKDOCS = "mkdocs"
    PROPERDOCS = "properdocs"
    ZENSICAL = "zensical"


_BUILT: Final = "site"
"""Where Zensical builds, which is always in the tree."""

# Safe paths: a folder of the site's templates may have the name of a module.
_PYTHON: Final = (sys.executable, "-P", "-m")

_PLAIN: Final = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "NO_MKDOCS_2_WARNING": "1",
}
"""What a build must not take from whoever starts it."""

_LINES: Final = 12
"""Of what a host said, as many of its last lines are told."""

_PATIENCE: Final = 3.0
"""Seconds in which a host that is interrupted clears away what it has begun."""


class Builder:
    """A host in a process of its own, which knows nothing but the stage.

    It is loaded at once, while what it will build is still thought through; not so Zensical, which
    is no Python to load. Used with ``with``: without anything built, the process ends there.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self._process = None if host is Host.ZENSICAL else _start(_waiting(host), {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def build(
        self, stage: Path, tree: Path, at: datetime, site: Path, *, strict: bool = True
    ) -> None:
        """Build a staged tree into an empty folder.

        stage: the stage's file. at: the instant that the host takes for now. strict: whether a mere
        warning of the host is a failure.
        Raises CannotExamineError, with what the host said, if it fails.
        """
        told = {
            STAGE: str(stage),
            "SOURCE_DATE_EPOCH": str(int(at.timestamp())),
            # What a killed host leaves behind goes with the stage.
            "TMPDIR": str(stage.parent),
        }
        if self._process is None:
            process, order = _start(_zensical(), told, tree), b""
        else:
            process, self._process = self._process, None
            order = _order(tree, told, _arguments(site, strict=strict))
        said = _heard(process, order)
        # Zensical may build on after an extension failed, and say that all is well.
        if process.returncode or "Traceback (most recent call last)" in said:
            raise CannotExamineError(
                f"{self.host} could not build the site:\n{_told(self.host, said)}"
            )
        if self.host is Host.ZENSICAL:
            _move(tree / _BUILT, site)


def _waiting(host: Host) -> list[str]:
    return [*_PYTHON, "imprimatur.hosts.waiting", host]


def _zensical() -> list[str]:
    return [*_PYTHON, Host.ZENSICAL, "build", "--clean", "--config-file", "mkdocs.yml"]


def _arguments(site: Path, *, strict: bool) -> list[str]:
    demand = ["--strict"] if strict else []
    return ["build", *demand, "-f", "mkdocs.yml", "-d", str(site)]


def _order(tree: Path, told: dict[str, str], arguments: list[str]) -> bytes:
    order = {"folder": str(tree), "environment": told, "arguments": arguments}
    return json.dumps(order).encode() + b"\n"


def _start(
    command: list[str], told: dict[str, str], folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a host in the user's environment, without what would change a build."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("IMPRIMATUR_", "LC_", "LANG", "PAGEFIND"))
    }
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder, env=kept | _PLAIN | told
    )


def _heard(process: subprocess.Popen[bytes], order: bytes) -> str:
    """All that a host says until it ends."""
    try:
        out, err = process.communicate(order)
    except BaseException:
        _stop(process)
        raise
    return err.decode(errors="replace") + out.decode(errors="replace")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a host that is at work, which may first end what it has started itself."""
    process.send_signal(signal.SIGINT)
    try:
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_PATIENCE)
    finally:
        process.kill()
        process.wait()


def _told(host: Host, said: str) -> str:
    """The last lines of what a host said, without a traceback."""
    if f"No module named {host}" in said or f"No module named '{host}'" in said:
        return f"it is not installed; install it beside this program: pip install {host}"
    lines = [line for line in said.splitlines() if line.strip()]
    shown = [line for line in lines if not line.startswith((" ", "Traceback", "INFO"))]
    return "\n".join((shown or lines or ["it gave no reason"])[-_LINES:])


def _move(built: Path, site: Path) -> None:
    if not built.is_dir():
        raise CannotExamineError(f"{Host.ZENSICAL} said that all is well, and built nothing")
    for each in sorted(built.iterdir()):
        shutil.move(each, site / each.name)
