"""Work in two steps by all cores: things are gathered first, and judged once all is known."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from imprimatur.errors import CannotExamineError
from imprimatur.strict.spread import become_one, cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkProcess

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
        """The result of each thing, in their order.

        What cannot be examined in any process is raised here; any other error of theirs comes as a
        RuntimeError that holds its trace.
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

        fork, waiting = get_context("fork"), _tokens(len(batches))
        told, tell = fork.Pipe(duplex=False)
        one = _One(crew=self, batches=batches, waiting=waiting, told=told, tell=tell)
        hands: list[_Hand] = []
        found: dict[int, Sequence[Result]] = {}
        try:
            hands.extend(_hand(fork, one) for _ in range(cores()))
            self.meanwhile()
            tell.close()
            for each in hands:
                found |= each.said()
        except BaseException:
            for each in hands:
                each.process.terminate()
            raise
        finally:
            os.close(waiting)
            for end in (told, tell, *(each.here for each in hands)):
                end.close()
            for each in hands:
                each.process.join()
        return [result for number in range(len(batches)) for result in found[number]]


@dataclass(frozen=True, slots=True)
class _Fault:
    """An error that is no answer. trace: where it happened."""

    trace: str

    @property
    def error(self) -> RuntimeError:
        """The error that it is here."""
        return RuntimeError(f"a process that was started here failed:\n{self.trace}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """What a process of the crew does. waiting, told, tell: ends of pipes."""

    crew: Crew[Any, Any]
    batches: list[Sequence[Any]]
    waiting: int
    told: Connection
    tell: Connection

    def serve(self, here: Connection, there: Connection) -> None:
        become_one()
        self.tell.close()
        # Else whoever nobody listens to any more would wait for ever.
        here.close()
        try:
            there.send(dict(self._results()))
        except CannotExamineError as error:
            there.send(str(error))
        except Exception:  # noqa: BLE001 - raised where it can be told
            there.send(_Fault(traceback.format_exc()))

    def _results(self) -> Iterator[tuple[int, Sequence[Any]]]:
        mine = []
        while token := os.read(self.waiting, 1):
            mine.append(token[0])
            self.crew.gather(self.batches[token[0]])
        # Nothing is ever written there: it ends when what is done meanwhile is over.
        self.told.poll(None)
        for number in mine:
            yield number, self.crew.judge(self.batches[number])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """A process of the crew as it is seen from here. here: the end at which it is heard."""

    process: ForkProcess
    here: Connection

    def said(self) -> dict[int, Sequence[Any]]:
        """Its results, once it has told them."""
        try:
            said = self.here.recv()
        except EOFError:
            raise RuntimeError("a process that was started here ended too soon") from None
        if isinstance(said, str):
            raise CannotExamineError(said)
        if isinstance(said, _Fault):
            raise said.error
        found: dict[int, Sequence[Any]] = said
        return found


def _hand(fork: ForkContext, one: _One) -> _Hand:
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=one.serve, args=(here, there), daemon=True)
    process.start()
    there.close()
    return _Hand(process=process, here=here)


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
