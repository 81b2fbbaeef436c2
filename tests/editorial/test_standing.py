"""What the record says of a text now: nothing short of proof shows it, and nothing grants."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.editorial import (
    Act,
    ActName,
    Board,
    Decision,
    FiledAct,
    Person,
    Policy,
    Role,
    Signature,
    Standing,
    State,
    standing,
)
from imprimatur.manuscript import Digest, Manifest, digest_of
from imprimatur.press.wording import CURRENT

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = "tests.example"
TEXT = Manifest(slug="contrast", article_class="general", parts={"body": digest_of("It helps.")})
OTHER = digest_of("It harms.")

POLICY = Policy.model_validate_json("""{
  "version": 1, "site": "tests.example",
  "audiences": [{"id": "clinician", "label": "Clinician", "disclaimer": "It informs."}],
  "classes": {"general": {"quorum": 2, "valid_months": 36, "grace_days": 90}},
  "acts": {"assign": ["editor"], "review": ["editor", "reviewer"]},
  "pending": "block", "signatures": "required", "light_review": false, "style": "ama"
}""")


def person(identifier: str, role: Role = Role.EDITOR, **changes: object) -> Person:
    """A member of the board who serves for ever."""
    plain = {
        "id": identifier,
        "name": identifier,
        "credentials": "MD",
        "affiliation": "Nowhere",
        "roles": (role,),
        "specialties": (),
        "term": {"from": datetime(2026, 1, 1, tzinfo=UTC).date()},
        "interests": "none",
    }
    return Person.model_validate({**plain, **changes})


BOARD = Board(version=1, people=(person("e-ditor"), person("r-eviewer", Role.REVIEWER)))


def act(name: ActName = ActName.SUBMIT, hours: float = -2, **changes: object) -> FiledAct:
    """An act about this text, so many hours from now."""
    plain: dict[str, object] = {
        "act": name,
        "site": SITE,
        "article": "contrast",
        "round": 1,
        "manuscript": TEXT.digest,
        "by": "e-ditor",
        "role": "editor",
        "printed_name": "E. Ditor",
        "meaning": "I do this.",
        "reason": "Because.",
        "signed_at": NOW + timedelta(hours=hours),
    }
    if name is ActName.REVIEW:
        plain["decision"] = Decision.APPROVE
    signature = changes.pop("signature", Signature.VALID)
    made = Act.model_validate({**plain, **changes})
    path = f"{made.signed_at:%H%M%S}-{name}-{made.by}"
    assert isinstance(signature, Signature)
    return FiledAct(act=made, path=path, digest=digest_of(path), signature=signature)


def of(*acts: FiledAct, board: Board = BOARD, policy: Policy = POLICY) -> Standing:
    return standing(TEXT, acts, board, policy, NOW)


def test_without_a_submission_it_is_a_draft():
    assert of().state is State.DRAFT
    assert of(act(ActName.ASSIGN)).state is State.DRAFT


def test_submitted_just_as_it_stands_it_is_submitted_and_waits_for_the_board():
    found = of(act())
    assert (found.state, found.round, found.since) == (State.SUBMITTED, 1, act().act.signed_at)
    assert found.waits_for == (
        "an editor to assign reviewers",
        "approval by 2 members of the board",
    )


def test_a_submission_needs_neither_signature_nor_board_because_it_grants_nothing():
    stranger = act(by="nobody", role="author", signature=Signature.ABSENT)
    assert of(stranger, board=Board(version=1, people=())).state is State.SUBMITTED


def test_edited_after_submission_it_is_a_draft_again():
    found = of(act(manuscript=OTHER, round=3))
    assert (found.state, found.round) == (State.DRAFT, 3)
    assert of(act(), act(hours=-1, manuscript=OTHER)).state is State.DRAFT
    assert of(act(manuscript=OTHER, hours=-3), act()).state is State.SUBMITTED


@pytest.mark.parametrize("name", [ActName.ASSIGN, ActName.REVIEW])
def test_an_eligible_members_act_opens_the_review(name: ActName):
    found = of(act(), act(name, hours=-1))
    assert (found.state, found.since) == (State.UNDER_REVIEW, NOW - timedelta(hours=1))
    assert found.waits_for == ("approval by 2 members of the board",)


@pytest.mark.parametrize(
    "opening",
    [
        act(ActName.ASSIGN, -1, site="elsewhere.example"),
        act(ActName.ASSIGN, -1, article="another"),
        act(ActName.ASSIGN, -1, round=2),
        act(ActName.ASSIGN, -1, manuscript=OTHER),
        act(ActName.ASSIGN, 1),
        act(ActName.ASSIGN, -3),
        act(ActName.ASSIGN, -1, signature=Signature.ABSENT),
        act(ActName.ASSIGN, -1, signature=Signature.NOT_CHECKED),
        act(ActName.ASSIGN, -1, by="nobody"),
        act(ActName.ASSIGN, -1, by="r-eviewer", role="reviewer"),
        act(ActName.ASSIGN, -1, by="r-eviewer", role="editor"),
        act(ActName.ASSIGN, -1, role="editor-in-chief"),
    ],
    ids=[
        *("other site", "other article", "other round", "other text", "the future", "too early"),
        *("unsigned", "unverified", "stranger", "wrong role", "false role", "role not held"),
    ],
)
def test_an_act_that_proves_nothing_opens_nothing(opening: FiledAct):
    assert of(act(), opening).state is State.SUBMITTED


@pytest.mark.parametrize(
    "changes",
    [
        {"term": {"from": NOW.date() + timedelta(days=1)}},
        {"term": {"from": NOW.date() - timedelta(days=9), "to": NOW.date() - timedelta(days=1)}},
        {"revoked_from": NOW - timedelta(hours=1)},
    ],
    ids=["not yet", "no longer", "revoked"],
)
def test_who_does_not_serve_opens_nothing(changes: dict[str, object]):
    board = Board(version=1, people=(person("e-ditor", **changes),))
    assert of(act(), act(ActName.ASSIGN, -1), board=board).state is State.SUBMITTED


@pytest.mark.parametrize(
    "name", sorted(set(ActName) - {ActName.SUBMIT, ActName.ASSIGN, ActName.REVIEW})
)
def test_an_act_this_version_cannot_weigh_makes_a_draft_of_it(name: ActName):
    found = of(act(), act(name, hours=-1))
    assert found.state is State.DRAFT
    assert f"`{name}`" in found.waits_for[0]


def test_a_class_the_policy_does_not_know_is_waited_for():
    unknown = replace(TEXT, article_class="emergency")
    (filed,) = [act(manuscript=unknown.digest)]
    found = standing(unknown, [filed], BOARD, POLICY, NOW)
    assert "the class `emergency` to be defined in the policy" in found.waits_for


def test_every_standing_is_shown_only_if_the_law_says_so_and_has_a_label():
    shown = {State.APPROVED, State.REVIEW_DUE, State.CONCERN}
    assert {state for state in State if Standing(state=state).is_published} == shown
    assert shown <= set(CURRENT)
    assert {State.SUBMITTED, State.UNDER_REVIEW} <= set(CURRENT)


_HOURS = st.sampled_from([-48.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 48.0])
_ACTS = st.lists(
    st.builds(
        act,
        st.sampled_from(ActName),
        _HOURS,
        site=st.sampled_from([SITE, SITE, SITE, "elsewhere.example"]),
        article=st.sampled_from(["contrast", "contrast", "contrast", "another"]),
        round=st.integers(1, 2),
        manuscript=st.sampled_from([TEXT.digest, TEXT.digest, OTHER]),
        by=st.sampled_from(["e-ditor", "r-eviewer", "nobody"]),
        role=st.sampled_from(["editor", "reviewer", "author"]),
        signature=st.sampled_from(Signature),
    ),
    max_size=8,
    unique_by=lambda filed: filed.path,
)
_PEOPLE = st.builds(
    person,
    st.just("e-ditor"),
    st.sampled_from(Role),
    revoked_from=st.none() | st.just(NOW - timedelta(hours=1)),
).map(lambda one: Board(version=1, people=(one, person("r-eviewer", Role.REVIEWER))))


@given(_ACTS, _PEOPLE)
def test_no_acts_and_no_board_grant_publication_in_this_version(acts: list[FiledAct], board: Board):
    found = of(*acts, board=board)
    assert not found.is_published
    assert found.waits_for
    assert found.state in {State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW}


@given(_ACTS, _PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(acts, board, random):
    shuffled = list(acts)
    random.shuffle(shuffled)
    assert of(*acts, board=board) == of(*shuffled, board=board)


@given(_ACTS, _PEOPLE, st.data())
def test_taking_away_an_act_or_a_person_never_shows_more(acts, board, data):
    before = of(*acts, board=board).is_published
    for gone in acts:
        assert of(*(each for each in acts if each is not gone), board=board).is_published <= before
    gone = data.draw(st.sampled_from(board.people))
    fewer = Board(version=1, people=tuple(each for each in board.people if each is not gone))
    assert of(*acts, board=fewer).is_published <= before
    assert of(*acts, board=fewer).state in {
        State.DRAFT,
        State.SUBMITTED,
        of(*acts, board=board).state,
    }


@given(_ACTS)
def test_acts_of_elsewhere_or_of_the_future_weigh_nothing(acts: list[FiledAct]):
    here = [
        each
        for each in acts
        if (each.act.site, each.act.article) == (SITE, "contrast") and each.act.signed_at <= NOW
    ]
    assert of(*acts) == of(*here)


@given(_ACTS, st.integers(0, 60 * 24 * 400))
def test_time_alone_never_shows_more(acts: list[FiledAct], minutes: int):
    later = NOW + timedelta(minutes=minutes)
    found = standing(TEXT, acts, BOARD, POLICY, later)
    assert found.is_published <= of(*acts).is_published


def test_a_digest_is_no_approval_of_itself():
    missing = replace(TEXT, parts={"body": Digest("missing")})
    assert standing(missing, [act()], BOARD, POLICY, NOW).state is State.DRAFT
