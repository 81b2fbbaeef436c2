"""Rows 1 to 19 of the known attacks: nobody gets a text shown that a quorum did not approve.

In each, an honest act in place of the attack is all that was missing.
"""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import SITE, address
from imprimatur.editorial import State
from imprimatur.gate import copy_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Target
    from keys import Key

APPROVED = State.APPROVED
NOT_YET = State.UNDER_REVIEW
ANOTHER = "another.example"
CLAIM = """\
from datetime import UTC, datetime, timedelta
from pathlib import Path
from imprimatur.editorial import Repository
repository = Repository(Path.cwd())
found = repository.standing("contrast", datetime.now(tz=UTC) + timedelta(seconds=2))
print(repository.manifest("contrast").digest, found.state, found.due, found.expires)
"""


def forged_by(submitted: Target, how: str) -> Path:
    """A review in the name of Ben, which he did not sign."""
    if how == "unsigned":
        return submitted.act("review", "demo-ben", key=None)
    if how == "foreign key":
        return submitted.act("review", "demo-ben", key="demo-stranger")
    if how == "colleague's key":
        return submitted.act("review", "demo-ben", key="demo-ana")
    path = submitted.act("review", "demo-ben")
    seal = path.with_name(f"{path.name}.sig")
    if how == "edited":
        submitted.rewrite(path, "I review this.", "I reviewed this.")
    elif how == "wrong namespace":
        seal.write_bytes(submitted.keys("demo-ben").sign(path.read_bytes(), namespace="file"))
    elif how == "signature of another act":
        other = next(submitted.root.glob("editorial/records/contrast/*demo-ana.yml.sig"))
        seal.write_bytes(other.read_bytes())
    elif how == "signature cut off":
        seal.write_bytes(seal.read_bytes()[:-20])
    return path


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("unsigned", "it is not signed"),
        ("foreign key", "not one of `demo-ben`"),
        ("colleague's key", "not one of `demo-ben`"),
        ("edited", "changed after it was signed"),
        ("wrong namespace", "namespace `file`"),
        ("signature of another act", "changed after it was signed"),
        ("signature cut off", "is cut off"),
    ],
)
def test_01_a_forged_review_is_named_and_counts_for_nothing(how: str, says: str, submitted: Target):
    submitted.approve("demo-ana")
    path = forged_by(submitted, how)
    submitted.commit()
    assert submitted.standing().state is NOT_YET
    assert submitted.is_refused("act-is-genuine", path.name, says)
    submitted.approve("demo-ben")
    assert submitted.standing().state is APPROVED


def test_02_a_text_that_is_edited_after_its_approval_is_not_shown(approved: Target):
    approved.edit("39% to 53%", "93% to 95%")
    approved.commit()
    assert approved.standing().state is State.LAPSED
    assert approved.is_refused("article-is-approved", "this changed: body")


def test_03_a_review_for_another_site_counts_for_nothing(submitted: Target):
    submitted.approve("demo-ana")
    copied = submitted.act("review", "demo-ben", site=ANOTHER)
    submitted.commit()
    assert submitted.standing().state is NOT_YET
    assert submitted.is_refused("record-names-this-site", copied.name, ANOTHER, SITE)
    submitted.approve("demo-ben")
    assert submitted.standing().state is APPROVED


def test_03_a_review_of_another_article_counts_for_nothing(submitted: Target):
    text = (submitted.root / "docs/articles/contrast.md").read_bytes()
    submitted.site.write("docs/articles/another.md", text)
    submitted.commit()
    submitted.approved("demo-ana", "demo-ben", slug="another")
    assert submitted.standing("another").state is APPROVED
    for path in submitted.root.glob("editorial/records/another/*review*"):
        (submitted.root / "editorial/records/contrast" / path.name).write_bytes(path.read_bytes())
    submitted.commit()
    assert submitted.standing().state is State.SUBMITTED
    assert submitted.is_refused("record-is-readable", "this act is about the article `another`")


def test_03_a_review_of_an_earlier_round_counts_for_nothing_in_a_later_one(approved: Target):
    approved.act("withdraw", "demo-cai")
    approved.commit()
    approved.act("reinstate", "demo-editor")
    approved.submit()
    approved.commit()
    assert approved.standing().state is State.SUBMITTED
    approved.approve("demo-ana", "demo-ben")
    assert approved.standing().state is APPROVED


def test_04_one_person_with_two_keys_is_one_person(submitted: Target):
    keys = [
        {"public": submitted.keys(name).public, "valid_from": "2020-01-01"}
        for name in ("demo-ana", "demo-ana-again")
    ]
    submitted.appoint("demo-ana", keys=keys)
    submitted.approve("demo-ana")
    submitted.act("review", "demo-ana", key="demo-ana-again")
    submitted.commit()
    found = submitted.standing()
    assert (found.state, len(found.approvals)) == (NOT_YET, 1)
    assert submitted.is_refused("article-is-approved", "approval by one more member")
    submitted.approve("demo-ben")
    assert submitted.standing().state is APPROVED


@pytest.mark.parametrize(
    ("shared", "says"),
    [
        ("name", "reads like the name of"),
        ("keys", "a key of Demonstration Demo Ana"),
        ("git", "an address of Demonstration Demo Ana"),
    ],
)
def test_04_one_person_does_not_stand_on_the_board_under_two_ids(
    shared: str, says: str, approved: Target
):
    alias = approved.member("demo-alias", **{shared: deepcopy(approved.people["demo-ana"][shared])})
    approved.appoint("demo-alias", **alias)
    assert not approved.standing().is_published
    assert approved.is_refused("board-is-readable", says)


def test_05_a_retired_reviewer_who_dates_back_their_review_does_not_count(submitted: Target):
    yesterday = datetime.now(tz=UTC).date() - timedelta(days=1)
    submitted.appoint("demo-ben", term={"from": "2020-01-01", "to": str(yesterday)})
    submitted.approve("demo-ana")
    submitted.act("review", "demo-ben", signed_at=datetime(2024, 1, 1, tzinfo=UTC))
    submitted.commit(date=datetime(2024, 1, 1, tzinfo=UTC))
    assert submitted.standing().state is NOT_YET
    assert submitted.is_refused("act-is-genuine", "the term of `demo-ben`", "does not cover")
    submitted.approve("demo-cai")
    assert submitted.standing().state is APPROVED


def test_05_an_approval_given_in_term_outlives_the_term(approved: Target):
    today = datetime.now(tz=UTC).date()
    approved.appoint("demo-ben", term={"from": "2020-01-01", "to": str(today)})
    assert approved.standing(now=approved.later() + timedelta(days=30)).state is APPROVED


def as_author(target: Target) -> None:
    target.commit("demo-ben")


def as_committer(target: Target) -> None:
    target.git("add", "-A")
    person = {"GIT_COMMITTER_EMAIL": address("demo-ben"), "GIT_COMMITTER_NAME": "Demonstration"}
    target.git("commit", "-qm", "Demonstration", **person)


def as_co_author(target: Target) -> None:
    target.git("add", "-A")
    trailer = f"Co-authored-by: Demonstration <{address('demo-ben').upper()}>"
    target.git("commit", "-qm", f"Demonstration\n\nWords.\n\n{trailer}")


def from_another_address(target: Target) -> None:
    target.commit("ben@elsewhere.example")


def behind_a_bot(target: Target) -> None:
    target.commit("demo-ben")
    target.git("commit", "-q", "--amend", "--no-edit", GIT_COMMITTER_EMAIL="bot@forge.example")


@pytest.mark.parametrize(
    "commit", [as_author, as_committer, as_co_author, from_another_address, behind_a_bot]
)
def test_06_nobody_approves_what_they_wrote(commit: Callable[[Target], None], approved: Target):
    policy = (approved.root / "editorial/policy.yml").read_text(encoding="utf-8")
    bots = "platform_identities: [bot@forge.example]\n"
    approved.policy(policy.replace("version: 2", "version: 3") + bots)
    approved.appoint("demo-ben", git=[address("demo-ben"), "ben@elsewhere.example"])
    approved.edit("39% to 53%", "93% to 95%")
    commit(approved)
    approved.approved("demo-ana", "demo-ben")
    assert approved.standing().state is NOT_YET
    assert "`demo-ben` changed the text, in the commit" in approved.discounts()
    assert approved.is_refused("article-is-approved", "approval by one more member")
    approved.approve("demo-cai")
    assert approved.is_approved()


def test_06_whoever_handed_the_text_in_does_not_approve_it(approved: Target):
    approved.edit("39% to 53%", "93% to 95%")
    approved.submit(by="demo-ben")
    approved.commit()
    approved.approve("demo-ana", "demo-ben")
    assert approved.standing().state is NOT_YET
    assert "`demo-ben` handed the text in" in approved.discounts()
    approved.approve("demo-cai")
    assert approved.is_approved()


def test_06_an_author_named_in_the_text_does_not_approve_it(approved: Target):
    approved.edit("name: A. Author", "name: demonstration  D\u00e9mo-Ben")
    approved.commit()
    approved.approved("demo-ana", "demo-ben")
    assert approved.standing().state is NOT_YET
    assert "`demo-ben` is an author of the text" in approved.discounts()
    approved.approve("demo-cai")
    assert approved.is_approved()


def test_06_an_address_that_nobody_knows_is_named(approved: Target):
    approved.edit("39% to 53%", "93% to 95%")
    approved.commit("who@nowhere.example")
    approved.approved("demo-ana", "demo-ben")
    assert approved.is_refused("author-is-known", "who@nowhere.example")


@pytest.mark.parametrize("how", ["one commit", "one merge"])
def test_07_a_friend_added_to_the_board_with_their_review_does_not_count(
    how: str, submitted: Target
):
    submitted.approve("demo-ana")
    submitted.git("checkout", "-qb", "proposal")
    submitted.people["demo-friend"] = submitted.member("demo-friend")
    submitted.write_board()
    if how == "one merge":
        submitted.commit()
    submitted.act("review", "demo-friend")
    submitted.commit()
    submitted.git("checkout", "-q", "main")
    submitted.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    assert submitted.standing().state is NOT_YET
    assert submitted.is_refused("act-is-genuine", "`demo-friend` was not on the board when")
    submitted.approve("demo-ben")
    assert submitted.standing().state is APPROVED


def test_07_a_board_that_is_only_proposed_is_not_in_force(approved: Target):
    approved.git("checkout", "-qb", "proposal")
    approved.appoint("demo-friend")
    assert approved.is_refused("law-is-in-force", "editorial/board.yml")


def test_08_a_board_put_back_gives_a_revoked_person_nothing_back(approved: Target):
    old = (approved.root / "editorial/board.yml").read_text(encoding="utf-8")
    approved.appoint("demo-ana", revoked_from="2020-01-01T00:00:00Z")
    assert approved.standing().state is State.LAPSED
    approved.site.write("editorial/board.yml", old)
    approved.commit()
    assert approved.standing().state is State.LAPSED
    assert approved.is_refused("version-only-grows", "editorial/board.yml", "from 5 to 4")


def test_08_a_board_deleted_and_restored_disarms_nobody(approved: Target):
    board = approved.root / "editorial/board.yml"
    old = board.read_bytes()
    board.unlink()
    approved.commit()
    assert not approved.standing().is_published
    approved.site.write("editorial/board.yml", old)
    approved.commit()
    assert approved.is_approved()
    approved.act("withdraw", "demo-cai")
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "Demonstration \u0410na", "CYRILLIC CAPITAL LETTER A"),
        ("name", "Demonstration Demo\u200b Ana", "ZERO WIDTH SPACE"),
        ("name", "Demonstrati\u03bfn Dem\u03bf \u0391na", "GREEK SMALL LETTER OMICRON"),
        ("name", "Dernonstration Demo Ana", "reads like the name of"),
        ("id", "demo\u2024ana", "`people.6.id`"),
        ("id", "demo-\u0430na", "CYRILLIC SMALL LETTER A"),
    ],
)
def test_09_nobody_on_the_board_passes_for_somebody_else(
    field: str, value: str, says: str, approved: Target
):
    approved.appoint("demo-double", **{field: value})
    assert approved.is_refused("editorial/board.yml", says)
    assert not approved.standing().is_published


@pytest.mark.parametrize(
    ("first", "second"), [("revise", "approve"), ("approve", "revise")], ids=["bad", "good"]
)
def test_10_a_key_that_stands_twice_makes_an_act_unreadable_in_both_orders(
    first: str, second: str, submitted: Target
):
    submitted.approve("demo-ana")
    path = submitted.act("review", "demo-ben")
    submitted.rewrite(path, "decision: approve", f"decision: {first}\ndecision: {second}")
    seal = path.with_name(f"{path.name}.sig")
    seal.write_bytes(submitted.keys("demo-ben").sign(path.read_bytes()))
    submitted.commit()
    assert submitted.standing().state is NOT_YET
    assert submitted.is_refused("record-is-readable", path.name, "`decision` stands twice")
    submitted.approve("demo-ben")
    assert submitted.standing().state is APPROVED


YAML = {
    "merge key": ("decision: approve", "<<: {decision: approve}", "`<<`"),
    "anchor": ("decision: approve", "decision: &x approve", "anchor"),
    "tag": ("decision: approve", "decision: !!str approve", "tag"),
    "second document": ("decision: approve", "decision: approve\n---\ndecision: revise", "docum"),
    "explicit key": ("decision: approve", "? decision\n: approve\n? [a]\n: b", "key"),
    "fixed space in a key": ("decision:", "decision\u00a0:", ""),
    "hidden line end": ("decision: approve", "decision: approve\u2028x: 1", "U+2028"),
    "number for a word": ("by: demo-ben", "by: 12", "`by` is"),
    "truth for a word": ("by: demo-ben", "by: no", "review-no.yml"),
    "octal for a round": ("round: 1", "round: 01", "`round` is"),
    "clock for a round": ("round: 1", "round: 0:01", "`round` is"),
    "words for a round": ("round: 1", "round: '1'", "`round` is"),
    "day for an instant": ("Z'", "'", "`signed_at` is"),
    "another zone": ("Z'", "+14:00'", "`signed_at` is"),
    "unknown key": ("decision: approve", "decision: approve\nstatus: approved", "no known key"),
    "unknown decision": ("decision: approve", "decision: yes", "`decision` is"),
}


@pytest.mark.parametrize("trap", YAML, ids=[each.replace(" ", "-") for each in YAML])
def test_11_and_12_no_trick_of_yaml_makes_a_signed_act_read_otherwise(trap: str, submitted: Target):
    old, new, says = YAML[trap]
    submitted.approve("demo-ana")
    path = submitted.act("review", "demo-ben")
    submitted.rewrite(path, old, new)
    seal = path.with_name(f"{path.name}.sig")
    seal.write_bytes(submitted.keys("demo-ben").sign(path.read_bytes()))
    submitted.commit()
    assert submitted.standing().state is NOT_YET
    assert submitted.is_refused(path.name, says)
    submitted.approve("demo-ben")
    assert submitted.standing().state is APPROVED


def test_11_a_byte_order_mark_before_an_act_does_not_hide_what_it_says(submitted: Target):
    submitted.approve("demo-ana")
    path = submitted.act("review", "demo-ben")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    seal = path.with_name(f"{path.name}.sig")
    seal.write_bytes(submitted.keys("demo-ben").sign(path.read_bytes()))
    submitted.commit()
    assert submitted.standing().state is NOT_YET
    assert submitted.is_refused("record-is-readable", path.name)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kolkata", "UTC"])
def test_13_the_zone_of_the_machine_moves_no_day(
    zone: str, approved: Target, monkeypatch: pytest.MonkeyPatch
):
    def claim() -> str:
        command = [sys.executable, "-c", CLAIM]
        return subprocess.run(
            command, cwd=approved.root, check=True, capture_output=True, text=True
        ).stdout

    here = claim()
    assert "approved" in here
    monkeypatch.setenv("TZ", zone)
    assert claim() == here


def test_13_an_approval_holds_to_the_end_of_its_last_day_in_utc_and_no_second_longer(
    approved: Target,
):
    found = approved.standing()
    due, expires = found.due, found.expires
    assert due
    assert expires
    for day, before, after in (
        (due, APPROVED, State.REVIEW_DUE),
        (expires, State.REVIEW_DUE, State.EXPIRED),
    ):
        midnight = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
        assert approved.standing(now=midnight).state is before
        assert approved.standing(now=midnight + timedelta(seconds=1)).state is after


def test_14_a_review_dated_ahead_does_not_count(submitted: Target):
    submitted.approve("demo-ana")
    ahead = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(days=3650)
    submitted.act("review", "demo-ben", signed_at=ahead)
    submitted.commit()
    assert submitted.standing().state is NOT_YET
    assert "it is dated ahead" in submitted.discounts()
    assert submitted.standing(now=ahead + timedelta(days=1)).state is NOT_YET
    assert submitted.is_refused("article-is-approved")


def test_14_a_commit_dated_ahead_stretches_no_approval(submitted: Target):
    signed = datetime.now(tz=UTC).date()
    submitted.act("review", "demo-ana")
    submitted.act("review", "demo-ben")
    submitted.commit(date=datetime(2035, 1, 1, tzinfo=UTC))
    found = submitted.standing()
    assert found.state is APPROVED
    assert found.due
    assert found.due.year == signed.year + 3


def test_14_behind_a_commit_dated_ahead_a_withdrawal_does_not_wear_off(approved: Target):
    approved.commit(date=datetime(2035, 1, 1, tzinfo=UTC))
    end = datetime.now(tz=UTC) + timedelta(days=30)
    approved.appoint("demo-cai", term={"from": "2020-01-01", "to": f"{end:%Y-%m-%d}"})
    assert approved.standing(now=end + timedelta(days=9)).state is APPROVED
    approved.act("withdraw", "demo-cai")
    approved.commit()
    assert approved.standing(now=end + timedelta(days=9)).state is State.WITHDRAWN


@pytest.mark.parametrize("name", ["withdraw", "review"])
def test_14_a_commit_dated_ahead_undoes_nothing_once_its_day_has_come(name: str, approved: Target):
    now = datetime.now(tz=UTC)
    end = now + timedelta(days=200)
    approved.appoint("demo-cai", term={"from": "2020-01-01", "to": f"{end:%Y-%m-%d}"})
    approved.site.write("README.md", "Demonstration\n")
    approved.commit(date=now + timedelta(days=400))
    approved.act(name, "demo-cai", **({"decision": "reject"} if name == "review" else {}))
    approved.commit()
    for later in (approved.later(), approved.later() + timedelta(days=401)):
        assert approved.standing(now=later).state is not APPROVED, later


def test_14_a_commit_dated_ahead_makes_no_review_a_later_one(submitted: Target):
    now = datetime.now(tz=UTC)
    submitted.site.write("README.md", "Demonstration\n")
    submitted.commit(date=now + timedelta(days=400))
    submitted.approve("demo-ana", "demo-ben")
    found = submitted.standing(now=now + timedelta(days=401))
    assert found.state is APPROVED
    assert found.reviewed is not None
    assert {found.reviewed.year, *(each.at.year for each in found.approvals)} == {now.year}


def test_14_no_text_is_said_to_be_edited_in_a_time_to_come(approved: Target):
    approved.edit("title:", "# A comment\ntitle:")
    approved.commit(date=datetime(2081, 1, 1, tzinfo=UTC))
    now = approved.later()
    copy = copy_of(approved.repository(), "contrast", now)
    assert copy is not None
    assert copy.edited == now


def test_15_only_those_who_are_eligible_for_this_article_are_counted(submitted: Target):
    submitted.appoint("demo-lay", roles=["patient-reviewer"])
    submitted.act("review", "demo-ana")
    submitted.act("review", "demo-lay")
    conflict = {"declared": True, "none": False, "statement": "Fees"}
    submitted.act("review", "demo-cai", conflict_of_interest=conflict)
    submitted.act("review", "demo-dan", audiences=[])
    submitted.commit()
    found = submitted.standing()
    assert (found.state, len(found.approvals)) == (NOT_YET, 1)
    said = submitted.discounts()
    assert "the policy gives `review` to no `patient-reviewer`" in said
    assert "a conflict of interest" in said
    assert "does not name the audience clinician" in said
    submitted.approve("demo-ben")
    assert submitted.standing().state is APPROVED


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"valid_from": "2020-01-01", "revoked_from": "2020-01-01T00:00:00Z"}, "was revoked from"),
        ({"valid_from": "2020-01-01", "valid_to": "2020-12-31"}, "was valid until 2020-12-31"),
        (None, "is no longer one of `demo-ben`"),
    ],
    ids=["revoked", "expired", "struck"],
)
def test_16_what_a_stolen_key_signed_counts_no_longer_once_the_board_says_so(
    fields: dict[str, str] | None, says: str, approved: Target, keys: Callable[..., Key]
):
    public = keys("demo-ben").public
    lost = [] if fields is None else [{"public": public, **fields}]
    new = {"public": keys("demo-ben-new").public, "valid_from": "2020-01-01"}
    approved.appoint("demo-ben", keys=[*lost, new])
    assert approved.standing().state is State.LAPSED
    assert says in approved.discounts()
    assert approved.is_refused("article-is-approved", "approval by one more member")


def test_18_an_objection_that_is_deleted_still_stands(approved: Target):
    objection = approved.act("review", "demo-cai", decision="revise")
    approved.commit()
    assert approved.standing().state is NOT_YET
    objection.unlink()
    objection.with_name(f"{objection.name}.sig").unlink()
    approved.commit()
    assert approved.standing().state is NOT_YET
    assert approved.is_refused("record-is-kept", objection.name, "changed or deleted")
    assert approved.is_refused("article-is-approved", "the objection of Demonstration Demo Cai")


def test_18_an_objection_that_is_edited_still_stands_as_it_came(approved: Target):
    objection = approved.act("review", "demo-cai", decision="revise")
    approved.commit()
    approved.rewrite(objection, "decision: revise", "decision: approve")
    approved.commit()
    assert approved.standing().state is NOT_YET
    assert approved.is_refused("record-is-kept", objection.name)


def test_19_a_renamed_manuscript_is_another_article(approved: Target):
    approved.git("mv", "docs/articles/contrast.md", "docs/articles/another.md")
    approved.commit()
    assert approved.standing("another").state is State.DRAFT
    assert approved.is_refused("record-has-article", "editorial/records/contrast")
    assert approved.is_refused("article-has-record", "docs/articles/another.md")


def test_19_a_renamed_manuscript_does_not_take_its_record_along(approved: Target):
    approved.git("mv", "docs/articles/contrast.md", "docs/articles/another.md")
    approved.git("mv", "editorial/records/contrast", "editorial/records/another")
    approved.commit()
    assert not approved.standing("another").is_published
    assert approved.is_refused("record-is-readable", "about the article `contrast`")
    assert approved.is_refused("record-is-kept", "editorial/records/contrast/")


def test_19_another_text_under_an_approved_name_is_not_approved(approved: Target):
    approved.site.article("another", body="\n/// answer\nAlways give it [@park2019spinal].\n///\n")
    text = (approved.root / "docs/articles/another.md").read_bytes()
    (approved.root / "docs/articles/another.md").unlink()
    approved.site.write("docs/articles/contrast.md", text)
    approved.commit()
    assert approved.standing().state is State.LAPSED
    assert approved.is_refused("article-is-approved", "body", "front matter")
