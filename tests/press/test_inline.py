"""A pattern whose sign a text does not hold is not tried on it, and nothing is read otherwise."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor

from imprimatur.press.body import BodyExtension
from imprimatur.press.inline import NEEDED
from imprimatur.press.stash import Stash

SIGNS = st.sampled_from(
    [*"`\\[]<>&*_@!()^#:/.~-'\"| \n\t1ab", "  \n", "[@a]", "[^1]", "\n\n[^1]: ", "![a](b)", "&amp;"]
)


def markdown():
    return Markdown(extensions=[BodyExtension(Stash())])


PATTERNS = markdown().inlinePatterns


class Noted(BacktickInlineProcessor):
    """Code, as usual; it notes whenever it is asked for what it finds."""

    def __init__(self, tried, page) -> None:
        super().__init__(BACKTICK_RE)
        self.tried, self.md = tried, page

    def getCompiledRegExp(self):  # noqa: N802 - Python-Markdown's name
        self.tried.append(self)
        return super().getCompiledRegExp()


def read(page, body):
    """The page, without the secret of its stash."""
    return re.sub(r'data-imp="\w+:', 'data-imp="', page.convert(body))


@given(st.lists(SIGNS | st.characters(), max_size=30).map("".join))
@example("a.b@c.d")
def test_what_a_pattern_finds_stands_in_a_text_with_the_sign_it_needs(text):
    found = [name for name in NEEDED if PATTERNS[name].getCompiledRegExp().search(text)]
    assert [name for name in found if NEEDED[name] not in text] == []


@given(st.lists(SIGNS, max_size=40).map("".join))
@example("*a [@b]* `[@c]` \\[@d] [e *f* @g](h) ![@i](j) <k@l.m> &amp; @n [p. 2]  \nq")
@example("a[^1] **b [^1] [@c]**\n\n[^1]: *d* [@e]\n")
def test_a_page_reads_as_it_would_if_every_pattern_were_tried(body):
    quick, slow = markdown(), markdown()
    slow.treeprocessors.register(InlineProcessor(slow), "inline", 20)
    slow.treeprocessors.register(UnescapeTreeprocessor(slow), "unescape", 0)
    assert read(quick, body) == read(slow, body)


@pytest.mark.parametrize(("text", "tries"), [("a *b* c", False), ("a `b` c", True)])
def test_a_pattern_is_tried_where_its_sign_stands_and_nowhere_else(text, tries):
    page, tried = markdown(), []
    page.inlinePatterns.register(Noted(tried, page), "backtick", 190)
    page.convert(text)
    assert bool(tried) is tries
