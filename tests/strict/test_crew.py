"""A crew gathers by all cores, and judges once what was done meanwhile is over."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from imprimatur.errors import CannotExamineError
from imprimatur.strict.crew import Crew
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NUMBERS = list(range(301))
several_cores = pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="one core needs no crew")


def squares(some: Sequence[int]) -> list[int]:
    return [each**2 for each in some]


def nothing() -> None:
    """Nobody waits for this."""


@pytest.mark.parametrize("least", [1, 301, 302])
@pytest.mark.parametrize("count", [0, 1, 16, 17, 301])
def test_every_thing_has_its_result_in_its_place(count: int, least: int):
    crew = Crew(gather=lambda _: None, meanwhile=nothing, judge=squares)
    assert crew.work(NUMBERS[:count], least) == squares(NUMBERS[:count])


def test_very_many_things_are_taken_in_batches_that_one_byte_can_name():
    crew = Crew(gather=lambda _: None, meanwhile=nothing, judge=squares)
    many = list(range(20_000))
    assert crew.work(many, least=2) == squares(many)


def test_what_was_gathered_is_judged_where_it_was_gathered():
    mine: set[int] = set()

    def judge(some: Sequence[int]) -> list[bool]:
        return [each in mine for each in some]

    crew = Crew(gather=mine.update, meanwhile=nothing, judge=judge)
    assert all(crew.work(NUMBERS, least=2))


def test_nothing_is_judged_before_what_is_done_meanwhile_is_over(tmp_path: Path):
    done = tmp_path / "done"

    def judge(some: Sequence[int]) -> list[bool]:
        return [done.exists() for _ in some]

    for least in (2, 302):
        done.unlink(missing_ok=True)
        crew = Crew(gather=lambda _: None, meanwhile=done.touch, judge=judge)
        assert all(crew.work(NUMBERS, least))


@several_cores
def test_the_processes_of_a_crew_start_none_themselves():
    def judge(some: Sequence[int]) -> list[set[int]]:
        return [{os.getpid(), *spread(lambda _: os.getpid(), some, least=2)} for _ in some]

    crew = Crew(gather=lambda _: None, meanwhile=nothing, judge=judge)
    found = crew.work(NUMBERS, least=2)
    assert all(len(each) == 1 for each in found)
    assert os.getpid() not in set().union(*found)


@pytest.mark.parametrize("least", [2, 302])
@pytest.mark.parametrize("step", ["gather", "judge", "meanwhile"])
def test_what_goes_wrong_anywhere_is_raised_here(step: str, least: int):
    def fails(*_: object) -> None:
        raise CannotExamineError("the disk is gone")

    steps = {"gather": lambda _: None, "meanwhile": nothing, "judge": squares, step: fails}
    with pytest.raises(CannotExamineError, match="the disk is gone"):
        Crew(**steps).work(NUMBERS, least)  # type: ignore[arg-type]  # one of them fails


@several_cores
def test_any_other_error_comes_with_the_place_where_it_happened():
    def judge(some: Sequence[int]) -> list[int]:
        return [each // (each - 300) for each in some]

    crew = Crew(gather=lambda _: None, meanwhile=nothing, judge=judge)
    with pytest.raises(RuntimeError, match=r"(?s)test_crew\.py.*in judge.*ZeroDivisionError"):
        crew.work(NUMBERS, 2)


@several_cores
def test_when_one_process_fails_none_is_left_waiting():
    def gather(some: Sequence[int]) -> None:
        if 0 in some:
            raise CannotExamineError("the disk is gone")
        time.sleep(0.01)

    crew = Crew(gather=gather, meanwhile=nothing, judge=lambda some: ["x" * 20_000 for _ in some])
    with pytest.raises(CannotExamineError):
        crew.work(NUMBERS, 2)
    assert multiprocessing.active_children() == []


@several_cores
def test_a_process_that_is_killed_gives_no_result_that_looks_whole():
    def judge(some: Sequence[int]) -> list[int]:
        if 300 in some:
            os.kill(os.getpid(), signal.SIGKILL)
        return squares(some)

    with pytest.raises(RuntimeError, match="ended too soon"):
        Crew(gather=lambda _: None, meanwhile=nothing, judge=judge).work(NUMBERS, 2)
