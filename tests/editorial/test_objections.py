"""Against what an objection stands, and whose word takes back which: by arrival and by signing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import BOARD, NOW, POLICY, START, Story, on
from imprimatur.editorial import State
from imprimatur.editorial import objections as law
from imprimatur.editorial.case import Case
from imprimatur.manuscript import digest_of


def objections(story: Story) -> list[str]:
    """The objections that a text in review waits for."""
    return [each for each in story.standing().waits_for if each.startswith("the objection of")]


def test_a_text_handed_in_under_a_lower_number_does_not_get_round_an_objection():
    story = Story()
    story.submit(round=5)
    story.act("review", "demo-cai", decision="reject")
    story.edit()
    answer = story.submit(round=2).digest
    story.approve("demo-ana", "demo-ben", round=2, previous=answer)
    assert story.standing().state is State.UNDER_REVIEW
    assert objections(story)


def test_an_objection_to_a_later_text_leaves_the_approved_one_as_it_is():
    story = Story().approved()
    before = story.manifest
    story.edit()
    story.submit()
    story.act("review", "demo-cai", decision="reject")
    assert objections(story)
    story.manifest = before
    assert story.standing().state is State.APPROVED


def test_an_objection_to_this_text_stands_whatever_round_it_names():
    story = Story().approved()
    story.act("review", "demo-cai", decision="reject", round=9)
    assert story.standing().state is State.UNDER_REVIEW


def test_an_objection_to_an_earlier_round_stands_though_it_arrives_after_the_next_began():
    story = Story()
    story.submit()
    before = story.manifest.digest
    story.edit()
    story.submit()
    story.act("review", "demo-cai", decision="reject", round=1, manuscript=before)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW


def test_an_objection_stands_against_every_text_of_its_round():
    story = Story()
    story.submit()
    before = story.manifest.digest
    story.edit()
    story.submit(round=1)
    story.act("review", "demo-cai", decision="reject", manuscript=before)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW


def test_an_objection_to_a_round_to_come_stands_against_what_was_not_approved_before_it():
    story = Story()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    story.act("review", "demo-cai", decision="reject", round=9)
    record = story.record
    case = Case(
        manifest=story.manifest, record=record, board=BOARD, policy=POLICY, now=NOW, firm=True
    )
    other, (*_, approval, objection) = digest_of("another text"), case.genuine
    assert law.objections(case, 1, story.manifest.digest, case.genuine, completed=approval)
    assert law.objections(case, 1, other, case.genuine) == [objection]
    assert not law.objections(case, 1, other, case.genuine, completed=approval)


def test_a_text_handed_in_beforehand_evades_no_objection():
    story = Story()
    story.edit("It harms, as nobody has read yet.")
    early = story.submit(round=2)
    story.edit()
    story.submit(round=3)
    story.act("review", "demo-cai", decision="reject", round=3)
    story.edit("It harms, as nobody has read yet.")
    story.approve("demo-ana", "demo-ben", round=2, previous=early.digest)
    found = story.standing()
    assert (found.state, found.round) == (State.UNDER_REVIEW, 2)
    assert any("objection of" in each for each in found.waits_for)
    story.approve("demo-cai", round=2, previous=early.digest)
    assert story.standing().state is State.APPROVED, "they have read that text, too"


def test_who_objects_again_has_one_objection():
    story = Story()
    story.submit()
    story.act("review", "demo-cai", decision="revise")
    last = story.act("review", "demo-cai", decision="reject")
    assert len(objections(story)) == 1
    assert "(`reject`, round 1)" in objections(story)[0]
    story.act("overrule", "demo-chief", previous=last.digest)
    assert not objections(story)


def test_a_review_of_an_earlier_round_takes_no_objection_back():
    story = Story()
    first, before = story.submit(), story.manifest.digest
    story.edit()
    story.submit()
    story.act("review", "demo-cai", decision="reject")
    old = {"round": 1, "manuscript": before, "previous": first.digest}
    story.approve("demo-cai", **old)
    assert objections(story)
    story.approve("demo-cai")
    assert not objections(story)


@pytest.mark.parametrize(
    ("minutes", "stands"), [(-1, True), (0, False), (1, False)], ids=["before", "with", "after"]
)
def test_a_word_that_was_signed_before_an_objection_does_not_take_it_back(
    minutes: int, *, stands: bool
):
    story = Story()
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.approve("demo-cai", signed_at=objection.act.signed_at + timedelta(minutes=minutes))
    assert bool(objections(story)) is stands


def test_an_objection_of_somebody_whose_clock_was_ahead_counts_from_its_arrival():
    story = Story()
    story.submit()
    arrived = START + timedelta(days=2)
    story.act("review", "demo-cai", decision="reject", signed_at=arrived + timedelta(minutes=9))
    story.approve("demo-cai", signed_at=arrived + timedelta(minutes=1))
    assert not objections(story)


def test_an_approval_that_somebody_held_back_does_not_replace_what_was_said_after_it():
    story = Story().approved()
    story.act("review", "demo-ben", decision="abstain")
    story.act("review", "demo-ben", signed_at=on("2026-01-05"))
    assert story.standing().state is State.LAPSED


def test_an_abstention_that_somebody_held_back_still_ends_the_approval():
    story = Story().approved()
    story.act("review", "demo-ben", decision="abstain", signed_at=on("2026-01-02"))
    assert story.standing().state is State.LAPSED


def test_an_editor_who_approved_may_assign_others_behind_it():
    story = Story()
    story.submit()
    story.approve("demo-editor")
    story.act("assign", reviewers=("demo-ana",))
    story.approve("demo-ana", previous=story.last("assign"))
    assert story.standing().state is State.APPROVED


def test_an_approval_that_answers_the_submission_of_another_round_does_not_count():
    story = Story()
    first = story.submit()
    story.edit()
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", previous=first.digest)
    assert story.standing().state is State.UNDER_REVIEW


def test_an_act_of_another_kind_overrules_nothing_though_it_names_the_objection():
    story = Story()
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.act("waive", "demo-chief", previous=objection.digest)
    story.act("assign", previous=objection.digest, reviewers=("demo-ana",))
    assert objections(story)


def test_a_round_begins_with_its_submission_and_with_no_act_that_names_it_before():
    story = Story()
    story.submit()
    story.edit()
    story.act("assign", round=2, reviewers=("demo-ana",))
    story.act("review", "demo-cai", decision="reject", round=9, manuscript=digest_of("another"))
    story.submit(round=2)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW
    assert objections(story)


@pytest.mark.parametrize("word", ["approve", "abstain", "revise", "reject"])
@pytest.mark.parametrize("number", [1, 2])
def test_what_an_objector_says_of_a_better_text_is_no_word_on_the_one_they_objected_to(
    word: str, number: int
):
    """Two approve a dose that a third calls wrong; who praises the new one praises not the old."""
    story = Story()
    story.submit()
    wrong = story.manifest
    story.act("review", "demo-cai", decision="reject")
    story.approve("demo-ana", "demo-ben")
    story.edit("It helps, in a tenth of the dose.")
    story.submit(round=number)
    story.act("review", "demo-cai", decision=word)
    story.manifest = wrong
    assert not story.standing().is_published
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert objections(story)
    story.approve("demo-cai")
    assert story.standing().state is State.APPROVED


def test_an_objector_who_is_content_with_a_later_text_stands_against_none_that_follows_it():
    story = Story()
    story.submit()
    story.act("review", "demo-cai", decision="reject")
    story.edit("It helps, in a tenth of the dose.")
    story.submit()
    story.approve("demo-cai")
    assert not objections(story)
    story.edit("It helps, in a tenth of the dose, twice a day.")
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


def test_an_objector_who_is_content_with_a_text_says_nothing_of_another_of_its_round():
    story = Story()
    story.submit()
    other = story.manifest
    story.edit("It harms.")
    story.submit(round=1)
    story.act("review", "demo-cai", decision="reject")
    story.edit("It helps, in a tenth of the dose.")
    story.submit(round=1)
    story.approve("demo-cai")
    story.manifest = other
    story.approve("demo-ana", "demo-ben", previous=story.acts[0].digest)
    assert objections(story)
