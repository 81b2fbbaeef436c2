"""Each round is judged by the text that it was about: its class, its readers, its makers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.agreement import APPROVED, OPEN, REFUSED, assert_agreement
from boards import POLICY, BoardSite
from imprimatur.editorial import State
from imprimatur.editorial.site_record import read_site
from imprimatur.manuscript import word_diff
from pictures import RED

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from keys import Key

PATIENTS = "audiences: [clinician, patient]"
CLINICIANS = "audiences: [clinician]"
PICTURE = "![A scan.](scan.png) The criteria"
BRIEF = """\
  brief:
    quorum: 1
    valid_months: 36
    grace_days: 90
acts:
"""


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with three reviewers, on which one of them is enough for a brief note."""
    made = BoardSite(site, keys)
    made.appoint("demo-ana", "demo-ben", "demo-cai")
    made.policy(POLICY.replace("version: 2", "version: 3").replace("acts:\n", BRIEF))
    return made


def told(board: BoardSite) -> str:
    """What law and independent verifier agree on."""
    return assert_agreement(board.root, board.repository().trunk.latest)["contrast"][0]


def test_a_text_is_not_shown_again_that_a_brief_note_had_replaced(board: BoardSite):
    """One approval was enough for the note, and two would have been for the text before it."""
    board.approved("demo-ana", "demo-ben")
    board.edit("class: general", "class: brief")
    board.commit()
    board.approved("demo-cai")
    assert told(board) == APPROVED
    board.edit("class: brief", "class: general")
    board.commit()
    assert told(board) == REFUSED


def test_a_text_for_patients_that_nobody_approved_for_them_replaced_none(board: BoardSite):
    board.approved("demo-ana", "demo-ben")
    board.edit(CLINICIANS, PATIENTS)
    board.submit()
    board.commit()
    for each in ("demo-ana", "demo-ben"):
        board.act("review", each, audiences=("clinician",))
    board.commit()
    board.edit(PATIENTS, CLINICIANS)
    board.commit()
    assert told(board) == APPROVED


def test_whose_picture_an_earlier_text_showed_was_no_judge_of_it(board: BoardSite):
    """What demo-cai wrote was approved by demo-ben alone, since the picture was demo-ana's."""
    board.site.write("docs/articles/scan.png", RED)
    board.commit("demo-ana")
    board.edit("The criteria", PICTURE)
    board.commit("demo-cai")
    board.approved("demo-ana", "demo-ben")
    assert told(board) == REFUSED
    board.edit(PICTURE, "The criteria")
    board.commit()
    board.approved("demo-cai", "demo-ben")
    assert told(board) == REFUSED
    board.approve("demo-ana")
    assert told(board) == APPROVED


def test_who_brought_the_picture_of_an_earlier_text_behind_their_approval_was_no_judge_of_it(
    board: BoardSite,
):
    board.edit("The criteria", PICTURE)
    board.site.write("docs/articles/scan.png", RED)
    board.submit()
    for each in ("demo-ana", "demo-ben"):
        board.act("review", each)
    (board.root / "docs/articles/scan.png").unlink()
    board.commit("demo-cai")
    board.site.write("docs/articles/scan.png", RED)
    board.commit("demo-ana")
    assert told(board) == REFUSED
    board.edit(PICTURE, "The criteria")
    board.commit()
    board.approved("demo-cai", "demo-ben")
    assert told(board) == REFUSED


def test_a_text_of_a_chief_comes_not_back_though_they_cleared_the_way_for_the_next_one(
    board: BoardSite,
):
    """The objection was to the second text, of which the chief had written nothing."""
    board.appoint("demo-chief", roles=["editor-in-chief"])
    board.edit("Demonstration author", "Demonstration Demo Chief")
    board.commit()
    board.approved("demo-ana", "demo-ben")
    assert told(board) == APPROVED
    board.edit("Demonstration Demo Chief", "Demonstration author")
    board.submit()
    board.commit()
    board.act("review", "demo-cai", decision="reject")
    board.commit()
    board.act("overrule", "demo-chief")
    board.commit()
    board.approve("demo-ana", "demo-ben")
    assert told(board) == APPROVED
    board.edit("Demonstration author", "Demonstration Demo Chief")
    board.commit()
    assert told(board) == REFUSED


def test_who_is_found_out_to_have_written_a_text_judges_no_edit_of_it_either(board: BoardSite):
    """It was demo-cai who committed it, under an address that the board did not know as theirs."""
    board.commit("helper@demonstration.example")
    board.edit("The criteria", "These criteria")
    board.commit("helper@demonstration.example")
    board.approved("demo-ben", "demo-cai")
    assert told(board) == APPROVED
    board.appoint(
        "demo-cai", git=["demo-cai@demonstration.example", "helper@demonstration.example"]
    )
    assert told(board) == REFUSED
    board.edit("These criteria", "Those criteria")
    board.commit()
    board.approved("demo-ben", "demo-cai")
    assert told(board) == REFUSED
    board.approve("demo-ana")
    assert told(board) == APPROVED


def moved(board: BoardSite, version: int = 4, to: str = "new.example") -> None:
    """The site moves to another address, which its policy names from then on."""
    known = board.repository().policy.value
    assert known is not None
    text = (board.root / "editorial/policy.yml").read_text(encoding="utf-8")
    text = text.replace(f"site: {known.site}", f"site: {to}")
    board.policy(text.replace(f"version: {known.version}", f"version: {version}"))


def test_a_site_that_moves_keeps_what_was_approved_and_what_was_taken_down(board: BoardSite):
    board.appoint("demo-editor", roles=["editor"])
    board.appoint("demo-second", roles=["editor"])
    board.approved("demo-ana", "demo-ben")
    moved(board)
    assert told(board) == APPROVED
    assert board.standing().round == 1
    board.act("withdraw", "demo-cai", site="new.example")
    board.commit()
    moved(board, 5, "newer.example")
    assert told(board) == REFUSED
    assert board.standing().state is State.WITHDRAWN


def test_of_a_retraction_each_half_counts_by_the_address_of_its_day(board: BoardSite):
    board.appoint("demo-editor", roles=["editor"])
    board.appoint("demo-second", roles=["editor"])
    board.approved("demo-ana", "demo-ben")
    board.act("retract", "demo-editor")
    board.commit()
    moved(board)
    board.act("retract", "demo-second", site="new.example")
    board.commit()
    assert told(board) == REFUSED
    assert board.standing().state is State.RETRACTED


def test_what_was_approved_for_another_address_counts_neither_before_nor_behind_the_move(
    board: BoardSite,
):
    """A fork of the site has another address, and approvals for the one are none for the other."""
    board.submit()
    board.commit()
    board.act("review", "demo-ana", site="new.example")
    board.commit()
    moved(board)
    board.act("review", "demo-ben")
    board.commit()
    assert told(board) == REFUSED
    assert board.standing().approvals == ()
    for each in ("demo-ana", "demo-ben"):
        board.act("review", each, site="new.example")
    board.commit()
    assert told(board) == APPROVED


@pytest.mark.parametrize("name", ["withdraw", "review"])
def test_what_speaks_against_a_text_and_was_held_back_until_the_site_moved_still_counts(
    board: BoardSite, name: str
):
    """Whoever merges could else let a withdrawal wait, and merge it when it means nothing."""
    board.approved("demo-ana", "demo-ben")
    moved(board)
    more = {"decision": "reject"} if name == "review" else {}
    board.act(name, "demo-cai", **more)
    board.commit()
    assert told(board) == REFUSED


def test_a_site_that_moves_keeps_its_list_of_files(board: BoardSite):
    board.appoint("demo-editor", roles=["editor"])
    board.sign_site("demo-editor")
    board.commit()
    moved(board)
    now = board.repository().trunk.latest
    assert read_site(board.repository(), now).standing.approved is not None


def test_the_verifier_refuses_nothing_that_rests_on_a_review_of_an_edit_alone(board: BoardSite):
    """The blank that demo-cai put in was approved as such, and so they may judge the next text."""
    board.approved("demo-ana", "demo-ben")
    before = board.repository().manifest("contrast")
    assert before is not None
    board.edit("compared the tests", "compared  the tests")
    board.submit()
    board.commit("demo-cai")
    repository = board.repository()
    subject = repository.subject("contrast")
    assert subject is not None
    record = repository.record("contrast", repository.trunk.latest)
    past = repository.dossiers.earlier.find(subject, before.digest, record)
    assert past is not None
    diff = word_diff(past.text, subject.text).digest
    board.act("review", "demo-ana", light={"since": before.digest, "diff": diff})
    board.commit()
    assert board.standing().lights
    board.edit("The criteria", "Old criteria")
    board.commit()
    board.approved("demo-ben", "demo-cai")
    assert board.standing().state is State.APPROVED
    assert told(board) == OPEN
