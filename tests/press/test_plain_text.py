"""Text without a sign of Markdown is passed by, and nothing that means something is."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.preprocessors import NormalizeWhitespace

from imprimatur.press.body import BodyExtension
from imprimatur.press.plain_text import SIGN, PlainSpace
from imprimatur.press.stash import Stash

SIGNS = st.sampled_from([*"`\\[]<>&*_@!()#:/.^~-'\"| \n\t1ab", "  \n", "www.", "https://", "a@b.c"])


def patterns(markdown):
    return [each.getCompiledRegExp() for each in markdown.inlinePatterns]


@given(st.lists(SIGNS | st.characters(), max_size=30).map("".join))
@example("see https://example.org or (a) -- 'b'")
def test_no_pattern_finds_anything_in_a_text_that_is_passed_by(text):
    markdown = Markdown(extensions=[BodyExtension(Stash())])
    found = [each.pattern for each in patterns(markdown) if each.search(text)]
    assert not found or SIGN.search(text)


@given(st.lists(SIGNS, max_size=40).map("".join))
@example("*a* b\n\n- c **d** e\n- f\n\n| a | `b` |\n|---|---|\n| c | d |\n")
@example("@a, whose ticket holds a secret of its own page")
@example("a  \nb\n\nc &amp; d <b>e</b> f")
def test_a_page_reads_as_it_would_without_passing_by(body):
    quick, slow = (Markdown(extensions=[BodyExtension(Stash())]) for _ in range(2))
    slow.treeprocessors.deregister("imp-plain")
    pages = (re.sub(r'data-imp="\w+:', 'data-imp="', each.convert(body)) for each in (quick, slow))
    assert len(set(pages)) == 1


@given(st.lists(st.sampled_from([*" \t\r\n\x02\x03\xa0ab", "    "]), max_size=30).map("".join))
@example("a\n   \nb")
@example("")
def test_blanks_and_tabs_are_set_as_without_passing_by(text):
    markdown = Markdown()
    lines = text.split("\n")
    assert PlainSpace(markdown).run(lines) == NormalizeWhitespace(markdown).run(lines)
