"""Printing what strangers wrote: nothing runs, writes, asks the network or reads their machine."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORBIDDEN: Final = (
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile", "os.remove",
    "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.link", "os.symlink",
    "os.putenv", "shutil.", "socket.", "subprocess.", "urllib.", "webbrowser.", "pty.",
)  # fmt: skip
"""How the names of events begin that Python tells of, and that no printing of a page needs."""

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
_within: ContextVar[Path | None] = ContextVar("_within", default=None)


@contextmanager
def confined(folder: Path) -> Iterator[None]:
    """Within it only files of a folder, and of what Python imports from, can be read."""
    _watch()
    token = _within.set(Path(os.path.realpath(folder)))
    try:
        yield
    finally:
        _within.reset(token)


@lru_cache(maxsize=1)
def _watch() -> None:
    # Python never forgets a hook. This one says nothing outside of `confined`.
    sys.addaudithook(_refuse)


def _refuse(event: str, told: tuple[Any, ...]) -> None:
    folder = _within.get()
    if folder is None:
        return
    if event.startswith(_FORBIDDEN):
        message = f"it would do what no printing needs (`{event}`)"
        raise PermissionError(message)
    if event == "open" and isinstance(told[0], (str, bytes)):
        place = Path(os.path.realpath(os.fsdecode(told[0])))
        flags = told[2] if isinstance(told[2], int) else 0
        is_near = any(place.is_relative_to(each) for each in (folder, *_imported()))
        if flags & _WRITING or not is_near:
            message = "it would open a file that is none of the site's"
            raise PermissionError(message)


@lru_cache(maxsize=1)
def _imported() -> tuple[Path, ...]:
    places = (each for each in sys.path if each)
    return (Path(__file__).parents[2], *(Path(os.path.realpath(each)) for each in places))
