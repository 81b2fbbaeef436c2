"""What the desk tells of an article at a glance, and of its whole record."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from boards import BoardSite
from imprimatur.desk.main import command
from imprimatur.errors import Outcome


@pytest.fixture
def desk(site, keys):
    """A site with a board and a text that two people approved."""
    made = BoardSite(site, keys)
    made.appoint("chief", roles=["editor-in-chief"])
    made.appoint("ana", "ben", "cleo")
    made.approved("ana", "ben")
    return made


def status(desk, *arguments: str, trust=()) -> str:
    """What the command prints."""
    done = CliRunner().invoke(command, ["-C", str(desk.root), *trust, "status", *arguments])
    assert done.exit_code == 0, done.exception
    return done.output


def test_an_approved_article_waits_for_nothing(desk):
    assert re.search(r"contrast +approved +\d{4}-\d\d-\d\d +-", status(desk))


def test_piped_output_is_plain(desk):
    done = desk.site.imprimatur("status", "contrast")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "approved" in done.stdout


def test_colour_at_a_terminal_is_never_all_that_tells(desk):
    done = desk.site.run("imprimatur.desk", "status", FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[32mapproved" in done.stdout
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    assert re.search(r"contrast +approved", plain)


def test_of_whom_an_article_waits_is_said(desk):
    desk.edit("39%", "29%")
    desk.commit()
    desk.submit()
    desk.act("assign", "chief", reviewers=("cleo",), role="editor-in-chief")
    desk.policy(
        (desk.root / "editorial/policy.yml")
        .read_text()
        .replace("assign: [", "assign: [editor-in-chief, ", 1)
        .replace("[editor-in-chief, editor-in-chief", "[editor-in-chief")
        .replace("version: 2", "version: 3")
    )
    told = status(desk)
    assert "approval by 2 members of the board; the review of cleo" in told


def test_a_conflict_of_interest_that_nobody_waived_is_told_at_a_glance(desk):
    desk.edit("39%", "29%")
    desk.submit()
    desk.commit()
    asked = {"declared": True, "none": False, "statement": "I know the author."}
    desk.act("review", "cleo", conflict_of_interest=asked)
    desk.commit()
    waiver = "the conflict of interest of Demonstration Cleo to be waived, or another approval"
    assert f"approval by 2 members of the board; {waiver}" in status(desk)
    assert waiver in json.loads(status(desk, "--format", "json"))["contrast"]["waits_for"]
    told = status(desk, "contrast")
    assert "does not count: its signer has a conflict of interest, and nobody has waived" in told


def test_a_lapse_says_what_changed(desk):
    path = desk.root / "bibliography.bib"
    path.write_text(path.read_text().replace("year = {2019}", "year = {2020}"))
    desk.commit()
    told = status(desk)
    assert "lapsed: reference `park2019spinal` (year 2019 → 2020) changed" in told
    assert "the present text to be submitted for a new round" in told


def test_what_it_would_be_once_merged_is_said(desk):
    desk.edit("39%", "29%")
    desk.commit()
    desk.submit()
    desk.commit()
    desk.git("switch", "-q", "-c", "proposal")
    desk.approve("ana", "ben")
    assert "; would be approved once merged" in status(desk)
    told = json.loads(status(desk, "--format", "json"))["contrast"]
    assert (told["standing"], told["would_be"]) == ("under-review", "approved")
    record = status(desk, "contrast")
    assert record.count("not on the protected branch yet") == 2


def test_what_is_not_committed_is_not_told_as_done(desk):
    desk.edit("39%", "29%")
    assert "; not committed: its text\n" in status(desk)
    desk.commit()
    assert "not committed" not in status(desk)
    desk.git("switch", "-q", "-c", "proposal")
    desk.submit()
    assert re.search(r"contrast +submitted .*; not committed: 1 act\n", status(desk))
    desk.commit()
    reviews = [desk.act("review", each).relative_to(desk.root) for each in ("ana", "ben")]
    desk.edit("29%", "30%")
    assert "; not committed: its text and 2 acts\n" in status(desk)
    desk.edit("30%", "29%")
    told = status(desk)
    assert "; would be approved once committed and merged; not committed: 2 acts\n" in told
    listed = json.loads(status(desk, "--format", "json"))["contrast"]["uncommitted"]
    assert listed == sorted(f"{each}{end}" for each in reviews for end in ("", ".sig"))
    record = status(desk, "contrast")
    assert record.count("; not committed yet\n") == 2
    assert record.count("; not on the protected branch yet\n") == 1
    desk.commit()
    assert "not committed" not in status(desk, "contrast")
    assert json.loads(status(desk, "--format", "json"))["contrast"]["uncommitted"] == []


@pytest.mark.parametrize("end", ["", ".sig"])
def test_an_act_that_was_deleted_without_a_commit_is_shown_as_it_came_and_said_so(desk, end):
    (review, *_) = desk.root.glob(f"editorial/records/contrast/*-review-ana.yml{end}")
    review.unlink()
    assert "not committed: 1 act" in status(desk)
    told = status(desk, "contrast")
    assert told.count("as shown; not committed: its change or deletion in the working tree") == 1
    assert "approved" in told


def test_what_bears_on_every_article_is_named_where_it_is_not_committed(desk):
    works = desk.root / "bibliography.bib"
    works.write_text(works.read_text() + "\n% A comment.\n")
    desk.site.write("docs/about.md", "# About\n")
    desk.appoint("chief", roles=["editor-in-chief", "editor"])
    works.write_text(works.read_text() + "% Another.\n")
    act = desk.sign_site("chief").relative_to(desk.root)
    names = f"bibliography.bib, {act}, {act}.sig, editorial/site.yml"
    for told in (status(desk), status(desk, "contrast")):
        assert f"\nNot committed: {names}.\n" in told
    assert "not committed: " not in status(desk)


def test_each_act_says_what_its_signature_proves_and_whether_it_counts(desk):
    desk.act("review", "cleo", key="ben")
    desk.commit()
    told = status(desk, "contrast")
    reviews = told.split("review (approve)")
    assert len(reviews) == 4
    assert "signature valid, with the key SHA256:" in reviews[1]
    assert "\n    counts" in reviews[1]
    assert "does not count: it is signed with a key that was not one of `cleo`" in reviews[3]


def test_a_signature_over_other_bytes_is_called_that(desk):
    path = desk.act("review", "cleo")
    path.write_text(path.read_text().replace("I review this.", "I reviewed this."))
    told = status(desk, "contrast")
    assert "signature invalid: " in told
    assert "does not count: " in told


def test_programs_find_stable_keys(desk):
    told = json.loads(status(desk, "--format", "json"))["contrast"]
    assert set(told) >= {
        *("standing", "since", "round", "waits_for", "manifest", "acts"),
        *("approvals", "due", "expires", "would_be", "changed", "discounts", "unproven"),
    }
    assert [each["name"] for each in told["approvals"]] == [
        "Demonstration Ana",
        "Demonstration Ben",
    ]
    assert told["due"] < told["expires"]
    assert told["unproven"] is None


def test_the_protected_branch_is_named(desk):
    tip = desk.git("rev-parse", "HEAD")[:12]
    assert f"Relies on the protected branch at {tip} (main)." in status(desk)


def test_another_protected_branch_can_be_named_by_option_or_environment(desk):
    desk.git("branch", "trusted")
    desk.act("withdraw", "cleo", reason="A wrong dose.")
    tip = desk.git("rev-parse", "trusted")[:12]
    desk.commit()
    assert f"at {tip} (trusted)" in status(desk, trust=("--trust", "trusted"))
    done = desk.site.run("imprimatur.desk", "status", IMPRIMATUR_TRUST="trusted")
    assert f"at {tip} (trusted)" in done.stdout
    done = desk.site.imprimatur("--trust", "nowhere", "status")
    assert "there is no commit `nowhere`" in done.stdout


def test_what_is_approved_on_another_branch_alone_is_not_approved(desk):
    desk.git("branch", "early", "HEAD~1")
    assert "would be approved once merged" in status(desk, trust=("--trust", "early"))


def test_where_nothing_is_proven_that_is_said(desk, tmp_path):
    (desk.root / ".git").rename(tmp_path / "elsewhere")
    done = CliRunner().invoke(command, ["-C", str(desk.root), "status"])
    assert done.exit_code == Outcome.NOT_EXAMINED
    told = done.output
    assert "Nothing is proven: " in told
    assert re.search(r"contrast +under-review", told)
