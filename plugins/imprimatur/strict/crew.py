"""Work in two steps by all cores: things are gathered first, and judged once all is known."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from imprimatur.strict.spread import become_one, cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Item = TypeVar("Item")
Result = TypeVar("Result")

_LEAST: Final = 16
_MOST_BATCHES: Final = 255
"""As many as one byte can name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew(Generic[Item, Result]):
    """How some things are worked on.

    gather: takes some of them in; what it learns stays in the process that did it.
    meanwhile: is done here while others gather, and is over before anything is judged. Of what it
        does, the others see what it writes.
    judge: the result of each of some things that were gathered, in their order; it is pickled.
    """

    gather: Callable[[Sequence[Item]], None]
    meanwhile: Callable[[], None]
    judge: Callable[[Sequence[Item]], Sequence[Result]]

    def work(self, items: Sequence[Item], least: int) -> list[Result]:
        """The result of each thing, in their order; an error of any process is raised.

        The processes are forks, so whatever is known here is known there.
        least: how many things are worth that; fewer are worked on right here.
        """
        if len(items) < least or cores() == 1:
            self.gather(items)
            self.meanwhile()
            return list(self.judge(items))
        return self._work_apart(_batches(items))

    def _work_apart(self, batches: list[Sequence[Item]]) -> list[Result]:
        # A few things need none of it, and it takes its time to come.
        from multiprocessing import get_context  # noqa: PLC0415 - as said

        fork, waiting, (told, tell) = get_context("fork"), _tokens(len(batches)), os.pipe()
        hands: list[tuple[ForkProcess, Connection]] = []
        try:
            for _ in range(cores()):
                here, there = fork.Pipe(duplex=False)
                one = _One(crew=self, batches=batches, waiting=waiting, told=told, tell=tell)
                process = fork.Process(target=one.serve, args=(there,), daemon=True)
                process.start()
                there.close()
                hands.append((process, here))
            self.meanwhile()
        except BaseException:
            for process, _ in hands:
                process.terminate()
            raise
        finally:
            for each in (waiting, told, tell):
                os.close(each)
        found: dict[int, Sequence[Result]] = {}
        for process, here in hands:
            found |= _said(here)
            process.join()
        return [result for number in range(len(batches)) for result in found[number]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """A process of the crew. waiting, told, tell: ends of pipes."""

    crew: Crew[Any, Any]
    batches: list[Sequence[Any]]
    waiting: int
    told: int
    tell: int

    def serve(self, there: Connection) -> None:
        become_one()
        os.close(self.tell)
        try:
            there.send(dict(self._results()))
        except Exception as error:  # noqa: BLE001 - raised where it can be told
            there.send(error)

    def _results(self) -> Iterator[tuple[int, Sequence[Any]]]:
        mine = []
        while token := os.read(self.waiting, 1):
            mine.append(token[0])
            self.crew.gather(self.batches[token[0]])
        # Nothing is ever written there: it ends when what is done meanwhile is over.
        os.read(self.told, 1)
        for number in mine:
            yield number, self.crew.judge(self.batches[number])


def _said(here: Connection) -> dict[int, Sequence[Any]]:
    try:
        said = here.recv()
    except EOFError:
        raise RuntimeError("a process that was started here ended before its work did") from None
    if isinstance(said, Exception):
        raise said
    found: dict[int, Sequence[Any]] = said
    return found


def _tokens(count: int) -> int:
    """The end of a pipe from which each process takes the numbers of its batches."""
    end, start = os.pipe()
    os.write(start, bytes(range(count)))
    os.close(start)
    return end


def _batches(items: Sequence[Item]) -> list[Sequence[Item]]:
    """Ever smaller ones, so that all processes end at the same time."""
    found: list[Sequence[Item]] = []
    share, least, at = 2 * cores(), max(_LEAST, -(-len(items) // (_MOST_BATCHES // 2))), 0
    while at < len(items):
        size = max((len(items) - at) // share, least)
        found.append(items[at : at + size])
        at += size
    return found
