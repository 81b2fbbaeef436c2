"""A table is told by its bars, and what has none is not looked at further."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.tables import TableProcessor

from imprimatur.press.tables import Tables

PIECES = st.sampled_from(["|", "\n", "-", "---", ":", " ", "`", "\\", "a", "|---|\n", "| a "])


@given(st.lists(PIECES, max_size=20).map("".join))
@example("a | b\n---|---\n1 | 2")
@example("| a\n|---\n")
@example("a\n---")
def test_what_is_a_table_for_markdown_is_one_here(block):
    parser = Markdown().parser
    usual = TableProcessor(parser, {"use_align_attribute": True})
    assert Tables(parser).test(Element("div"), block) == usual.test(Element("div"), block)
