"""On which line a sentence stands, as readers measure it and authors look for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.gate.sentence_lines import SentenceLines
from imprimatur.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Callable

_PASSES = Path(__file__).parents[1] / "articles" / "passes"
HEAD, _, _ = (_PASSES / "answer-alone.md").read_text(encoding="utf-8").partition("/// answer")
TEXT = """\
One two three x.
Zero one two three four five six.
One
two [@park2019spinal, p. 3;
@liu2017vertebral] nine, ten
[see table 2] eleven. TWELVE-Thirteen_fourteen!
One two three y.
"""
"""Begins on line 12."""


@pytest.fixture
def find() -> Callable[[str, int], int]:
    """Find a sentence in the text."""
    manuscript = read_manuscript((HEAD + TEXT).encode(), "docs/articles/contrast.md").value
    assert manuscript is not None
    return SentenceLines(manuscript).find


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        # As many as six words tell more than three.
        ("One two three four five six nine.", 13),
        ("One two three nine.", 12),
        ("Nobody said one two three.", 12),
        # Citations and line ends stand between words, and other brackets are words.
        ("Two nine ten.", 15),
        ("Ten see table 2 eleven.", 16),
        ("twelve thirteen fourteen", 17),
        ("Twelve.", 17),
        ("ne tw", 40),
        # Fewer words than three tell only as a whole.
        ("Nobody one two.", 0),
    ],
)
def test_a_sentence_is_found_by_the_longest_run_of_its_words(
    sentence: str, line: int, find: Callable[[str, int], int]
):
    assert find(sentence, 0 if line != 40 else 40) == line


def test_of_a_long_sentence_thirty_words_are_looked_at(find: Callable[[str, int], int]):
    assert find(f"{'word ' * 27}one two three", 0) == 12
    assert find(f"{'word ' * 28}one two three", 0) == 0


@pytest.mark.parametrize(("begins", "line"), [(0, 12), (12, 12), (13, 13), (14, 18), (19, 19)])
def test_a_sentence_is_looked_for_from_where_its_block_begins(
    begins: int, line: int, find: Callable[[str, int], int]
):
    assert find("One two three.", begins) == line
