"""Citations found inline, where code, links, e-mail addresses and escapes have been taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from imprimatur.manuscript import Citation, CitedWork, parse_citation
from imprimatur.manuscript.citation import KEY
from imprimatur.press.stash import ATTRIBUTE, CitationMark, Stash
from imprimatur.strict import CONTROL

if TYPE_CHECKING:
    from markdown import Markdown

# Both are bounded, so that a page of unclosed brackets stays linear.
BRACKETED: Final = re.compile(rf"\[((?:[^\[\]@]{{0,200}}\s)?-?@{KEY}[^\[\]]{{0,2000}})\](?!\()")
_ESCAPED: Final = re.compile(rf"{STX}(\d+){ETX}")
_NARRATIVE: Final = rf"(?<![^\W_])(?<![@/.+-])@({KEY})(?:\s\[(?!@)([^\[\]@]{{1,200}})\](?!\())?"

# Where it is closed, it is a mark, or an aside around authors' names; [0, 1) is an interval.
_OPENED: Final = re.compile(rf"\[[^\[\]()@{STX}]{{0,200}}\Z")
_CLOSED: Final = re.compile(r"[^\[\]]{0,2000}\]")
# Some words behind it, by which its line is told from those of marks that are closed.
_REST: Final = re.compile(rf"[^\[\]@\n{STX}]{{0,40}}")


class BracketedCitation(InlineProcessor):
    """``[see @a, p. 12; @b]``."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, stash: Stash) -> None:
        super().__init__(BRACKETED.pattern, md)
        self._stash = stash

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Put the mark in the stash and leave its ticket in the tree."""
        del data
        written = _as_text(self, m[1])
        citation = None if _holds_html(self, m[1]) else parse_citation(written)
        mark = CitationMark(source=f"[{written}]", citation=citation)
        return _ticket(self._stash, mark), m.start(0), m.end(0)


class NarrativeCitation(InlineProcessor):
    """``@a [p. 12] found``: the authors' names are part of the sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, stash: Stash) -> None:
        super().__init__(_NARRATIVE, md)
        self._stash = stash

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Put the mark in the stash and leave its ticket in the tree."""
        opened = _OPENED.search(data, max(0, m.start(0) - 201), m.start(0))
        if opened and not _CLOSED.match(data, m.end(0)):
            rest = _REST.match(data, m.end(0))
            start, end = opened.start(), rest.end() if rest else m.end(0)
            mark = CitationMark(source=_as_text(self, data[start:end].rstrip()), citation=None)
            return _ticket(self._stash, mark), start, end
        work = CitedWork(key=m[1], locator=" ".join(_as_text(self, m[2] or "").split()))
        known = Citation(works=(work,), narrative=True)
        citation = None if _holds_html(self, m[2] or "") else known
        mark = CitationMark(source=_as_text(self, m[0]), citation=citation)
        return _ticket(self._stash, mark), m.start(0), m.end(0)


def _holds_html(processor: InlineProcessor, found: str) -> bool:
    """Whether HTML stands in a mark: it is put by unread, so it is not known what is cited."""
    return STX in found and HTML_PLACEHOLDER_RE.search(processor.unescape(found)) is not None


def _as_text(processor: InlineProcessor, found: str) -> str:
    """Code, HTML and escapes in a mark as written: the parser has put signs of its own there."""
    if found.isprintable():
        # Nearly each of them: none of those signs is one that can be seen.
        return found
    if STX not in found:
        return CONTROL.sub("", found)
    text = _ESCAPED.sub(lambda sign: chr(int(sign[1])), processor.unescape(found))
    blocks = processor.md.htmlStash.rawHtmlBlocks

    def block(sign: re.Match[str]) -> str:
        number = int(sign[1])
        return str(blocks[number]) if number < len(blocks) else ""

    # What is left of such signs no tree could hold.
    return CONTROL.sub("", HTML_PLACEHOLDER_RE.sub(block, text))


def _ticket(stash: Stash, mark: CitationMark) -> Element:
    element = Element("span", {ATTRIBUTE: stash.put(mark)})
    element.text = AtomicString(mark.source)
    return element
