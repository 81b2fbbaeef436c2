"""The working tree: what lies inside it, what Git knows of it, and nothing that raises."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository, State
from imprimatur.editorial.files import Files, within
from imprimatur.editorial.history import edited_dates, uncommitted
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DAY = datetime(2026, 11, 23, 10, 15, 12, tzinfo=UTC)
BOARD = """\
version: 1
people:
  - id: e-ditor
    name: E. Ditor
    credentials: MD
    affiliation: Nowhere
    roles: [editor]
    specialties: []
    term: {from: 2026-01-01}
    interests: none
"""
POLICY = """\
version: 1
site: tests.example
audiences:
  - {id: clinician, label: Clinician, disclaimer: It informs.}
  - {id: patient, label: Patient, fallback: clinician, disclaimer: Ask.}
classes:
  general: {quorum: 2, valid_months: 36, grace_days: 90}
acts: {review: [reviewer]}
pending: block
signatures: required
light_review: false
style: ama
"""


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write one file of a tree."""

    def write(path: str, text: str = "text\n") -> Path:
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return place

    return write


def git(root: Path, *arguments: str, when: str = "@1795428912 +0000") -> None:
    """Run Git as nobody in particular, at a fixed time."""
    dates = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    person = ("-c", "user.name=Nobody", "-c", "user.email=nobody@tests.example")
    command = ["git", *person, *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=os.environ | dates)


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "..", "../a", "a/../../a", "/etc/hostname", "a/b", "folder", "missing"),
        *("x" * 5000, "x/" * 3000, "nul\0l", "half\ud800", "link", "linked/inside", "dangling"),
    ],
    ids=range(16),
)
def test_nothing_but_a_plain_file_inside_is_read(
    path: str, tmp_path: Path, put: Callable[..., Path]
):
    put("root/a")
    put("root/folder/a")
    put("a/secret")
    put("outside/inside")
    root = tmp_path / "root"
    (root / "link").symlink_to(root / "a")
    (root / "linked").symlink_to(tmp_path / "outside")
    (root / "dangling").symlink_to(root / "gone")
    assert Files(root).read(path) is None


def test_a_plain_file_is_read_and_links_are_listed_but_not_entered(
    tmp_path: Path, put: Callable[..., Path]
):
    put("root/b/c")
    put("root/a")
    put("outside/secret")
    files = Files(tmp_path / "root")
    (files.root / "linked").symlink_to(tmp_path / "outside")
    assert files.read("b/c") == b"text\n"
    assert list(files.under("")) == ["a", "linked", "b/c"]
    assert files.is_link("linked")
    assert not files.is_link("a")
    assert list(files.under("missing")) == []


def test_a_name_that_is_no_text_is_listed_so_that_it_can_be_printed(tmp_path: Path):
    (tmp_path / os.fsdecode(b"docs-\xff.md")).write_text("text")
    (path,) = Files(tmp_path).under("")
    assert path.encode() == b"docs-\\udcff.md"
    assert Files(tmp_path).read(path) is None


def test_files_are_dated_by_their_last_commit(tmp_path: Path, put: Callable[..., Path]):
    git(tmp_path, "init", "-q")
    put("docs/a.md")
    put("docs/b \u00e9.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    put("docs/a.md", "more\n")
    git(tmp_path, "commit", "-qam", "two", when="@1795428913 +0900")
    assert edited_dates(tmp_path, "docs") == {
        "docs/a.md": DAY.replace(second=13),
        "docs/b \u00e9.md": DAY,
    }


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("@0 +0000", "1970-01-01T00:00:00+00:00"),
        ("@253402300799 +0000", "9999-12-31T23:59:59+00:00"),
    ],
)
def test_a_committer_may_write_any_time_of_the_calendar(
    when: str, date: str, tmp_path: Path, put: Callable[..., Path]
):
    git(tmp_path, "init", "-q")
    put("docs/a.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one", when=when)
    assert edited_dates(tmp_path, "docs")["docs/a.md"].isoformat() == date


@pytest.mark.parametrize("when", ["@253402300800 +0000", "@99999999999999 +0000"])
def test_a_committer_may_write_any_time(when: str, tmp_path: Path, put: Callable[..., Path]):
    git(tmp_path, "init", "-q")
    put("docs/a.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one", when=when)
    assert edited_dates(tmp_path, "docs")["docs/a.md"].tzinfo is UTC


def test_without_git_or_commits_nothing_is_dated_and_nothing_raises(
    tmp_path: Path, put: Callable[..., Path]
):
    put("docs/articles/a.md")
    assert Repository(tmp_path).edited is None
    with pytest.raises(CannotExamineError, match="git init"):
        uncommitted(tmp_path, ("docs",))
    git(tmp_path, "init", "-q")
    assert Repository(tmp_path).edited == {}
    assert uncommitted(tmp_path, ("docs",)) == ("docs/articles/a.md",)


def test_where_git_is_not_installed_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotExamineError, match="install git"):
        edited_dates(tmp_path, "docs")


def test_what_differs_from_the_commit_is_found_wherever_the_site_lies(
    tmp_path: Path, put: Callable[..., Path]
):
    git(tmp_path, "init", "-q")
    for name in ("same", "edited", "deleted", "renamed"):
        put(f"site/docs/{name}.md", f"{name}\n" * 9)
    put("site/.gitignore", "ignored.md\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    put("site/docs/edited.md")
    put("site/docs/ignored.md")
    put("site/docs/new \u00e9.md")
    put("elsewhere.md")
    (tmp_path / "site/docs/deleted.md").unlink()
    git(tmp_path, "mv", "site/docs/renamed.md", "site/docs/moved.md")
    assert uncommitted(tmp_path / "site", ("docs",)) == (
        "docs/deleted.md",
        "docs/edited.md",
        "docs/ignored.md",
        "docs/moved.md",
        "docs/new \u00e9.md",
        "docs/renamed.md",
    )


def test_a_file_moved_by_hand_is_found_under_both_its_whole_names(
    tmp_path: Path, put: Callable[..., Path]
):
    git(tmp_path, "init", "-q")
    put("docs/old.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    (tmp_path / "docs/old.md").rename(tmp_path / "docs/new.md")
    git(tmp_path, "add", "--intent-to-add", "docs/new.md")
    assert uncommitted(tmp_path, ("docs",)) == ("docs/new.md", "docs/old.md")


def rewritten(root: Path) -> tuple[str, ...]:
    return Repository(root).ledger.rewritten


def test_a_record_without_any_commit_was_not_rewritten(tmp_path: Path, put: Callable[..., Path]):
    git(tmp_path, "init", "-q", "-b", "main")
    put("editorial/records/a/act.yml")
    assert rewritten(tmp_path) == ()


def test_an_act_edited_removed_or_moved_after_it_was_committed_is_found_wherever_the_site_lies(
    tmp_path: Path, put: Callable[..., Path]
):
    git(tmp_path, "init", "-q", "-b", "main")
    records = "site/editorial/records/a"
    for name in ("kept", "edited \u00e9", "removed", "moved", "restored"):
        put(f"{records}/{name}.yml", f"{name}\n" * 9)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", name)
    put(f"{records}/edited \u00e9.yml")
    put(f"{records}/restored.yml")
    git(tmp_path, "rm", "-q", f"{records}/removed.yml")
    git(tmp_path, "mv", f"{records}/moved.yml", f"{records}/elsewhere.yml")
    git(tmp_path, "commit", "-qam", "change")
    put(f"{records}/restored.yml", "restored\n" * 9)
    git(tmp_path, "commit", "-qam", "restore")
    assert rewritten(tmp_path / "site") == (
        "editorial/records/a/edited \u00e9.yml",
        "editorial/records/a/moved.yml",
        "editorial/records/a/removed.yml",
    )


def test_an_act_may_change_on_its_branch_until_it_is_merged_and_not_after(
    tmp_path: Path, put: Callable[..., Path]
):
    git(tmp_path, "init", "-q", "-b", "main")
    put("editorial/records/a/first.yml")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    git(tmp_path, "checkout", "-qb", "proposal")
    for text in ("draft", "final"):
        put("editorial/records/a/second.yml", text)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", text)
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "merge", "proposal")
    assert rewritten(tmp_path) == ()
    put("editorial/records/a/second.yml", "draft")
    git(tmp_path, "commit", "-qam", "edit")
    assert rewritten(tmp_path) == ("editorial/records/a/second.yml",)


def test_half_a_history_neither_dates_a_file_nor_proves_that_a_record_was_kept(
    tmp_path: Path, put: Callable[..., Path]
):
    git(tmp_path, "init", "-q", "-b", "main")
    for text in ("as it was signed", "as it was edited"):
        put("docs/articles/a.md", text)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", text)
    half = tmp_path / "half"
    git(tmp_path, "clone", "-q", "--depth", "1", tmp_path.as_uri(), str(half))
    assert "git fetch --unshallow" in Repository(half).unproven
    assert Repository(half).edited is None


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_was_told_not_to_look_at_is_found(
    flag: str, tmp_path: Path, put: Callable[..., Path]
):
    git(tmp_path, "init", "-q")
    put("site/docs/a.md")
    put("site/docs/b.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "update-index", flag, "site/docs/a.md")
    put("site/docs/a.md", "Give 50 mg.\n")
    assert uncommitted(tmp_path / "site", ("docs",)) == ("docs/a.md",)


def test_the_name_of_a_file_dates_no_other_file(tmp_path: Path, put: Callable[..., Path]):
    git(tmp_path, "init", "-q")
    put("docs/a.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    put("docs/x\u0085docs/a.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "two", when="@1795428999 +0000")
    assert edited_dates(tmp_path, "docs")["docs/a.md"] == DAY


def test_an_empty_folder_is_a_repository_that_lacks_everything(tmp_path: Path):
    repository = Repository(tmp_path)
    assert repository.slugs == ()
    assert repository.record_paths == {}
    assert [each.message for each in repository.bibliography_findings] == ["there is no such file"]
    findings = repository.bibliography_findings + repository.policy.findings
    assert [str(each) for each in findings + repository.board.findings] == [
        f"{path}: {rule}-is-readable: there is no such file; restore it from history or write it"
        for path, rule in (
            ("bibliography.bib", "bibliography"),
            ("editorial/policy.yml", "policy"),
            ("editorial/board.yml", "board"),
        )
    ]
    assert repository.missing == repository.bibliography_findings


def test_slugs_are_the_manuscripts_beside_each_other(tmp_path: Path, put: Callable[..., Path]):
    for path in ("b.md", "a.md", "a.b.md", "c.txt", "d/index.md", "e.MD", "f.markdown"):
        put(f"docs/articles/{path}")
    assert Repository(tmp_path).slugs == ("a.b", "a", "b")


def test_with_something_unreadable_every_article_is_a_draft(
    tmp_path: Path, put: Callable[..., Path]
):
    put("docs/articles/a.md", "no head")
    put("editorial/board.yml", "people: [")
    found = Repository(tmp_path).standing("a", NOW)
    assert found.state is State.DRAFT
    assert found.waits_for == ("a readable manuscript and policy and board",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("quorum: 2", "quorum: 0", "`classes.general.quorum` is 0"),
        ("quorum: 2", "quorum: two", "`classes.general.quorum` is"),
        ("quorum: 2, ", "", "`classes.general.quorum` is missing"),
        ("pending: block", "pending: publish", "`pending` is"),
        ("signatures: required", "signatures: none", "`signatures` is"),
        ("light_review: false", "light_review: no", "`light_review` is"),
        ("style: ama", "style: ama\nquorum: 0", "`quorum` is no known key"),
        ("reviewer", "friend", "`acts.review.0` is"),
        ("{review:", "{approve:", "`acts.approve"),
        ("general:", "General:", "`classes.General"),
        ("site: tests.example", "site: a b", "no blanks"),
        ("id: patient", "id: clinician", "same id"),
        ("fallback: clinician", "fallback: nurse", "no audience of this policy"),
        ("fallback: clinician", "fallback: patient", "circle"),
        ("version: 1", "version: 01", "`version` is"),
    ],
)
def test_a_wrong_policy_is_no_policy(
    old: str, new: str, says: str, tmp_path: Path, put: Callable[..., Path]
):
    assert old in POLICY
    put("editorial/policy.yml", POLICY.replace(old, new))
    reading = Repository(tmp_path).policy
    assert reading.value is None
    assert says in str(reading.findings[0])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("roles: [editor]", "roles: []", "`people.0.roles` is []"),
        ("roles: [editor]", "roles: [king]", "`people.0.roles.0` is"),
        ("2026-01-01", "2026-02-30", "`people.0.term.from` is"),
        ("2026-01-01", "'1767225600'", "`people.0.term.from` is"),
        ("id: e-ditor", "id: \u0435-ditor", "`people.0.id` is"),
        ("id: e-ditor", "id: e\u2024ditor", "`people.0.id` is"),
        ("name: E. Ditor", "name: E.\u200b Ditor", "U+200B"),
        ("name: E. Ditor", 'name: "E.\\u200b Ditor"', "U+200B"),
        ("interests: none", "interests: none\n    email: e@tests.example", "no known key"),
        ("version: 1", "version: 1\nversion: 2", "stands twice"),
    ],
)
def test_a_wrong_board_is_no_board(
    old: str, new: str, says: str, tmp_path: Path, put: Callable[..., Path]
):
    assert old in BOARD
    put("editorial/board.yml", BOARD.replace(old, new))
    reading = Repository(tmp_path).board
    assert reading.value is None
    assert says in str(reading.findings[0])


def test_nobody_is_on_the_board_twice(tmp_path: Path, put: Callable[..., Path]):
    put("editorial/board.yml", BOARD + BOARD.split("people:\n")[1])
    assert "e-ditor stands twice" in str(Repository(tmp_path).board.findings[0])


def test_good_files_are_read(tmp_path: Path, put: Callable[..., Path]):
    put("editorial/board.yml", BOARD)
    put("editorial/policy.yml", POLICY)
    repository = Repository(tmp_path)
    assert repository.board.value is not None
    assert repository.policy.value is not None
    assert repository.policy.value.audience("patient") is not None
    assert repository.policy.value.audience("nurse") is None


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("docs/index.md", ("docs", "index.md")),
        ("./docs//index.md", ("docs", "index.md")),
        ("", ()),
        ("/docs/index.md", None),
        ("../docs/index.md", None),
        ("docs/../../index.md", None),
        ("/../docs", None),
        ("docs/..index.md", ("docs", "..index.md")),
    ],
)
def test_a_path_that_leads_out_of_the_site_has_no_parts_in_it(path, parts):
    assert within(path) == parts


def test_a_pipe_in_place_of_a_file_is_no_file_and_is_not_waited_for(
    tmp_path: Path, put: Callable[..., Path]
):
    put("docs/a.md")
    os.mkfifo(tmp_path / "docs/pipe.md")
    files = Files(tmp_path)
    assert list(files.under("docs")) == ["docs/a.md", "docs/pipe.md"]
    assert files.read("docs/pipe.md") is None


def test_a_file_of_more_than_one_piece_is_read_whole(tmp_path: Path, put: Callable[..., Path]):
    text = "0123456789abcde\n" * 20_000
    put("docs/a.md", text)
    assert Files(tmp_path).read("docs/a.md") == text.encode()
