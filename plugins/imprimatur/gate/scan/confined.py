"""Printing what strangers wrote: nothing runs, writes, asks the network or reads their machine.

It holds for what installed extensions do with settings and pages. Code of a stranger's own could
undo it, and is never loaded.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEEDED: Final = frozenset(
    {"import", "open", "exec", "compile", "marshal.loads", "pickle.find_class", "code.__new__"}
    | {"object.__getattr__", "object.__setattr__", "object.__delattr__", "function.__new__"}
    | {"builtins.id", "array.__new__", "sys._getframe", "sys._getframemodulename"}
    | {"sys.excepthook", "sys.unraisablehook", "os.listdir", "os.scandir", "os.walk", "time.sleep"}
    | {"glob.glob", "glob.glob/2", "pathlib.Path.glob", "pathlib.Path.rglob"}
)
"""The events that Python tells of where a page is printed. Of what is not told nobody knows."""

_LOOKING: Final = frozenset({"open", "os.listdir", "os.scandir"})
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


class _Within(threading.local):
    """Of each thread. A context variable would be gone in another context."""

    folder: Path | None = None


_within: Final = _Within()


@contextmanager
def confined(folder: Path) -> Iterator[None]:
    """Within it only files of a folder, and of what Python imports from, can be read."""
    _watch()
    _imported()
    before, _within.folder = _within.folder, Path(os.path.realpath(folder))
    try:
        yield
    finally:
        _within.folder = before


@lru_cache(maxsize=1)
def _watch() -> None:
    # Python never forgets a hook. This one says nothing outside of `confined`.
    sys.addaudithook(_refuse)


def _refuse(event: str, told: tuple[Any, ...]) -> None:
    folder = _within.folder
    if folder is None:
        return
    if event not in _NEEDED:
        message = f"it would do what no printing needs (`{event}`)"
        raise PermissionError(message)
    # A number stands for what is open already.
    if event in _LOOKING and not isinstance(told[0], int):
        place = Path(os.path.realpath(os.fsdecode(told[0] or ".")))
        flags = told[2] if event == "open" and isinstance(told[2], int) else 0
        is_near = any(place.is_relative_to(each) for each in (folder, *_imported()))
        if flags & _WRITING or not is_near:
            message = "it would open a file that is none of the site's"
            raise PermissionError(message)


@lru_cache(maxsize=1)
def _imported() -> tuple[Path, ...]:
    places = (each for each in sys.path if each)
    return (Path(__file__).parents[2], *(Path(os.path.realpath(each)) for each in places))
