"""What was found of an article is remembered only for exactly what it was printed from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE, Cache
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imprimatur.errors import Finding

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ARTICLE = "docs/articles/contrast.md"


@pytest.fixture
def found(shelf, tmp_path: Path) -> Callable[[], tuple[Finding, ...]]:
    """What is found by a program that remembers, and the same by one that does not."""
    root, cache = shelf.root, Cache(file=tmp_path / "cache" / "cache.sqlite3")

    def look() -> tuple[Finding, ...]:
        fresh, kept = (
            check(Examination(Repository(root, None, each), NOW), publishing=False).findings
            for each in (NO_CACHE, cache)
        )
        assert kept == fresh
        return kept

    return look


def test_a_text_without_a_finding_is_remembered_and_its_edit_is_not(shelf, found):
    shelf.article()
    assert not found()
    assert not found()
    text = (shelf.root / ARTICLE).read_text()
    shelf.article(text=f"{text}\nA claim [@nobody1999].\n")
    assert "citation-resolves" in {each.rule for each in found()}
    shelf.article(text=text)
    assert not found()


def test_a_finding_is_told_each_time(shelf, found):
    shelf.article(text=f"{(shelf.root / _good(shelf)).read_text()}\nA claim [@nobody1999].\n")
    assert found() == found() != ()


def test_a_work_that_is_taken_out_of_the_bibliography_is_missed(shelf, found):
    shelf.article()
    assert not found()
    shelf.put("bibliography.bib", "")
    assert "citation-resolves" in {each.rule for each in found()}


def test_a_changed_policy_is_asked_of_texts_that_are_remembered(shelf, found):
    shelf.article()
    assert not found()
    policy = (shelf.root / "editorial/policy.yml").read_text()
    shelf.put("editorial/policy.yml", policy.replace("general:", "other:"))
    assert "front-matter-fits-policy" in {each.rule for each in found()}


def test_an_image_that_is_taken_away_is_missed(shelf, found):
    text = (shelf.root / _good(shelf)).read_text()
    shelf.put("docs/articles/dose.png", b"dose")
    shelf.article(text=f"{text}\n![The dose by weight](dose.png)\n")
    assert "image-is-bound" not in {each.rule for each in found()}
    (shelf.root / "docs/articles/dose.png").unlink()
    assert "image-is-bound" in {each.rule for each in found()}


def test_many_articles_are_judged_on_every_core_as_one_is(shelf, found):
    text = (shelf.root / _good(shelf)).read_text()
    for number in range(100):
        claim = f"\nClaim {number} [@nobody{number}].\n" if number % 50 == 0 else ""
        shelf.article(f"contrast-{number}", f"{text}{claim}")
    broken = {each.path for each in found() if each.rule == "citation-resolves"}
    assert broken == {"docs/articles/contrast-0.md", "docs/articles/contrast-50.md"}


def _good(shelf) -> str:
    """The path of a good text."""
    shelf.article()
    return ARTICLE
