"""What a killed run leaves in the folder for temporary files is gone after the next one."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from imprimatur.desk.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KILLED = 3
STEPS = 8
"""More than it takes to remove two files, their folders, the lock and what holds them all."""


class Until:
    """Removes something, until the run is killed."""

    def __init__(self, left: Iterator[int], remove: Callable[..., None]) -> None:
        self.left, self.remove = left, remove

    def __call__(self, path: object, **options: object) -> None:
        if next(self.left, None) is None:
            os._exit(KILLED)
        self.remove(path, **options)


def run(steps: int) -> None:
    """Fill a folder of one's own, and be killed after so many steps of clearing it away."""
    left = iter(range(steps))
    with scratch() as folder:
        for name in ("a", "b"):
            (folder / name).mkdir(parents=True)
            (folder / name / "page.html").write_text("x", encoding="utf-8")
        os.unlink, os.rmdir = Until(left, os.unlink), Until(left, os.rmdir)
    os._exit(KILLED)


@pytest.mark.parametrize("steps", range(STEPS))
def test_a_run_that_is_killed_while_it_clears_away_leaves_nothing_for_good(
    steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    child = os.fork()
    if not child:
        run(steps)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    with scratch():
        pass
    assert list(tmp_path.glob("*/*")) == []
