"""What is built, brought to the disk, so that not even a power cut leaves half of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterator


def settle(folder: Path) -> None:
    """Let the server read all of it, whatever the umask, and bring it to the disk.

    Raises OSError, and CannotExamineError for a link or a device among the files.
    """
    places = list(_places(folder))
    for place in places:
        is_folder = stat.S_ISDIR(place.lstat().st_mode)
        place.chmod(0o755 if is_folder else 0o644)
    # All at once takes less than half of the time of one by one; where a system only begins to
    # write here, each of these still waits for its own.
    os.sync()
    for place in places:
        flush(place)


def _places(folder: Path) -> Iterator[Path]:
    """Every file and folder, each folder behind what it holds; anything else is refused."""
    for root, folders, files in os.walk(folder, topdown=False, onerror=_raise):
        for name in (*files, *folders):
            mode = Path(root, name).lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                _refuse(Path(root, name))
        yield from (Path(root, name) for name in files)
        yield Path(root)


def _refuse(path: Path) -> NoReturn:
    raise CannotExamineError(
        f"{path} is no plain file, and a release holds nothing else; remove it from the site"
    )


def flush(path: Path) -> None:
    """Bring a file, or what a folder names, to the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _raise(error: OSError) -> NoReturn:
    raise error
