"""An approval, derived anew from the repository alone."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from boards import AUTHOR, submitted_site
from imprimatur.desk.main import command
from imprimatur.editorial.ssh_key import fingerprint
from imprimatur.errors import CannotExamineError


@pytest.fixture
def desk(site, keys):
    return submitted_site(site, keys)


def verify(desk, *options: str):
    """Exit code and output."""
    done = CliRunner().invoke(command, ["-C", str(desk.root), "verify", *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_an_approval_is_told_with_all_that_it_rests_on(desk):
    asked = {"declared": True, "none": False, "statement": "I know the author."}
    desk.act("review", "ana", conflict_of_interest=asked)
    commit = desk.commit()
    desk.act("waive", "chief", reason="They met once.")
    desk.commit()
    desk.approve("ben")
    code, told = verify(desk, "contrast")
    assert code == 0
    digest = desk.repository().manifest("contrast").digest.removeprefix("sha256:")
    for expected in (
        " ".join(digest[place : place + 4] for place in range(0, 64, 4)),
        "reference park2019spinal",
        "Demonstration Ana (ana), MD, Nowhere",
        "as reviewer; interests declared: I know the author.\n    that conflict of interest was ",
        "interest was waived by Demonstration Chief: They met once.\n",
        f"with the commit {commit[:12]}",
        f"with the key {fingerprint(desk.keys('ana').public)}",
        "under version 3 of the board, and version 2 of the policy",
        AUTHOR,
        "no approver is among them",
        "objections  none",
        "Demonstration Ana and Demonstration Ben approved exactly this text.",
    ):
        assert expected in told
    assert told.rstrip().splitlines()[-1].startswith("verdict  approved")
    assert told.count("waived") == 1
    (ana, ben) = json.loads(verify(desk, "contrast", "--format", "json")[1])["contrast"]["voices"]
    assert ana["waiver"] == "waived by Demonstration Chief: They met once."
    assert ben["waiver"] == ""


def test_what_the_board_says_of_an_approver_is_told_beside_what_they_declared(desk):
    desk.appoint("ana", interests="Holds shares in Example Imaging plc")
    desk.approve("ana", "ben")
    desk.appoint("ana", interests="none")
    told = verify(desk, "contrast")[1]
    shares = "Holds shares in Example Imaging plc. Declared for this article: none"
    assert f"as reviewer; interests declared: {shares}\n" in told
    assert "as reviewer; interests declared: none\n" in told


def test_how_each_objection_was_answered_is_told(desk):
    desk.act("review", "ana", decision="revise", reason="Say which dose.")
    desk.act("review", "ben", decision="reject", reason="Wrong question.")
    desk.commit()
    code, told = verify(desk, "contrast")
    assert code == 1
    assert "Demonstration Ana (revise): Say which dose.\n    stands" in told
    desk.act("overrule", "chief", reason="It is the question that was asked.")
    desk.approve("ana")
    told = verify(desk, "contrast")[1]
    assert "its author reviewed again, in round 1: approve" in told
    assert "overruled by Demonstration Chief: It is the question that was asked." in told


def test_after_a_light_review_it_is_told_who_approved_which_text(desk):
    desk.approve("ana", "ben")
    desk.edit("A pooled analysis compared", "A pooled analysis\ncompared")
    desk.commit()
    desk.submit()
    desk.commit()
    key = str(desk.keys("ana").path)
    options = ("--by", "ana", "--key", key, "--approve", "--conflict", "none", "--yes")
    reviewed = ("review", "contrast", *options, "--checked", "all")
    CliRunner().invoke(command, ["-C", str(desk.root), *reviewed], catch_exceptions=False)
    desk.commit()
    code, told = verify(desk, "contrast")
    assert code == 0
    whole = "Demonstration Ana and Demonstration Ben approved the text as it was"
    assert f"{whole}, and Demonstration Ana what was edited since." in told
    assert "approved exactly this text" not in told


def test_an_overruling_that_does_not_count_is_told_as_no_answer(desk):
    desk.act("review", "ana", decision="revise", reason="Say which dose.")
    desk.commit()
    overruling = desk.act("overrule", "chief", reason="It says so.")
    desk.commit()
    desk.appoint("chief", revoked_from="2020-02-01T00:00:00Z")
    told = verify(desk, "contrast")[1]
    assert f"{overruling.name}: `chief` was revoked from" in told
    assert "Demonstration Ana (revise): Say which dose.\n    stands" in told
    desk.approve("ana")
    told = verify(desk, "contrast")[1]
    assert "overruled by" not in told
    assert "its author reviewed again, in round 1: approve" in told


def test_approvers_are_told_under_the_names_that_the_board_knows(desk):
    desk.act("review", "ana", printed_name="Demonstration Somebody Famous")
    desk.commit()
    desk.approve("ben")
    code, told = verify(desk, "contrast")
    assert code == 0
    assert "Famous" not in told
    assert "verdict  approved: Demonstration Ana and Demonstration Ben approved" in told


def test_what_is_not_approved_yet_is_told_with_what_counts_so_far(desk):
    desk.approve("ana")
    code, told = verify(desk, "contrast")
    assert code == 1
    assert "Demonstration Ana (ana)" in told
    assert "not approved: its standing is under-review" in told
    assert "it waits for approval by one more member of the board" in told


def test_what_is_only_proposed_is_not_approved(desk):
    desk.act("review", "ana")
    desk.act("review", "ben")
    code, told = verify(desk, "contrast")
    assert code == 1
    assert "none of this text counts" in told


def test_an_edit_ends_the_approval_and_is_named(desk):
    desk.approve("ana", "ben")
    desk.edit("39%", "29%")
    desk.commit()
    code, told = verify(desk, "contrast")
    assert code == 1
    assert "since this changed: body" in told


def test_a_forged_act_is_named_with_its_reason(desk):
    desk.act("review", "ana", key="ben")
    desk.approve("ben")
    code, told = verify(desk, "contrast")
    assert code == 1
    assert "it is signed with a key that was not one of `ana` when it arrived" in told


def test_an_act_that_was_deleted_counts_all_the_same_and_is_named(desk):
    path = desk.act("review", "ana", decision="reject", reason="No.")
    desk.commit()
    path.unlink()
    path.with_name(f"{path.name}.sig").unlink()
    desk.commit()
    code, told = verify(desk, "contrast")
    assert code == 1
    assert f"changed or deleted, and counted as it came to the protected branch: {path}" in (
        told.replace("branch: ", f"branch: {desk.root}/")
    )
    assert "Demonstration Ana (reject): No.\n    stands" in told


def test_all_articles_are_examined_where_none_is_named(desk):
    desk.approve("ana", "ben")
    assert verify(desk)[0] == 0
    desk.site.article("another")
    desk.commit()
    code, told = verify(desk)
    assert code == 1
    assert told.count("verdict") == 3, "of each article, and of the site's own files"


def test_a_program_can_read_the_evidence(desk):
    desk.approve("ana", "ben")
    told = json.loads(verify(desk, "--format", "json")[1])["contrast"]
    assert (told["approved"], told["own"], told["objections"]) == (True, [], [])
    assert [each["by"] for each in told["voices"]] == ["ana", "ben"]
    assert told["makings"][0]["by"] == [AUTHOR]


def test_nothing_that_was_remembered_is_believed(desk, tmp_path):
    desk.approve("ana", "ben")
    cache = tmp_path / "cache"
    before = desk.site.run("imprimatur.desk", "status", IMPRIMATUR_CACHE=str(cache))
    assert before.returncode == 0
    files = sorted(each for each in cache.rglob("*") if each.is_file())
    assert files
    kept = [each.read_bytes() for each in files]
    done = desk.site.run("imprimatur.desk", "verify", IMPRIMATUR_CACHE=str(cache))
    assert done.returncode == 0, done.stderr
    assert [each.read_bytes() for each in files] == kept


def test_a_signature_that_cannot_be_checked_here_leaves_it_unexamined(desk, tmp_path):
    key = desk.keys("ana", "ecdsa")
    desk.appoint("ana", keys=[{"public": key.public, "valid_from": "2020-01-01"}])
    path = desk.act("review", "ana", key=None)
    path.with_name(f"{path.name}.sig").write_bytes(key.sign(path.read_bytes()))
    desk.approve("ben")
    assert verify(desk)[0] == 0
    (tmp_path / "git").symlink_to("/usr/bin/git")
    done = desk.site.run("imprimatur.desk", "verify", "contrast", PATH=str(tmp_path))
    assert done.returncode == 2
    assert f"not checked: editorial/records/contrast/{path.name}" in done.stdout
    assert "nothing is granted" in done.stdout


@pytest.mark.parametrize("way", ["no Git", "shallow", "no branch"])
def test_what_git_cannot_prove_is_not_examined(desk, tmp_path, way):
    root = desk.root
    if way == "no Git":
        (root / ".git").rename(tmp_path / "elsewhere")
    elif way == "shallow":
        root = tmp_path / "shallow"
        desk.git("clone", "-q", "--depth", "1", desk.root.as_uri(), str(root))
    else:
        desk.git("branch", "-m", "somewhere")
    done = CliRunner().invoke(command, ["-C", str(root), "verify"])
    assert isinstance(done.exception, CannotExamineError)


def test_a_site_without_articles_is_not_approved(desk):
    desk.git("rm", "-q", "docs/articles/contrast.md")
    desk.commit()
    code, told = verify(desk)
    assert code == 2
    assert "nothing is approved" in told
