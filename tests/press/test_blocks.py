"""A plain paragraph is made before other kinds of block are tried; nothing reads otherwise."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from pymdownx.blocks import BlocksProcessor

from imprimatur.press import body as press_body
from imprimatur.press.blocks import PressBlocks, QuickBlocks
from imprimatur.press.body import BodyExtension
from imprimatur.press.plain_paragraph import SIGN
from imprimatur.press.stash import Stash

LINES = [
    *("Words of one line.", "and of another", "Ärzte sagen: nein", "7 mg a day", "(aside)", "", ""),
    *("/// safety", "///", "//// answer", "////", "/// audience | patient", "words /// in a line"),
    *(
        "- item",
        "    - inner",
        "    indented",
        "1. one",
        "* * *",
        "> said",
        "# Title",
        "---",
        "===",
    ),
    *(
        "Term",
        ":   meaning",
        "| a | b |",
        "|---|---|",
        "a | b",
        "- | -",
        "[a]: https://example.org",
    ),
    *("[^1]: a note", "see [a] and [b][a]", "![a]", "[@k]", "```", "<div>", "</div>", "a [^1]"),
]
BODIES = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)

LATER = {"PlainParagraphs", "ParagraphProcessor", "LinkDefinitions", "FootnoteBlockProcessor"}
"""Those that say they take any block, and give back what holds no definition."""


class PlainBlocks(PressBlocks):
    """The blocks as pymdown itself reads them."""

    def register_block_mgr(self, md):
        return super(PressBlocks, self).register_block_mgr(md)


def slow(monkeypatch):
    """What reads a body with no short way through its blocks."""
    monkeypatch.setattr(press_body, "PressBlocks", PlainBlocks)
    made = Markdown(extensions=[BodyExtension(Stash())])
    made.parser.blockprocessors.deregister("imp-plain")
    assert type(made.parser.blockprocessors["blocks"]) is BlocksProcessor
    return made


def read(made, body):
    """The page, without the secret of its stash."""
    return re.sub(r'data-imp="\w+:', 'data-imp="', made.convert(body))


@given(BODIES)
@example("/// safety\nTake care.\n\nMore words.\n///\nWords straight behind.")
@example("- item\n\n    /// safety\n    Take care.\n\n    More.\n    ///\n\nWords.")
@example("Term\n:   Meaning\n\n    /// safety\n    Care.\n    ///\n\nWords\n\n:   behind")
@example("//// answer\n/// audience | patient\nWords.\n\nWords.\n///\n////\n\nWords.")
@settings(max_examples=300)
def test_a_body_reads_as_it_would_if_every_kind_of_block_were_tried(body):
    quick = Markdown(extensions=[BodyExtension(Stash())])
    assert type(quick.parser.blockprocessors["blocks"]) is QuickBlocks
    with pytest.MonkeyPatch.context() as patch:
        assert read(quick, body) == read(slow(patch), body)


@given(BODIES | st.text(max_size=60))
def test_no_other_kind_of_block_takes_a_plain_paragraph(text):
    parser = Markdown(extensions=[BodyExtension(Stash())]).parser
    root = parser.parseDocument([]).getroot()
    choosy = [each for each in parser.blockprocessors if type(each).__name__ not in LATER]
    assert SIGN.search(text) or not any(each.test(root, text) for each in choosy)
