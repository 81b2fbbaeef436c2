"""What the record says of a text now, case by case: nothing short of proof puts it up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases import (
    ANA,
    BEN,
    BOARD,
    NOW,
    OTHER,
    POLICY,
    START,
    TEXT,
    Story,
    having,
    key_of,
    person,
    proposed,
    text,
    without,
)
from imprimatur.editorial import (
    PROPOSED,
    Board,
    Change,
    Edit,
    Policy,
    Record,
    Seal,
    Signature,
    Standing,
    State,
    standing,
)
from imprimatur.editorial.eligibility import unknown_addresses
from imprimatur.editorial.needs import add_months
from imprimatur.manuscript import digest_of
from imprimatur.press.wording import CURRENT

NONE = {"declared": True, "none": True}
CONFLICT = {"declared": True, "none": False, "statement": "Fees from a maker of contrast agents"}


def reasons(found: Standing) -> str:
    return " | ".join(each.reason for each in found.discounts)


def test_standings_are_named_as_pages_styles_and_programs_name_them():
    assert [str(each) for each in State] == [
        "draft",
        "submitted",
        "under-review",
        "lapsed",
        "approved",
        "review-due",
        "expired",
        "concern",
        "withdrawn",
        "retracted",
        "superseded",
    ]


def test_without_a_submission_it_is_a_draft():
    assert Story().standing().state is State.DRAFT
    story = Story()
    story.act("assign")
    assert story.standing().state is State.DRAFT


def test_submitted_just_as_it_stands_it_waits_for_the_board():
    story = Story()
    submit = story.submit()
    found = story.standing()
    assert (found.state, found.round, found.since) == (State.SUBMITTED, 1, submit.landing.at)
    assert found.waits_for == (
        "an editor to assign reviewers",
        "approval by 2 members of the board",
    )


def test_a_submission_needs_neither_signature_nor_board_because_it_grants_nothing():
    story = Story()
    story.submit()
    assert story.standing(board=Board(version=1, people=())).state is State.SUBMITTED


def test_assigned_it_is_under_review_and_waits_for_those_who_were_named():
    story = Story()
    story.submit()
    story.act("assign", reviewers=("demo-ana", "demo-ben"))
    story.approve("demo-ana")
    found = story.standing()
    assert found.state is State.UNDER_REVIEW
    assert found.waits_for == (
        "approval by one more member of the board",
        "the review of demo-ben",
    )


def test_two_reviewers_approve_it_and_the_page_may_say_who_when_and_until_when():
    found = Story().approved().standing()
    assert found.state is State.APPROVED
    assert [each.name for each in found.approvals] == ["demo-ana", "demo-ben"]
    assert found.approved == found.reviewed == START + timedelta(days=4)
    assert (found.due, found.expires) == (date(2029, 1, 4), date(2029, 4, 4))
    assert found.granted == TEXT.digest
    assert found.waits_for == ()


def test_an_unassigned_member_may_review_too():
    story = Story()
    story.submit()
    story.approve("demo-ana", "demo-cai")
    assert story.standing().state is State.APPROVED


def test_one_person_is_one_approval_however_often_and_with_whatever_key():
    second = person(
        "demo-ana",
        keys=[
            {"public": key_of(each), "valid_from": "2026-01-01"}
            for each in ("demo-ana", "second key")
        ],
    )
    story = Story(board=having(second))
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ana", seal=Seal(signature=Signature.VALID, key=key_of("second key")))
    assert story.standing().state is State.UNDER_REVIEW
    assert len(story.standing().approvals) == 1


def test_the_last_word_of_a_reviewer_counts():
    story = Story().approved()
    story.act("review", "demo-ben", decision="abstain")
    assert story.standing().state is State.LAPSED
    story.approve("demo-ben")
    assert story.standing().state is State.APPROVED


@pytest.mark.parametrize("decision", ["revise", "reject"])
def test_an_objection_takes_the_text_down_until_its_author_reviews_again(decision: str):
    story = Story().approved()
    story.act("review", "demo-cai", decision=decision)
    found = story.standing()
    assert found.state is State.UNDER_REVIEW
    assert "the objection of demo-cai" in found.waits_for[0]
    story.approve("demo-cai")
    assert story.standing().state is State.APPROVED


def test_an_objection_stands_after_its_author_left_until_the_chief_overrules_it():
    story = Story()
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.board = without("demo-cai")
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW
    story.act("overrule", "demo-editor", previous=objection.digest)
    assert story.standing().state is State.UNDER_REVIEW
    story.act("overrule", "demo-chief", previous=objection.digest)
    assert story.standing().state is State.APPROVED


def test_an_objection_is_carried_into_later_rounds():
    story = Story()
    story.submit()
    story.act("review", "demo-cai", decision="revise")
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW
    story.approve("demo-cai")
    assert story.standing().state is State.APPROVED


def test_the_chief_does_not_overrule_an_objection_of_their_own():
    story = Story().approved()
    objection = story.act("review", "demo-chief", decision="reject")
    story.act("overrule", "demo-chief", previous=objection.digest)
    assert story.standing().state is State.UNDER_REVIEW


def test_an_edit_ends_the_approval_and_a_new_round_restores_it():
    story = Story().approved()
    story.edit()
    found = story.standing()
    assert (found.state, found.granted) == (State.LAPSED, TEXT.digest)
    assert found.waits_for == ("the present text to be submitted for a new round",)
    story.submit()
    assert story.standing().state is State.SUBMITTED
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


def test_the_approved_text_put_back_is_approved_still():
    story = Story().approved()
    story.edit()
    story.submit()
    story.manifest = TEXT
    assert story.standing().state is State.APPROVED


def test_a_text_that_a_later_approval_replaced_needs_a_new_round():
    story = Story().approved()
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    story.manifest = TEXT
    assert story.standing().state is State.LAPSED


def test_approvals_of_another_round_or_text_do_not_add_up():
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.edit()
    story.submit()
    story.approve("demo-ben")
    assert not story.standing().is_published
    story.manifest = TEXT
    assert not story.standing().is_published


def test_a_stranger_cannot_restart_the_review_of_an_approved_text_by_handing_it_in_again():
    story = Story().approved()
    story.submit()
    assert story.standing().state is State.APPROVED


def test_required_specialties_and_roles_are_found_among_the_approvers():
    policy = _policy({"specialties": ["pharmacology"], "roles": ["editor"]})
    story = Story().approved()
    assert story.standing(policy=policy).waits_for == (
        "approval by somebody of the specialty pharmacology",
        "approval by somebody in the role editor",
    )
    pharmacologist = person("demo-cai", specialties=["pharmacology"])
    story = Story(board=having(pharmacologist))
    story.submit()
    story.approve("demo-cai", "demo-editor")
    assert story.standing(policy=policy).state is State.APPROVED


def test_a_specialty_gained_later_gives_no_earlier_approval():
    policy = _policy({"specialties": ["pharmacology"]})
    story = Story().approved()
    later = having(person("demo-ana", specialties=["pharmacology"]))
    assert not story.standing(board=later, policy=policy).is_published


def test_every_audience_is_named_by_every_approval():
    story = Story(manifest=text(audiences=("clinician", "patient")))
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", audiences=("clinician",))
    assert "does not name the audience patient" in reasons(story.standing())
    assert story.standing().state is State.UNDER_REVIEW


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"seal": Seal(signature=Signature.ABSENT)}, "the policy requires signatures"),
        ({"seal": Seal(signature=Signature.INVALID, fault="it was changed")}, "it was changed"),
        ({"seal": Seal(signature=Signature.NOT_CHECKED, fault="no ssh-keygen")}, "no ssh-keygen"),
        ({"seal": Seal(signature=Signature.VALID, key=key_of("demo-cai"))}, "not one of"),
        ({"role": "editor"}, "did not hold the role"),
        ({"by": "demo-nobody", "role": "reviewer"}, "was not on the board"),
        ({"signed_at": START + timedelta(days=9)}, "dated ahead"),
        ({"previous": digest_of("nothing")}, "answers neither the submission nor an assignment"),
        ({"previous": None}, "answers neither the submission nor an assignment"),
        ({"conflict_of_interest": None}, "nobody asked its signer"),
        ({"conflict_of_interest": {"declared": False, "none": True}}, "nobody asked its signer"),
        ({"conflict_of_interest": CONFLICT}, "nobody has waived it"),
    ],
    ids=str,
)
def test_an_approval_that_is_not_proven_or_not_whole_does_not_count(changes, reason: str):
    story = Story()
    story.submit()
    story.approve("demo-ana")
    by = changes.pop("by", "demo-ben")
    story.act("review", by, **changes)
    found = story.standing()
    assert found.state is State.UNDER_REVIEW
    assert reason in reasons(found)


@pytest.mark.parametrize("field", ["site", "article", "round", "manuscript"])
def test_an_approval_of_elsewhere_does_not_count(field: str):
    elsewhere = {
        "site": "other.example",
        "article": "another",
        "round": 2,
        "manuscript": OTHER.digest,
    }
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", **{field: elsewhere[field]})
    assert story.standing().state is State.UNDER_REVIEW


def test_a_retired_reviewer_who_dates_back_does_not_count():
    retired = having(person("demo-ben", term={"from": "2026-01-01", "to": "2026-01-03"}))
    story = Story(board=retired)
    story.submit()
    story.approve("demo-ana")
    story.act("review", "demo-ben", after=3, signed_at=START + timedelta(days=1))
    assert "the term of `demo-ben`" in reasons(story.standing())
    assert story.standing().state is State.UNDER_REVIEW


def test_an_approval_given_in_term_outlives_the_term():
    story = Story().approved()
    retired = having(person("demo-ben", term={"from": "2026-01-01", "to": "2026-02-01"}))
    assert story.standing(board=retired).state is State.APPROVED


def test_whoever_is_struck_from_the_board_no_longer_counts():
    found = Story().approved().standing(board=without("demo-ben"))
    assert (found.state, found.waits_for) == (
        State.LAPSED,
        ("approval by one more member of the board",),
    )
    assert "no longer on the board" in reasons(found)


@pytest.mark.parametrize(
    ("from_day", "state"), [(4, State.LAPSED), (5, State.APPROVED)], ids=["before", "after"]
)
def test_revoked_from_an_instant_on_only_what_came_before_it_counts(from_day: int, state: State):
    instant = f"{START + timedelta(days=from_day):%Y-%m-%dT%H:%M:%SZ}"
    assert (
        Story().approved().standing(board=having(person("demo-ben", revoked_from=instant))).state
        is state
    )
    key = {"public": key_of("demo-ben"), "valid_from": "2026-01-01", "revoked_from": instant}
    assert Story().approved().standing(board=having(person("demo-ben", keys=[key]))).state is state


@pytest.mark.parametrize("what", ["the key", "the term"])
def test_a_key_and_a_term_count_from_their_first_day_on(what: str):
    # The second reviewer signs on the fourth day.
    for begin, state in ((4, State.APPROVED), (5, State.UNDER_REVIEW)):
        day = f"{START + timedelta(days=begin):%Y-%m-%d}"
        key = {"public": key_of("demo-ben"), "valid_from": day}
        more = {"keys": [key]} if what == "the key" else {"term": {"from": day}}
        found = Story(board=having(person("demo-ben", **more))).approved().standing()
        assert found.state is state


def test_a_key_that_ran_out_signs_nothing_new_and_one_taken_off_proves_nothing():
    key = {"public": key_of("demo-ben"), "valid_from": "2026-01-01", "valid_to": "2026-01-03"}
    story = Story(board=having(person("demo-ben", keys=[key])))
    found = story.approved().standing()
    assert "was valid from 2026-01-01 to 2026-01-03" in reasons(found)
    bare = having(person("demo-ben", keys=[]))
    assert "no longer one of" in reasons(Story().approved().standing(board=bare))


def test_a_friend_who_came_to_the_board_with_the_approval_does_not_count():
    friend = person("demo-friend")
    later = BOARD.model_copy(update={"people": (*BOARD.people, friend)})
    story = Story()
    story.submit()
    story.approve("demo-ana")
    # The board before the merge did not know them; the one after it does.
    story.act("review", "demo-friend", role="reviewer")
    assert story.standing(board=later).state is State.UNDER_REVIEW
    assert "was not on the board when it arrived" in reasons(story.standing(board=later))


def test_a_conflict_of_interest_counts_once_somebody_else_waived_it():
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", conflict_of_interest=CONFLICT)
    review = story.acts[-1]
    story.act("waive", "demo-editor", previous=review.digest)
    assert story.standing().state is State.UNDER_REVIEW
    story.act("waive", "demo-chief", previous=review.digest)
    found = story.standing()
    assert found.state is State.APPROVED
    assert found.approvals[1].interests == CONFLICT["statement"]


def test_a_retraction_names_the_last_word_of_each_whose_acts_made_it_final():
    story = Story().approved()
    story.act("retract", "demo-editor", reason="Answered.")
    story.act("reinstate", "demo-chief", previous=story.acts[-1].digest)
    story.act("retract", "demo-chief", reason="First.")
    assert story.standing().retractions == ()
    story.act("retract", "demo-chief", reason="Second.")
    last = story.act("retract", "demo-second", reason="Agreed.")
    story.act("retract", "demo-editor", reason="Too late to be needed.")
    found = story.standing()
    assert found.state is State.RETRACTED
    assert [(each.by, each.reason) for each in found.retractions] == [
        ("demo-chief (editor in chief)", "Second."),
        ("demo-second (editor)", "Agreed."),
    ]
    assert found.retractions[-1].at == last.landing.at == found.since


SHORT = "approval by 2 members of the board"


def test_a_round_waits_for_a_conflict_of_interest_to_be_waived():
    story = Story()
    story.submit()
    story.approve("demo-ana", conflict_of_interest=CONFLICT)
    review = story.acts[-1]
    waiver = "the conflict of interest of demo-ana to be waived, or another approval"
    assert story.standing().waits_for == (SHORT, waiver)
    story.approve("demo-ben")
    assert story.standing().waits_for == ("approval by one more member of the board", waiver)
    story.act("waive", "demo-chief", previous=review.digest)
    assert story.standing().waits_for == ()


@pytest.mark.parametrize(
    "doubted",
    [
        {"conflict_of_interest": None},
        {"conflict_of_interest": {"declared": False, "none": False}},
        {"conflict_of_interest": CONFLICT, "previous": digest_of("Another act.")},
        {"conflict_of_interest": CONFLICT, "decision": "abstain"},
    ],
)
def test_a_round_waits_for_no_waiver_that_would_not_help(doubted):
    story = Story()
    story.submit()
    story.approve("demo-ana", **doubted)
    assert story.standing().waits_for == (SHORT,)


def test_a_round_waits_for_no_waiver_for_whom_the_board_no_longer_knows():
    story = Story()
    story.submit()
    story.approve("demo-ana", conflict_of_interest=CONFLICT)
    assert story.standing(board=without("demo-ana")).waits_for == (SHORT,)


def test_a_round_waits_for_no_waiver_for_whoever_changed_the_text_unless_that_was_approved():
    story = Story()
    story.changes.append(Change(commit="c" * 40, order=0, addresses=ANA.git))
    story.submit()
    story.approve("demo-ana", conflict_of_interest=CONFLICT)
    assert story.standing().waits_for == (SHORT,)
    story.approve("demo-ben", "demo-cai")
    story.edit()
    story.submit()
    story.approve("demo-ana", conflict_of_interest=CONFLICT)
    assert len(story.standing().waits_for) == 2


def test_a_round_that_lacks_no_approval_waits_for_no_waiver():
    story = Story()
    story.submit()
    story.approve("demo-ana", conflict_of_interest=CONFLICT)
    story.approve("demo-chief", decision="revise")
    story.approve("demo-ben", "demo-cai")
    (told,) = story.standing().waits_for
    assert told.startswith("the objection of demo-chief")


def test_nobody_waives_their_own_conflict():
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-chief", conflict_of_interest=CONFLICT)
    story.act("waive", "demo-chief", previous=story.acts[-1].digest)
    assert story.standing().state is State.UNDER_REVIEW


def _changed(order: int, address: str) -> Change:
    commit = "c0ffee" * 2 + digest_of([order, address])[-28:]
    return Change(commit=commit, order=order, addresses=(address,))


def test_who_changed_the_text_does_not_approve_it():
    story = Story()
    story.changes.append(_changed(0, "demo-ben@tests.example"))
    found = story.approved().standing()
    assert found.state is State.UNDER_REVIEW
    assert "changed the text, in the commit c0ffeec0ffee" in reasons(found)


def test_who_changed_the_text_before_the_last_approval_may_review_what_others_changed_since():
    story = Story()
    story.changes.append(_changed(0, "demo-cai@tests.example"))
    story.approved()
    story.edit()
    story.changes.append(_changed(story.day + 1, "an-author@tests.example"))
    story.submit()
    story.approve("demo-ana", "demo-cai")
    assert story.standing().state is State.APPROVED


def test_who_put_the_approved_text_back_keeps_their_approval():
    story = Story().approved()
    story.changes.append(_changed(story.day + 3, "demo-ana@tests.example"))
    assert story.standing().state is State.APPROVED


@pytest.mark.parametrize("author", ["Demo Ben", "demo  BÉN"])
def test_a_named_author_does_not_approve(author: str):
    story = Story(manifest=text(authors=frozenset({author})))
    assert "is an author of the text" in reasons(story.approved().standing())


def test_an_author_under_an_orcid_does_not_approve():
    orcid = "0000-0002-1825-0097"
    story = Story(
        manifest=text(authors=frozenset({"Somebody Else", orcid})),
        board=having(person("demo-ben", orcid=orcid)),
    )
    assert "is an author of the text" in reasons(story.approved().standing())


def test_who_handed_the_text_in_does_not_approve_it():
    story = Story()
    story.act("submit", "demo-ben", role="author")
    story.approve("demo-ana", "demo-ben")
    assert "handed the text in" in reasons(story.standing())


def test_an_address_found_out_later_ends_the_approval():
    story = Story()
    story.changes.append(_changed(0, "private@tests.example"))
    assert story.approved().standing().state is State.APPROVED
    found_out = having(person("demo-ben", git=["demo-ben@tests.example", "private@tests.example"]))
    assert story.standing(board=found_out).state is State.LAPSED


def test_an_address_of_nobody_is_named_and_those_of_the_forge_are_not():
    changes = [_changed(0, each) for each in ("demo-ana@tests.example", "forge@x", "who@x")]
    policy = POLICY.model_copy(update={"platform_identities": ("forge@x",)})
    assert [each for _, each in unknown_addresses(changes, BOARD, policy)] == ["who@x"]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2029-01-04T23:59:59", State.APPROVED),
        ("2029-01-05T00:00:00", State.REVIEW_DUE),
        ("2029-04-04T23:59:59", State.REVIEW_DUE),
        ("2029-04-05T00:00:00", State.EXPIRED),
    ],
)
def test_an_approval_grows_old_at_the_end_of_a_day_in_utc(day: str, state: State):
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    assert Story().approved().standing(now).state is state


def test_whoever_dates_a_signature_back_shortens_it():
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", signed_at=START)
    assert story.standing().due == date(2029, 1, 1)


def test_reviewed_again_it_holds_as_long_as_a_quorum_does():
    story = Story().approved()
    story.approve("demo-ana", after=100)
    assert story.standing().due == date(2029, 1, 5)
    story.approve("demo-ben")
    assert story.standing().due == date(2029, 4, 15)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(9999, 1, 1), 120, date(9999, 12, 31)),
    ],
)
def test_months_end_where_the_calendar_lets_them(day: date, months: int, later: date):
    assert add_months(day, months) == later


def test_a_concern_stands_on_top_until_a_new_round_answers_it():
    story = Story().approved()
    story.act("concern", "demo-cai")
    found = story.standing()
    assert (found.state, found.reason, found.by) == (
        State.CONCERN,
        "Because.",
        "demo-cai (reviewer)",
    )
    assert found.is_published
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


def test_no_review_of_an_edit_alone_answers_a_concern():
    story = Story().approved()
    story.act("concern", "demo-cai")
    _light(story)
    assert story.standing().state is State.CONCERN
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    _light(story)
    assert story.standing().state is State.APPROVED


def test_who_approved_before_a_concern_was_raised_does_not_answer_it():
    story = Story().approved()
    story.edit()
    story.submit()
    story.approve("demo-ana")
    story.act("concern", "demo-cai", round=1)
    story.approve("demo-ben")
    assert story.standing().state is State.CONCERN
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


@pytest.mark.parametrize("round_number", [1, 9])
def test_one_member_takes_the_article_down_whatever_round_they_name(round_number: int):
    story = Story().approved()
    story.act("withdraw", "demo-cai", round=round_number)
    found = story.standing()
    assert (found.state, found.is_notice) == (State.WITHDRAWN, True)


def test_withdrawn_it_comes_back_only_by_a_new_round():
    story = Story().approved()
    down = story.act("withdraw", "demo-cai")
    story.act("reinstate", previous=down.digest)
    found = story.standing()
    assert found.state is State.LAPSED
    story.submit()
    assert story.standing().state is State.SUBMITTED
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


def test_a_round_begun_before_the_withdrawal_does_not_bring_it_back():
    story = Story().approved()
    story.edit()
    story.submit()
    down = story.act("withdraw", "demo-cai", round=1)
    story.act("reinstate", previous=down.digest)
    story.approve("demo-ana", "demo-ben")
    assert not story.standing().is_published


def test_two_withdrawals_are_answered_one_by_one():
    story = Story().approved()
    first = story.act("withdraw", "demo-cai")
    story.act("withdraw", "demo-ana")
    story.act("reinstate", previous=first.digest)
    assert story.standing().state is State.WITHDRAWN


def test_two_editors_retract_for_ever_and_one_alone_withdraws():
    story = Story().approved()
    first = story.act("retract", "demo-editor")
    assert story.standing().state is State.WITHDRAWN
    story.act("retract", "demo-editor")
    assert story.standing().state is State.WITHDRAWN
    second = story.act("retract", "demo-second")
    assert story.standing().state is State.RETRACTED
    # The one with which it stood, and no earlier one.
    assert second.landing is not None
    assert story.standing().since == second.landing.at
    story.act("reinstate", previous=first.digest)
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.RETRACTED


def test_superseded_it_names_its_successor():
    story = Story().approved()
    story.act("supersede", successor="contrast-again")
    found = story.standing()
    assert found.state is State.SUPERSEDED
    assert found.successor is not None
    assert found.successor.slug == "contrast-again"


@pytest.mark.parametrize("name", ["withdraw", "retract", "concern"])
def test_what_took_it_down_stays_down_when_its_author_leaves_the_board(name: str):
    story = Story().approved()
    story.act(name, "demo-editor")
    before = story.standing().state
    assert before is not State.APPROVED
    assert story.standing(board=without("demo-editor")).state is before


@pytest.mark.parametrize("name", ["withdraw", "retract", "concern", "supersede", "reinstate"])
def test_nobody_but_the_board_takes_down(name: str):
    story = Story().approved()
    more = {"successor": "another"} if name == "supersede" else {}
    more |= {"previous": digest_of("x")} if name == "reinstate" else {}
    story.act(name, "demo-nobody", role="editor", **more)
    assert story.standing().state is State.APPROVED


def _light(
    story: Story, by: str = "demo-ana", *, is_light: bool = True, diff: str = "diff"
) -> None:
    """A small edit, handed in, and reviewed by one person as an edit."""
    before = story.manifest.digest
    after = story.edit(f"It helps a little more, edit {story.day}.").digest
    story.edits.append(Edit(since=before, to=after, diff=digest_of("diff"), is_light=is_light))
    story.submit()
    story.approve(by, light={"since": before, "diff": digest_of(diff)})


def test_a_small_edit_needs_one_earlier_approver_and_moves_no_date():
    story = Story().approved()
    before = story.standing()
    _light(story)
    found = story.standing()
    assert found.state is State.APPROVED
    assert (found.reviewed, found.due) == (before.reviewed, before.due)
    assert [each.name for each in found.lights] == ["demo-ana"]
    assert [each.name for each in found.approvals] == ["demo-ana", "demo-ben"]


@pytest.mark.parametrize(
    "changes",
    [{"by": "demo-cai"}, {"is_light": False}, {"diff": "another diff"}],
    ids=["no earlier approver", "no small edit", "another diff"],
)
def test_what_is_no_light_review_needs_the_whole_quorum(changes):
    story = Story().approved()
    _light(story, **changes)
    assert story.standing().state is State.UNDER_REVIEW


def test_a_third_approver_of_the_whole_text_may_review_an_edit_too():
    story = Story().approved()
    story.approve("demo-cai")
    _light(story, "demo-cai")
    assert story.standing().state is State.APPROVED


def test_who_approves_the_whole_text_only_after_the_edit_reviews_no_edit():
    story = Story().approved()
    before = story.round(), story.manifest.digest, story.last("submit")
    _light(story, "demo-cai")
    story.act("review", "demo-cai", round=before[0], manuscript=before[1], previous=before[2])
    assert story.standing().state is State.UNDER_REVIEW


def test_a_second_light_review_of_the_same_edit_puts_off_no_approval():
    story = Story().approved()
    before = story.manifest.digest
    _light(story)
    found = story.standing()
    light = {"since": before, "diff": digest_of("diff")}
    story.approve("demo-ben", light=light)
    later = story.standing()
    assert (later.state, later.since) == (State.APPROVED, found.since)


def test_a_policy_without_light_reviews_takes_none():
    story = Story().approved()
    _light(story)
    policy = POLICY.model_copy(update={"light_review": False})
    assert not story.standing(policy=policy).is_published


def test_after_three_light_reviews_a_whole_one_is_due():
    story = Story().approved()
    for _ in range(3):
        _light(story)
        assert story.standing().state is State.APPROVED
    _light(story)
    assert not story.standing().is_published
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED


def test_a_light_review_does_not_outlive_the_whole_one_it_leans_on():
    story = Story().approved()
    _light(story)
    assert story.standing(board=without("demo-ben")).state is State.LAPSED
    assert story.standing(datetime(2029, 5, 1, tzinfo=UTC)).state is State.EXPIRED


def test_who_made_the_small_edit_does_not_review_it():
    story = Story().approved()
    story.changes.append(_changed(story.day + 1, "demo-ana@tests.example"))
    _light(story)
    assert story.standing().state is State.UNDER_REVIEW


OPTIONAL = POLICY.model_copy(update={"signatures": "optional"})
UNSIGNED = Seal(signature=Signature.ABSENT)


@pytest.mark.parametrize(
    ("author", "merged_by", "counts"),
    [
        ("demo-ben@tests.example", "demo-editor@tests.example", True),
        ("Demo-Ben@tests.example", "demo-editor@tests.example", True),
        ("demo-ben@tests.example", "demo-ben@tests.example", False),
        ("demo-ben@tests.example", "", False),
        ("demo-ana@tests.example", "demo-editor@tests.example", False),
    ],
    ids=["merged by another", "in capitals", "merged by themselves", "not merged", "not theirs"],
)
def test_without_signatures_an_act_counts_if_its_commit_is_theirs_and_another_merged_it(
    author: str, merged_by: str, *, counts: bool
):
    story = Story()
    story.submit()
    story.approve("demo-ana")
    hands = {"author": author, "merged_by": merged_by}
    story.act("review", "demo-ben", seal=UNSIGNED, landing=hands)
    found = story.standing(policy=OPTIONAL)
    assert found.is_published is counts
    assert not story.standing().is_published
    if counts:
        assert [each.signed for each in found.approvals] == [True, False]


def test_what_is_only_proposed_grants_nothing_and_says_what_it_would():
    story = Story().approved()
    story.acts[-1] = proposed(story.acts[-1])
    found = story.standing()
    assert (found.state, found.would_be) == (State.UNDER_REVIEW, State.APPROVED)
    assert not found.is_published


def test_what_is_only_proposed_may_take_down_at_once():
    story = Story().approved()
    story.acts.append(proposed(story.act("withdraw", "demo-cai")))
    del story.acts[-2]
    assert story.standing().state is State.WITHDRAWN


def test_a_proposal_does_not_show_what_is_withdrawn():
    story = Story().approved()
    down = story.act("withdraw", "demo-cai")
    rest = [story.act("reinstate", previous=down.digest), story.submit()]
    story.approve("demo-ana", "demo-ben")
    rest += story.acts[-2:]
    story.acts = [proposed(each) if each in rest else each for each in story.acts]
    found = story.standing()
    assert (found.state, found.would_be) == (State.WITHDRAWN, State.APPROVED)


def test_an_act_of_unknown_origin_weighs_nothing():
    story = Story().approved()
    story.acts[-1] = replace(story.acts[-1], landing=None)
    assert story.standing().state is State.UNDER_REVIEW


def test_what_arrives_later_than_asked_for_is_not_there_yet():
    story = Story().approved()
    assert story.standing(START + timedelta(days=3, hours=1)).state is State.UNDER_REVIEW


def test_a_class_the_policy_does_not_know_is_waited_for():
    story = Story(manifest=text(article_class="emergency"))
    found = story.approved().standing()
    assert "the class `emergency` to be defined in the policy" in found.waits_for
    assert not found.is_published


def test_every_standing_is_shown_only_if_the_law_says_so_and_has_a_label():
    shown = {State.APPROVED, State.REVIEW_DUE, State.CONCERN}
    assert {state for state in State if Standing(state=state).is_published} == shown
    assert shown <= set(CURRENT)
    assert {State.SUBMITTED, State.UNDER_REVIEW} <= set(CURRENT)


def test_a_record_of_nothing_grants_nothing():
    assert standing(TEXT, Record(), BOARD, POLICY, NOW).state is State.DRAFT
    assert {ANA.id, BEN.id} <= {each.id for each in BOARD.people}
    assert PROPOSED > 10**12


def _policy(changes: dict[str, object]) -> Policy:
    plain = json.loads(POLICY.model_dump_json())
    plain["classes"]["general"] |= changes
    return Policy.model_validate_json(json.dumps(plain))


def test_nobody_overrules_an_objection_to_their_own_text_or_waives_for_it():
    story = Story(manifest=text(authors=frozenset({"Demo Chief"})))
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.act("overrule", "demo-chief", previous=objection.digest)
    story.approve("demo-ana", "demo-ben")
    found = story.standing()
    assert found.state is State.UNDER_REVIEW
    assert "`demo-chief` is an author of the text" in reasons(found)
    story = Story()
    story.changes.append(_changed(0, "demo-chief@tests.example"))
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", conflict_of_interest=CONFLICT)
    story.act("waive", "demo-chief", previous=story.acts[-1].digest)
    assert story.standing().state is State.UNDER_REVIEW


@pytest.mark.parametrize("name", ["overrule", "waive"])
def test_nobody_clears_the_way_for_a_text_that_named_them_by_taking_the_name_off_later(name: str):
    """The chief wrote it, overruled who objected to it, and is no longer among its authors."""
    own_text = text("By the chief.", authors=frozenset({"Demo Chief"}))
    story = Story(manifest=own_text)
    own = ("demo-ben@tests.example",)
    story.changes.append(Change(commit="c0ffee" * 7, order=0, addresses=own))
    story.submit()
    if name == "overrule":
        against = story.act("review", "demo-cai", decision="reject")
    else:
        asked = {"declared": True, "none": False, "statement": "Fees"}
        against = story.act("review", "demo-cai", conflict_of_interest=asked)
    story.act(name, "demo-chief", previous=against.digest, manuscript=text().digest)
    story.approve("demo-ana")
    story.manifest = text()
    story.submit()
    story.approve("demo-ana", "demo-ben" if name == "waive" else "demo-second")
    assert not story.standing().is_published


def test_two_retractions_of_which_the_first_was_answered_retract_nothing_for_ever():
    story = Story().approved()
    first = story.act("retract", "demo-editor")
    story.act("reinstate", previous=first.digest)
    story.act("retract", "demo-second")
    assert story.standing().state is State.WITHDRAWN
    story.act("retract", "demo-editor")
    assert story.standing().state is State.RETRACTED
