"""A real terminal for commands that ask, with somebody at it who types the answers."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Site


def typed(site: Site, answers: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a site at a terminal, and type these lines."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, "".join(f"{line}\n" for line in answers).encode())
        running = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "imprimatur.desk", *arguments],
            cwd=site.root,
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            text=True,
            encoding="utf-8",
        )
        told, _ = running.communicate(timeout=60)
        os.set_blocking(ours, False)
        shown = os.read(ours, 65536).decode(errors="replace")
    finally:
        os.close(ours)
        os.close(theirs)
    return subprocess.CompletedProcess(arguments, running.returncode, told, shown)
