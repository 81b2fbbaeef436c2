"""The number of a round is a claim of whoever does an act, and locks no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.agreement import APPROVED, REFUSED, assert_agreement
from boards import BoardSite
from cases import Story
from imprimatur.editorial import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from keys import Key

MOST = 999_999_999_999_999_999
"""The highest number that can be written in a record."""


@pytest.mark.parametrize("number", [1000, MOST])
def test_one_withdrawal_does_not_close_all_rounds_to_come(number: int):
    """Its signer names a round that nobody ever begins, and somebody else reinstates the text."""
    story = Story().approved()
    down = story.act("withdraw", "demo-cai", round=number)
    assert story.standing().state is State.WITHDRAWN
    story.act("reinstate", previous=down.digest)
    assert not story.standing().is_published
    story.submit(round=2 if number == MOST else number + 1)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


def test_a_concern_about_no_round_at_all_is_answered_by_the_next_one():
    story = Story().approved()
    story.act("concern", "demo-cai", round=MOST)
    assert story.standing().state is State.CONCERN
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


def test_a_stranger_begins_no_round_that_none_can_follow():
    """Anybody may hand a text in, and reviewers would follow the round that is open."""
    story = Story().approved()
    story.edit()
    opened = story.submit()
    story.act("submit", "a-stranger", round=MOST)
    assert story.standing().round == 2
    story.approve("demo-ana", "demo-ben", round=2, previous=opened.digest)
    assert story.standing().state is State.APPROVED


def test_numbers_may_leave_some_out():
    story = Story().approved()
    story.edit()
    story.submit(round=1001)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED
    story.act("withdraw", "demo-cai", round=2002)
    story.submit(round=2001)
    assert story.standing().state is State.WITHDRAWN


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with an editor and three reviewers."""
    made = BoardSite(site, keys)
    made.appoint("demo-ana", "demo-ben", "demo-cai")
    made.appoint("demo-editor", roles=["editor"])
    return made


def test_law_and_verifier_agree_on_numbers_that_none_can_follow(board: BoardSite):
    def told() -> str:
        return assert_agreement(board.root, board.repository().trunk.latest)["contrast"][0]

    board.approved("demo-ana", "demo-ben")
    board.act("withdraw", "demo-cai", round=MOST)
    board.commit()
    assert told() == REFUSED
    board.act("reinstate", "demo-editor")
    board.act("submit", "a-stranger", round=MOST)
    again = board.act("submit", "an-author", round=2)
    board.commit()
    assert told() == REFUSED
    opened = next(each for each in board.acts() if each.path.endswith(again.name))
    for each in ("demo-ana", "demo-ben"):
        board.act("review", each, round=2, previous=opened.digest)
    board.commit()
    assert told() == APPROVED
