"""What may stand around the text of a page: what the theme wrote, or the site."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from imprimatur.gate.scan.foreign import host_of
from imprimatur.gate.scan.head_words import (
    ADDRESSED,
    DESCRIBED,
    TITLED,
    is_own,
    is_told,
    is_word,
)
from imprimatur.gate.scan.led import misled
from imprimatur.gate.scan.menu import HEADINGS, inside, marked, words_of
from imprimatur.gate.scan.places import Places
from imprimatur.gate.scan.template import LEADING
from imprimatur.press.elements import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from imprimatur.gate.scan.frame import Unsaid
    from imprimatur.gate.scan.page import Page

NOBODY: Final = "that no article, no list and no file of the site says"

_PLACED: Final = frozenset({"title", "script", "style"})
"""What other rules look at, but for the titles of site pages."""

_ONCE: Final = frozenset({"html", "head", "body"})
_LETTER: Final = re.compile(r"[^\W_]")
_FEW: Final = 20
"""Texts of signs alone around an article, of more of which a word could be drawn."""

_LOOSE: Final = re.compile(r"(?<!\S)[^\S \t\n\r\f]|[^\S \t\n\r\f](?!\S)")
"""A blank that browsers show beside another one, or beside nothing, so that it only takes room."""


class FrameJudge:
    """Judges what stands around the text of one page: the theme wrote it, or the site."""

    def __init__(self, page: Page) -> None:
        self._page, self._claims, self._frame = page, page.claims, page.claims.frame
        self._compared = page.articles if page.printed else page.shown.parts
        named = page.printed and (
            page.printed.title,
            *(each.text for each in page.printed.headings),
        )
        known = (
            *(named or ()),
            *map(words_of, _headings(page)),
            *page.claims.texts.head(page.path),
        )
        self._known = frozenset(" ".join(each.split()) for each in known)
        self._places, self._signs = Places(), 0

    def is_made(self, element: _Element) -> bool:
        """Whether it is compared elsewhere with what was approved, or is a known drawing."""
        if element.tag == "svg":
            return self._frame.draws(serialise(element))
        if len(element) and element.tag == "span" and element.items() == [("class", "md-typeset")]:
            return inside(element) in self._marked
        return element in self._compared

    @cached_property
    def _marked(self) -> frozenset[str]:
        return frozenset(map(marked, _headings(self._page)))

    def says(self, text: str) -> bool:
        """Whether a text is known as a whole."""
        if not text.strip(" \t\n\r\f"):
            return True
        is_worded = _LETTER.search(text) is not None
        if not (is_worded and text.isascii()):
            self._signs += len(_LOOSE.findall(text)) + (not is_worded and bool(text.strip()))
            if self._signs > _FEW:
                return False
        is_said = self._frame.says(text)
        return is_said or (is_worded and " ".join(text.split()) in self._known)

    def told(self, element: _Element) -> str:
        """What is amiss of an element, or nothing."""
        told = self._misspoken(element) or self._places.told(element)
        source = None if told or element.tag == "script" else element.get("src")
        link = None if source is None else self._page.link(source, 0)
        if link is not None and link.path not in self._claims.pictures:
            return f"<{element.tag}> shows {source}, which neither the theme nor the site names"
        return told or misled(self._page, element)

    def _misspoken(self, element: _Element) -> str:
        """What it says, or leads to, that nobody else does."""
        tag, text = element.tag, element.text
        if tag in _PLACED and (tag != "title" or is_in_head(element)):
            said = tag != "title" or self._calls(text or "")
            return "" if said else f"the page's title is one {NOBODY}"
        if text and not self.says(text):
            return f"the page says something {NOBODY}"
        if not isinstance(tag, str):
            return "" if tag is etree.Comment else "a processing instruction stands in the page"
        attributes = attributes_of(element)
        if tag == "html" and not self._speaks(element.get("lang")):
            return f"`lang` of <html> is not `{self._frame.language}`, the language of the site"
        if tag in _ONCE or (tag == "meta" and is_told({name for name, _ in attributes})):
            name = element.get("name", element.get("property", "")).lower()
            is_fit = not name or self._heads(name, " ".join(element.get("content", "").split()))
            return "" if is_fit else f"`{name}` in the head says something {NOBODY}"
        unsaid = self._frame.unsaid(tag, attributes)
        return self._unlike(tag, unsaid) if unsaid != () else ""

    def _speaks(self, language: str | None) -> bool:
        """Whether a page may be in a language: by it a text is read aloud, and translated."""
        return (
            language is None
            or language == self._frame.language
            or f'lang="{language}"' in self._frame.written
        )

    def _heads(self, name: str, content: str) -> bool:
        """Whether a <meta> of a name may say this."""
        if self._page.printed and name in TITLED | DESCRIBED:
            # These say what their article says, which is looked at elsewhere.
            return True
        if name in ADDRESSED:
            return is_own(self._page, name, content)
        known = is_word(name, content)
        if known is not None:
            return known
        return self._calls(content) if name in TITLED else self.says(content)

    def _calls(self, title: str) -> bool:
        """Whether a site page may have a title: its own and the site's, with a dash between.

        That of an article is looked at where the rest of its head is.
        """
        return self._page.printed is not None or all(map(self.says, title.split(" - ")))

    def _unlike(self, tag: str, unsaid: Unsaid) -> str:
        """What is amiss of an element that is not as a template writes it."""
        if unsaid is None:
            return _strange(tag)
        rest = [[each for each in way if not self._is_known(*each)] for way in unsaid]
        fewest = min(rest, key=len)
        name, value = fewest[0] if fewest else ("", "")
        if name in LEADING:
            return _led(tag, value)
        return _spoken(tag, name) if name else ""

    def _is_known(self, name: str, value: str) -> bool:
        return name not in LEADING and self.says(value)


def _headings(page: Page) -> Iterator[_Element]:
    """What the menu of a site page may name."""
    for part in page.shown.printed:
        yield from part.iter(*HEADINGS)


def attributes_of(element: _Element) -> tuple[tuple[str, str], ...]:
    """What an element says of itself, each by its name."""
    # The stubs of lxml do not know that it gives text, and to ask takes time.
    return cast("tuple[tuple[str, str], ...]", tuple(element.items()))


def is_in_head(element: _Element) -> bool:
    """Whether an element stands right in the head of a page."""
    parent = element.getparent()
    return parent is not None and parent.tag == "head"


def _strange(tag: str) -> str:
    return f"<{tag}> stands there as neither the theme nor a file of the site writes it"


def _spoken(tag: str, name: str) -> str:
    return f"`{name}` of <{tag}> says something {NOBODY}"


def _led(tag: str, address: str) -> str:
    return (
        f"<{tag}> leads to {host_of(address)}, which neither the theme nor a file of the site names"
    )
