"""``imprimatur gate``: of the commit, by the protected branch, and as of an earlier instant."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import AUTHOR, POLICY, BoardSite
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key

SECOND = timedelta(seconds=1)
NOW = datetime.now(tz=UTC).replace(microsecond=0)
SUBMITTED, APPROVED, CHANGED, WITHDRAWN = (
    NOW - timedelta(minutes=each) for each in (40, 30, 20, 10)
)


def z(moment: datetime) -> str:
    """An instant as the command takes it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture(scope="module")
def lived(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> BoardSite:
    """A site whose article was approved by two, went on under another board, and was withdrawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", z(SUBMITTED))
        board = BoardSite(make_site(tmp_path_factory.mktemp("lived") / "site"), keys)
        board.appoint("demo-ana", "demo-ben", "demo-cai")
        board.appoint("demo-editor", roles=["editor"])
        board.sign_site("demo-editor")
        board.submit()
        board.commit()
        patch.setenv("GIT_COMMITTER_DATE", z(APPROVED))
        board.approve("demo-ana", "demo-ben")
        patch.setenv("GIT_COMMITTER_DATE", z(CHANGED))
        board.appoint("demo-dan")
        board.policy(POLICY.replace("version: 2", "version: 3"))
        patch.setenv("GIT_COMMITTER_DATE", z(WITHDRAWN))
        board.act("withdraw", "demo-cai")
        board.commit()
    return board


def at(lived: BoardSite, moment: datetime) -> dict[str, object]:
    """What the command says of the article as of an instant, as data."""
    done = lived.site.imprimatur("gate", "--at", z(moment), "--format", "json")
    told = json.loads(done.stdout)
    return {**told["approved"]["contrast"], "code": done.returncode, "outcome": told["outcome"]}


def test_the_gate_names_who_had_approved_by_then_and_under_which_board(lived: BoardSite):
    done = lived.site.imprimatur("gate", "--at", z(APPROVED))
    assert done.returncode == 0, done.stdout
    assert f"As of {z(APPROVED)} the protected branch was at " in done.stdout
    assert "contrast: approved; text sha256:" in done.stdout
    for name in ("Ana", "Ben"):
        assert f"  approved by Demonstration Demo {name} (demo-{name.lower()})" in done.stdout
    assert done.stdout.count("under version 3 of the board") == 2
    assert "  by version 2 of the policy" in done.stdout
    assert done.stdout.endswith("Granted (1 article examined)\n")


def test_the_gate_knows_nothing_of_what_came_later(lived: BoardSite):
    before = at(lived, APPROVED - SECOND)
    assert (before["standing"], before["approved"], before["approvals"]) == ("submitted", False, [])
    assert (before["code"], before["outcome"]) == (1, "refused")
    approved = at(lived, APPROVED)
    assert [each["by"] for each in approved["approvals"]] == ["demo-ana", "demo-ben"]
    assert (approved["policy"], approved["code"]) == (2, 0)
    under_another = at(lived, CHANGED)
    assert (under_another["policy"], under_another["approved"]) == (3, True)
    assert {each["board"] for each in under_another["approvals"]} == {3}
    assert at(lived, WITHDRAWN - SECOND)["approved"]
    assert at(lived, WITHDRAWN)["standing"] == "withdrawn"


def test_an_approval_is_derived_as_of_then_from_the_repository_alone(lived: BoardSite):
    then = lived.site.imprimatur("verify", "--at", z(APPROVED), "contrast")
    assert then.returncode == 0
    assert "approved exactly this text." in then.stdout
    assert "under version 3 of the board, and version 2 of the policy" in then.stdout
    before = lived.site.imprimatur("verify", "--at", z(APPROVED - SECOND), "contrast")
    assert before.returncode == 1
    assert "not approved: its standing is submitted" in before.stdout
    assert lived.site.imprimatur("verify", "contrast").returncode == 1


def test_the_gate_says_the_same_of_the_past_whatever_is_checked_out(lived: BoardSite):
    told = at(lived, APPROVED)
    lived.git("checkout", "-q", "HEAD~2")
    try:
        assert at(lived, APPROVED) == told
    finally:
        lived.git("checkout", "-q", "main")


def test_a_commit_that_claims_to_be_old_came_when_it_came(lived: BoardSite, tmp_path: Path):
    other = tmp_path / "other"
    lived.git("clone", "-q", ".", str(other))
    told = at(lived, APPROVED)
    (other / "docs/articles/contrast.md").write_text("Nothing.\n")
    person = ("-c", "user.name=Demonstration", "-c", "user.email=demo-ana@demonstration.example")
    early = {"GIT_COMMITTER_DATE": z(SUBMITTED), "GIT_AUTHOR_DATE": z(SUBMITTED)}
    lived.git("-C", str(other), *person, "commit", "-qam", "Demonstration", **early)
    done = lived.site.imprimatur(
        "-C",
        str(other),
        "--trust",
        "refs/heads/main",
        "gate",
        "--at",
        z(APPROVED),
        "--format",
        "json",
    )
    found = json.loads(done.stdout)["approved"]["contrast"]
    assert {**found, "code": 0, "outcome": "granted"} == told


def test_a_commit_from_a_clock_that_was_ahead_hides_nothing_that_came_after_it(
    lived: BoardSite, tmp_path: Path
):
    other = tmp_path / "other"
    lived.git("clone", "-q", ".", str(other))
    person = ("-c", "user.name=Demonstration", "-c", "user.email=demo-ana@demonstration.example")
    commit = ("-C", str(other), *person, "commit", "-q", "--allow-empty", "-m", "Demonstration")
    lived.git(*commit, GIT_COMMITTER_DATE="2099-01-01T00:00:00Z")
    lived.git(*commit, GIT_COMMITTER_DATE=z(WITHDRAWN + SECOND))
    head = lived.git("-C", str(other), "rev-parse", "HEAD").strip()
    told = lived.site.imprimatur(
        *("-C", str(other), "--trust", "refs/heads/main", "gate"),
        *("--at", z(WITHDRAWN + SECOND), "--format", "json"),
    ).stdout
    assert json.loads(told)["commit"] == head


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("yesterday", "write an instant in UTC, such as 2026-11-23T10:15:12Z"),
        ("2026-11-23", "write an instant in UTC"),
        ("2026-11-23T10:15:12+01:00", "write an instant in UTC"),
        ("2026-13-23T10:15:12Z", "write an instant in UTC"),
        ("2999-01-01T00:00:00Z", "has not come yet"),
        ("2001-01-01T00:00:00Z", "nothing had come to the protected branch by"),
    ],
)
def test_an_instant_of_which_nothing_can_be_said_is_refused(
    moment: str, says: str, lived: BoardSite
):
    done = lived.site.imprimatur("gate", "--at", moment)
    assert done.returncode == 2
    assert says in done.stderr
    assert not done.stdout


def test_the_gate_on_github_notes_what_was_approved(lived: BoardSite):
    told = lived.site.imprimatur("gate", "--at", z(APPROVED), "--format", "github").stdout
    assert "::notice::contrast: approved; text sha256:" in told
    assert all(line.startswith("::") for line in told.splitlines())


@pytest.fixture
def proposal(lived: BoardSite, tmp_path: Path) -> Path:
    """A clone in which a branch, built upon the approved state, edits the text."""
    clone = tmp_path / "clone"
    lived.git("clone", "-q", ".", str(clone))
    lived.git("-C", str(clone), "checkout", "-q", "-b", "proposal", "HEAD~1")
    lived.git("-C", str(clone), "branch", "-q", "-f", "main")
    return clone


def test_the_branch_that_is_named_decides_and_not_the_one_that_lies_here(
    proposal: Path, lived: BoardSite
):
    """By the local main, which is behind, nobody has withdrawn the article yet."""
    here = lived.site.imprimatur("-C", str(proposal), "--trust", "refs/heads/main", "gate")
    assert here.returncode == 0, here.stdout
    for arguments in (["--trust", "origin/main"], []):
        there = lived.site.imprimatur("-C", str(proposal), *arguments, "gate")
        assert there.returncode == 1
        assert "record-is-kept" in there.stdout
    named = lived.site.run(
        "imprimatur.desk", "-C", str(proposal), "gate", IMPRIMATUR_TRUST="refs/heads/main"
    )
    assert named.returncode == 0


def test_check_holds_a_proposal_against_the_branch_that_is_named(proposal: Path, lived: BoardSite):
    policy = proposal / "editorial/policy.yml"
    policy.write_text(POLICY.replace("version: 2", "version: 4"))
    text = proposal / "docs/articles/contrast.md"
    text.write_text(text.read_text().replace("39% to 53%", "38% to 53%"))
    person = ("-c", "user.name=Demonstration", "-c", "user.email=nobody@demonstration.example")
    lived.git("-C", str(proposal), *person, "commit", "-qam", "Demonstration")
    (proposal.parent / "built").mkdir()
    (proposal.parent / "built/index.html").write_text("<!doctype html><title>A</title>")
    built = ("--site", str(proposal.parent / "built"))
    told = lived.site.imprimatur(
        "-C", str(proposal), "--trust", "origin/main", "check", *built
    ).stdout
    assert "editorial/policy.yml: proposal-changes-one-thing: " in told
    trusted = lived.site.imprimatur(
        "-C", str(proposal), "--trust", "refs/heads/proposal", "check", *built
    ).stdout
    assert "proposal-changes-one-thing" not in trusted


@pytest.mark.parametrize("command", ["gate", "check"])
def test_a_branch_that_is_not_there_decides_nothing(command: str, lived: BoardSite, tmp_path: Path):
    (tmp_path / "built").mkdir()
    (tmp_path / "built/index.html").write_text("<!doctype html><title>A</title>")
    done = lived.site.imprimatur("--trust", "nowhere", command, "--site", str(tmp_path / "built"))
    assert done.returncode in {1, 2}
    assert "there is no commit `nowhere`" in done.stdout + done.stderr
    assert "Granted" not in done.stdout


def test_the_gate_names_the_commit_it_looked_at_where_the_tree_differs(lived: BoardSite):
    commit = lived.git("rev-parse", "HEAD").strip()
    place = lived.site.write("docs/new.md", "# New\n")
    try:
        told = lived.site.imprimatur("gate").stdout
        data = json.loads(lived.site.imprimatur("gate", "--format", "json").stdout)
    finally:
        place.unlink()
    assert f"Only the commit {commit[:12]} was examined: docs/new.md in the working tree" in told
    assert data["commit"] == commit
    assert Repository(lived.root, cache=NO_CACHE, commit=commit).commit == commit


@pytest.mark.parametrize("command", ["check", "gate", "status"])
def test_the_name_of_a_file_writes_no_line_of_its_own(
    command: str, lived: BoardSite, tmp_path: Path
):
    """A line `::…` is an order to GitHub, whoever proposed the file; a terminal obeys others."""
    root = tmp_path / "site"
    shutil.copytree(lived.root, root)
    (root / "docs/articles/odd\n::stop-commands::x\x1b]0;y\x07\u202e.md").write_text("Odd")
    git = ("git", "-C", str(root), "-c", "user.name=n", "-c", f"user.email={AUTHOR}")
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "Odd"], check=True)
    done = lived.site.run("imprimatur.desk", "-C", str(root), command)
    assert "odd\\n::stop-commands::x\\x1b]0;y\\x07\\u202e" in done.stdout
    assert done.stdout.replace("\n", "").isprintable()
    assert not [line for line in done.stdout.splitlines() if line.startswith("::")]
