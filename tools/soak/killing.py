"""The test that kills a publication at any moment, many times over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

_TEST: Final = Path(__file__).parents[2] / "tests/gate/test_kill.py"
TIMES: Final = "IMPRIMATUR_KILLS"
"""The environment variable that tells the test how often."""


def kill(times: int) -> str:
    """Run it, and say what came of it in one line."""
    if not _TEST.exists():
        return f"kill: 1 faults: {_TEST.name} is not there"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(_TEST)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=_TEST.parents[2],
        env={**os.environ, TIMES: str(times)},
    )
    if done.returncode:
        print(done.stdout[-4000:])
    return f"kill: {times} publications killed, {int(bool(done.returncode))} faults"
