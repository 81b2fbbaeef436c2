"""A lock on a folder that ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

_HELD: Final[set[int]] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A lock that is held. handle: of the open file."""

    handle: int

    def release(self) -> None:
        """Let others have it."""
        _HELD.discard(self.handle)
        os.close(self.handle)


def hold(path: Path) -> Lock | None:
    """Take the lock on a file, made where it is absent; None where somebody else has it.

    Raises OSError where the file cannot be opened, CannotExamineError under Windows.
    """
    if sys.platform == "win32":
        raise CannotExamineError(
            "publishing needs links and locks that Windows does not have; publish under Linux, "
            "macOS or the Linux within Windows (WSL)"
        )
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        raise
    _HELD.add(handle)
    return Lock(handle=handle)


def _let_go() -> None:
    """In a child: a helper process that outlives a killed run must not keep the lock."""
    for handle in _HELD:
        with suppress(OSError):
            os.close(handle)
    _HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
