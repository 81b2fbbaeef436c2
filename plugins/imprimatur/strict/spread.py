"""Work on many things by all cores at once, where that is worth the start of processes."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHUNKS: Final = 20
"""Pieces that each process gets one after another, so that none waits long for the last."""


def spread(work: Callable[[Item], Result], items: Sequence[Item], least: int) -> list[Result]:
    """The result of each item, in their order.

    The processes are forks, so whatever is known here is known there, and nothing else of what
    they learn comes back. work: its results are pickled.
    least: how many items are worth it; fewer are worked on right here.
    """
    count = cores()
    if len(items) < least or count == 1:
        return [work(item) for item in items]
    # A few items need none of it, and it takes its time to come.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as said
    from multiprocessing import get_context  # noqa: PLC0415 - as said

    fork = get_context("fork")
    chunk = max(1, len(items) // (count * _CHUNKS))
    with ProcessPoolExecutor(count, fork, initializer=_begin, initargs=(work, items)) as pool:
        return list(pool.map(_work_on, range(len(items)), chunksize=chunk))


@contextmanager
def aside(work: Callable[[], object], *, worth: bool) -> Iterator[Callable[[], None]]:
    """Let a process of its own do some work meanwhile, and wait for it at the end.

    What is yielded waits for it sooner.

    Of what it does, only what it writes stays; what goes wrong there is told to nobody, so it is
    for what is done here anyway, sooner if it was done before. worth: whether it is worth it.
    """
    if not worth or cores() == 1:
        yield lambda: None
        return
    from multiprocessing import get_context  # noqa: PLC0415 - only here is it needed

    process = get_context("fork").Process(target=_try, args=(work,), daemon=True)
    process.start()
    try:
        yield process.join
    finally:
        try:
            process.join()
        except BaseException:
            # Nobody waits any more for what it does, and nothing is left to do it in.
            process.kill()
            process.join()
            raise


def cores() -> int:
    """As many processes as may work at once; one inside a process that was started here.

    Only a fork hands all items over without writing them down, which takes longer than the work.
    """
    return 1 if _Task.is_one or not hasattr(os, "fork") else os.cpu_count() or 1


def _try(work: Callable[[], object]) -> None:
    _Task.is_one = True
    # Who interrupts is answered by the process that waits.
    with suppress(Exception, KeyboardInterrupt):
        work()


class _Task:
    """What a process of the pool was started for."""

    work: Callable[[Any], Any]
    items: Sequence[Any]
    is_one: bool = False


def become_one() -> None:
    """Be a process that was started here, and start none: called once in each of them."""
    _Task.is_one = True
    # What was known before the fork stays: to look through it again and again would also copy it.
    gc.freeze()


def _begin(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _Task.work, _Task.items = staticmethod(work), items
    become_one()


def _work_on(number: int) -> Any:  # noqa: ANN401 - whatever the work gives
    return _Task.work(_Task.items[number])
