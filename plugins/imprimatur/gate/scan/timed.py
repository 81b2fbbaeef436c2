"""An end to what extensions of the site do, of which nobody knows how long they take."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS: Final = 5.0
"""Of this process's own work, so that a busy machine refuses nothing."""

_AGAIN: Final = 0.5


class OverdueError(BaseException):
    """It has taken too long. No extension that catches every Exception keeps this one."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OverdueError where it takes longer; only in a main thread, and where clocks ring."""
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):
        yield
        return
    before = signal.signal(signal.SIGPROF, _end)
    # Again and again, since an extension may catch even this one.
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _end(number: int, frame: object) -> None:
    del number, frame
    raise OverdueError
