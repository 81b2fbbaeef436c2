"""An approval says all that its text asks for: each audience, and each line of the checklist."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audit.agreement import APPROVED, REFUSED, assert_agreement
from boards import CHECKLIST, POLICY, BoardSite
from cases import POLICY as OF_STORIES
from cases import Story
from imprimatur.editorial import Change, Edit, State
from imprimatur.manuscript import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from imprimatur.editorial import Policy, Standing
    from keys import Key

READ, SOURCES = CHECKLIST
FORGET = ("as it was", "lost", "not looked for")
"""What is known of a text that was edited since."""


def asking(*items: str, name: str = "general", version: int = 1) -> Policy:
    """A policy that asks reviewers of a class to confirm these lines."""
    of_class = OF_STORIES.classes["general"].model_copy(update={"checklist": items})
    classes = OF_STORIES.classes | {name: of_class}
    return OF_STORIES.model_copy(update={"classes": classes, "version": version})


def reasons(found: Standing) -> set[str]:
    """Why acts weigh nothing."""
    return {each.reason for each in found.discounts}


def for_both() -> Story:
    """A text for clinicians and patients, of which two members read what clinicians are told."""
    story = Story()
    story.manifest = replace(story.manifest, audiences=("clinician", "patient"))
    story.submit()
    story.approve("demo-ana", "demo-ben", audiences=("clinician",))
    assert story.standing().state is State.UNDER_REVIEW
    return story


def edited(story: Story, known: str) -> Story:
    """The same after a small edit, which was handed in. known: what is known of the text before."""
    before = story.manifest.digest
    after = story.edit(f"It helps a little, edit {story.day}.").digest
    story.edits.append(Edit(since=before, to=after, diff=digest_of("diff"), is_light=True))
    story.submit()
    if known != "as it was":
        story.forgotten[before] = None if known == "lost" else ...
    return story


def light(story: Story) -> dict[str, object]:
    """What a review of the last edit alone says."""
    return {"light": {"since": story.edits[-1].since, "diff": digest_of("diff")}}


@pytest.mark.parametrize("known", FORGET)
def test_a_small_edit_makes_no_approval_of_a_text_that_had_none(known: str):
    """Nobody ever approved what patients are told, so a look at a comma cannot publish it."""
    story = edited(for_both(), known)
    story.approve("demo-ana", **light(story))
    found = story.standing()
    assert not found.is_published
    assert found.approvals == ()


@pytest.mark.parametrize("known", FORGET)
def test_where_only_one_of_two_read_it_for_everybody_a_small_edit_needs_the_second(known: str):
    story = Story()
    story.manifest = replace(story.manifest, audiences=("clinician", "patient"))
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", audiences=("clinician",))
    edited(story, known)
    story.approve("demo-ana", **light(story))
    assert not story.standing().is_published
    story.approve("demo-ben", "demo-cai")
    assert story.standing().state is State.APPROVED


@pytest.mark.parametrize("known", FORGET)
def test_of_two_small_edits_each_is_looked_at_for_all_its_readers(known: str):
    story = Story()
    story.manifest = replace(story.manifest, audiences=("clinician", "patient"))
    story.approved()
    edited(story, known)
    story.approve("demo-ana", audiences=("clinician",), **light(story))
    assert not story.standing().is_published
    edited(story, known)
    story.approve("demo-ana", **light(story))
    assert not story.standing().is_published


@pytest.mark.parametrize("known", ["as it was", "lost"])
def test_nobody_may_judge_what_they_wrote_because_half_of_it_was_approved_once(known: str):
    """What demo-cai wrote for patients was approved by nobody, so it stays their own."""
    story = Story()
    own = ("demo-cai@tests.example",)
    story.changes.append(Change(commit="c0ffee" * 7, order=0, addresses=own))
    story.manifest = replace(story.manifest, audiences=("clinician", "patient"))
    story.submit()
    story.approve("demo-ana", "demo-ben", audiences=("clinician",))
    edited(story, known)
    story.approve("demo-ben", "demo-cai")
    found = story.standing()
    assert found.state is State.UNDER_REVIEW
    assert f"`demo-cai` changed the text, in the commit {'c0ffee' * 2}" in reasons(found)


def test_whoever_wrote_a_text_that_was_approved_for_all_its_readers_may_judge_the_next_one():
    story = Story()
    own = ("demo-cai@tests.example",)
    story.changes.append(Change(commit="c0ffee" * 7, order=0, addresses=own))
    story.submit()
    story.approve("demo-ana", "demo-ben")
    edited(story, "as it was")
    story.manifest = replace(story.manifest, audiences=("clinician", "patient"))
    story.submit()
    story.approve("demo-ben", "demo-cai")
    assert story.standing().state is State.APPROVED


def test_an_earlier_text_is_weighed_by_its_own_class_and_authors():
    """It was an emergency, for which the board wanted more than two, and one of them wrote it."""
    more = OF_STORIES.classes["general"].model_copy(update={"quorum": 3})
    policy = OF_STORIES.model_copy(update={"classes": OF_STORIES.classes | {"emergency": more}})
    story = Story()
    general = story.manifest
    story.manifest = replace(story.edit("It saves lives."), article_class="emergency")
    story.submit()
    story.approve("demo-ana", "demo-ben")
    before = story.manifest
    story.manifest = general
    assert story.standing(policy=policy).granted is None
    story.manifest = before
    story.approve("demo-cai")
    story.manifest = general
    assert story.standing(policy=policy).granted == before.digest
    story.manifest = before
    story.texts[before.digest] = replace(before, authors=frozenset({"demo-cai"}))
    story.manifest = general
    assert story.standing(policy=policy).granted is None


def test_an_approval_confirms_each_line_of_the_checklist():
    story = Story()
    story.submit()
    story.approve("demo-ana", checklist=(READ, SOURCES))
    story.approve("demo-ben", checklist=(READ,))
    found = story.standing(policy=asking(READ, SOURCES))
    assert found.state is State.UNDER_REVIEW
    assert reasons(found) == {f"it does not confirm, of the checklist: {SOURCES}"}
    story.approve("demo-ben", checklist=(SOURCES, READ))
    assert story.standing(policy=asking(READ, SOURCES)).state is State.APPROVED


def test_what_the_board_asks_later_takes_no_approval_back():
    story = Story()
    story.submit()
    then = {"policy": asking(READ)}
    story.approve("demo-ana", "demo-ben", checklist=(READ,), landing=then)
    later = asking(READ, SOURCES, version=2)
    assert story.standing(policy=later).state is State.APPROVED
    story.approve("demo-ben", checklist=(READ,), landing={"policy": later})
    assert not story.standing(policy=later).is_published


def test_of_a_class_that_was_not_known_then_the_present_checklist_is_asked():
    story = Story()
    story.manifest = replace(story.manifest, article_class="dosing")
    story.submit()
    story.approve("demo-ana", "demo-ben", landing={"policy": OF_STORIES})
    assert story.standing(policy=asking(name="dosing")).state is State.APPROVED
    assert story.standing(policy=asking(READ, name="dosing")).state is State.UNDER_REVIEW


def test_a_small_edit_makes_no_approval_of_what_nobody_confirmed():
    story, policy = Story(), asking(READ)
    story.submit()
    story.approve("demo-ana", "demo-ben")
    edited(story, "not looked for")
    story.approve("demo-ana", checklist=(READ,), **light(story))
    assert not story.standing(policy=policy).is_published


@pytest.mark.parametrize("name", ["withdraw", "retract", "supersede"])
@pytest.mark.parametrize("when", ["before", "between"])
def test_no_look_at_a_comma_puts_up_again_what_was_taken_down(name: str, when: str):
    """One editor reinstates a text that was taken down, and alone reviews a small edit of it."""
    story = Story()
    story.submit()
    story.approve("demo-editor", "demo-ana")
    if when == "between":
        edited(story, "as it was")
        story.approve("demo-ana", **light(story))
    more = {"successor": "another"} if name == "supersede" else {}
    down = story.act(name, "demo-second", round=1, **more)
    story.act("reinstate", "demo-editor", previous=down.digest)
    edited(story, "as it was")
    story.approve("demo-editor", **light(story))
    assert not story.standing().is_published
    story.approve("demo-editor", "demo-ana")
    assert story.standing().state is State.APPROVED
    edited(story, "as it was")
    story.approve("demo-editor", **light(story))
    assert story.standing().state is State.APPROVED


def test_what_was_taken_down_comes_not_back_unchanged_by_a_look_at_no_edit_at_all():
    story = Story().approved()
    down = story.act("withdraw", "demo-cai")
    story.act("reinstate", previous=down.digest)
    same = story.manifest.digest
    story.submit()
    story.edits.append(Edit(since=same, to=same, diff=digest_of("diff"), is_light=True))
    story.approve("demo-ana", **light(story))
    assert not story.standing().is_published


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with three reviewers, whose article is for clinicians and patients."""
    made = BoardSite(site, keys)
    made.appoint("demo-ana", "demo-ben", "demo-cai")
    made.edit("audiences: [clinician]", "audiences: [clinician, patient]")
    return made


def told(board: BoardSite) -> str:
    """What law and independent verifier agree on."""
    return assert_agreement(board.root, board.repository().trunk.latest)["contrast"][0]


def test_in_a_repository_what_somebody_wrote_stays_their_own_until_all_of_it_was_approved(
    board: BoardSite,
):
    board.commit("demo-cai")
    board.submit()
    board.commit()
    for each in ("demo-ana", "demo-ben"):
        board.act("review", each, audiences=("clinician",))
    board.commit()
    board.edit("the tests", "tests")
    board.commit()
    board.approved("demo-ben", "demo-cai")
    assert told(board) == REFUSED
    assert any("`demo-cai` changed the text" in each for each in reasons(board.standing()))


def test_in_a_repository_a_text_that_was_approved_whole_is_its_makers_no_longer(board: BoardSite):
    board.commit("demo-cai")
    board.approved("demo-ana", "demo-ben")
    board.edit("the tests", "tests")
    board.commit()
    board.approved("demo-ben", "demo-cai")
    assert told(board) == APPROVED


def test_in_a_repository_the_checklist_is_that_of_the_policy_when_the_approval_came(
    board: BoardSite,
):
    board.approved("demo-ana")
    board.policy(POLICY.replace("version: 2", "version: 3").replace(SOURCES, "I slept well."))
    assert told(board) == REFUSED
    board.approve("demo-ben")
    assert told(board) == REFUSED
    assert reasons(board.standing()) == {"it does not confirm, of the checklist: I slept well."}
    board.act("review", "demo-ben", checklist=(READ, "I slept well."))
    board.commit()
    assert told(board) == APPROVED


@pytest.mark.parametrize("when", ["in the same commit", "later", "only proposed"])
def test_in_a_repository_nobody_brings_the_text_that_they_approved_before(
    board: BoardSite, when: str
):
    """Acts may be merged before their text: whoever approves it and then commits it wrote it."""
    before = "the tests"
    board.edit(before, "tests")
    board.submit()
    for each in ("demo-ana", "demo-ben"):
        board.act("review", each)
    if when != "in the same commit":
        board.edit("tests", before)
        board.commit()
        assert told(board) == REFUSED
        board.git("switch", "-qc", "proposal") if when == "only proposed" else None
        board.edit(before, "tests")
    board.commit("demo-ana")
    assert told(board) == REFUSED
    assert any("`demo-ana` changed the text" in each for each in reasons(board.standing()))


def test_in_a_repository_who_puts_back_what_they_approved_still_approves_it(board: BoardSite):
    board.approved("demo-ana", "demo-ben")
    board.edit("the tests", "tests")
    board.commit()
    assert told(board) == REFUSED
    board.edit("tests", "the tests")
    board.commit("demo-ana")
    assert told(board) == APPROVED
