"""Attacks of people who can write to the repository, and of one who can sign, too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from boards import address
from imprimatur.editorial import State
from imprimatur.editorial.site_list import site_digest
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from conftest import Target

ANSWER = "39% to 53%"


def test_an_approval_that_was_held_back_does_not_lift_the_objection_that_followed(
    submitted: Target,
):
    submitted.approve("demo-ana", "demo-ben")
    assert submitted.standing().state is State.APPROVED
    submitted.git("checkout", "-qb", "held-back")
    submitted.approve("demo-cai")
    submitted.git("checkout", "-q", "main")
    submitted.act("review", "demo-cai", decision="reject")
    submitted.commit()
    assert submitted.standing().state is State.UNDER_REVIEW
    submitted.git("merge", "-q", "--no-ff", "--no-edit", "held-back")
    assert submitted.standing().state is State.UNDER_REVIEW
    submitted.approve("demo-cai")
    assert submitted.standing().state is State.APPROVED


def test_an_approval_that_was_held_back_does_not_count_against_a_later_word(submitted: Target):
    submitted.approve("demo-ana")
    submitted.git("checkout", "-qb", "held-back")
    submitted.approve("demo-ben")
    submitted.git("checkout", "-q", "main")
    submitted.act("review", "demo-ben", decision="abstain")
    submitted.commit()
    submitted.git("merge", "-q", "--no-ff", "--no-edit", "held-back")
    assert submitted.standing().state is State.UNDER_REVIEW
    submitted.approve("demo-ben")
    assert submitted.standing().state is State.APPROVED


def test_a_lower_number_of_a_round_escapes_no_objection(approved: Target):
    approved.edit(ANSWER, "93% to 95%")
    approved.act("submit", "an-author", round=9)
    approved.commit()
    objection = approved.act("review", "demo-cai", decision="reject")
    approved.commit()
    assert "round: 9" in objection.read_text(encoding="utf-8")
    approved.edit("93% to 95%", "93% to 94%")
    path = approved.act("submit", "an-author", round=5)
    approved.commit()
    submit = next(each for each in approved.acts() if each.path.endswith(path.name))
    for each in ("demo-ana", "demo-ben"):
        fields = {"round": 5, "manuscript": submit.act.manuscript, "previous": submit.digest}
        approved.act("review", each, **fields)
    approved.commit()
    assert approved.standing().state is State.UNDER_REVIEW
    assert approved.is_refused("article-is-approved", "the objection of Demonstration Demo Cai")
    approved.act("review", "demo-cai", round=9, manuscript=submit.act.manuscript)
    approved.commit()
    assert approved.standing().state is State.APPROVED


def test_a_text_handed_in_before_anybody_could_read_it_escapes_no_objection(submitted: Target):
    submitted.edit(ANSWER, "93% to 94%")
    path = submitted.act("submit", "an-author", round=2)
    submitted.edit("93% to 94%", "93% to 95%")
    submitted.act("submit", "an-author", round=3)
    submitted.commit()
    submitted.act("review", "demo-cai", decision="reject")
    submitted.commit()
    submitted.edit("93% to 95%", "93% to 94%")
    submit = next(each for each in submitted.acts() if each.path.endswith(path.name))
    for each in ("demo-ana", "demo-ben"):
        fields = {"round": 2, "manuscript": submit.act.manuscript, "previous": submit.digest}
        submitted.act("review", each, **fields)
    submitted.commit()
    assert submitted.standing().state is State.UNDER_REVIEW
    assert submitted.is_refused("article-is-approved", "the objection of Demonstration Demo Cai")


def test_what_a_reviewer_changes_while_the_old_text_is_in_review_makes_them_an_author(
    approved: Target,
):
    old = approved.draft("submit", "an-author")
    approved.submit()
    approved.commit()
    approved.edit(ANSWER, "93% to 95%")
    approved.commit("demo-ben")
    submit = approved.acts()[-1]
    assert submit.act.round == old.round
    for each in ("demo-ana", "demo-cai"):
        fields = {"round": 2, "manuscript": old.manuscript, "previous": submit.digest}
        approved.act("review", each, **fields)
    approved.commit()
    approved.approved("demo-ana", "demo-ben")
    assert not approved.standing().is_published
    assert "`demo-ben` changed the text" in approved.discounts()
    approved.approve("demo-cai")
    assert approved.is_approved()


@pytest.mark.parametrize("name", ["withdraw", "retract", "concern", "supersede"])
def test_a_stranger_takes_nothing_down(name: str, approved: Target):
    more = {"successor": "another"} if name == "supersede" else {}
    for key in ("demo-stranger", None):
        approved.act(name, "demo-editor", key=key, **more)
    approved.act(name, "demo-stranger", role="editor", **more)
    approved.commit()
    assert approved.standing().state is State.APPROVED
    assert approved.is_refused("act-is-genuine", name)


def test_what_a_notice_stands_for_is_judged_as_the_text_that_it_is(approved: Target):
    def broken() -> set[str]:
        examination = Examination(approved.repository(), approved.later())
        return {str(each.rule) for each in check(examination, publishing=False).findings}

    approved.edit("[@park2019spinal].", "[@park2019spinal].[^1]\n\n[^1]: By their own account.")
    approved.act("withdraw", "demo-dan")
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN
    assert "note-resolves" not in broken()
    approved.edit("[^1]: By", "[^2]: By")
    assert "note-resolves" in broken()


def test_a_reviewer_does_not_take_down_what_only_editors_may(approved: Target):
    approved.act("retract", "demo-cai", role="reviewer")
    approved.act("retract", "demo-dan", role="editor")
    approved.commit()
    assert approved.standing().state is State.APPROVED
    assert "the policy gives `retract` to no `reviewer`" in approved.discounts()
    assert "did not hold the role `editor`" in approved.discounts()


def test_one_editor_alone_does_not_retract_for_ever_however_often(approved: Target):
    approved.act("retract", "demo-editor")
    approved.act("retract", "demo-editor")
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN


def test_one_editor_alone_puts_nothing_up_again(approved: Target):
    approved.act("withdraw", "demo-cai")
    approved.commit()
    approved.act("reinstate", "demo-editor")
    approved.act("submit", "an-author")
    approved.act("review", "demo-editor")
    approved.commit()
    assert not approved.standing().is_published
    approved.approve("demo-ana")
    assert approved.standing().state is not State.WITHDRAWN


def test_an_objector_does_not_overrule_themselves_into_a_quorum(approved: Target):
    approved.appoint("demo-chief", roles=["editor-in-chief", "reviewer"])
    approved.act("review", "demo-chief", decision="revise")
    approved.commit()
    approved.act("overrule", "demo-chief")
    approved.commit()
    assert approved.standing().state is State.UNDER_REVIEW


def test_nobody_acts_under_the_name_of_another(submitted: Target):
    submitted.act("review", "demo-ana", printed_name="Demonstration Demo Chief")
    submitted.approve("demo-ben")
    names = [each.name for each in submitted.standing().approvals]
    assert names == ["Demonstration Demo Ana", "Demonstration Demo Ben"]
    submitted.act("withdraw", "demo-cai", printed_name="Demonstration Demo Chief")
    submitted.commit()
    assert submitted.standing().by == "Demonstration Demo Cai (reviewer)"


@pytest.mark.parametrize("strategy", ["ours", "recursive"])
def test_a_branch_merged_the_wrong_way_round_loses_no_withdrawal(strategy: str, approved: Target):
    today = approved.later()
    approved.appoint("demo-cai", term={"from": "2020-01-01", "to": f"{today:%Y-%m-%d}"})
    approved.git("branch", "stale")
    approved.act("withdraw", "demo-cai")
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN
    approved.git("checkout", "-q", "stale")
    approved.commit()
    when = {"GIT_COMMITTER_DATE": f"{today + timedelta(days=20):%Y-%m-%dT%H:%M:%SZ}"}
    approved.git("merge", "-q", "-s", strategy, "--no-edit", "main", **when)
    approved.git("checkout", "-q", "main")
    approved.git("merge", "-q", "--ff-only", "stale")
    later = today + timedelta(days=30)
    verdict = check(Examination(approved.repository(), later), publishing=True)
    lost = any(each.rule == "record-is-kept" for each in verdict.findings)
    assert lost is (strategy == "ours")
    assert lost or not approved.standing(now=later).is_published


def merge_the_wrong_way_round(site: Target) -> None:
    """Merge the protected branch into one that is older, and take that for the protected one."""
    site.git("checkout", "-q", "stale")
    site.commit()
    site.git("merge", "-q", "--no-edit", "main")
    site.git("checkout", "-q", "main")
    site.git("merge", "-q", "--ff-only", "stale")


@pytest.mark.parametrize("what", ["member", "key", "right"])
def test_a_branch_merged_the_wrong_way_round_makes_no_withdrawal_come_before_its_signer(
    what: str, approved: Target
):
    approved.git("branch", "stale")
    if what == "member":
        approved.appoint("demo-eve")
    elif what == "key":
        key = {"public": approved.keys("demo-new").public, "valid_from": "2020-01-01"}
        approved.appoint("demo-eve", keys=[key])
    else:
        approved.appoint("demo-eve", roles=["patient-reviewer"])
        policy = (approved.root / "editorial/policy.yml").read_text(encoding="utf-8")
        right = "withdraw: [editor-in-chief, editor, reviewer"
        assert right in policy
        more = policy.replace(right, f"{right}, patient-reviewer")
        approved.policy(more.replace("version: 2", "version: 3"))
    path = approved.act("withdraw", "demo-eve", key="demo-new" if what == "key" else "demo-eve")
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN
    merge_the_wrong_way_round(approved)
    assert approved.standing().state is State.WITHDRAWN
    assert approved.standing().by == "Demonstration Demo Eve (" + (
        "patient reviewer)" if what == "right" else "reviewer)"
    )
    for each in (path, path.with_name(f"{path.name}.sig")):
        each.unlink()
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN


@pytest.mark.parametrize("path", ["board", "policy", "site"])
def test_a_branch_merged_the_wrong_way_round_puts_no_earlier_edition_back(
    path: str, approved: Target
):
    approved.git("branch", "stale")
    if path == "board":
        approved.appoint("demo-eve")
    elif path == "policy":
        policy = (approved.root / "editorial/policy.yml").read_text(encoding="utf-8")
        approved.policy(policy.replace("version: 2", "version: 3"))
    else:
        approved.site.write("docs/about.md", "# About\n")
        approved.sign_site("demo-editor")
        approved.commit()
    assert approved.findings() == []
    approved.git("checkout", "-q", "stale")
    approved.commit()
    approved.git("merge", "-q", "--no-commit", "--no-ff", "main")
    approved.git("checkout", "-q", "stale", "--", f"editorial/{path}.yml")
    if path == "site":
        approved.git("rm", "-qf", "docs/about.md")
    approved.commit()
    approved.git("checkout", "-q", "main")
    approved.git("merge", "-q", "--ff-only", "stale")
    assert approved.is_refused("version-only-grows", f"editorial/{path}.yml", "got lost")


def test_a_branch_merged_the_wrong_way_round_forgets_no_objection_to_the_site(approved: Target):
    policy = (approved.root / "editorial/policy.yml").read_text(encoding="utf-8")
    right = "review: [editor-in-chief, editor, reviewer]"
    assert right in policy
    fewer = policy.replace(right, "review: [reviewer]")
    approved.policy(fewer.replace("version: 2", "version: 3"))
    approved.git("branch", "stale")
    approved.appoint("demo-eve", roles=["editor"])
    listed = approved.repository().files.read("editorial/site.yml")
    assert listed
    approved.act_on_site(
        "demo-eve", round=1, manuscript=site_digest(listed), decision="reject", reason="Because."
    )
    approved.commit()
    assert "objects to this one" in " ".join(approved.findings())
    merge_the_wrong_way_round(approved)
    assert "objects to this one" in " ".join(approved.findings())


def signed_later(target: Target) -> str:
    """Let signatures be optional, and let Cai withdraw without one, merged by somebody else."""
    policy = (target.root / "editorial/policy.yml").read_text(encoding="utf-8")
    optional = policy.replace("signatures: required", "signatures: optional")
    target.policy(optional.replace("version: 2", "version: 3"))
    target.git("checkout", "-qb", "proposal")
    path = target.act("withdraw", "demo-cai", key=None)
    target.commit("demo-cai")
    merge(target)
    return f"{path}.sig"


def merge(target: Target) -> None:
    target.git("checkout", "-q", "main")
    person = ("-c", f"user.email={address('demo-editor')}")
    target.git(*person, "merge", "-q", "--no-ff", "--no-edit", "proposal")


def test_a_bad_signature_added_later_takes_nothing_from_an_unsigned_act(approved: Target):
    seal = signed_later(approved)
    assert approved.standing().state is State.WITHDRAWN
    approved.site.write(seal, b"junk")
    assert approved.standing().state is State.WITHDRAWN
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN


def test_an_unsigned_act_that_somebody_else_changed_before_the_merge_is_nobodys(
    submitted: Target,
):
    policy = (submitted.root / "editorial/policy.yml").read_text(encoding="utf-8")
    optional = policy.replace("signatures: required", "signatures: optional")
    submitted.policy(optional.replace("version: 2", "version: 3"))
    submitted.approve("demo-ana")
    submitted.git("checkout", "-qb", "proposal")
    path = submitted.act("review", "demo-ben", key=None, decision="abstain")
    submitted.commit("demo-ben")
    submitted.rewrite(path, "decision: abstain", "decision: approve")
    submitted.commit()
    merge(submitted)
    assert submitted.standing().state is not State.APPROVED
    assert "not committed from an address of `demo-ben`" in submitted.discounts()
    submitted.git("checkout", "-qB", "proposal")
    submitted.act("review", "demo-ben", key=None)
    submitted.commit("demo-ben")
    merge(submitted)
    assert submitted.standing().state is State.APPROVED


def test_what_a_reviewer_changes_beside_a_branch_that_hands_in_the_old_text(approved: Target):
    approved.git("checkout", "-qb", "review-again")
    approved.submit()
    approved.commit()
    approved.git("checkout", "-q", "main")
    approved.edit(ANSWER, "93% to 95%")
    approved.commit("demo-ben")
    approved.git("merge", "-q", "--no-ff", "--no-edit", "review-again")
    submit = approved.acts()[-1]
    for each in ("demo-ana", "demo-cai"):
        fields = {"round": 2, "manuscript": submit.act.manuscript, "previous": submit.digest}
        approved.act("review", each, **fields)
    approved.commit()
    approved.approved("demo-ana", "demo-ben")
    assert not approved.standing().is_published


def test_a_board_broken_for_a_moment_disarms_no_withdrawal(approved: Target):
    board = approved.root / "editorial/board.yml"
    old = board.read_bytes()
    withdrawal = approved.act("withdraw", "demo-cai")
    armour = withdrawal.with_name(f"{withdrawal.name}.sig")
    kept = withdrawal.read_bytes(), armour.read_bytes()
    withdrawal.unlink()
    armour.unlink()
    board.write_text("people: [\n", encoding="utf-8")
    approved.commit()
    withdrawal.write_bytes(kept[0])
    armour.write_bytes(kept[1])
    approved.commit()
    board.write_bytes(old)
    approved.commit()
    assert approved.standing().state is State.WITHDRAWN


def test_whoever_brings_their_own_words_back_by_a_merge_is_an_author(approved: Target):
    approved.edit(ANSWER, "93% to 95%")
    approved.commit("demo-ben")
    approved.git("branch", "own-words")
    approved.edit("93% to 95%", ANSWER)
    approved.commit()
    approved.approved("demo-ana", "demo-cai")
    assert approved.standing().state is State.APPROVED
    approved.git("checkout", "-q", "own-words")
    approved.commit("demo-ben")
    approved.git("checkout", "-q", "main")
    approved.git("merge", "-q", "--no-commit", "--no-ff", "own-words")
    approved.git("checkout", "-q", "own-words", "--", "docs")
    approved.commit("demo-ben")
    assert approved.standing().state is State.LAPSED
    approved.approved("demo-ana", "demo-ben")
    assert approved.standing().state is not State.APPROVED
