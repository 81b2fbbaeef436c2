"""Whatever acts there are, the site's own files are approved only by what an editor signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conftest import POLICY
from imprimatur.editorial import PROPOSED, Act, Board, FiledAct, Landing, Policy, Seal, Signature
from imprimatur.editorial.site_standing import SiteCase, site_standing
from imprimatur.errors import RuleName
from imprimatur.manuscript import digest_of
from imprimatur.strict import read_file

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
THIS, OTHER = digest_of("this list"), digest_of("another list")
KEYS = {
    name: f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{part}AgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
    for name, part in (("an-editor", "AAB"), ("a-chief", "AEB"), ("a-reviewer", "AIB"))
}
ROLES = {"an-editor": "editor", "a-chief": "editor-in-chief", "a-reviewer": "reviewer"}


def _board() -> Board:
    people = [
        {
            "id": name,
            "name": f"Demonstration {name.replace('-', ' ').title()}",
            "credentials": "MD",
            "affiliation": "Nowhere",
            "roles": [ROLES[name]],
            "specialties": [],
            "term": {"from": "2020-01-01"},
            "interests": "none",
            "keys": [{"public": key, "valid_from": "2020-01-01"}],
        }
        for name, key in KEYS.items()
    ]
    return Board.model_validate({"version": 1, "people": people}, strict=False)


BOARD = _board()
_READ = read_file(Policy, POLICY.encode(), "policy.yml", RuleName("policy-is-readable"), limit=9999)


WRONG = {
    "site": st.just("other.example"),
    "article": st.just("contrast"),
    "round": st.sampled_from([1, 3]),
    "manuscript": st.just(OTHER),
    "role": st.sampled_from([*ROLES.values()]),
    "decision": st.sampled_from(["revise", "reject", "abstain"]),
}


@st.composite
def acts(draw: st.DrawFn) -> FiledAct:
    """An act about the site as an honest editor does it, with a few things in it changed."""
    number, at = draw(st.integers(1, 10_000)), NOW - timedelta(hours=draw(st.integers(1, 3)))
    by = draw(st.sampled_from(["an-editor", "an-editor", "a-chief", "a-reviewer", "a-stranger"]))
    plain = {
        "act": "review",
        "site": "demonstration.example",
        "article": "site",
        "round": 2,
        "manuscript": THIS,
        "by": by,
        "role": ROLES.get(by, "editor"),
        "printed_name": "Demonstration",
        "meaning": "I say so.",
        "decision": "approve",
        "reason": "Because.",
        "signed_at": at,
    }
    for name in draw(st.sets(st.sampled_from([*WRONG]), max_size=1)):
        plain[name] = draw(WRONG[name])
    seal = Seal(signature=Signature.VALID, key=KEYS.get(by, ""))
    others = [Seal(signature=each) for each in Signature if each is not Signature.VALID]
    others += [replace(seal, key=each) for each in KEYS.values()]
    order = draw(st.sampled_from([1, 2, 3, PROPOSED]))
    return FiledAct(
        act=Act.model_validate(plain, strict=False),
        path=f"{number}.yml",
        digest=digest_of(number),
        seal=draw(st.sampled_from([seal] * 12 + others)),
        landing=Landing(at=NOW if order == PROPOSED else at, order=order, board=BOARD),
    )


several = st.lists(acts(), max_size=5, unique_by=lambda each: each.path)


def case(found: list[FiledAct]) -> SiteCase:
    assert _READ.value is not None
    return SiteCase(
        version=2, digest=THIS, acts=tuple(found), board=BOARD, policy=_READ.value, now=NOW
    )


def is_approved(found: list[FiledAct]) -> bool:
    return site_standing(case(found)).approved is not None


@given(found=several)
def test_an_approval_rests_on_an_editors_own_signed_act_on_the_protected_branch(found):
    granted = site_standing(case(found)).approved
    if granted is not None:
        act = granted.act
        assert (act.decision, act.round, act.manuscript) == ("approve", 2, THIS)
        assert (act.site, act.article) == ("demonstration.example", "site")
        assert act.by in {"an-editor", "a-chief"}
        assert act.role == ROLES[act.by]
        assert granted.seal == Seal(signature=Signature.VALID, key=KEYS[act.by])
        assert granted.landing is not None
        assert not granted.landing.is_provisional


@given(found=several, more=acts())
def test_only_an_act_that_approves_this_list_can_add_an_approval(found, more):
    if not is_approved(found) and is_approved([*found, more]):
        assert more.act.manuscript == THIS
        # Or the objector takes their own objection back.
        assert more.act.decision in {"approve", "abstain"}


@given(found=several, more=acts())
def test_an_act_that_nothing_proves_changes_nothing(found, more):
    broken = Seal(signature=Signature.INVALID, fault="it is broken")
    forged = replace(more, path="forged.yml", seal=broken)
    assert is_approved([*found, forged]) == is_approved(found)


@given(found=several, data=st.data())
def test_the_order_in_which_files_are_read_does_not_matter(found, data):
    other = data.draw(st.permutations(found))
    assert site_standing(case(found)) == site_standing(case(list(other)))


@given(found=several)
def test_what_is_not_approved_says_what_it_waits_for(found):
    standing = site_standing(case(found))
    assert (standing.approved is None) == bool(standing.waits_for)
