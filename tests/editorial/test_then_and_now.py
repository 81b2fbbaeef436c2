"""What was approved then replaces what was before; what still holds is asked by what is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cases import BOARD, Story, having, person, without
from imprimatur.editorial import Change, State

if TYPE_CHECKING:
    from imprimatur.editorial import Board

OWN = ("demo-cai@tests.example",)
OTHER_ADDRESS = ("helper@tests.example",)
MADE = "c0ffee" * 7


def test_a_text_of_a_chief_is_not_shown_again_though_they_overruled_an_objection_to_the_next():
    """The chief wrote the first text and not the second one, for which they cleared the way."""
    story = Story()
    first = story.manifest = replace(story.manifest, authors=frozenset({"demo-chief"}))
    story.approved()
    story.manifest = replace(story.edit("It helps some."), authors=frozenset({"An Author"}))
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.act("overrule", "demo-chief", previous=objection.digest)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED
    story.manifest = first
    assert story.standing().state is State.LAPSED


def test_a_chief_clears_no_way_for_a_text_between_two_others_that_they_wrote():
    """The objection to the first text stands against the second one, which is the chief's own."""
    story = Story()
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.act("overrule", "demo-chief", previous=objection.digest)
    own = replace(story.edit("It helps some."), authors=frozenset({"demo-chief"}))
    story.manifest = own
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert not story.standing().is_published
    story.manifest = replace(story.edit("It helps most."), authors=frozenset({"An Author"}))
    assert story.standing().granted is None


def found_out(story: Story) -> None:
    """Somebody writes a text under an address that nobody knows as theirs, and approves it."""
    story.changes.append(Change(commit=MADE, order=0, addresses=OTHER_ADDRESS))
    story.submit()
    story.approve("demo-ben", "demo-cai")
    assert story.standing().state is State.APPROVED


def edited(story: Story) -> None:
    """Somebody else changes a comma."""
    story.edit("It helps, a little.")
    story.submit()


KNOWN = having(person("demo-cai", git=(*OWN, *OTHER_ADDRESS)))


def test_who_is_found_out_to_have_written_a_text_judges_no_edit_of_it_either():
    story = Story()
    found_out(story)
    assert story.standing(board=KNOWN).state is State.LAPSED
    edited(story)
    story.board = KNOWN
    story.approve("demo-ben", "demo-cai")
    assert not story.standing().is_published
    story.approve("demo-ana")
    assert story.standing().state is State.APPROVED


@pytest.mark.parametrize(
    "board",
    [
        without("demo-ana"),
        having(person("demo-ana", revoked_from="2026-01-01T00:00:00Z")),
        having(person("demo-ana", keys=[])),
    ],
    ids=["left", "revoked", "key"],
)
def test_an_approval_that_a_thief_signed_makes_nobody_the_judge_of_their_own_text(board: Board):
    """demo-cai wrote it, and signed with the key of demo-ana, too, which was then revoked."""
    story = Story()
    story.changes.append(Change(commit=MADE, order=0, addresses=OWN))
    story.submit()
    story.approve("demo-ana", "demo-ben")
    story.board = board
    assert story.standing().state is State.LAPSED
    edited(story)
    story.approve("demo-ben", "demo-cai")
    assert not story.standing().is_published


def test_a_text_does_not_come_back_because_an_approval_before_the_next_holds_no_longer():
    story = Story()
    story.changes.append(Change(commit=MADE, order=0, addresses=OWN))
    story.approved()
    first = story.manifest
    edited(story)
    story.approve("demo-ben", "demo-cai")
    assert story.standing().state is State.APPROVED
    assert story.standing(board=without("demo-ana")).state is State.LAPSED
    story.manifest = first
    for board in (BOARD, without("demo-ana")):
        assert story.standing(board=board).state is State.LAPSED


def test_more_approvals_later_make_up_for_one_that_holds_no_longer():
    story = Story()
    story.changes.append(Change(commit=MADE, order=0, addresses=OWN))
    story.submit()
    story.approve("demo-ana", "demo-ben", "demo-editor")
    edited(story)
    story.approve("demo-ben", "demo-cai")
    assert story.standing(board=without("demo-ana")).state is State.APPROVED
    assert story.standing(board=without("demo-ana", "demo-editor")).state is State.LAPSED
