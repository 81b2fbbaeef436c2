"""Which files judge and build a site, and belong in no proposal with a text; what it must keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import POLICY, BoardSite
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.gate import Examination, check
from imprimatur.gate.proposal_rules import proposal_changes_one_thing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Shelf, Site
    from keys import Key

NOW = datetime(2026, 11, 24, tzinfo=UTC)
JUDGING = (
    *("editorial/board.yml", "editorial/policy.yml", "editorial/site.yml"),
    *("plugins/x/y.py", "overrides/main.html", "hooks/open.txt", ".github/x", ".gitlab/x"),
    *(".gitea/x", ".forgejo/x", ".ci/run", "mkdocs.yml", "mkdocs-zh.yml", "properdocs.yml"),
    *("properdocs-zh.yml", "zensical.toml", "conftest.py", "run.sh", "Makefile", "rules.mk"),
    *("pyproject.toml", "uv.lock", "requirements.txt", "constraints.txt", "setup.cfg", "tox.ini"),
    *("CODEOWNERS", ".gitattributes", ".gitmodules", ".gitlab-ci.yml", ".pre-commit-config.yaml"),
)
OTHER = (
    *("README.md", "notes.txt", "docs/index.md", "docs/conftest.py", "LICENSE", ".gitignore"),
    *("tests/Makefile", "editorial/records/site/20261123T101512Z-review-an-editor.yml"),
)
TEXTS = (
    *("docs/articles/contrast.md", "docs/articles/dose.svg", "bibliography.bib"),
    "editorial/records/contrast/20261123T101512Z-review-a-reviewer.yml",
)


@pytest.fixture
def proposal(shelf: Shelf) -> Shelf:
    """A branch of a site with one article that has proposed nothing yet."""
    shelf.article()
    shelf.commit()
    shelf.git("checkout", "-q", "-b", "proposal")
    return shelf


def told(shelf: Shelf, *paths: str) -> list[str]:
    """What is found of a proposal that changes these files and no other."""
    shelf.git("reset", "-q", "--hard", "main")
    for each in paths:
        shelf.put(each, "# Changed\n")
    shelf.git("add", "-A", "-f")
    shelf.git("commit", "-q", "--allow-empty", "-m", "Demonstration")
    repository = Repository(shelf.root, None, NO_CACHE, commit="HEAD")
    return [each.message for each in proposal_changes_one_thing(Examination(repository, NOW))]


def test_whatever_judges_or_builds_a_site_is_proposed_without_a_text(proposal: Shelf):
    for path in JUDGING:
        (message,) = told(proposal, path, "docs/articles/contrast.md")
        assert message == f"this proposal changes {path} together with docs/articles/contrast.md"


def test_what_neither_judges_nor_builds_may_go_with_a_text(proposal: Shelf):
    assert told(proposal, *OTHER, "docs/articles/contrast.md") == []


def test_texts_are_articles_what_lies_beside_them_works_and_acts(proposal: Shelf):
    for path in TEXTS:
        (message,) = told(proposal, "editorial/policy.yml", path)
        assert message == f"this proposal changes editorial/policy.yml together with {path}"
    assert told(proposal, *TEXTS) == []


def test_everything_that_judges_may_be_proposed_at_once(proposal: Shelf):
    assert told(proposal, *JUDGING, *OTHER) == []


def test_of_many_files_the_first_is_named_and_the_others_are_counted(proposal: Shelf):
    (message,) = told(proposal, ".ci/run", ".github/x", "bibliography.bib", *TEXTS[:1])
    assert message == (
        "this proposal changes .ci/run and 1 more together with bibliography.bib and 1 more"
    )


def test_a_finding_on_a_proposal_names_the_first_file_that_judges_and_the_cure(proposal: Shelf):
    told(proposal, "mkdocs.yml", "pyproject.toml", "docs/articles/contrast.md")
    repository = Repository(proposal.root, None, NO_CACHE, commit="HEAD")
    (finding,) = proposal_changes_one_thing(Examination(repository, NOW))
    assert (finding.path, finding.line) == ("mkdocs.yml", 0)
    assert finding.rule == "proposal-changes-one-thing"
    assert finding.cure == "propose them one after the other, on branches of their own"


@pytest.mark.parametrize(
    "path",
    [
        *("plugins.txt", "deep/plugins/x.py", "x/mkdocs.yml", "makefile.txt", "a.pyc", "x.locked"),
        *("codeowners.md", "editorial/policy.yml.bak", "editorial/boards.yml", "hooks.txt"),
    ],
)
def test_what_is_only_called_like_what_judges_does_not(path: str, proposal: Shelf):
    assert told(proposal, path, "docs/articles/contrast.md") == []


@pytest.mark.parametrize(
    "path",
    [
        *("docs/articlesx/a.md", "bibliography.bib.bak", "editorial/records/site/x.yml"),
        *("editorial/recordsx/a.yml", "articles/contrast.md"),
    ],
)
def test_what_is_only_called_like_a_text_is_none(path: str, proposal: Shelf):
    assert told(proposal, path, "mkdocs.yml") == []


@pytest.mark.parametrize("path", ["MAKEFILE", "Setup.cfg", "CodeOwners", "MkDocs.yml"])
def test_capitals_make_no_difference_to_what_judges(path: str, proposal: Shelf):
    (message,) = told(proposal, path, "docs/articles/contrast.md")
    assert message.startswith(f"this proposal changes {path} together")


def test_a_renamed_file_is_judged_by_its_old_name_too(proposal: Shelf):
    proposal.git("mv", "bibliography.bib", "works.bib")
    proposal.put("run.sh", "x\n")
    proposal.git("add", "-A")
    proposal.git("commit", "-qm", "Demonstration")
    repository = Repository(proposal.root, None, NO_CACHE, commit="HEAD")
    (finding,) = proposal_changes_one_thing(Examination(repository, NOW))
    assert finding.message == "this proposal changes run.sh together with bibliography.bib"


def test_what_the_protected_branch_changed_meanwhile_is_not_proposed(proposal: Shelf):
    told(proposal, "docs/articles/contrast.md")
    proposal.git("checkout", "-q", "main")
    proposal.put("mkdocs.yml", "# Changed\n")
    proposal.git("add", "-A")
    proposal.git("commit", "-qm", "Demonstration")
    proposal.git("checkout", "-q", "proposal")
    repository = Repository(proposal.root, None, NO_CACHE, commit="HEAD")
    assert not list(proposal_changes_one_thing(Examination(repository, NOW)))


def test_what_is_on_the_protected_branch_is_no_proposal(proposal: Shelf):
    told(proposal, "mkdocs.yml", "docs/articles/contrast.md")
    proposal.git("checkout", "-q", "main")
    proposal.git("merge", "-q", "--no-ff", "-m", "Demonstration", "proposal")
    repository = Repository(proposal.root, None, NO_CACHE, commit="HEAD")
    assert not list(proposal_changes_one_thing(Examination(repository, NOW)))


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A branch `proposal` of a site on whose protected branch an article was approved by two."""
    made = BoardSite(site, keys)
    made.appoint("demo-ana", "demo-ben", "demo-cleo")
    made.approved("demo-ana", "demo-ben")
    made.git("switch", "-q", "-c", "proposal")
    return made


def review_of(board: BoardSite, who: str) -> Path:
    """The file of somebody's review."""
    return next(board.root.glob(f"editorial/records/contrast/*-review-{who}.yml"))


def unkept(board: BoardSite, *, commit: bool = True) -> list[tuple[str, str]]:
    """Which records the proposal, or the working tree, does not keep: file name and message."""
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    repository = Repository(board.root, "main", NO_CACHE, commit="HEAD" if commit else "")
    verdict = check(Examination(repository, now), publishing=False)
    found = [each for each in verdict.findings if each.rule == "proposal-keeps-records"]
    assert {each.line for each in found} <= {0}
    return [(each.path.rpartition("/")[2], each.message) for each in found]


MISSING = "this record of the protected branch is missing in this proposal"
CHANGED = "this record of the protected branch was changed in this proposal"


def test_a_proposal_that_changes_a_record_is_told_before_it_is_merged(board: BoardSite):
    review = review_of(board, "demo-ana")
    review.write_text(review.read_text(encoding="utf-8").replace("I review", "I reviewed"))
    assert unkept(board) == []
    assert unkept(board, commit=False) == [(review.name, CHANGED)]
    board.commit()
    assert unkept(board) == [(review.name, CHANGED)]


def test_a_proposal_that_deletes_a_record_is_told_how_to_restore_it(board: BoardSite):
    review = review_of(board, "demo-ana")
    review.unlink()
    board.commit()
    assert unkept(board) == [(review.name, MISSING)]
    done = board.site.imprimatur("check")
    (line,) = (each for each in done.stdout.splitlines() if "proposal-keeps-records" in each)
    cure = line.partition("restore it: git ")[2].partition(";")[0]
    board.git(*cure.split())
    board.commit()
    assert unkept(board) == []


def test_a_renamed_record_is_missing_under_its_name(board: BoardSite):
    review = review_of(board, "demo-ana")
    for each in (review, review.with_name(f"{review.name}.sig")):
        each.rename(each.with_name(each.name.replace("demo-ana", "demo-eva")))
    board.commit()
    assert unkept(board) == [(review.name, MISSING), (f"{review.name}.sig", MISSING)]


def test_a_signature_alone_is_kept_too(board: BoardSite):
    signature = review_of(board, "demo-ana").name + ".sig"
    (board.root / "editorial/records/contrast" / signature).unlink()
    board.commit()
    assert unkept(board) == [(signature, MISSING)]


def test_a_new_record_is_what_proposals_are_for(board: BoardSite):
    board.act("review", "demo-cleo")
    board.commit()
    assert unkept(board) == []


def test_a_branch_that_is_behind_is_not_told_of_records_that_came_later(board: BoardSite):
    board.site.write("docs/notes.md", "# Notes\n")
    board.commit()
    board.git("switch", "-q", "main")
    board.act("review", "demo-cleo")
    board.commit()
    board.git("switch", "-q", "proposal")
    assert unkept(board) == []
    assert unkept(board, commit=False) == []


def test_a_record_that_the_protected_branch_lost_is_no_fault_of_the_proposal(board: BoardSite):
    board.git("switch", "-q", "main")
    lost, spoilt = review_of(board, "demo-ana"), review_of(board, "demo-ben")
    lost.unlink()
    spoilt.write_text("act: none\n")
    board.commit()
    board.git("switch", "-q", "-C", "proposal")
    board.site.write("docs/notes.md", "# Notes\n")
    board.commit()
    assert unkept(board) == []
    spoilt.unlink()
    board.commit()
    assert unkept(board) == [(spoilt.name, MISSING)]


def test_a_record_that_proves_nothing_may_be_taken_out(board: BoardSite):
    board.git("switch", "-q", "main")
    forged = board.act("review", "demo-cleo", key="demo-ben")
    board.commit()
    board.git("switch", "-q", "-C", "proposal")
    forged.unlink()
    forged.with_name(f"{forged.name}.sig").unlink()
    board.commit()
    assert unkept(board) == []


def test_merged_by_the_forge_a_proposal_is_compared_with_the_branch_as_it_is(board: BoardSite):
    review_of(board, "demo-ana").unlink()
    board.commit()
    board.git("switch", "-q", "main")
    later = board.act("review", "demo-cleo")
    board.commit()
    base = board.git("rev-parse", "HEAD").strip()
    board.git("switch", "-q", "--detach", "main")
    board.git("merge", "-q", "--no-ff", "-m", "merged", "proposal")
    board.git("branch", "-q", "-f", "main", base)
    ((name, message),) = unkept(board)
    assert message == MISSING
    assert name != later.name


def test_the_first_commit_of_a_site_misses_nothing(shelf: Shelf):
    shelf.article()
    shelf.git("init", "-q", "-b", "main")
    assert "proposal-keeps-records" not in shelf.rules()


def test_a_first_review_by_whom_the_board_does_not_know_is_told_before_it_is_merged(
    board: BoardSite,
):
    board.act("review", "demo-stranger")
    board.commit("somebody@nowhere.example")
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    repository = Repository(board.root, "main", NO_CACHE, commit="HEAD")
    verdict = check(Examination(repository, now), publishing=False)
    (message,) = (each.message for each in verdict.findings if each.rule == "act-is-genuine")
    assert message == (
        "this act proves nothing: `demo-stranger` was not on the board when it arrived"
    )


@pytest.mark.parametrize(
    ("hand", "told"),
    [
        ("demo-cleo", []),
        ("demo-ana", ["it is not signed, and not committed from an address of `demo-cleo`"]),
    ],
    ids=["theirs", "somebody else's"],
)
def test_without_signatures_a_proposed_review_is_known_by_whose_commit_it_is(
    board: BoardSite, hand: str, told: list[str]
):
    board.git("switch", "-q", "main")
    board.policy(
        POLICY.replace("signatures: required", "signatures: optional").replace(
            "version: 2", "version: 3"
        )
    )
    board.git("switch", "-q", "-c", "unsigned")
    board.act("review", "demo-cleo")
    (seal,) = board.root.glob("editorial/records/contrast/*demo-cleo.yml.sig")
    seal.unlink()
    board.commit(hand)
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    repository = Repository(board.root, "main", NO_CACHE, commit="HEAD")
    verdict = check(Examination(repository, now), publishing=False)
    assert [each.message for each in verdict.findings] == [
        f"this act proves nothing: {each}" for each in told
    ]
