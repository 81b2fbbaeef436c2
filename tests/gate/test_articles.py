"""Every article under tests/articles/: those that pass, and those that are refused, line by line.

A refused article ends by saying what is expected: ``<!-- expect: 12: citation-resolves -->``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.gate import RULES
from imprimatur.gate.rule import ArticleRule

if TYPE_CHECKING:
    from conftest import Shelf

_ARTICLES = Path(__file__).parents[1] / "articles"
_PASSES = sorted((_ARTICLES / "passes").glob("*.md"))
_REFUSED = sorted((_ARTICLES / "refused").glob("*.md"))
_EXPECT = re.compile(rb"<!-- expect: (\d+): ([a-z-]+) -->")


def _expected(article: Path) -> list[tuple[int, str]]:
    found = _EXPECT.findall(article.read_bytes())
    return sorted((int(line), rule.decode()) for line, rule in found)


@pytest.mark.parametrize("article", _PASSES, ids=lambda path: path.stem)
def test_a_good_article_passes(article: Path, shelf: Shelf):
    shelf.article(article.stem, article.read_bytes())
    assert not shelf.findings()


@pytest.mark.parametrize("article", _REFUSED, ids=lambda path: path.stem)
def test_a_bad_article_is_refused_for_exactly_what_it_says(article: Path, shelf: Shelf):
    expected = _expected(article)
    assert expected, "it says nothing"
    shelf.article(article.stem, article.read_bytes())
    found = shelf.findings()
    assert {each.path for each in found} == {f"docs/articles/{article.stem}.md"}
    assert sorted((each.line, str(each.rule)) for each in found) == expected
    assert all(each.message and each.cure for each in found)


def test_every_rule_about_one_article_refuses_some_article():
    broken = {rule for article in _REFUSED for _, rule in _expected(article)}
    about_one = {rule.name for rule in RULES if isinstance(rule, ArticleRule)}
    about_one |= {"manuscript-is-readable", "front-matter-is-valid", "text-is-visible"}
    assert about_one - broken == set()
