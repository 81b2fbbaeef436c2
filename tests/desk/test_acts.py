"""Acts as the board signs them with the command, and everything that is refused before that."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards import BoardSite, address
from imprimatur.desk.act_writer import write_act
from imprimatur.desk.common import git_at
from imprimatur.desk.main import command
from imprimatur.editorial import Signature
from imprimatur.editorial.signature import verify
from imprimatur.editorial.ssh_key import fingerprint
from imprimatur.errors import CannotExamineError
from keys import key_at, make_key

APPROVE = ("--approve", "--conflict", "none", "--checked", "all")
ITEM = "I read every cited source."


@pytest.fixture
def desk(site, keys):
    """A site with an editor-in-chief, an editor and three reviewers, and a text to review."""
    made = BoardSite(site, keys)
    made.appoint("chief", roles=["editor-in-chief"])
    made.appoint("editor", roles=["editor"])
    made.appoint("ana", "ben", "cleo")
    made.submit()
    made.commit()
    return made


def invoke(desk, *arguments: str):
    """Run the command in this process, with nobody at a terminal."""
    return CliRunner().invoke(command, ["-C", str(desk.root), *arguments])


def sign(desk, act, by, *options: str, slug="contrast"):
    """Sign as a script does, and commit."""
    key = str(desk.keys(by).path)
    done = invoke(desk, act, slug, "--by", by, "--key", key, "--yes", *options)
    assert done.exception is None, done.exception
    desk.commit()
    return done.output


def refusal(desk, act, by, *options: str):
    """Why an act is refused; nothing may be written then."""
    before = written(desk)
    key = () if "--key" in options else ("--key", str(desk.keys(by).path))
    done = invoke(desk, act, "contrast", "--by", by, *key, "--yes", *options)
    assert isinstance(done.exception, CannotExamineError), done.output
    assert written(desk) == before
    return str(done.exception)


def written(desk):
    """The files of the record."""
    folder = desk.root / "editorial/records/contrast"
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def last(desk):
    """The act that was signed last."""
    return desk.acts()[-1].act


def test_two_reviewers_sign_and_the_article_is_approved_once_merged(desk):
    sign(desk, "review", "ana", *APPROVE)
    told = sign(desk, "review", "ben", *APPROVE)
    assert "It would be approved once this is merged" in told
    assert f"  {git_at(desk.root)} add editorial/records/contrast\n" in told
    found = desk.standing()
    assert (found.state, found.discounts) == ("approved", ())
    assert len(written(desk)) == 5


def test_what_is_about_to_be_signed_is_shown_first(desk):
    told = sign(desk, "review", "ana", *APPROVE)
    digest = desk.repository().manifest("contrast").digest.removeprefix("sha256:")
    fours = " ".join(digest[place : place + 4] for place in range(0, 64, 4))
    for shown in (
        "Does contrast help to find spinal metastases?",
        f"sha256 {fours}",
        "submitted, waits for an editor to assign reviewers",
        "no text of this article was approved before: read the whole text",
        f"2. {ITEM}",
        "signs     Demonstration Ana (ana), as reviewer",
        "and I approve it for publication.",
    ):
        assert shown in told
    assert told.index("meaning") < told.index("Wrote")


def test_a_review_says_what_the_law_asks_of_it(desk):
    sign(desk, "assign", "editor", "--reviewer", "ana", "--reviewer", "ben")
    assignment = desk.acts()[-1]
    assert assignment.act.reviewers == ("ana", "ben")
    sign(desk, "review", "ana", *APPROVE)
    act = last(desk)
    assert act.previous == assignment.digest
    assert (act.role, act.round, act.audiences) == ("reviewer", 1, ("clinician",))
    assert act.checklist == ("I read the text for every audience.", ITEM)
    assert act.conflict_of_interest.declared
    assert act.conflict_of_interest.none
    assert desk.standing().discounts == ()


def test_the_signature_is_one_that_anybody_can_check(desk):
    sign(desk, "review", "ana", *APPROVE)
    (path,) = (desk.root / "editorial/records/contrast").glob("*review*.yml")
    seal = verify(path.read_bytes(), path.with_name(f"{path.name}.sig").read_bytes())
    assert (seal.signature, seal.key) == (Signature.VALID, desk.keys("ana").bare)


@pytest.mark.parametrize(("option", "decision"), [("--revise", "revise"), ("--reject", "reject")])
def test_an_objection_is_one_option_with_its_reason(desk, option, decision):
    told = sign(desk, "review", "ana", option, "Say which dose.", "--conflict", "none")
    assert (last(desk).decision, last(desk).reason) == (decision, "Say which dose.")
    assert "the objection of Demonstration Ana" in told


def test_who_cannot_judge_abstains_and_says_why(desk):
    options = ("--decision", "abstain", "--conflict", "My sister wrote it.", "--reason", "Kin.")
    sign(desk, "review", "ana", *options)
    assert last(desk).conflict_of_interest.statement == "My sister wrote it."
    assert desk.standing().approvals == ()


def test_an_objection_is_overruled_without_naming_it_where_it_is_the_only_one(desk):
    sign(desk, "review", "ana", "--revise", "Say which dose.", "--conflict", "none")
    objection = desk.acts()[-1]
    told = sign(desk, "overrule", "chief", "--reason", "The label says it.")
    assert "Demonstration Ana: Say which dose." in told
    assert last(desk).previous == objection.digest
    assert not any("objection" in each for each in desk.standing().waits_for)


def test_of_two_objections_one_must_be_named(desk):
    for name in ("ana", "ben"):
        sign(desk, "review", name, "--revise", f"As {name} says.", "--conflict", "none")
    why = refusal(desk, "overrule", "chief", "--reason", "No.")
    assert "name the act to overrule with --objection; there are 2:" in why
    name = next(each for each in written(desk) if each.endswith("review-ben.yml"))
    assert f"{name}: review (revise) of round 1, by Demonstration Ben: As ben says." in why
    sign(desk, "overrule", "chief", "--reason", "No.", "--objection", name)
    (left,) = (each for each in desk.standing().waits_for if "objection" in each)
    assert "Demonstration Ana" in left


def test_a_review_with_a_conflict_counts_once_somebody_else_waives_it(desk):
    options = ("--approve", "--conflict", "I know the author.", "--checked", "all")
    told = sign(desk, "review", "ana", *options)
    assert "this review counts once somebody waives it" in told
    assert desk.standing().approvals == ()
    desk.appoint("ana", interests="Shares in Demonstration Imaging")
    told = sign(desk, "waive", "chief", "--reason", "They met once.")
    shown = (
        "answers   review (approve) of round 1, by Demonstration Ana\n"
        "conflict  I know the author.\n"
        "interests on the board: Shares in Demonstration Imaging\n"
    )
    assert shown in told[: told.index("meaning")]
    assert [each.name for each in desk.standing().approvals] == ["Demonstration Ana"]


def test_an_article_is_withdrawn_reinstated_and_reviewed_anew(desk):
    desk.approve("ana", "ben")
    assert "`contrast` is withdrawn." in sign(desk, "withdraw", "cleo", "--reason", "A wrong dose.")
    sign(desk, "reinstate", "editor", "--reason", "It was right.")
    assert "round 1 of `contrast` is closed" in refusal(desk, "review", "ana", *APPROVE)
    done = invoke(desk, "submit", "contrast", "--by", "an-author", "--name", "Some Contributor")
    assert "round 2" in done.output
    desk.commit()
    told = sign(desk, "review", "ana", *APPROVE)
    assert "nothing was changed since this text was approved: read the whole text" in told
    assert (
        "A review of the whole text is needed: nothing was changed since it was approved, so there "
        "is no edit to review alone.\n" in told
    )
    assert "no other text" not in told
    sign(desk, "review", "ben", *APPROVE)
    assert (desk.standing().state, desk.standing().round) == ("approved", 2)


def test_a_text_under_a_concern_may_be_submitted_again_but_once(desk):
    desk.approve("ana", "ben")
    told = sign(desk, "concern", "editor", "--reason", "A new trial is out.")
    assert told.endswith("Readers see it with the next publication, not before.\n")
    assert desk.standing().state == "concern"
    assert desk.standing().waits_for == ("a new round that answers the concern",)
    submit = ("submit", "contrast", "--by", "an-author", "--name", "Some Contributor")
    assert "round 2" in invoke(desk, *submit).output
    desk.commit()
    waits = ("an editor to assign reviewers", "approval by 2 members of the board")
    assert desk.standing().waits_for == waits
    assert "submitted already" in invoke(desk, *submit).output
    open_now = "concern   concern of round 1, by Demonstration Editor: A new trial is out.\n"
    told = sign(desk, "review", "ana", *APPROVE)
    assert told.count(open_now) == 1
    assert told.index(open_now) < told.index("meaning")
    assert "Readers see it" not in told
    assert desk.standing().waits_for == ("approval by one more member of the board",)
    assert open_now in sign(desk, "review", "ben", *APPROVE)
    assert desk.standing().state == "approved"
    assert open_now not in sign(desk, "review", "cleo", *APPROVE)


def test_a_concern_about_a_text_that_nobody_approved_yet_is_shown_to_its_reviewers(desk):
    sign(desk, "concern", "editor", "--reason", "The figure is doubled.")
    assert "by Demonstration Editor: The figure is doubled." in sign(
        desk, "review", "ana", *APPROVE
    )


@pytest.mark.parametrize("act", ["withdraw", "retract", "supersede"])
def test_who_takes_an_article_down_is_told_when_readers_see_it(desk, act):
    desk.site.article("newer")
    desk.approve("ana", "ben")
    more = ("--by-article", "newer") if act == "supersede" else ()
    assert sign(desk, act, "editor", "--reason", "A wrong dose.", *more).endswith(
        "Readers see it with the next publication, not before.\n"
        "If it cannot wait: commit, merge, then: imprimatur publish --emergency "
        "(with the --to that you publish with, if any)\n"
    )


def test_nobody_hands_a_text_in_by_the_id_of_one_person_and_the_name_of_another(desk):
    """It would keep a reviewer from judging the text, and could not be put right."""
    desk.edit("39%", "38%")
    before = written(desk)
    done = invoke(desk, "submit", "contrast", "--by", "ana", "--name", "Some Contributor")
    assert isinstance(done.exception, CannotExamineError)
    assert str(done.exception) == (
        "`ana` is Demonstration Ana on the board, and Some Contributor is not; give the id of who "
        "submits, or their name as it stands there: --name 'Demonstration Ana'"
    )
    assert written(desk) == before
    assert "round 2" in invoke(desk, "submit", "contrast", "--by", "stranger", "--name", "X").output


def test_what_is_handed_in_of_an_article_that_was_taken_down_waits_for_an_editor(desk):
    desk.approve("ana", "ben")
    sign(desk, "withdraw", "cleo", "--reason", "A wrong dose.")
    submit = ("submit", "contrast", "--by", "an-author", "--name", "Some Contributor")
    told = invoke(desk, *submit).output
    assert "It waits for an editor to reinstate it for a new round.\n" in told
    git = git_at(desk.root)
    assert f"Now commit it, and have it merged:\n  {git} add editorial/records/contrast" in told
    desk.commit()
    for editor in ("editor", "chief"):
        sign(desk, "retract", editor, "--reason", "The data were made up.")
    before = written(desk)
    with pytest.raises(CannotExamineError, match="by two people, which is for ever; write a new"):
        raise invoke(desk, *submit).exception
    assert written(desk) == before


def test_two_people_retract_for_ever(desk):
    desk.approve("ana", "ben")
    sign(desk, "retract", "editor", "--reason", "The data were made up.")
    assert desk.standing().state == "withdrawn"
    sign(desk, "retract", "chief", "--reason", "The data were made up.")
    assert desk.standing().state == "retracted"
    told = desk.site.imprimatur("build", "--preview").stdout
    assert "Pending: contrast is retracted.\n" in told
    assert "for ever" in refusal(desk, "reinstate", "chief", "--reason", "No.")


def test_an_article_gives_way_to_its_successor(desk):
    desk.site.article("newer")
    desk.commit()
    why = refusal(desk, "supersede", "editor", "--reason", "Newer.", "--by-article", "contrast")
    assert "`contrast` is no other article; there are: newer" in why
    why = refusal(desk, "supersede", "editor", "--reason", "Newer.", "--by-article", "newr")
    assert why == "there is no article `newr`; did you mean `newer`?"
    sign(desk, "supersede", "editor", "--reason", "Newer.", "--by-article", "newer")
    assert last(desk).successor == "newer"
    assert desk.standing().state == "superseded"


def test_what_is_taken_down_itself_takes_no_other_articles_place(desk):
    desk.site.article("newer")
    desk.commit()
    desk.approved("ana", "ben", slug="newer")
    sign(desk, "withdraw", "ana", "--reason", "A wrong dose.", slug="newer")
    why = refusal(desk, "supersede", "editor", "--reason", "Newer.", "--by-article", "newer")
    assert "`newer` is withdrawn, so it can take no other article's place" in why
    assert why.endswith("or withdraw this one: imprimatur withdraw contrast")


def test_to_take_down_is_possible_while_the_text_is_being_edited(desk):
    desk.approve("ana", "ben")
    desk.edit("39%", "29%")
    sign(desk, "withdraw", "ana", "--reason", "A wrong figure.")
    act = last(desk)
    assert act.manuscript == desk.acts()[0].act.manuscript


@pytest.mark.parametrize("name", ["rubbish.yml", "20260101T000000Z-review-ben.yml"])
def test_to_take_down_is_possible_beside_an_act_that_nobody_can_read(desk, name):
    desk.approve("ana", "ben")
    desk.site.write(f"editorial/records/contrast/{name}", "act: [")
    desk.commit()
    assert "mend this first" in refusal(desk, "review", "cleo", *APPROVE)
    sign(desk, "withdraw", "ana", "--reason", "It may harm.")
    assert last(desk).act == "withdraw"
    assert desk.standing().state == "withdrawn"


@pytest.mark.parametrize("name", ["board.yml", "policy.yml"])
def test_to_take_down_is_possible_though_nobody_can_read_the_board_or_policy(desk, name):
    desk.approve("ana", "ben")
    file = desk.root / "editorial" / name
    good = file.read_text(encoding="utf-8")
    desk.site.write(f"editorial/{name}", "version: [")
    desk.commit()
    assert f"editorial/{name} of the protected branch cannot be read" in refusal(
        desk, "review", "cleo", *APPROVE
    )
    assert "nobody is on the board" not in refusal(
        desk, "withdraw", "nobody", "--reason", "It may harm."
    )
    sign(desk, "withdraw", "ana", "--reason", "It may harm.")
    assert last(desk).act == "withdraw"
    assert last(desk).manuscript == desk.acts()[0].act.manuscript
    desk.commit()
    desk.site.write(f"editorial/{name}", good)
    desk.commit()
    assert desk.standing().state == "withdrawn"


def test_a_harmless_edit_needs_one_earlier_approver_who_signs_the_edit_alone(desk):
    desk.approve("ana", "ben")
    desk.edit("A pooled analysis compared", "A pooled analysis\ncompared")
    desk.commit()
    desk.submit()
    desk.commit()
    why = refusal(desk, "review", "cleo", "--light", *APPROVE)
    assert "`cleo` is not one of those who approved the whole text before" in why
    told = sign(desk, "review", "ana", *APPROVE)
    assert "This is a light review" in told
    assert "pooled [-analysis -]{+analysis↵+} compared" in told
    assert last(desk).light is not None
    assert desk.standing().state == "approved"


def test_a_figure_is_never_a_light_edit_and_the_person_is_told_why(desk):
    desk.approve("ana", "ben")
    desk.edit("39%", "29%")
    desk.commit()
    desk.submit()
    desk.commit()
    why = refusal(desk, "review", "ana", "--light", *APPROVE)
    assert "a light review does not suffice" in why
    assert "39 → 29" in why
    told = sign(desk, "review", "ana", *APPROVE)
    assert "[-39-]{+29+}" in told
    assert "A review of the whole text is needed" in told
    assert last(desk).light is None
    assert desk.standing().state == "under-review"


def test_more_than_suffices_may_be_asked_for(desk):
    desk.approve("ana", "ben")
    desk.edit("A pooled analysis compared", "A pooled analysis\ncompared")
    desk.commit()
    desk.submit()
    desk.commit()
    sign(desk, "review", "ana", "--whole", *APPROVE)
    assert last(desk).light is None


def test_a_script_is_told_everything_that_is_missing_at_once(desk):
    done = desk.site.imprimatur("review", "contrast", "--key", str(desk.keys("ana").path))
    assert done.returncode == 2
    for option in ("--by", "--decision", "--conflict", "--yes"):
        assert f"\n  {option}: " in done.stderr
    assert "Traceback" not in done.stderr
    assert len(written(desk)) == 1
    why = refusal(desk, "review", "ana", "--approve", "--conflict", "none", "--checked", "1")
    assert f"--checked 2: {ITEM}" in why
    assert "--reason: " in refusal(desk, "withdraw", "ana")
    assert "--reviewer: " in refusal(desk, "assign", "editor")


def test_who_signs_and_with_which_key_is_known_from_git(desk):
    desk.git("config", "user.email", address("ana"))
    desk.git("config", "user.signingkey", str(desk.keys("ana").path))
    done = invoke(desk, "review", "contrast", "--yes", *APPROVE)
    assert done.exception is None, done.exception
    assert last(desk).by == "ana"


def test_who_reviews_is_told_of_an_author_whom_the_gate_would_not_know(desk):
    assert "Nothing is published" not in sign(desk, "review", "ben", *APPROVE)
    desk.edit("39%", "29%")
    desk.submit()
    desk.commit("a-stranger@demonstration.example")
    told = sign(desk, "review", "ana", *APPROVE, "--whole")
    assert "until it is known whose address a-stranger@demonstration.example is" in told
    cure = "imprimatur appoint ID --contributor --git a-stranger@demonstration.example"
    assert told.rstrip().endswith(cure)
    assert cure in invoke(desk, "gate").output


def test_two_ways_to_decide_are_one_too_many(desk):
    why = refusal(desk, "review", "ana", "--reject", "No.", *APPROVE)
    assert "decide for one of approve, reject" in why


# What is refused, each with what the person is told.


def test_nobody_signs_for_an_article_that_is_not_there(desk):
    done = invoke(desk, "review", "contrst", "--by", "ana", "--yes", *APPROVE)
    assert "did you mean `contrast`?" in str(done.exception)


def test_without_a_board_nobody_can_sign(site, keys):
    desk = BoardSite(site, keys)
    desk.submit()
    desk.commit()
    why = refusal(desk, "review", "ana", *APPROVE)
    assert "nobody is on the board of the protected branch" in why
    assert "imprimatur appoint" in why


def test_a_stranger_cannot_sign(desk):
    why = refusal(desk, "review", "dora", *APPROVE)
    assert "`dora` is not on the board; there are: chief, editor, ana, ben, cleo" in why


def test_a_member_of_a_proposed_board_cannot_sign_yet(desk):
    desk.git("checkout", "-q", "-b", "proposal")
    desk.appoint("dora")
    assert "merge the change of the board first" in refusal(desk, "review", "dora", *APPROVE)


def test_a_member_without_a_term_today_cannot_sign(desk):
    desk.appoint("ana", term={"from": "2020-01-01", "to": "2021-12-31"})
    why = refusal(desk, "review", "ana", *APPROVE)
    assert "does not serve today: the term is from 2020-01-01 to 2021-12-31" in why


def test_a_revoked_member_cannot_sign(desk):
    desk.appoint("ana", revoked_from="2021-01-01T00:00:00Z")
    assert "was revoked from 2021-01-01 00:00Z on" in refusal(desk, "review", "ana", *APPROVE)


def test_a_role_must_be_held_and_allowed(desk):
    why = refusal(desk, "overrule", "ana", "--reason", "No.")
    assert "the policy lets editor-in-chief do it, and they are reviewer" in why
    why = refusal(desk, "review", "ana", "--role", "editor", *APPROVE)
    assert "`ana` may not review as editor" in why


def test_a_key_that_is_over_or_revoked_cannot_sign(desk):
    public = desk.keys("ana").public
    for end in ({"valid_to": "2021-01-01"}, {"revoked_from": "2021-01-01T00:00:00Z"}):
        desk.appoint("ana", keys=[{"public": public, "valid_from": "2020-01-01", **end}])
        why = refusal(desk, "review", "ana", *APPROVE)
        assert "the board knows no key of `ana` that is valid today" in why


def test_who_has_no_valid_key_is_told_the_command_that_gives_them_one(desk):
    old = {"public": desk.keys("ana").public, "valid_from": "2020-01-01", "valid_to": "2021-01-01"}
    desk.appoint("ana", keys=[old])
    change = ("appoint", "ana", "--replace-key", fingerprint(desk.keys("ana").public), "--key")
    why = refusal(desk, "review", "ana", *APPROVE)
    assert why.endswith(f"merged first: imprimatur {' '.join(change)} NEW.pub")
    new = desk.keys("ana-anew").path
    done = invoke(desk, *change, f"{new}.pub")
    assert done.exception is None, done.exception
    desk.commit()
    two = ", ".join(fingerprint(desk.keys(name).public) for name in ("ana", "ana-anew"))
    for wrong in ("ana", "nobody"):
        why = refusal(desk, "review", "ana", *APPROVE, "--key", str(desk.keys(wrong).path))
        assert why.endswith(f"ana --replace-key OLD --key NEW.pub; OLD is one of {two}")
    sign(desk, "review", "ana", *APPROVE, "--key", str(new))
    assert last(desk).by == "ana"


def test_who_never_had_a_key_is_told_where_to_write_one(desk):
    desk.appoint("ana", keys=[])
    why = refusal(desk, "review", "ana", *APPROVE)
    assert (
        "write one into editorial/board.yml by hand, under `keys` of `ana`, raise `version`" in why
    )


def test_somebody_elses_key_cannot_sign(desk):
    why = refusal(desk, "review", "ana", "--key", str(desk.keys("ben").path), *APPROVE)
    assert "this key is one of `ben`, not of `ana`; sign with one of `ana`, or as the person" in why
    assert why.endswith("who holds it: --by ben")


def test_a_key_that_the_board_does_not_know_cannot_sign(desk):
    why = refusal(desk, "review", "ana", "--key", str(desk.keys("nobody").path), *APPROVE)
    assert "this key is not one of `ana` on the board; sign with one of theirs" in why


def test_whoever_changed_the_text_cannot_approve_it(desk):
    desk.edit("39%", "38%")
    commit = desk.commit("ana")
    desk.submit()
    desk.commit()
    why = refusal(desk, "review", "ana", *APPROVE)
    assert f"`ana` changed the text, in the commit {commit[:12]}; somebody else must" in why
    why = refusal(desk, "assign", "editor", "--reviewer", "ben", "--reviewer", "ana")
    assert (
        f"`ana` cannot review this text: `ana` changed the text, in the commit {commit[:12]}" in why
    )
    assert why.endswith("; assign somebody else")
    sign(desk, "assign", "editor", "--reviewer", "ben")
    sign(desk, "review", "ben", *APPROVE)


def test_an_author_is_not_assigned_to_their_own_text(desk):
    desk.appoint("ana", name="Demonstration author")
    why = refusal(desk, "assign", "editor", "--reviewer", "ana")
    assert "`ana` cannot review this text: `ana` is an author of the text" in why


def test_who_changed_a_text_that_others_approved_since_is_assigned_to_a_newer_one(desk):
    desk.edit("39%", "38%")
    desk.commit("ana")
    desk.approved("ben", "cleo")
    desk.edit("38%", "37%")
    desk.commit()
    desk.submit()
    desk.commit()
    sign(desk, "assign", "editor", "--reviewer", "ana")


def test_what_would_not_count_is_refused_of_an_approved_text_too(desk):
    desk.edit("39%", "38%")
    desk.commit("cleo")
    desk.approved("ana", "ben")
    assert desk.standing().state == "approved"
    assert "`cleo` changed the text" in refusal(desk, "review", "cleo", *APPROVE)


def test_whoever_handed_the_text_in_cannot_approve_it(desk):
    desk.edit("39%", "38%")
    desk.commit()
    desk.submit(by="ana")
    desk.commit()
    why = refusal(desk, "review", "ana", *APPROVE)
    assert "`ana` handed the text in; somebody else must review it" in why
    why = refusal(desk, "assign", "editor", "--reviewer", "ana")
    assert why == "`ana` cannot review this text: `ana` handed the text in; assign somebody else"


@pytest.mark.parametrize("path", ["docs/articles/contrast.md", "bibliography.bib"])
def test_what_is_not_committed_is_not_signed(desk, path):
    place = desk.root / path
    place.write_text(place.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    why = refusal(desk, "review", "ana", *APPROVE)
    assert f"not committed yet: {path}; commit it first" in why


def test_what_changes_the_board_is_committed_by_itself_and_before_the_rest(desk):
    for path in ("editorial/board.yml", "docs/articles/contrast.md"):
        place = desk.root / path
        place.write_text(place.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    git = git_at(desk.root)
    assert refusal(desk, "review", "ana", *APPROVE).endswith(
        f': {git} add editorial/board.yml && {git} commit -m "change the rules"'
        f' && {git} add docs/articles/contrast.md && {git} commit -m "for review"'
    )


def test_where_to_commit_is_told_from_where_the_person_is(desk, monkeypatch):
    monkeypatch.chdir(desk.root / "docs/articles")
    told = sign(desk, "review", "ana", *APPROVE)
    assert "  git -C ../.. add editorial/records/contrast\n" in told
    assert '  git -C ../.. commit -m "contrast: review, round 1"\n' in told
    monkeypatch.chdir(desk.root)
    assert "  git add editorial/records/contrast\n" in sign(desk, "review", "ben", *APPROVE)


def test_nothing_is_signed_where_no_branch_is_checked_out(desk):
    desk.git("checkout", "-q", "--detach")
    assert "git switch" in refusal(desk, "review", "ana", *APPROVE)


def test_nothing_is_signed_in_a_clone_without_its_history(desk, tmp_path):
    shallow = tmp_path / "shallow"
    desk.git("clone", "-q", "--depth", "1", desk.root.as_uri(), str(shallow))
    key = str(desk.keys("ana").path)
    arguments = ["-C", str(shallow), "review", "contrast", "--by", "ana", "--key", key, "--yes"]
    done = CliRunner().invoke(command, [*arguments, *APPROVE])
    assert "git fetch --unshallow" in str(done.exception)


def test_nothing_is_signed_beside_a_record_with_marks_of_a_conflict(desk):
    (act,) = (desk.root / "editorial/records/contrast").iterdir()
    copy = act.with_name(act.name.replace("an-author", "another"))
    copy.write_text(f"<<<<<<< HEAD\n{act.read_text(encoding='utf-8')}", encoding="utf-8")
    why = refusal(desk, "review", "ana", *APPROVE)
    assert copy.name in why
    assert "mend this first" in why


def test_nothing_is_signed_by_a_clock_that_is_behind(desk):
    desk.commit(date=datetime.now(tz=UTC) + timedelta(hours=1))
    why = refusal(desk, "review", "ana", *APPROVE)
    assert "the clock of this machine is behind" in why
    assert "that commit was made by a clock that is ahead" in why


def test_a_text_that_was_not_submitted_is_not_reviewed(desk):
    desk.edit("39%", "29%")
    desk.commit()
    why = refusal(desk, "review", "ana", *APPROVE)
    assert "the present text of `contrast` was not submitted" in why
    assert "imprimatur submit contrast" in why


@pytest.mark.parametrize(
    ("act", "by", "why"),
    [
        ("overrule", "chief", "no objection stands against `contrast`"),
        ("waive", "chief", "no review of `contrast` waits for a conflict of interest"),
        ("reinstate", "editor", "`contrast` was not taken down"),
    ],
)
def test_where_nothing_is_to_be_answered_that_is_said(desk, act, by, why):
    assert why in refusal(desk, act, by, "--reason", "Because.")


def test_nobody_lifts_what_they_said_themselves(desk):
    desk.act("review", "chief", decision="revise", role="editor-in-chief")
    desk.commit()
    why = refusal(desk, "overrule", "chief", "--reason", "I take it back.")
    assert "review again instead" in why


def test_an_assignment_names_people_who_may_review(desk):
    why = refusal(desk, "assign", "editor", "--reviewer", "dora")
    assert "`dora` may not review; these may: chief, editor, ana, ben, cleo" in why


def test_a_checklist_or_an_audience_that_is_not_there_is_named(desk):
    why = refusal(desk, "review", "ana", "--approve", "--conflict", "none", "--checked", "3")
    assert "name its items by number, 1 to 2" in why
    why = refusal(desk, "review", "ana", "--audience", "patient", *APPROVE)
    assert "no audience patient; it has clinician" in why


def test_a_passphrase_needs_a_terminal(desk, tmp_path):
    path = make_key(tmp_path, "locked", passphrase="a long one")  # noqa: S106 - of a demonstration key
    public = key_at(path).public
    desk.appoint("ana", keys=[{"public": public, "valid_from": "2020-01-01"}])
    why = refusal(desk, "review", "ana", "--key", str(path), *APPROVE)
    assert "passphrase" in why


def test_without_a_key_here_the_ones_that_would_do_are_named(desk, tmp_path):
    done = desk.site.run(
        "imprimatur.desk",
        *("review", "contrast", "--by", "ana", "--yes", *APPROVE),
        HOME=str(tmp_path),
        SSH_AUTH_SOCK="",
    )
    assert done.returncode == 2
    assert "no key that can sign was found here" in done.stderr
    assert "or name the file of the private key with --key FILE" in done.stderr
    assert len(written(desk)) == 1


def test_a_key_that_the_agent_alone_holds_signs(desk, agent, tmp_path):
    agent(desk.keys("ana"))
    done = desk.site.run(
        "imprimatur.desk",
        *("review", "contrast", "--by", "ana", "--yes", *APPROVE),
        HOME=str(tmp_path),
        SSH_AUTH_SOCK=os.environ["SSH_AUTH_SOCK"],
    )
    assert done.returncode == 0, done.stderr
    desk.commit()
    signed = desk.acts()[-1]
    assert (signed.act.by, signed.signature) == ("ana", Signature.VALID)


@pytest.mark.parametrize(("program", "told"), [("ssh-keygen", "OpenSSH"), ("git", "install git")])
def test_a_program_that_is_missing_is_named(desk, tmp_path, program, told):
    for name in {"git", "ssh-keygen"} - {program}:
        found = next(Path(each, name) for each in os.get_exec_path() if Path(each, name).is_file())
        (tmp_path / name).symlink_to(found)
    arguments = ("review", "contrast", "--by", "ana", "--key", str(desk.keys("ana").path), "--yes")
    done = desk.site.run("imprimatur.desk", *arguments, *APPROVE, PATH=str(tmp_path))
    assert done.returncode == 2
    assert told in done.stderr
    assert "fault of the program" not in done.stderr
    assert len(written(desk)) == 1


@pytest.mark.parametrize("reason", ["Turned \u202e round.", "A \x1b[31mred\x1b[0m word."])
def test_a_reason_with_signs_that_nobody_sees_is_taken_out_again(desk, reason):
    why = refusal(desk, "withdraw", "ana", "--reason", reason)
    assert "was taken out" in why


def test_a_reason_that_is_too_long_is_refused(desk):
    why = refusal(desk, "withdraw", "ana", "--reason", "Long. " * 1000)
    assert "reason: it has 4000 signs at most" in why


# How an act is written.


def test_an_act_is_never_written_over(desk):
    act = desk.draft("review", "ana")
    path = write_act(desk.root, act, b"signature")
    before = path.read_bytes()
    again = act.model_copy(update={"meaning": "Something else."})
    with pytest.raises(CannotExamineError, match="is there already"):
        write_act(desk.root, again, b"another")
    assert path.read_bytes() == before
    assert path.with_name(f"{path.name}.sig").read_bytes() == b"signature"


@pytest.mark.parametrize("error", [KeyboardInterrupt, CannotExamineError, OSError])
def test_act_and_signature_are_written_both_or_neither(desk, error):
    def fail() -> None:
        assert len(written(desk)) == 3
        raise error

    with pytest.raises(error):
        write_act(desk.root, desk.draft("review", "ana"), b"signature", fail)
    assert len(written(desk)) == 1


# At a terminal.


CTRL_C = "\x03"


def talk(desk, arguments, answers):
    """Run the command at a real terminal; each answer is given when its question is there."""
    # A shell lets what it runs in the background ignore Ctrl-C, and all that is run by that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    leader, follower = pty.openpty()
    # Opened anew by the leader of a session, it is the terminal that Ctrl-C comes from.
    shell = ["sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1', os.ttyname(follower)]
    run = [*shell, sys.executable, "-W", "ignore", "-m", "imprimatur.desk", *arguments]
    child = subprocess.Popen(
        run, cwd=desk.root, env={**os.environ, "TERM": "xterm"}, start_new_session=True
    )
    said, place, waiting, idle, given = "", 0, list(answers), 0, ""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if not select.select([leader], [], [], 0.2)[0]:
            if child.poll() is not None:
                break
            idle += 1
            # Python may miss the one that comes just as it begins to read; a person presses again.
            if idle % 25 == 0 and answers and answers[-1][1] == CTRL_C and not waiting:
                os.write(leader, CTRL_C.encode())
            # What is typed while a terminal is made ready for a question may be lost; so it is when
            # nothing follows it for long, and a person types it again.
            elif idle == 100:
                os.write(leader, given.encode())
            continue
        idle = 0
        try:
            said += os.read(leader, 65536).decode(errors="replace")
        except OSError:
            break
        if waiting and waiting[0][0] in said[place:]:
            place = said.index(waiting[0][0], place) + 1
            given = waiting.pop(0)[1]
            os.write(leader, given.encode())
    try:
        code = child.wait(timeout=30)
    finally:
        child.kill()
        child.wait()
        os.close(leader)
        os.close(follower)
    assert not waiting, said
    return code, said


QUESTIONS = (
    ("Who signs", "ana\n"),
    ("Your decision", "approve\n"),
    ("any conflict of interest", "n\n"),
    ("I read the text for every audience. Do you confirm", "y\n"),
    (f"{ITEM} Do you confirm", "y\n"),
)


def test_at_a_terminal_each_thing_is_asked_and_then_it_is_signed(desk):
    arguments = ("review", "contrast", "--key", str(desk.keys("ana").path))
    code, said = talk(desk, arguments, [*QUESTIONS, ("Do you sign this?", "y\n")])
    assert code == 0, said
    assert said.index("Does contrast help") < said.index("Your decision")
    assert len(written(desk)) == 3


@pytest.mark.parametrize(
    ("answers", "statement"),
    [
        (["none\n"], None),
        (["\n", "no\n"], None),
        (["I know them.\n", "Yes\n", "I know the author.\n"], "I know the author."),
    ],
)
def test_none_is_an_answer_to_whether_there_is_a_conflict(desk, answers, statement):
    asked = ["any conflict of interest", "any conflict of interest", "Which one, in a sentence"]
    options = ("--by", "ana", "--reject", "It is wrong.", "--key", str(desk.keys("ana").path))
    talked = [*zip(asked, answers, strict=False), ("Do you sign this?", "y\n")]
    code, said = talk(desk, ("review", "contrast", *options), talked)
    assert code == 0, said
    assert last(desk).conflict_of_interest.none == (statement is None)
    assert last(desk).conflict_of_interest.statement == statement
    assert ("answer y or n" in said) == (len(answers) == 3)


@pytest.mark.parametrize("answer", ["n\n", CTRL_C], ids=["no", "Ctrl-C"])
def test_who_does_not_sign_in_the_end_has_written_nothing(desk, answer):
    arguments = ("review", "contrast", "--key", str(desk.keys("ana").path))
    code, said = talk(desk, arguments, [*QUESTIONS, ("Do you sign this?", answer)])
    assert code == 2
    assert "Traceback" not in said
    assert "othing was written" in said
    assert len(written(desk)) == 1


def test_a_key_that_is_not_there_is_told_before_anything_is_asked(desk):
    code, said = talk(desk, ("review", "contrast", "--by", "ana", "--key", "no-such-file"), [])
    assert code == 2
    assert "there is no key file no-such-file" in said
    assert "Your decision" not in said


def test_who_does_not_confirm_the_checklist_does_not_approve(desk):
    arguments = ("review", "contrast", "--key", str(desk.keys("ana").path))
    code, said = talk(desk, arguments, [*QUESTIONS[:-1], (f"{ITEM} Do you confirm", "n\n")])
    assert code == 2
    assert "an approval confirms every item" in said
    assert len(written(desk)) == 1


def test_submit_asks_for_what_it_needs_at_a_terminal(desk):
    desk.edit("39%", "38%")
    answers = [("Your id", "an-author\n"), ("The name to print", "Some Contributor\n")]
    code, said = talk(desk, ("submit", "contrast"), answers)
    assert code == 0, said
    assert "round 2" in said
