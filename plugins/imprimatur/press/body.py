"""A manuscript's body through Python-Markdown, with our extensions and nobody else's."""

from __future__ import annotations

from string import punctuation
from typing import TYPE_CHECKING, Final

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.util import BLOCK_LEVEL_ELEMENTS

from imprimatur.manuscript import Mark
from imprimatur.press.article import print_article
from imprimatur.press.blocks import PressBlocks
from imprimatur.press.citations import BracketedCitation, NarrativeCitation
from imprimatur.press.definitions import Definitions, LinkDefinitions, below_marks
from imprimatur.press.inline import Escapes, Inline
from imprimatur.press.markup import markup
from imprimatur.press.notes import NoteTickets
from imprimatur.press.plain_paragraph import PRIORITY, PlainParagraphs
from imprimatur.press.plain_text import PlainSpace, PlainText
from imprimatur.press.raw_html import RawHtml, unread_citations
from imprimatur.press.stash import Stash
from imprimatur.press.tables import Tables
from imprimatur.strict import CONTROL, has_control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.press.copy import Copy, Proof


class BodyExtension(Extension):
    """What authors may write: Markdown, tables, definitions, notes, blocks and citations."""

    def __init__(self, stash: Stash) -> None:
        super().__init__()
        self._stash = stash

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register all of it."""
        own: list[Extension] = [
            FencedCodeExtension(),
            DefListExtension(),
            SaneListExtension(),
            FootnoteExtension(),
            PressBlocks(self._stash, Mark),
        ]
        md.registerExtensions(own, {})
        # All that CommonMark knows: a comment behind a backslash is text wherever else it is read.
        md.ESCAPED_CHARS = list(punctuation)
        md.references = known = Definitions()
        md.parser.blockprocessors.register(PlainParagraphs(md.parser), "imp-plain", PRIORITY)
        md.parser.blockprocessors.register(Tables(md.parser), "table", 75)
        md.preprocessors.register(PlainSpace(md), "normalize_whitespace", 30)
        md.preprocessors.register(RawHtml(md), "html_block", 20)
        md.parser.blockprocessors.register(LinkDefinitions(md.parser, known), "reference", 15)
        # Behind all that makes footnotes, and behind escapes.
        md.treeprocessors.register(NoteTickets(md, self._stash), "imp-notes", -5)
        # Before the patterns are tried on what the blocks hold.
        md.treeprocessors.register(PlainText(md), "imp-plain", 21)
        md.treeprocessors.register(Inline(md), "inline", 20)
        md.treeprocessors.register(Escapes(md), "unescape", 0)
        # Behind code and escapes, before links: `[@a]` could be taken for one.
        md.inlinePatterns.register(BracketedCitation(md, self._stash), "imp-bracketed", 165)
        # Behind links, addresses and HTML, in which an `@` cites nothing.
        md.inlinePatterns.register(NarrativeCitation(md, self._stash), "imp-narrative", 85)


class _Reader(Markdown):
    """Python-Markdown; what it asks hundreds of times of an article, it need not search a list."""

    def is_block_level(self, tag: object) -> bool:
        """Whether a tag is one of a block, as the base class says."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in _BLOCK_LEVEL


_BLOCK_LEVEL: Final = frozenset(BLOCK_LEVEL_ELEMENTS)


def print_copy(copy: Copy, *, directories: bool = True) -> Proof:
    """Print one article. What the gate examines and what a host shows is this, and the same.

    directories: whether the host publishes ``x.md`` as ``x/``, for links to other pages.
    """
    stash = Stash()
    markdown = _Reader(extensions=[BodyExtension(stash)])
    markdown.serializer = markup
    html = markdown.convert(copy.manuscript.body)
    is_whole = not has_control(html)
    plain = html if is_whole else CONTROL.sub("", html)
    lost = (*_lost(markdown, is_whole=is_whole), *below_marks(copy.manuscript.body))
    return print_article(plain, stash, copy, lost, directories=directories)


def _lost(markdown: Markdown, *, is_whole: bool) -> Iterator[tuple[str, str]]:
    """What Python-Markdown left unread or dropped: what it is, and as it was written."""
    if not is_whole:
        # Its own placeholder of a sign, which it never put back.
        yield "an escaped sign inside the address of a link", "\\"
    for mark in unread_citations(markdown):
        yield f"{mark} inside HTML", mark
    tables = markdown.parser.blockprocessors["table"]
    yield from tables.uneven if isinstance(tables, Tables) else ()
    definitions = markdown.parser.blockprocessors["reference"]
    yield from definitions.amiss() if isinstance(definitions, LinkDefinitions) else ()
