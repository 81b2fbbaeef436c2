"""Work that is spread over processes gives what it would give in one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from imprimatur.strict.spread import aside, spread

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = list(range(103))


@pytest.mark.parametrize("least", [1, 7, 103, 104])
def test_results_come_back_in_their_order_and_whole(least: int):
    assert spread(lambda each: each**2, NUMBERS, least) == [each**2 for each in NUMBERS]
    assert spread(lambda each: each**2, [], least) == []


def test_a_few_are_worked_on_right_here():
    here: list[int] = []
    spread(lambda _: here.append(os.getpid()), NUMBERS[:9], least=10)
    assert set(here) == {os.getpid()}
    assert len(here) == 9


@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="one core spreads nothing")
def test_a_process_that_was_started_here_starts_none_itself():
    def work(_: int) -> set[int]:
        return {os.getpid(), *spread(lambda _: os.getpid(), NUMBERS, least=2)}

    found = spread(work, NUMBERS, least=2)
    assert all(len(each) == 1 for each in found)
    assert {os.getpid()}.isdisjoint(set().union(*found))


def test_what_is_done_aside_is_done_before_the_work_goes_on(tmp_path: Path):
    with aside(lambda: (tmp_path / "done").write_text("yes", encoding="utf-8"), worth=True):
        (tmp_path / "here").touch()
    assert (tmp_path / "done").exists() or (os.cpu_count() or 1) == 1


def test_what_is_done_aside_can_be_waited_for(tmp_path: Path):
    with aside(lambda: (tmp_path / "done").write_text("yes", encoding="utf-8"), worth=True) as wait:
        wait()
        assert (tmp_path / "done").exists() or (os.cpu_count() or 1) == 1


def test_what_goes_wrong_aside_stops_nothing(tmp_path: Path):
    with aside(lambda: 1 // 0, worth=True):
        (tmp_path / "here").touch()
    assert (tmp_path / "here").exists()


@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="one core does nothing aside")
def test_who_waits_and_is_interrupted_leaves_nothing_that_goes_on(tmp_path: Path):
    def slow() -> None:
        time.sleep(20)
        (tmp_path / "late").touch()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before, started = signal.signal(signal.SIGALRM, interrupt), time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt), aside(slow, worth=True):
            signal.setitimer(signal.ITIMER_REAL, 0.2)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 15
    assert not multiprocessing.active_children()


def test_what_is_interrupted_aside_says_nothing(capfd: pytest.CaptureFixture[str]):
    """An interruption reaches both, and the one that waits answers it."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    with aside(interrupted, worth=True):
        pass
    assert capfd.readouterr() == ("", "")
