"""Citations found inline, where code, links, e-mail addresses and escapes have been taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX, AtomicString

from imprimatur.manuscript import Citation, CitedWork, parse_citation
from imprimatur.manuscript.citation import KEY
from imprimatur.press.stash import ATTRIBUTE, CitationMark, Stash

if TYPE_CHECKING:
    from markdown import Markdown

# Both are bounded, so that a page of unclosed brackets stays linear.
BRACKETED: Final = re.compile(rf"\[((?:[^\[\]@]{{0,200}}\s)?-?@{KEY}[^\[\]]{{0,2000}})\](?!\()")
_ESCAPED: Final = re.compile(rf"{STX}(\d+){ETX}")
_NARRATIVE: Final = rf"(?<![^\W_])(?<![@/.+-])@({KEY})(?:\s\[(?!@)([^\[\]@]{{1,200}})\](?!\())?"


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
        mark = CitationMark(
            source=_as_text(self, m[0]), citation=parse_citation(_as_text(self, m[1]))
        )
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
        del data
        work = CitedWork(key=m[1], locator=" ".join(_as_text(self, m[2] or "").split()))
        mark = CitationMark(
            source=_as_text(self, m[0]), citation=Citation(works=(work,), narrative=True)
        )
        return _ticket(self._stash, mark), m.start(0), m.end(0)


def _as_text(processor: InlineProcessor, found: str) -> str:
    """Code and escapes inside a mark as their text: the parser has put signs of its own there."""
    return _ESCAPED.sub(lambda sign: chr(int(sign[1])), processor.unescape(found))


def _ticket(stash: Stash, mark: CitationMark) -> Element:
    element = Element("span", {ATTRIBUTE: stash.put(mark)})
    element.text = AtomicString(mark.source)
    return element
