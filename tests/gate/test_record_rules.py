"""What is said of records and standings: on which file, why, and for whom it waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from keys import Key

ARTICLE = "docs/articles/contrast.md"


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with two reviewers and an article that nobody handed in."""
    made = BoardSite(site, keys)
    made.appoint("demo-ana", "demo-ben")
    return made


def told(board: BoardSite, rule: str, *, commit: bool = True) -> list[tuple[str, str, str]]:
    """What a rule finds of the commit, or of the working tree: path, message and cure."""
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    tip = board.git("rev-parse", "HEAD").strip() if commit else ""
    repository = Repository(board.root, None, NO_CACHE, commit=tip)
    verdict = check(Examination(repository, now), publishing=True)
    found = [each for each in verdict.findings if each.rule == rule]
    assert {each.line for each in found} <= {0}
    return [(each.path, each.message, each.cure) for each in found]


def test_an_article_that_nobody_handed_in_is_told_how(board: BoardSite):
    message = "there is no `submit` act for this article"
    cure = "run `imprimatur submit contrast`, or restore the act if it was deleted"
    assert told(board, "article-has-record") == [(ARTICLE, message, cure)]


def test_acts_without_an_article_are_told_by_their_folder(board: BoardSite):
    board.submit()
    board.commit()
    (board.root / ARTICLE).unlink()
    board.site.write("editorial/records/notes.yml", "none\n")
    board.commit()
    cure = "give the manuscript its name back, or restore it from history"
    about = "these acts are about `{}`, of which there is no manuscript"
    assert told(board, "record-has-article") == [
        ("editorial/records", about.format("no article"), cure),
        ("editorial/records/contrast", about.format("contrast"), cure),
    ]


def test_an_article_that_waits_is_told_its_standing_and_for_whom(board: BoardSite):
    board.submit()
    board.commit()
    board.approve("demo-ana")
    ((path, message, cure),) = told(board, "article-is-approved")
    assert path == ARTICLE
    assert message == "`contrast` is pending review: its standing is under-review"
    assert cure.startswith("it waits for ")
    assert told(board, "record-matches-manuscript") == []


def test_a_text_that_was_changed_is_told_by_what_was_changed(board: BoardSite):
    board.submit()
    board.commit()
    text = (board.root / ARTICLE).read_text(encoding="utf-8")
    board.site.write(ARTICLE, text.replace("39%", "40%"))
    board.commit()
    again = "run `imprimatur submit contrast` to submit the present text"
    message = "the text, or a reference it cites, was changed after it was submitted"
    assert told(board, "record-matches-manuscript") == [(ARTICLE, message, again)]
    board.approved("demo-ana", "demo-ben")
    assert told(board, "article-is-approved") == []
    board.site.write(ARTICLE, text.replace("39%", "41%").replace("A demonstration.", "Another."))
    board.commit()
    ((path, message, cure),) = told(board, "record-matches-manuscript")
    assert (path, cure) == (ARTICLE, again)
    assert message.startswith("lapsed: changed since it was approved: ")
    changed = message.removeprefix("lapsed: changed since it was approved: ")
    assert len(changed.split("; ")) == 2
    ((_, message, _),) = told(board, "article-is-approved")
    assert message == (
        f"`contrast` is pending review: its standing is lapsed, since this changed: {changed}"
    )


def test_what_is_only_proposed_is_told_what_it_would_be(board: BoardSite):
    board.git("switch", "-q", "-c", "proposal")
    board.approved("demo-ana", "demo-ben")
    ((_, message, _),) = told(board, "article-is-approved")
    assert message.endswith("; it would be approved once merged")


def test_acts_that_were_changed_or_deleted_are_told_one_by_one(board: BoardSite):
    board.submit()
    board.commit()
    reviews = [board.act("review", each) for each in ("demo-ana", "demo-ben")]
    board.commit()
    reviews[0].write_text(reviews[0].read_text().replace("MD", "PhD") + "# more\n")
    reviews[1].unlink()
    board.commit()
    message = "this act was changed or deleted after it came to the protected branch"
    cure = "restore it as it came there, or merge the protected branch into this one"
    paths = [each.relative_to(board.root).as_posix() for each in reviews]
    assert told(board, "record-is-kept") == [(path, message, cure) for path in sorted(paths)]


def test_what_proves_nothing_may_be_taken_out_again_with_its_signature(board: BoardSite):
    board.submit()
    board.commit()
    forged = board.act("review", "demo-ana", key="demo-ben")
    board.commit()
    signature = forged.with_name(f"{forged.name}.sig")
    forged.unlink()
    signature.unlink()
    board.commit()
    assert told(board, "record-is-kept") == []


def test_of_a_working_tree_what_is_not_committed_is_told_and_of_a_commit_nothing(
    board: BoardSite,
):
    board.site.write("docs/about.md", "# About\n")
    path = "docs/about.md"
    found = told(board, "tree-is-committed", commit=False)
    assert found == [(path, "this file is not what the commit holds", "commit it, or remove it")]
    assert told(board, "tree-is-committed") == []


@pytest.mark.parametrize("path", ["editorial/board.yml", "editorial/policy.yml"])
def test_a_law_that_is_only_proposed_is_not_in_force(board: BoardSite, path: str):
    board.git("switch", "-q", "-c", "proposal")
    assert told(board, "law-is-in-force") == []
    text = (board.root / path).read_text(encoding="utf-8")
    board.site.write(path, text.replace("version: 2", "version: 3"))
    board.commit()
    message = "this file is not the one of the protected branch, and is not in force"
    cure = "merge it first, by itself; or merge the protected branch into this one"
    assert told(board, "law-is-in-force") == [(path, message, cure)]
    assert told(board, "version-only-grows") == []


@pytest.mark.parametrize(("version", "is_fine"), [(1, False), (2, False), (3, True)])
@pytest.mark.parametrize("path", ["editorial/board.yml", "editorial/policy.yml"])
def test_a_version_only_grows(board: BoardSite, path: str, version: int, *, is_fine: bool):
    text = (board.root / path).read_text(encoding="utf-8")
    assert text.startswith("version: 2\n")
    board.site.write(path, f"# Changed\n{text}".replace("version: 2", f"version: {version}"))
    board.commit()
    message = f"the file was changed, and its version went from 2 to {version}"
    wrong = (path, message, "set `version` to 3 or more")
    assert told(board, "version-only-grows") == ([] if is_fine else [wrong])
