"""Where each limit of the law lies: the last day, the first minute, the odd order of things."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cases import BOARD, POLICY, START, Story, having, key_of, on, person, proposed, without
from imprimatur.editorial import Change, Edit, Seal, Signature, Standing, State
from imprimatur.editorial.eligibility import dependence, unknown_addresses
from imprimatur.editorial.forgery import forgery, lapse, untimely
from imprimatur.editorial.needs import add_months, shown_until
from imprimatur.editorial.standing import MERGING
from imprimatur.manuscript import digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.editorial import Board, Policy


def reasons(found: Standing) -> str:
    return " | ".join(each.reason for each in found.discounts)


def key(**changes: str) -> dict[str, str]:
    """The key of the second reviewer, valid from the start of the year."""
    return {"public": key_of("demo-ben"), "valid_from": "2026-01-01", **changes}


@pytest.mark.parametrize(
    ("minutes", "seconds", "state"),
    [(10, 0, State.APPROVED), (10, 1, State.UNDER_REVIEW)],
    ids=["ten minutes", "a second more"],
)
def test_a_clock_may_be_ahead_by_ten_minutes(minutes: int, seconds: int, state: State):
    story = Story()
    story.submit()
    story.approve("demo-ana")
    ahead = START + timedelta(days=3, minutes=minutes, seconds=seconds)
    story.act("review", "demo-ben", signed_at=ahead)
    assert story.standing().state is state


@pytest.mark.parametrize("signature", [Signature.INVALID, Signature.NOT_CHECKED])
def test_a_signature_that_is_not_valid_proves_nothing_even_where_no_fault_is_told(
    signature: Signature,
):
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.act("review", "demo-ben", seal=Seal(signature=signature, key=key_of("demo-ben")))
    found = story.standing()
    assert found.state is State.UNDER_REVIEW
    assert reasons(found) == "its signature proves nothing"


def test_what_came_by_no_known_way_is_neither_proven_nor_in_time_nor_independent():
    story = Story().approved()
    lost = replace(story.acts[-1], landing=None)
    unknown = "it is not known when it came to the protected branch"
    assert forgery(lost, POLICY) == unknown
    assert untimely(lost) == unknown
    assert lapse(lost, BOARD, POLICY) == unknown
    assert dependence(lost, story.manifest, ()) == unknown


@pytest.mark.parametrize("act", ["review", "withdraw"])
def test_whoever_was_revoked_when_an_act_arrived_proves_nothing_by_it(act: str):
    story = Story().approved()
    filed = story.act(act, "demo-ben")
    landing = filed.landing
    assert landing is not None
    assert forgery(filed, POLICY) is None
    for moment, is_late in ((landing.at, True), (landing.at + timedelta(seconds=1), False)):
        instant = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
        board = having(person("demo-ben", revoked_from=instant))
        found = forgery(replace(filed, landing=replace(landing, board=board)), POLICY)
        assert (found is not None) is is_late
        assert found is None or "`demo-ben` was revoked from" in found


def test_a_stranger_is_never_in_time():
    story = Story().approved()
    stranger = story.act("review", "demo-nobody", role="reviewer")
    assert untimely(stranger) == "`demo-nobody` was not on the board when it arrived"


@pytest.mark.parametrize(
    ("board", "reason"),
    [
        (having(person("demo-ben", term={"from": "2026-01-03"})), "before the term of `demo-ben`"),
        (having(person("demo-ben", keys=[key(valid_from="2026-01-03")])), "before its key was"),
    ],
    ids=["term", "key"],
)
def test_what_says_it_was_signed_before_its_signer_might_does_not_count(board: Board, reason: str):
    story = Story(board=board)
    story.submit()
    story.approve("demo-ana")
    story.act("review", "demo-ben", signed_at=on("2026-01-02"))
    found = story.standing()
    assert found.state is State.UNDER_REVIEW
    assert reason in reasons(found)
    story.approve("demo-ben")
    assert story.standing().state is State.APPROVED


@pytest.mark.parametrize(
    ("end", "state"),
    [("2026-01-05", State.APPROVED), ("2026-01-04", State.LAPSED)],
    ids=["on that day", "a day earlier"],
)
@pytest.mark.parametrize("what", ["term", "key"])
def test_an_end_that_the_board_sets_later_voids_what_came_behind_it(
    what: str, end: str, state: State
):
    story = Story().approved()  # the second approval arrives on 5 January
    changes: dict[str, object] = {"term": {"from": "2026-01-01", "to": end}}
    if what == "key":
        changes = {"keys": [key(valid_to=end)]}
    found = story.standing(board=having(person("demo-ben", **changes)))
    assert found.state is state
    if state is State.LAPSED:
        assert f"{end}, before it arrived" in reasons(found)


def test_terms_and_keys_are_told_with_their_end_and_without_one():
    late = {"from": "2027-01-01"}
    story = Story(board=having(person("demo-ben", term=late)))
    assert "(from 2027-01-01) does not" in reasons(story.approved().standing())
    story = Story(board=having(person("demo-ben", term={**late, "to": "2028-01-01"})))
    assert "(from 2027-01-01 to 2028-01-01) does not" in reasons(story.approved().standing())
    story = Story(board=having(person("demo-ben", keys=[key(valid_from="2027-01-01")])))
    assert "was valid from 2027-01-01, and it arrived" in reasons(story.approved().standing())


def test_an_overruling_that_is_dated_ahead_lifts_no_objection():
    story = Story()
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.act("overrule", "demo-chief", previous=objection.digest, signed_at=on("2026-03-01"))
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW
    story.act("overrule", "demo-chief", previous=objection.digest)
    assert story.standing().state is State.APPROVED


@pytest.mark.parametrize(
    ("later", "state"), [(0, State.UNDER_REVIEW), (1, State.APPROVED)], ids=["with it", "behind it"]
)
def test_who_brings_a_change_of_the_text_along_with_the_approval_does_not_count(
    later: int, state: State
):
    story = Story().approved()
    own = ("demo-ben@tests.example",)
    story.changes.append(Change(commit="c0ffee" * 7, order=story.day + later, addresses=own))
    assert story.standing().state is state


def test_a_concern_changes_nothing_of_a_text_that_was_never_approved():
    story = Story()
    story.submit()
    story.act("concern", "demo-cai")
    assert story.standing().state is State.SUBMITTED


def test_a_concern_shows_no_text_that_is_not_approved_any_more():
    story = Story().approved()
    story.act("concern", "demo-cai")
    story.edit()
    assert story.standing().state is State.LAPSED


@pytest.mark.parametrize("names", [1, 2])
def test_a_concern_counts_by_its_arrival_whatever_round_it_names(names: int):
    story = Story().approved()
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    story.act("concern", "demo-cai", round=names)
    assert story.standing().state is State.CONCERN


@pytest.mark.parametrize(
    ("hours", "stands"), [(-1, True), (0, False), (1, False)], ids=["before", "with", "after"]
)
def test_an_approval_that_was_signed_before_a_concern_and_held_back_does_not_answer_it(
    hours: int, *, stands: bool
):
    """Whoever merges could else let a new round wait until somebody raises the concern."""
    story = Story().approved()
    story.submit()
    concern = story.act("concern", "demo-cai", round=1)
    story.approve("demo-ana")
    story.approve("demo-ben", signed_at=concern.act.signed_at + timedelta(hours=hours))
    assert (story.standing().state is State.CONCERN) is stands


def test_a_concern_about_a_round_stands_though_that_round_is_approved_behind_it():
    story = Story()
    story.submit()
    story.act("concern", "demo-cai")
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.CONCERN


def test_the_last_concern_is_the_one_that_is_told():
    story = Story().approved()
    story.act("concern", "demo-cai", reason="The first.")
    story.act("concern", "demo-ana", reason="The second.")
    assert (story.standing().reason, story.standing().by) == ("The second.", "demo-ana (reviewer)")


def test_a_notice_tells_why_and_since_when_and_who_can_end_it():
    story = Story().approved()
    story.act("withdraw", "demo-cai", reason="Counted wrongly.")
    found = story.standing()
    assert (found.reason, found.by) == ("Counted wrongly.", "demo-cai (reviewer)")
    assert found.since == START + timedelta(days=story.day)
    assert found.waits_for == ("an editor to reinstate it for a new round",)
    story.act("retract")
    assert story.standing().waits_for[0] == "a second editor to retract it"


def test_an_approval_that_is_only_proposed_is_not_listed_beside_those_that_count():
    story = Story().approved()
    story.acts.append(proposed(story.act("review", "demo-cai")))
    del story.acts[-2]
    found = story.standing()
    assert (found.state, found.would_be) == (State.APPROVED, None)
    assert [each.name for each in found.approvals] == ["demo-ana", "demo-ben"]


LATER = on("2029-01-20")


def _only_proposed(story: Story, count: int) -> None:
    """The last acts as they lie on a proposal branch, years later."""
    story.acts[-count:] = [
        replace(each, landing=replace(each.landing, at=LATER))
        for each in map(proposed, story.acts[-count:])
        if each.landing is not None
    ]


def test_a_new_review_that_is_only_proposed_does_not_hide_that_one_is_due():
    story = Story().approved()
    assert story.standing(LATER).state is State.REVIEW_DUE
    story.approve("demo-ana", "demo-ben", signed_at=LATER)
    _only_proposed(story, 2)
    found = story.standing(LATER)
    assert (found.state, found.would_be) == (State.REVIEW_DUE, State.APPROVED)


def test_who_has_reviewed_anew_is_no_longer_waited_for():
    story = Story().approved()
    assert story.standing(LATER).waits_for == ("a new review",)
    story.approve("demo-ana", signed_at=LATER)
    landing = story.acts[-1].landing
    assert landing is not None
    story.acts[-1] = replace(story.acts[-1], landing=replace(landing, at=LATER))
    found = story.standing(LATER)
    assert found.state is State.REVIEW_DUE
    assert found.waits_for == ("approval by one more member of the board",)


def test_a_proposed_answer_to_a_concern_does_not_lift_it():
    story = Story().approved()
    story.act("concern", "demo-cai")
    story.submit()
    story.approve("demo-ana", "demo-ben", signed_at=START + timedelta(days=5))
    _only_proposed(story, 3)
    found = story.standing(LATER)
    assert (found.state, found.would_be) == (State.CONCERN, State.REVIEW_DUE)


def test_what_waits_for_the_merge_alone_says_so():
    story = Story().approved()
    story.acts[-1] = proposed(story.acts[-1])
    found = story.standing()
    assert found.waits_for == (MERGING,)
    assert found.since == found.assigned == START + timedelta(days=2)
    assert [each.name for each in found.approvals] == ["demo-ana", "demo-ben"]
    assert (found.approved, found.reviewed, found.due, found.expires) == (None,) * 4


def test_what_took_it_down_is_not_told_to_weigh_nothing_when_its_author_has_left():
    story = Story().approved()
    story.act("withdraw", "demo-cai")
    gone = without("demo-cai")
    assert story.standing(board=gone).state is State.WITHDRAWN
    assert not story.standing(board=gone).discounts


def test_only_what_nothing_proves_is_told_to_be_forged():
    story = Story()
    story.submit()
    story.approve("demo-ana", conflict_of_interest=None)
    story.approve("demo-ben", seal=Seal(signature=Signature.ABSENT))
    assert [each.is_forged for each in story.standing().discounts] == [False, True]


def test_a_text_is_not_granted_while_an_objection_stands_against_it():
    story = Story()
    story.submit()
    objection = story.act("review", "demo-cai", decision="revise")
    story.approve("demo-ana", "demo-ben")
    assert story.standing().granted is None
    story.act("overrule", "demo-chief", previous=objection.digest)
    assert story.standing().granted == story.manifest.digest


def test_a_text_is_not_granted_in_a_round_that_was_closed_before_it_was_complete():
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.act("withdraw", "demo-cai")
    story.approve("demo-ben")
    assert story.standing().granted is None


def test_what_went_into_a_text_that_was_approved_later_still_counts_as_its_making():
    story = Story()
    own = ("demo-ben@tests.example",)
    story.changes.append(Change(commit="c0ffee" * 7, order=0, addresses=own))
    first, before = story.submit(), story.manifest.digest
    story.edit()
    story.submit()
    answer = {"round": 1, "manuscript": before, "previous": first.digest}
    story.approve("demo-ana", "demo-cai", **answer)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW
    assert "`demo-ben` changed the text" in reasons(story.standing())


def test_an_audience_that_the_text_gained_later_takes_no_earlier_approval_back():
    story = Story().approved()
    before = story.manifest.digest
    story.edit()
    story.manifest = replace(story.manifest, audiences=("clinician", "patient"))
    found = story.standing()
    assert (found.state, found.granted) == (State.LAPSED, before)


def test_where_the_policy_asks_for_one_the_first_act_of_the_record_can_be_enough():
    one = POLICY.classes["general"].model_copy(update={"quorum": 1})
    policy = POLICY.model_copy(update={"classes": {"general": one}})
    story = Story()
    story.submit()
    story.approve("demo-ana")
    assert story.standing(policy=policy).state is State.APPROVED


def _small_edit(story: Story, since: str) -> dict[str, object]:
    """Hand another text in, so little changed since an earlier one; gives what a review says."""
    after, diff = story.edit(f"It helps, edit {story.day}.").digest, digest_of("diff")
    story.edits.append(Edit(since=since, to=after, diff=diff, is_light=True))
    story.submit()
    return {"light": {"since": since, "diff": diff}}


def test_light_reviews_do_not_add_up_to_a_whole_one():
    story = Story().approved()
    before = story.manifest.digest
    small = _small_edit(story, before)
    story.approve("demo-cai", "demo-editor", **small)
    found = story.standing()
    assert (found.state, found.granted) == (State.UNDER_REVIEW, before)


def test_a_light_review_begins_at_the_text_that_was_approved_last():
    story = Story().approved()
    first = story.manifest.digest
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    story.approve("demo-ana", **_small_edit(story, first))
    assert story.standing().state is State.UNDER_REVIEW


def test_a_text_is_approved_from_the_light_review_on_and_reviewed_from_the_whole_one_on():
    story = Story().approved()
    story.approve("demo-ana", **_small_edit(story, story.manifest.digest))
    story.act("review", "demo-cai", decision="abstain")
    found = story.standing()
    assert found.state is State.APPROVED
    assert found.approved == found.since == START + timedelta(days=6)
    assert found.reviewed == START + timedelta(days=4)


def _lightly_edited() -> Story:
    """Three people approved the text, and the first of them the small edit that followed."""
    story = Story()
    story.submit()
    story.approve("demo-cai", "demo-ana", "demo-ben")
    small = _small_edit(story, story.manifest.digest)
    own = ("somebody@elsewhere.example",)
    story.changes.append(Change(commit="c0ffee" * 7, order=story.day, addresses=own))
    story.approve("demo-cai", **small)
    assert story.standing().state is State.APPROVED
    return story


def test_after_a_light_review_the_whole_text_can_be_reviewed_anew_in_the_same_round():
    story = Story().approved()
    story.approve("demo-ana", **_small_edit(story, story.manifest.digest))
    before = story.standing()
    story.approve("demo-ana", after=1000)
    between = START + timedelta(days=story.day + 1)
    assert (story.standing(between).state, story.standing(between).due) == (
        State.APPROVED,
        before.due,
    )
    story.approve("demo-ben")
    found = story.standing(between + timedelta(days=1))
    assert found.state is State.APPROVED
    assert found.reviewed == START + timedelta(days=story.day)
    assert before.due is not None
    assert found.due is not None
    assert found.due > before.due
    assert (len(found.approvals), found.lights) == (2, ())


@pytest.mark.parametrize("decision", ["abstain", "revise"])
def test_who_checked_a_small_edit_can_take_that_back(decision: str):
    story = Story().approved()
    story.approve("demo-ana", **_small_edit(story, story.manifest.digest))
    story.act("review", "demo-ana", decision=decision)
    assert not story.standing().is_published


def test_a_small_edit_is_approved_no_longer_when_who_checked_it_no_longer_counts():
    story = _lightly_edited()
    gone = without("demo-cai")
    assert story.standing(board=gone).state is State.LAPSED
    story.approve("demo-ben")
    assert story.standing(board=gone).state is State.LAPSED


def test_a_small_edit_is_approved_no_longer_when_who_checked_it_is_found_to_have_made_it():
    addresses = ("demo-cai@tests.example", "somebody@elsewhere.example")
    found = _lightly_edited().standing(board=having(person("demo-cai", git=addresses)))
    assert found.state is State.LAPSED
    assert "`demo-cai` changed the text" in reasons(found)


def test_only_who_was_assigned_and_who_reviewed_in_this_round_is_waited_for():
    story = Story().approved()
    story.edit()
    story.submit()
    assert not [each for each in story.standing().waits_for if each.startswith("the review of")]
    story.act("assign", reviewers=("demo-ana",))
    assert "the review of demo-ana" in story.standing().waits_for


def test_an_approval_is_told_with_what_the_board_knew_of_its_signer_when_it_arrived():
    story = Story(board=having(person("demo-ana", specialties=["radiology"])))
    story.submit()
    fees = {"declared": True, "none": False, "statement": "Fees."}
    review = story.act("review", "demo-ana", conflict_of_interest=fees)
    story.act("waive", "demo-chief", previous=review.digest)
    story.approve("demo-ben")
    ana, ben = story.standing(board=BOARD).approvals
    assert (ana.credentials, ana.affiliation, ana.interests) == ("MD", "Nowhere", "Fees.")
    assert (ana.specialties, ben.specialties) == (("radiology",), ())
    assert (ben.interests, ben.at) == ("none", START + timedelta(days=story.day))


SHARES = "Holds shares in a maker of scanners"


@pytest.mark.parametrize(
    ("always", "now", "told"),
    [
        ("none", None, "none"),
        ("None.", "I know the author.", "I know the author."),
        (SHARES, None, f"{SHARES}. Declared for this article: none"),
        (f"{SHARES}.", "Fees.", f"{SHARES}. Declared for this article: Fees."),
        (
            SHARES,
            "holds shares in a  maker of scanners.",
            "holds shares in a  maker of scanners.",
        ),
    ],
)
def test_an_approval_is_told_with_what_its_signer_has_at_all_times_and_for_this_article(
    always, now, told
):
    story = Story(board=having(person("demo-ana", interests=always)))
    story.submit()
    conflict = {"declared": True, "none": now is None, "statement": now}
    review = story.act("review", "demo-ana", conflict_of_interest=conflict)
    story.act("waive", "demo-chief", previous=review.digest)
    story.approve("demo-ben")
    # What the board says later is about later reviews.
    ana, ben = story.standing(
        board=having(person("demo-ana", interests="Since then none"))
    ).approvals
    assert (ana.interests, ben.interests) == (told, "none")


def test_what_is_not_in_review_says_what_it_waits_for():
    story = Story()
    assert (story.standing().round, story.standing().waits_for) == (0, ("somebody to submit it",))
    story.submit()
    before = story.manifest
    story.edit()
    found = story.standing()
    waits = ("the present text to be submitted, which is not the one of round 1",)
    assert (found.state, found.round, found.waits_for) == (State.DRAFT, 1, waits)
    story.manifest = before
    down = story.act("withdraw", "demo-cai")
    story.act("reinstate", previous=down.digest)
    waits = ("the text to be submitted again, since round 1 is closed",)
    assert (story.standing().state, story.standing().waits_for) == (State.DRAFT, waits)


@pytest.mark.parametrize(
    ("day", "state", "since"),
    [
        ("2029-01-04", State.APPROVED, "2026-01-05T09:00:00+00:00"),
        ("2029-01-20", State.REVIEW_DUE, "2029-01-04T23:59:59+00:00"),
        ("2029-04-20", State.EXPIRED, "2029-04-04T23:59:59+00:00"),
    ],
)
def test_a_standing_that_age_brought_began_at_the_end_of_the_last_day(
    day: str, state: State, since: str
):
    found = Story().approved().standing(on(day))
    assert found.since is not None
    assert (found.state, found.since.isoformat()) == (state, since)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(9998, 12, 31), date(9999, 1, 31)),
        (date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_the_calendar_ends_with_its_last_year(day: date, later: date):
    assert add_months(day, 1) == later


def test_an_approval_holds_from_the_day_it_arrived_though_it_names_the_next():
    story = Story()
    story.submit()
    story.approve("demo-ana")
    arrived = datetime(2026, 1, 4, 23, 55, tzinfo=UTC)
    ahead = arrived + timedelta(minutes=9)
    story.act("review", "demo-ben", signed_at=ahead, landing={"at": arrived})
    assert story.standing().due == date(2029, 1, 3)
    story.approve("demo-ana")
    assert story.standing().due == date(2029, 1, 4)


RETIRED = having(person("demo-cai", term={"from": "2026-01-01", "to": "2026-01-06"}))


@pytest.mark.parametrize(
    ("name", "more"),
    [("withdraw", {}), ("review", {"decision": "reject"}), ("concern", {})],
    ids=["withdrawal", "objection", "concern"],
)
@pytest.mark.parametrize(
    ("signed", "counts"), [("2026-01-06", True), ("2026-01-07", False)], ids=["in term", "behind"]
)
def test_what_speaks_against_a_text_counts_by_the_day_it_was_signed_though_it_arrives_late(
    name: str, more: dict[str, object], signed: str, *, counts: bool
):
    story = Story(board=RETIRED).approved()
    story.act(name, "demo-cai", after=10, signed_at=on(signed), **more)
    assert (story.standing().state is not State.APPROVED) is counts


@pytest.mark.parametrize(
    ("days", "counts"), [(30, True), (31, False)], ids=["within thirty days", "behind them"]
)
def test_what_was_held_back_until_its_signer_left_counts_for_thirty_days(
    days: int, *, counts: bool
):
    story = Story(board=RETIRED).approved()
    story.act("withdraw", "demo-cai", after=5 + days - story.day, signed_at=on("2026-01-06"))
    assert (story.standing().state is State.WITHDRAWN) is counts


@pytest.mark.parametrize(
    ("days", "counts"), [(30, True), (31, False)], ids=["within thirty days", "behind them"]
)
def test_what_was_held_back_until_its_key_ended_counts_for_thirty_days(days: int, *, counts: bool):
    ended = {"public": key_of("demo-cai"), "valid_from": "2026-01-01", "valid_to": "2026-01-06"}
    story = Story(board=having(person("demo-cai", keys=[ended]))).approved()
    story.act("withdraw", "demo-cai", after=5 + days - story.day, signed_at=on("2026-01-06"))
    assert (story.standing().state is State.WITHDRAWN) is counts


@pytest.mark.parametrize("end", [{}, {"to": "2026-12-31"}, {"to": "9999-12-31"}])
@pytest.mark.parametrize("what", ["term", "key"])
def test_whoever_merges_dates_no_withdrawal_back_to_before_its_signer_might(
    what: str, end: dict[str, str]
):
    to_come: dict[str, object] = {"term": {"from": "2026-06-01", **end}}
    if what == "key":
        ends = {"valid_to": end["to"]} if end else {}
        public = key_of("demo-cai")
        to_come = {"keys": [{"public": public, "valid_from": "2026-06-01", **ends}]}
    story = Story(board=having(person("demo-cai", **to_come))).approved()
    story.act("withdraw", "demo-cai", signed_at=on("2026-06-02"))
    assert story.standing().state is State.WITHDRAWN


def test_of_two_withdrawals_the_last_is_told_and_names_no_successor():
    story = Story().approved()
    story.act("withdraw", "demo-cai", reason="The first.")
    story.act("withdraw", "demo-ana", reason="The second.")
    assert (story.standing().reason, story.standing().successor) == ("The second.", None)


def test_retracted_by_two_at_once_it_stays_so_though_the_first_is_answered_at_once():
    story = Story().approved()
    first = story.act("retract", "demo-editor")
    story.act("retract", "demo-second")
    story.act("reinstate", previous=first.digest)
    assert story.standing().state is State.RETRACTED


def test_an_act_that_weighs_nothing_is_told_once_though_something_is_proposed():
    story = Story().approved()
    story.act("review", "demo-cai", seal=Seal(signature=Signature.ABSENT))
    story.act("concern", "demo-cai", seal=Seal(signature=Signature.ABSENT))
    story.acts[-1] = proposed(story.acts[-1])
    paths = [each.path for each in story.standing().discounts]
    assert paths == [each.path for each in story.acts[-2:]]


def test_a_withdrawal_closes_the_round_that_it_names_though_that_began_later():
    story = Story().approved()
    down = story.act("withdraw", "demo-cai", round=2)
    story.act("reinstate", previous=down.digest)
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert not story.standing().is_published
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().is_published


@pytest.mark.parametrize("name", ["withdraw", "retract", "supersede"])
@pytest.mark.parametrize(
    ("hours", "state"), [(-1, State.UNDER_REVIEW), (0, State.APPROVED)], ids=["before", "with"]
)
def test_an_approval_that_was_signed_before_a_withdrawal_and_held_back_does_not_undo_it(
    name: str, hours: int, state: State
):
    """Whoever merges could else put up again by a round that nobody began behind it."""
    story = Story().approved()
    successor = {"successor": "another"} if name == "supersede" else {}
    down = story.act(name, "demo-editor", **successor)
    story.act("reinstate", previous=down.digest)
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", signed_at=down.act.signed_at + timedelta(hours=hours))
    found = story.standing()
    assert found.state is state
    told = "it was signed before `demo-editor` took the article down" in reasons(found)
    assert told is (hours < 0)


@pytest.mark.parametrize(("hours", "is_shown"), [(-1, False), (0, True)], ids=["before", "with"])
def test_a_round_that_somebody_held_back_does_not_replace_the_text_that_was_approved_behind_it(
    hours: int, *, is_shown: bool
):
    """Whoever merges could else put back a text that its reviewers had seen replaced."""
    story = Story().approved()
    story.edit("It helps, and this was a mistake.")
    earlier = story.manifest
    story.edit()
    story.submit()
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED
    said = story.acts[-2].act.signed_at + timedelta(hours=hours)
    story.manifest = earlier
    story.submit(round=2)
    story.approve("demo-ana", "demo-cai", signed_at=said)
    found = story.standing()
    assert found.is_published is is_shown
    told = "it was signed before a later word of `demo-ana`, on another text" in reasons(found)
    assert told is not is_shown


def test_who_reviewed_a_later_round_first_has_reviewed_it():
    story = Story().approved()
    story.edit()
    story.submit()
    said = START + timedelta(days=story.day)
    story.act("review", "demo-ben", round=1, manuscript=story.acts[0].act.manuscript)
    story.approve("demo-ana")
    story.approve("demo-ben", signed_at=said)
    assert story.standing().state is State.APPROVED


def test_a_standing_is_written_the_same_way_in_every_run(tmp_path: Path):
    script = tmp_path / "told.py"
    script.write_text(
        "from cases import Change, Story\n"
        "story = Story()\n"
        "for number in range(9):\n"
        "    story.changes.append(Change(commit=f'{number:040}', order=0, addresses=()))\n"
        "story.approved().edit()\n"
        "story.submit()\n"
        "assert len(story.standing().base) == 9\n"
        "print(story.standing())\n"
    )
    told = {_told(script, seed) for seed in ("1", "2")}
    assert len(told) == 1


def _told(script: Path, seed: str) -> str:
    """What a script prints where Python keeps its sets in another order."""
    path = os.pathsep.join(filter(None, sys.path))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_an_assignment_of_somebody_who_left_begins_no_review_and_a_review_of_theirs_does():
    story = Story()
    story.submit()
    story.act("assign", reviewers=("demo-ana",))
    assert story.standing().since == story.standing().assigned == START + timedelta(days=2)
    found = story.standing(board=without("demo-editor"))
    assert (found.state, found.assigned) == (State.SUBMITTED, None)
    assert (found.since, found.quorum) == (START + timedelta(days=1), 2)
    story.approve("demo-ana")
    found = story.standing(board=without("demo-editor", "demo-ana"))
    assert (found.state, found.assigned) == (State.UNDER_REVIEW, START + timedelta(days=3))


def test_how_many_must_approve_is_told_of_a_draft_and_of_no_unknown_class():
    assert Story().standing().quorum == 2
    unknown = POLICY.model_copy(update={"classes": {"other": POLICY.classes["general"]}})
    assert Story().standing(policy=unknown).quorum == 0
    assert Story().approved().standing(policy=unknown).quorum == 0


def test_only_the_approvals_that_hold_until_the_day_it_is_due_are_told():
    story = Story()
    story.submit()
    story.approve("demo-ana")
    story.approve("demo-ben", "demo-cai", after=100)
    found = story.standing(on("2026-12-31"))
    assert [each.name for each in found.approvals] == ["demo-ben", "demo-cai"]
    assert found.due == date(2029, 4, 13)
    # That of demo-cai holds longer than that of demo-ben.
    one = ("approval by one more member of the board",)
    assert story.standing(on("2029-04-14")).waits_for == one
    assert story.standing(on("2029-09-01")).waits_for == ("a new review",)
    assert not found.waits_for


def test_a_light_review_that_does_not_suffice_is_no_part_of_a_whole_one():
    story = Story().approved()
    story.approve("demo-cai", **_small_edit(story, story.manifest.digest))
    found = story.standing()
    assert found.approvals == ()
    assert found.waits_for == ("approval by 2 members of the board",)


@pytest.mark.parametrize(
    "board",
    [
        having(person("demo-ben", term={"from": "2026-01-04"})),
        having(person("demo-ben", keys=[key(valid_from="2026-01-04")])),
        having(person("demo-ben", term={"from": "2026-01-01", "to": "2026-01-04"})),
        having(person("demo-ben", keys=[key(valid_to="2026-01-04")])),
    ],
    ids=["first day of a term", "of a key", "last day of a term", "of a key"],
)
def test_the_first_and_the_last_day_of_a_term_and_of_a_key_belong_to_it(board: Board):
    story = Story(board=board)
    story.submit()
    story.approve("demo-ana", "demo-ben")  # the second one on 4 January
    assert story.standing().state is State.APPROVED


def test_a_term_to_come_lends_no_weight_to_what_is_signed_before_it():
    board = having(person("demo-cai", term={"from": "2026-06-01"}))
    story = Story(board=board).approved()
    story.act("withdraw", "demo-cai", signed_at=on("2026-05-31"))
    found = story.standing()
    assert found.state is State.APPROVED
    assert "(from 2026-06-01) does not cover 2026-01-06" in reasons(found)


def test_a_chief_who_is_found_out_to_have_written_the_text_cleared_no_way_for_it():
    private = "private@elsewhere.example"
    story = Story()
    story.changes.append(Change(commit="c0ffee" * 7, order=0, addresses=(private,)))
    story.submit()
    objection = story.act("review", "demo-cai", decision="reject")
    story.act("overrule", "demo-chief", previous=objection.digest)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED
    chief = person("demo-chief", "editor-in-chief", git=["demo-chief@tests.example", private])
    found = story.standing(board=having(chief))
    assert found.state is State.UNDER_REVIEW
    assert "`demo-chief` changed the text" in reasons(found)


def test_the_addresses_of_the_forge_are_known_however_they_are_written():
    policy = POLICY.model_copy(update={"platform_identities": ("NoReply@Forge.example",)})
    change = Change(commit="c0ffee" * 7, order=0, addresses=("noreply@forge.example",))
    assert not list(unknown_addresses([change], BOARD, policy))


def test_what_is_handed_in_with_the_approval_of_the_text_before_it_follows_that():
    story = Story()
    own = ("demo-cai@tests.example",)
    story.changes.append(Change(commit="c0ffee" * 7, order=0, addresses=own))
    story.approved().edit()
    story.submit(after=0)
    story.approve("demo-ana", "demo-cai")
    found = story.standing()
    assert found.state is State.APPROVED
    assert not found.discounts


def test_a_text_that_was_never_approved_has_no_edit_to_be_reviewed_alone():
    story = Story()
    story.submit()
    story.approve("demo-ana", light={"since": digest_of("none"), "diff": digest_of("none")})
    assert (story.standing().state, story.standing().granted) == (State.UNDER_REVIEW, None)


def test_who_checked_an_edit_alone_did_not_approve_the_whole_text_by_that():
    story = Story().approved()
    story.approve("demo-ana", **_small_edit(story, story.manifest.digest))
    story.approve("demo-ben", "demo-cai")
    assert story.standing().state is State.APPROVED
    small = _small_edit(story, story.manifest.digest)
    story.approve("demo-ana", **small)
    assert story.standing().state is State.UNDER_REVIEW
    story.approve("demo-cai", **small)
    assert story.standing().state is State.APPROVED


def test_whose_approval_of_the_whole_text_did_not_count_reviews_no_edit_of_it():
    story = Story().approved()
    story.approve("demo-cai", conflict_of_interest=None)
    story.approve("demo-cai", **_small_edit(story, story.manifest.digest))
    assert story.standing().state is State.UNDER_REVIEW


def test_every_audience_that_an_approval_leaves_out_is_named():
    story = Story()
    story.manifest = replace(story.manifest, audiences=("patient", "clinician", "carer"))
    story.submit()
    story.approve("demo-ana", audiences=("clinician",))
    assert reasons(story.standing()) == "it does not name the audience carer, patient"


def test_an_approval_that_answers_another_review_answers_no_submission():
    story = Story()
    story.submit()
    review = story.act("review", "demo-ana")
    story.approve("demo-ben", previous=review.digest)
    assert "answers neither the submission" in reasons(story.standing())


def test_who_takes_an_objection_back_and_leaves_the_board_has_not_taken_it_back():
    story = Story()
    story.submit()
    story.act("review", "demo-cai", decision="reject")
    story.approve("demo-cai", "demo-ana", "demo-ben")
    assert story.standing().state is State.APPROVED
    assert story.standing(board=without("demo-cai")).state is State.UNDER_REVIEW


def test_specialties_and_roles_are_waited_for_in_words():
    asked = {"specialties": ("nuclear-medicine",), "roles": ("patient-reviewer",), "quorum": 1}
    needs = POLICY.classes["general"].model_copy(update=asked)
    policy = POLICY.model_copy(update={"classes": {"general": needs}})
    story = Story()
    story.submit()
    assert story.standing(policy=policy).waits_for == (
        "an editor to assign reviewers",
        "approval by one member of the board",
        "approval by somebody of the specialty nuclear medicine",
        "approval by somebody in the role patient reviewer",
    )


@pytest.mark.parametrize("name", ["withdraw", "concern"])
def test_a_notice_and_a_concern_say_since_when_and_the_role_of_who_did_it_in_words(name: str):
    policy = POLICY.model_copy(
        update={"acts": {each: ("editor-in-chief", *POLICY.acts[each]) for each in POLICY.acts}}
    )
    story = Story().approved()
    story.act(name, "demo-chief")
    found = story.standing(policy=policy)
    assert found.by == "demo-chief (editor in chief)"
    assert found.since == START + timedelta(days=story.day)


def test_grace_ends_where_the_calendar_does():
    needs = POLICY.classes["general"]
    assert shown_until(date(9999, 10, 2), needs) == date(9999, 12, 31)
    assert shown_until(date(9999, 10, 3), needs) == date(9999, 10, 3)


def test_a_proposed_review_that_decides_nothing_is_seen_and_no_longer_waited_for():
    story = Story()
    story.submit()
    story.act("assign", reviewers=("demo-ana", "demo-ben"))
    story.acts.append(proposed(story.act("review", "demo-ana")))
    del story.acts[-2]
    found = story.standing()
    assert (found.state, found.would_be) == (State.UNDER_REVIEW, None)
    assert [each.name for each in found.approvals] == ["demo-ana"]
    assert found.waits_for == (
        "approval by one more member of the board",
        "the review of demo-ben",
    )


def test_a_submission_that_is_only_proposed_is_a_submission():
    story = Story()
    story.acts.append(proposed(story.submit()))
    del story.acts[0]
    assert (story.standing().state, story.standing().would_be) == (State.SUBMITTED, None)


def test_a_proposed_concern_shows_no_text_whose_approval_is_proposed_too():
    story = Story().approved()
    story.act("concern", "demo-cai")
    story.acts[-2:] = [proposed(each) for each in story.acts[-2:]]
    found = story.standing()
    assert (found.state, found.would_be) == (State.UNDER_REVIEW, State.CONCERN)


def test_retracted_for_ever_it_tells_the_reason_of_the_second_editor():
    story = Story().approved()
    story.act("retract", "demo-editor", reason="The first.")
    second = story.act("retract", "demo-second", reason="The second.")
    story.act("retract", "demo-editor", reason="The third.")
    found = story.standing()
    assert (found.state, found.waits_for) == (State.RETRACTED, ())
    assert (found.reason, found.by) == ("The second.", "demo-second (editor)")
    assert second.landing is not None
    assert found.since == second.landing.at


def test_a_text_in_review_is_that_of_the_last_round_that_is_open_and_above_the_approved_one():
    story = Story().approved()
    first = story.manifest
    story.edit()
    story.submit(round=2)
    story.approve("demo-ana", "demo-ben")
    story.manifest = first
    story.submit(round=1)
    assert (story.standing().state, story.standing().round) == (State.LAPSED, 2)
    story.submit(round=4)
    story.submit(round=3)
    found = story.standing()
    assert (found.state, found.round) == (State.SUBMITTED, 4)


def test_an_objection_to_a_round_to_come_stands_however_often_the_text_is_handed_in():
    story = Story()
    story.submit()
    story.act("review", "demo-cai", decision="reject", round=9, manuscript=digest_of("another"))
    story.submit(round=1)
    story.approve("demo-ana", "demo-ben")
    assert story.standing().state is State.UNDER_REVIEW


def test_those_who_were_assigned_are_waited_for_by_name_and_in_order():
    story = Story()
    story.submit()
    story.act("assign", reviewers=("demo-cai", "demo-ana", "demo-ben"))
    assert story.standing().waits_for == (
        "approval by 2 members of the board",
        "the review of demo-ana",
        "the review of demo-ben",
        "the review of demo-cai",
    )


def test_who_handed_a_text_in_first_is_the_one_who_did():
    story = Story()
    story.act("submit", "demo-ben", role="author")
    story.submit(round=1)
    story.approve("demo-ana", "demo-ben")
    assert "`demo-ben` handed the text in" in reasons(story.standing())
    assert story.standing().submitted == START + timedelta(days=1)


def _only(**acts: tuple[str, ...]) -> Policy:
    """A later policy that gives some acts to fewer people."""
    return POLICY.model_copy(update={"acts": POLICY.acts | acts, "version": 2})


@pytest.mark.parametrize("name", ["withdraw", "concern", "retract", "supersede"])
def test_what_a_member_took_down_stays_down_when_the_policy_gives_that_right_to_others(name: str):
    """Nobody reinstated it: the board only reserved the act to editors in chief, a year later."""
    story = Story().approved()
    more = {"successor": "another"} if name == "supersede" else {}
    story.act(name, "demo-editor", landing={"policy": POLICY}, **more)
    found = story.standing()
    assert found.state not in {State.APPROVED, State.UNDER_REVIEW}
    assert story.standing(policy=_only(**{name: ("editor-in-chief",)})).state is found.state


def test_an_objection_stands_when_the_policy_lets_its_author_review_no_more():
    story = Story()
    story.submit()
    story.act("review", "demo-cai", decision="reject", landing={"policy": POLICY})
    story.approve("demo-editor", "demo-second")
    found = story.standing(policy=_only(review=("editor",)))
    assert found.state is State.UNDER_REVIEW
    assert found.waits_for[0].startswith("the objection of demo-cai")


def test_an_approval_needs_the_right_both_when_it_arrived_and_now():
    editors = _only(review=("editor",))
    for then, now, state in (
        (POLICY, editors, State.LAPSED),
        (editors, POLICY, State.UNDER_REVIEW),
    ):
        story = Story()
        story.submit()
        story.approve("demo-ana", "demo-editor", landing={"policy": then})
        found = story.standing(policy=now)
        assert found.state is state
        assert reasons(found) == "the policy gives `review` to no `reviewer`"


def test_what_was_taken_down_unsigned_stays_down_when_signatures_are_required_later():
    lax = POLICY.model_copy(update={"signatures": "optional"})
    story, unsigned = Story(), Seal(signature=Signature.ABSENT)
    story.submit()

    def landing(by: str) -> dict[str, object]:
        own = f"{by}@tests.example"
        return {"policy": lax, "author": own, "merged_by": "demo-chief@tests.example"}

    for by in ("demo-ana", "demo-ben"):
        story.act("review", by, seal=unsigned, landing=landing(by))
    assert story.standing(policy=lax).state is State.APPROVED
    why = {each.reason for each in story.standing().discounts}
    assert why == {"it is not signed, and the policy requires signatures"}
    story.act("withdraw", "demo-cai", seal=unsigned, landing=landing("demo-cai"))
    assert story.standing().state is State.WITHDRAWN


def test_what_was_not_signed_while_signatures_were_required_counts_no_more_when_they_are_not():
    lax = POLICY.model_copy(update={"signatures": "optional", "version": 2})
    story = Story()
    story.submit()
    for by in ("demo-ana", "demo-ben"):
        author, merged_by = f"{by}@tests.example", "demo-chief@tests.example"
        landing = {"policy": POLICY, "author": author, "merged_by": merged_by}
        story.act("review", by, seal=Seal(signature=Signature.ABSENT), landing=landing)
    assert not story.standing(policy=lax).is_published


def _replaced(how: str) -> tuple[Story, Board, Policy]:
    """A text whose place another one took, and board and policy by which that one is no more."""
    asked: dict[str, object] = {"declared": True, "none": False, "statement": "Fees"}
    then = {"policy": POLICY}
    story, board, policy = Story(), BOARD, POLICY
    story.submit()
    story.approve("demo-ana", "demo-ben", "demo-second", landing=then)
    before = story.manifest
    if how == "light reviews end":
        small = _small_edit(story, before.digest)
        story.approve("demo-ana", landing=then, **small)
        policy = POLICY.model_copy(update={"light_review": False})
    else:
        story.edit()
        story.submit()
    if how == "who waived leaves":
        review = story.act("review", "demo-ana", conflict_of_interest=asked)
        story.act("waive", "demo-chief", previous=review.digest)
        board = without("demo-chief")
    elif how == "who objected leaves":
        story.act("review", "demo-cai", decision="reject")
        story.approve("demo-cai")
        board = without("demo-cai")
    elif how == "who overruled is found to have written it":
        objection = story.act("review", "demo-cai", decision="reject")
        story.act("overrule", "demo-chief", previous=objection.digest)
        private = "private@elsewhere.example"
        story.changes.append(Change(commit="c0ffee" * 7, order=0, addresses=(private,)))
        board = having(person("demo-chief", "editor-in-chief", git=[private]))
    elif how == "more must approve":
        needs = POLICY.classes["general"].model_copy(update={"quorum": 3})
        policy = POLICY.model_copy(update={"classes": {"general": needs}})
    if how != "light reviews end":
        by = ("demo-ben",) if how == "who waived leaves" else ("demo-ana", "demo-ben")
        story.approve(*by, landing=then)
    assert story.standing().state is State.APPROVED
    story.manifest = before
    assert story.standing().state is State.LAPSED
    return story, board, policy


@pytest.mark.parametrize(
    "how",
    [
        "who waived leaves",
        "who objected leaves",
        "who overruled is found to have written it",
        "more must approve",
        "light reviews end",
    ],
)
def test_a_text_that_another_replaced_is_not_shown_again_for_what_became_of_the_other(how: str):
    """The board approved a correction; that somebody left it later approves no error again."""
    story, board, policy = _replaced(how)
    assert story.standing(board=board, policy=policy).state is State.LAPSED


def test_who_no_longer_approves_the_whole_text_shows_it_again_by_that_no_more_than_its_edit():
    story = Story()
    story.submit()
    story.approve("demo-ana", "demo-ben", "demo-cai")
    before, first = story.manifest, story.acts[0].digest
    story.approve("demo-ana", **_small_edit(story, before.digest))
    assert story.standing().state is State.APPROVED
    old = {"round": 1, "manuscript": before.digest, "previous": first}
    story.approve("demo-ana", **old)
    assert story.standing().state is State.APPROVED
    story.act("review", "demo-ana", decision="abstain", **old)
    assert story.standing().state is State.LAPSED
    story.manifest = before
    assert story.standing().state is State.LAPSED
