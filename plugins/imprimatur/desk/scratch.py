"""A folder of a run's own outside every repository, gone when the run is, however that ends."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imprimatur.gate.lock import hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.lock import Lock

_PREFIX: Final = "imprimatur-publish-"
_LOCK: Final = "lock"
_STAGE: Final = "stage"
_YOUNG: Final = 60.0
"""Seconds in which a folder may not have its lock yet."""


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder; what killed runs left behind is removed first. Raises OSError."""
    _sweep(Path(tempfile.gettempdir()))
    folder, lock = _own()
    try:
        yield folder / _STAGE
    finally:
        _clear(folder)
        lock.release()


def _own() -> tuple[Path, Lock]:
    """A new folder and its lock; another one if some other run took this for a left-over."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = hold(folder / _LOCK)
        if lock is not None:
            return folder, lock


def _sweep(base: Path) -> None:
    for folder in base.glob(f"{_PREFIX}*"):
        # Another run may take it away at the same time, and another user's cannot be taken.
        with suppress(OSError):
            about = folder.lstat()
            is_ours = folder.is_dir() and not folder.is_symlink() and about.st_uid == os.geteuid()
            is_begun = (folder / _LOCK).exists() or time.time() - about.st_mtime > _YOUNG
            if is_ours and is_begun:
                _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder whose run has ended, as its lock tells."""
    lock = hold(folder / _LOCK)
    if lock is not None:
        try:
            _clear(folder)
        finally:
            lock.release()


def _clear(folder: Path) -> None:
    """Remove a folder, its lock last: one without a lock may be that of a run that just began."""
    shutil.rmtree(folder / _STAGE, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
