"""A script that shares nothing with the library reads the same law out of the same repository."""

from __future__ import annotations

import ast
import re
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audit.agreement import APPROVED, OPEN, REFUSED, SCRIPT, assert_agreement, run_audit
from boards import POLICY, BoardSite, address
from imprimatur.editorial import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with an editor in chief, an editor and three reviewers."""
    made = BoardSite(site, keys)
    made.appoint("chief", roles=["editor-in-chief", "reviewer"])
    made.appoint("ana", "ben", "eve")
    return made


LATER = timedelta(seconds=2)


def soon() -> datetime:
    """A moment after whatever was committed last."""
    return datetime.now(tz=UTC).replace(microsecond=0) + LATER


def told(board: BoardSite, now: datetime | None = None, trust: str | None = None) -> str:
    """What script and library agree on."""
    return assert_agreement(board.root, now or soon(), trust)["contrast"][0]


def test_two_members_approve_and_one_does_not(board: BoardSite):
    board.approved("ana")
    assert told(board) == REFUSED
    board.approve("ben")
    assert told(board) == APPROVED


def test_a_text_that_nobody_handed_in_is_not_approved(board: BoardSite):
    assert told(board) == REFUSED


def test_one_member_who_approves_twice_is_one(board: BoardSite):
    board.approved("ana")
    board.approve("ana")
    assert told(board) == REFUSED


@pytest.mark.parametrize("decision", ["revise", "reject"])
def test_an_objection_stands_until_it_is_overruled(board: BoardSite, decision: str):
    board.approved("ana", "ben")
    board.act("review", "eve", decision=decision)
    board.commit()
    assert told(board) == REFUSED
    board.act("overrule", "chief")
    board.commit()
    assert told(board) == APPROVED


def test_an_objection_stands_until_its_author_reviews_again(board: BoardSite):
    board.approved("ana", "ben")
    board.act("review", "ana", decision="revise")
    board.commit()
    assert told(board) == REFUSED
    board.approve("ana")
    assert told(board) == APPROVED


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_word_on_another_text_takes_no_objection_back(board: BoardSite, decision: str):
    board.submit()
    board.commit()
    board.act("review", "eve", decision="reject")
    board.approve("ana", "ben")
    board.edit("the tests", "tests")
    board.submit()
    board.commit()
    board.act("review", "eve", decision=decision)
    board.edit("tests", "the tests")
    board.commit()
    assert told(board) == REFUSED


def test_nobody_overrules_their_own_objection(board: BoardSite):
    board.approved("ana", "ben")
    board.act("review", "chief", decision="reject", role="reviewer")
    board.act("overrule", "chief")
    board.commit()
    assert told(board) == REFUSED


@pytest.mark.parametrize("whose", ["person", "key"])
def test_what_was_revoked_before_an_approval_arrived_takes_it_away(board: BoardSite, whose: str):
    board.approved("ana", "ben")
    then = {"revoked_from": "2026-01-01T00:00:00Z"}
    fields = then if whose == "person" else {"keys": [board.member("ana")["keys"][0] | then]}
    board.appoint("ana", **fields)
    assert told(board) == REFUSED


def test_who_leaves_the_board_in_time_leaves_their_approval(board: BoardSite):
    board.approved("ana", "ben")
    board.appoint("ana", term={"from": "2020-01-01", "to": f"{soon():%Y-%m-%d}"})
    assert told(board, soon() + timedelta(days=99)) == APPROVED
    board.appoint("ana", term={"from": "2020-01-01", "to": "2020-12-31"})
    assert told(board) == REFUSED


def test_who_is_struck_from_the_board_no_longer_counts(board: BoardSite):
    board.approved("ana", "ben")
    del board.people["ana"]
    board.write_board()
    board.commit()
    assert told(board) == REFUSED


def test_who_retired_cannot_date_an_approval_back(board: BoardSite):
    board.appoint("ana", term={"from": "2020-01-01", "to": "2025-12-31"})
    board.submit()
    board.commit()
    board.act("review", "ana", signed_at=datetime(2025, 6, 1, tzinfo=UTC))
    board.approve("ben")
    assert told(board) == REFUSED


@pytest.mark.parametrize(("days", "expected"), [(30, REFUSED), (31, APPROVED)])
@pytest.mark.parametrize("what", ["term", "key"])
def test_what_was_held_back_until_its_signer_might_no_more_counts_for_thirty_days(
    board: BoardSite, what: str, days: int, expected: str
):
    board.approved("ana", "ben")
    today = soon()
    ended: dict[str, object] = {"term": {"from": "2020-01-01", "to": f"{today:%Y-%m-%d}"}}
    if what == "key":
        ended = {"keys": [board.member("eve")["keys"][0] | {"valid_to": f"{today:%Y-%m-%d}"}]}
    board.appoint("eve", **ended)
    board.act("withdraw", "eve")
    board.commit(date=today + timedelta(days=days))
    assert told(board, today + timedelta(days=40)) == expected


@pytest.mark.parametrize("end", [{}, {"to": "9999-12-31"}])
def test_what_is_dated_back_to_before_its_signer_might_counts(
    board: BoardSite, end: dict[str, str]
):
    board.approved("ana", "ben")
    board.appoint("eve", term={"from": f"{soon() + timedelta(days=9):%Y-%m-%d}", **end})
    board.act("withdraw", "eve", signed_at=soon() + timedelta(days=10))
    board.commit()
    assert told(board, soon() + timedelta(days=20)) == REFUSED


def test_an_approval_dated_ahead_does_not_count(board: BoardSite):
    board.submit()
    board.commit()
    board.act("review", "ana", signed_at=soon() + timedelta(days=30))
    board.approve("ben")
    assert told(board) == REFUSED


def test_an_approval_expires_after_its_months_and_days_of_grace(board: BoardSite):
    board.approved("ana", "ben")
    year = soon().year + 3
    assert told(board, soon().replace(year=year, day=1, month=1)) == APPROVED
    assert told(board, soon() + timedelta(days=3 * 365 + 60)) == APPROVED
    assert told(board, soon() + timedelta(days=3 * 365 + 95)) == REFUSED


def test_a_conflict_of_interest_counts_only_when_somebody_else_waives_it(board: BoardSite):
    board.submit()
    board.commit()
    conflict = {"declared": True, "none": False, "statement": "Shares in a maker of scanners."}
    board.act("review", "ana", conflict_of_interest=conflict)
    board.approve("ben")
    assert told(board) == REFUSED
    board.act("waive", "chief")
    board.commit()
    assert told(board) == APPROVED


def test_nobody_was_asked_for_a_conflict_of_interest(board: BoardSite):
    board.submit()
    board.commit()
    board.act("review", "ana", conflict_of_interest=None)
    board.approve("ben")
    assert told(board) == REFUSED


def test_nobody_judges_a_text_whose_head_names_them(board: BoardSite):
    board.edit("name: Demonstration author", "name: D\u00e9monstration ANA")
    board.commit()
    board.approved("ana", "ben")
    assert told(board) == REFUSED


def test_nobody_clears_the_way_for_a_text_whose_head_named_them(board: BoardSite):
    board.edit("name: Demonstration author", "name: Demonstration Chief")
    board.submit()
    board.commit()
    board.act("review", "eve", decision="reject")
    board.commit()
    board.act("overrule", "chief")
    board.commit()
    board.edit("name: Demonstration Chief", "name: Demonstration author")
    board.commit()
    board.approved("ana", "ben")
    assert told(board) == REFUSED
    board.act("review", "eve")
    board.commit()
    assert told(board) == APPROVED


def test_nobody_judges_a_text_that_they_committed(board: BoardSite):
    board.edit("It helped", "It did help")
    board.commit("ana")
    board.approved("ana", "ben")
    assert told(board) == REFUSED


def test_nobody_judges_a_text_of_which_they_are_named_co_author(board: BoardSite):
    board.edit("It helped", "It did help")
    board.git("add", "-A")
    trailer = "Co-authored-by: Ana <ANA@demonstration.example>"
    board.git("commit", "-qm", f"Demonstration\n\n{trailer}")
    board.approved("ana", "ben")
    assert told(board) == REFUSED


def test_nobody_judges_a_text_whose_cited_work_they_changed(board: BoardSite):
    change_work(board, "year = {2019}", "year = {2018}", by="ana")
    board.approved("ana", "ben")
    assert told(board) == REFUSED


def test_who_changed_a_work_that_is_not_cited_may_judge(board: BoardSite):
    change_work(board, "year = {2025}", "year = {2024}", by="ana")
    board.approved("ana", "ben")
    assert told(board) == APPROVED


@pytest.mark.parametrize(
    ("begun", "expected"), [("% Works come here.\n", APPROVED), ("", REFUSED)], ids=["none", "all"]
)
def test_who_begins_a_site_wrote_the_works_that_they_begin_it_with(
    board: BoardSite, begun: str, expected: str
):
    works = (board.root / "bibliography.bib").read_bytes()
    board.git("checkout", "-q", "--orphan", "begun")
    board.git("rm", "-rq", "--cached", ".")
    board.site.write("bibliography.bib", begun or works)
    board.git("add", "bibliography.bib")
    board.git("-c", f"user.email={address('ana')}", "commit", "-qm", "Demonstration")
    board.site.write("bibliography.bib", works)
    board.commit()
    board.git("branch", "-M", "main")
    board.approved("ana", "ben")
    assert told(board) == expected


def test_who_handed_a_text_in_does_not_judge_it(board: BoardSite):
    board.submit(by="ana")
    board.commit()
    board.approve("ana", "ben")
    assert told(board) == REFUSED


@pytest.mark.parametrize("act", ["withdraw", "retract", "supersede"])
def test_one_person_takes_down_until_the_act_is_answered_and_a_new_round_is_complete(
    board: BoardSite, act: str
):
    board.approved("ana", "ben")
    board.act(act, "chief", **({"successor": "other"} if act == "supersede" else {}))
    board.commit()
    assert told(board) == REFUSED
    board.act("reinstate", "chief")
    board.commit()
    assert told(board) == REFUSED
    board.approved("ana", "ben")
    assert told(board) == APPROVED


@pytest.mark.parametrize("name", ["withdraw", "review"])
def test_what_speaks_against_a_text_stands_though_the_policy_gives_that_right_to_others(
    board: BoardSite, name: str
):
    board.appoint("ed", "edith", roles=["editor"])
    board.approved("ed", "edith")
    board.act(name, "eve", **({"decision": "reject"} if name == "review" else {}))
    board.commit()
    assert told(board) == REFUSED
    rights = f"  {name}: [editor-in-chief, editor, reviewer]"
    later = POLICY.replace("version: 2", "version: 3")
    board.policy(later.replace(rights, rights.replace(", reviewer", "")))
    assert told(board) == REFUSED


def test_an_approval_needs_the_right_when_it_came_and_now(board: BoardSite):
    everybody = "review: [editor-in-chief, editor, reviewer]"
    editors = POLICY.replace(everybody, "review: [editor]")
    board.policy(editors.replace("version: 2", "version: 3"))
    board.approved("ana", "ben")
    board.policy(POLICY.replace("version: 2", "version: 4"))
    assert told(board) == REFUSED
    board.approve("ana", "ben")
    assert told(board) == APPROVED
    board.policy(editors.replace("version: 2", "version: 5"))
    assert told(board) == REFUSED


@pytest.mark.parametrize("how", ["waived", "objected", "overruled", "policy"])
def test_a_text_that_another_replaced_is_not_approved_again_for_what_became_of_the_other(
    board: BoardSite, how: str
):
    board.approved("ana", "ben", "chief")
    board.edit("the tests", "tests")
    board.submit()
    board.commit()
    asked = {"declared": True, "none": how != "waived", "statement": None}
    if how == "waived":
        board.act("review", "ana", conflict_of_interest=asked | {"statement": "Fees"})
        board.act("waive", "chief")
    elif how in {"objected", "overruled"}:
        board.act("review", "eve", decision="reject")
        board.commit()
        board.act("overrule", "chief") if how == "overruled" else board.act("review", "eve")
    board.approve(*(["ben"] if how == "waived" else ["ana", "ben"]))
    assert told(board) == APPROVED
    board.edit("tests", "the tests")
    board.commit()
    assert told(board) == REFUSED
    if how == "policy":
        later = POLICY.replace("version: 2", "version: 3")
        board.policy(later.replace("quorum: 2", "quorum: 3"))
    else:
        del board.people["eve" if how == "objected" else "chief"]
        board.appoint()
    assert told(board) == REFUSED


@pytest.mark.parametrize("submitted", ["with", "behind"])
def test_a_round_that_somebody_held_back_until_a_withdrawal_was_answered_puts_nothing_up(
    board: BoardSite, submitted: str
):
    board.approved("ana", "ben")
    board.git("checkout", "-qb", "later")
    board.edit("39% to 53%", "38% to 53%")
    handed_in = board.submit()
    board.commit()
    board.approve("ana", "ben")
    if submitted == "behind":
        text = handed_in.read_bytes()
        board.git("rm", "-q", str(handed_in))
        board.commit()
        board.git("checkout", "-q", "main")
        board.git("merge", "-q", "--squash", "later")
        board.commit()
    board.git("checkout", "-q", "main")
    board.act("withdraw", "eve", round=1)
    board.commit()
    board.act("reinstate", "chief", round=1)
    board.commit()
    if submitted == "behind":
        handed_in.write_bytes(text)
        board.commit()
    else:
        board.git("merge", "-q", "--no-ff", "--no-edit", "later")
    assert told(board) == REFUSED
    board.approved("ana", "ben")
    assert told(board) == APPROVED


def test_a_round_that_somebody_held_back_puts_no_text_back_that_was_replaced_behind_it(
    board: BoardSite,
):
    board.approved("ana", "ben")
    board.git("checkout", "-qb", "later")
    board.edit("39% to 53%", "38% to 53%")
    board.submit()
    board.commit()
    board.approve("ana", "ben")
    board.git("checkout", "-q", "main")
    board.edit("39% to 53%", "37% to 53%")
    board.approved("ana", "ben")
    assert told(board) == APPROVED
    board.git("merge", "-q", "--no-ff", "--no-edit", "-X", "theirs", "later")
    assert told(board) == REFUSED
    board.approved("ana", "ben")
    assert told(board) == APPROVED


def test_what_two_editors_retract_stays_retracted(board: BoardSite):
    board.appoint("editor", roles=["editor"])
    board.approved("ana", "ben")
    board.act("retract", "chief")
    board.act("retract", "editor")
    board.commit()
    board.act("reinstate", "chief")
    board.commit()
    board.approved("ana", "ben")
    assert told(board) == REFUSED


def test_a_concern_leaves_the_text_in_place(board: BoardSite):
    board.approved("ana", "ben")
    board.act("concern", "chief")
    board.commit()
    assert told(board) == APPROVED


def test_a_signature_for_another_purpose_proves_nothing(board: BoardSite):
    board.submit()
    board.commit()
    path = board.act("review", "ana")
    seal = board.keys("ana").sign(path.read_bytes(), namespace="file")
    path.with_name(f"{path.name}.sig").write_bytes(seal)
    board.approve("ben")
    assert told(board) == REFUSED


@pytest.mark.parametrize("key", ["stranger", "ben", None])
def test_a_key_that_is_not_the_signers_proves_nothing(board: BoardSite, key: str | None):
    board.submit()
    board.commit()
    board.act("review", "ana", key=key)
    board.approve("ben")
    assert told(board) == REFUSED


@pytest.mark.parametrize("kind", ["rsa-3072", "ecdsa-256"])
def test_keys_of_other_kinds_count_as_well(board: BoardSite, kind: str):
    public = board.keys("ana", kind).public
    board.appoint("ana", keys=[{"public": public, "valid_from": "2020-01-01"}])
    board.submit()
    board.commit()
    path = board.act("review", "ana")
    path.with_name(f"{path.name}.sig").write_bytes(board.keys("ana", kind).sign(path.read_bytes()))
    board.approve("ben")
    assert told(board) == APPROVED


@pytest.mark.parametrize("field", [{"site": "other.example"}, {"round": 2}, {"article": "other"}])
def test_an_approval_of_something_else_does_not_count_here(
    board: BoardSite, field: dict[str, object]
):
    board.site.article("other")
    board.submit()
    board.commit()
    path = board.act("review", "ana", **field)
    if "article" in field:
        for each in (path, path.with_name(f"{path.name}.sig")):
            each.rename(board.root / "editorial/records/contrast" / each.name)
    board.approve("ben")
    assert told(board) == REFUSED


def change_work(board: BoardSite, old: str, new: str, by: str = "") -> None:
    """Change words of the bibliography, and commit that."""
    path = board.root / "bibliography.bib"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    board.commit(by)


STRINGS = ("journal = {J Demonstr}, year = {2019}", "journal = jd, year = {2019}")
PARENT = "\n@book{whole, title = {The whole}, publisher = {Demonstration Press}, year = {2019}}\n"


def with_string_parent_and_image(board: BoardSite) -> None:
    """Let a cited work use a string and a parent, and the text an image."""
    path = board.root / "bibliography.bib"
    text = path.read_text(encoding="utf-8").replace(*STRINGS, 1)
    text = text.replace("year = {2021}", "crossref = {whole}", 1)
    board.site.write("bibliography.bib", f"@string{{jd = {{J Demonstr}}}}\n{text}{PARENT}")
    board.site.write("docs/assets/scan.png", b"\x89PNG demonstration")
    board.edit("It helped", "![A scan](../assets/scan.png) It helped")
    board.commit()


EDITS = {
    "text": ("docs/articles/contrast.md", "It helped", "It never helped"),
    "title": ("docs/articles/contrast.md", "Does contrast", "Why does contrast"),
    "reference": ("bibliography.bib", "volume = {1}", "volume = {2}"),
    "string": ("bibliography.bib", "@string{jd = {J", "@string{jd = {New J"),
    "parent": ("bibliography.bib", "Demonstration Press", "Other Press"),
    "image": ("docs/assets/scan.png", "demonstration", "another"),
}


@pytest.mark.parametrize("part", EDITS)
def test_no_part_of_an_approved_text_changes_unnoticed(board: BoardSite, part: str):
    with_string_parent_and_image(board)
    board.approved("ana", "ben")
    assert told(board) == APPROVED
    path, old, new = EDITS[part]
    data = (board.root / path).read_bytes()
    assert old.encode() in data
    board.site.write(path, data.replace(old.encode(), new.encode(), 1))
    board.commit()
    assert told(board) == REFUSED


def test_what_no_reader_sees_changes_nothing(board: BoardSite):
    board.approved("ana", "ben")
    change_work(board, "year = {2019}", "abstract = {New.}, year = {2019}")
    assert told(board) == APPROVED


def test_line_ends_of_a_checkout_change_nothing(board: BoardSite):
    board.approved("ana", "ben")
    board.git("config", "core.autocrlf", "true")
    board.git("rm", "-q", "-r", "--cached", ".")
    board.git("reset", "-q", "--hard")
    assert b"\r\n" in (board.root / "docs/articles/contrast.md").read_bytes()
    assert told(board) == APPROVED


@pytest.mark.parametrize(("specialty", "expected"), [("radiology", APPROVED), ("other", REFUSED)])
def test_a_specialty_that_the_policy_asks_for_is_among_the_approvals(
    board: BoardSite, specialty: str, expected: str
):
    old = "    quorum: 2\n"
    policy = POLICY.replace(old, f"{old}    specialties: [radiology]\n")
    board.policy(policy.replace("version: 2", "version: 3"))
    board.appoint("ana", specialties=[specialty])
    board.approved("ana", "ben")
    assert told(board) == expected


def test_a_proposal_grants_nothing(board: BoardSite):
    board.approved("ana")
    board.git("checkout", "-qb", "proposal")
    board.approve("ben")
    assert told(board) == OPEN
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--no-ff", "-m", "Demonstration", "proposal")
    assert told(board) == APPROVED
    assert told(board, trust="proposal") == APPROVED


def test_whether_an_edit_was_light_it_leaves_open(board: BoardSite):
    board.approved("ana", "ben")
    before = board.repository().manifest("contrast")
    assert before is not None
    board.edit("the tests", "tests")
    board.submit()
    board.commit()
    light = {"since": before.digest, "diff": f"sha256:{'0' * 64}"}
    board.act("review", "ana", light=light)
    board.commit()
    assert told(board) == OPEN


def test_a_withdrawal_stays_though_it_is_deleted(board: BoardSite):
    board.approved("ana", "ben")
    path = board.act("withdraw", "eve")
    board.commit()
    path.unlink()
    path.with_name(f"{path.name}.sig").unlink()
    board.commit()
    assert told(board) == REFUSED


def test_an_earlier_board_that_is_put_back_gives_nothing_back(board: BoardSite):
    old = (board.root / "editorial/board.yml").read_bytes()
    board.appoint("ana", keys=[])
    board.site.write("editorial/board.yml", old)
    board.commit()
    board.approved("ana", "ben")
    assert told(board) == REFUSED


@pytest.mark.parametrize("value", ["&months {}", "!!int {}", "&months {}\n    months: *months"])
@pytest.mark.parametrize(
    ("path", "name"), [("editorial/policy.yml", "valid_months"), ("editorial/board.yml", "version")]
)
def test_a_file_that_yaml_lets_say_two_things_says_nothing(
    board: BoardSite, path: str, name: str, value: str
):
    board.approved("ana", "ben")
    assert told(board) == APPROVED
    lines = (board.root / path).read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if f"{name}: " in line)
    begin, _, old = lines[at].partition(": ")
    lines[at] = f"{begin}: {value.format(old).replace('    ', ' ' * begin.index(name))}"
    board.site.write(path, "\n".join(lines))
    board.commit()
    assert told(board) == REFUSED


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("policy", "version: 3", "version: 1_0"),
        ("policy", "version: 3", "version: +9"),
        ("policy", "version: 3", "version: \u0669"),
        ("policy", "quorum: 2", "quorum: 0"),
        ("policy", "valid_months: 36", "valid_months: 500"),
        ("policy", "grace_days: 90", "grace_days: -1"),
        ("policy", "light_review: true", "light_review: yes"),
        ("policy", "pending: block", "pending: never"),
        ("board", "- reviewer", "- wizard"),
        ("board", "from: '2020-01-01'", "from: 2020-1-1"),
        ("board", "from: '2020-01-01'", "from: '2020-01-01'\n    to: 9999-99-99"),
        ("board", "credentials: MD", "credentials: MD\n  revoked_from: 2099-01-01"),
    ],
)
def test_what_is_not_written_in_its_one_form_is_no_policy_and_no_board(
    board: BoardSite, name: str, old: str, new: str
):
    board.approved("ana", "ben")
    path = board.root / f"editorial/{name}.yml"
    text = path.read_text(encoding="utf-8")
    later = text.replace("version: 2", "version: 3") if name == "policy" else text
    later = re.sub(r"^version: \d+", "version: 9", later) if name == "board" else later
    path.write_text(later, encoding="utf-8")
    board.commit()
    assert told(board) == APPROVED
    path.write_text(re.sub(r"^version: 3", "version: 4", later).replace(old, new), encoding="utf-8")
    if "version" in old:
        path.write_text(later.replace(old, new), encoding="utf-8")
    board.commit()
    assert told(board) == REFUSED


def test_a_member_of_the_same_merge_does_not_count(board: BoardSite):
    board.submit()
    board.commit()
    board.people["new"] = board.member("new")
    board.write_board()
    board.act("review", "new")
    board.approve("ana")
    assert told(board) == REFUSED


def tamper(board: BoardSite, what: str) -> None:
    """Change what was approved, and rewrite the last commit as though it had always been so."""
    acts = sorted((board.root / "editorial/records/contrast").glob("*-review-*.yml"))
    seals = [each.with_name(f"{each.name}.sig") for each in acts]
    if what == "act":
        old = acts[0].read_bytes()
        assert b"I review this." in old
        acts[0].write_bytes(old.replace(b"I review this.", b"I reviewed this."))
    elif what == "signature":
        seals[0].write_bytes(seals[1].read_bytes())
    elif what == "text":
        board.edit("It helped", "It never helped")
    else:
        board.people["ana"]["keys"] = [board.member("stranger")["keys"][0]]
        board.write_board()
    board.git("add", "-A")
    board.git("commit", "-q", "--amend", "-m", "Demonstration")


TAMPERED = ["act", "signature", "text", "board"]


@pytest.mark.parametrize("what", TAMPERED)
def test_history_that_was_rewritten_behind_an_approval_takes_it_away(board: BoardSite, what: str):
    board.approved("ana", "ben")
    tamper(board, what)
    assert told(board) == REFUSED


def test_a_library_that_says_yes_to_everything_is_contradicted(
    board: BoardSite, monkeypatch: pytest.MonkeyPatch
):
    board.approved("ana", "ben")
    granted = board.standing()
    assert granted.is_published
    tamper(board, "text")
    monkeypatch.setattr(Repository, "standing", lambda *_: granted)
    with pytest.raises(AssertionError, match="contrast: the script says not-approved"):
        told(board)


def test_objects_that_were_replaced_are_read_as_they_were(board: BoardSite):
    board.approved("ana", "ben")
    blob = board.git("rev-parse", "HEAD:docs/articles/contrast.md").strip()
    other = board.site.write("other.md", "---\ntitle: Other\n---\n")
    board.git("replace", blob, board.git("hash-object", "-w", str(other)).strip())
    other.unlink()
    assert told(board) == APPROVED


def test_it_prints_a_line_an_article_and_says_by_its_exit_whether_all_are_approved(
    board: BoardSite,
):
    board.approved("ana", "ben")
    done = run_audit(board.root, soon())
    manifest = board.repository().manifest("contrast")
    assert manifest is not None
    assert (done.returncode, done.stdout) == (0, f"contrast approved: {manifest.digest}\n")
    board.site.article("other")
    board.commit()
    done = run_audit(board.root, soon())
    assert done.returncode == 1
    assert "other not-approved: no round was ever complete\n" in done.stdout


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("x\ncontrast approved: sha256:0", "x%0Acontrast%20approved%3A%20sha256%3A0"),
        ("x\x1b[2J", "x%1B%5B2J"),
        ("\u202econtrast", "%E2%80%AEcontrast"),
    ],
)
def test_the_name_of_a_file_writes_no_line_and_no_word_of_its_own(
    board: BoardSite, name: str, written: str
):
    board.site.write(f"docs/articles/{name}.md", "# Hostile\n")
    board.commit()
    said = run_audit(board.root, soon()).stdout.splitlines()
    assert len(said) == 2
    assert all(each.split(" ")[1] == "not-approved:" for each in said)
    assert written in {each.split(" ")[0] for each in said}


@pytest.mark.parametrize("options", [(), ("gone",)])
def test_where_it_cannot_look_it_says_so(board: BoardSite, options: tuple[str, ...]):
    root = board.root if options else board.root.parent
    done = run_audit(root, soon(), *options)
    assert done.returncode == 2
    assert done.stderr.startswith("could not look: ")
    assert not done.stdout


def test_half_a_history_proves_nothing(board: BoardSite):
    board.approved("ana", "ben")
    half = board.root.parent / "half"
    board.git("clone", "-q", "--depth", "1", board.root.as_uri(), str(half))
    done = run_audit(half, soon())
    assert done.returncode == 2
    assert "the protected branch, or a part of the history, is not here" in done.stderr


def test_a_branch_or_tag_called_as_the_protected_branch_is_not_believed(board: BoardSite):
    board.approved("ana", "ben")
    board.git("checkout", "-q", "-b", "stranger")
    board.edit("39%", "99%")
    for name in (
        "refs/remotes/origin/HEAD",
        "refs/tags/refs/remotes/origin/main",
        "refs/tags/main",
    ):
        board.git("update-ref", name, "HEAD")
    board.git("checkout", "-q", "main")
    for trust in (None, "main", "refs/heads/main"):
        assert told(board, trust=trust) == APPROVED
    assert run_audit(board.root, soon(), "origin/main").returncode == 2


def test_where_origin_has_two_branches_that_are_usually_it_neither_is_believed(board: BoardSite):
    board.approved("ana", "ben")
    for name in ("main", "master"):
        board.git("update-ref", f"refs/remotes/origin/{name}", "HEAD")
    assert run_audit(board.root, soon()).returncode == 2
    assert told(board, trust="origin/master") == APPROVED
    board.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master")
    assert told(board) == APPROVED


def test_it_looks_at_the_repository_that_it_stands_in(
    board: BoardSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    board.approved("ana", "ben")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    assert run_audit(board.root, soon()).returncode == 0


def test_it_is_short_enough_to_be_read_and_shares_nothing_with_the_library():
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 330
    nodes = list(ast.walk(ast.parse(source)))
    modules = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    modules |= {node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)}
    rooms = {each.partition(".")[0] for each in modules}
    assert rooms - sys.stdlib_module_names == {"yaml", "pybtex"}
    assert not {"importlib", "runpy"} & rooms
    assert "__import__" not in source
