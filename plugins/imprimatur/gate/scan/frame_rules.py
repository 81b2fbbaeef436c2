"""A rule about what stands around an article, and around the text of a site page."""

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
from imprimatur.gate.scan.led import misled, usurper
from imprimatur.gate.scan.menu import HEADINGS, inside, marked, words_of
from imprimatur.gate.scan.places import Places, out_of_sight
from imprimatur.gate.scan.template import LEADING
from imprimatur.gate.scan.tree import line_of
from imprimatur.press.elements import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.frame import Unsaid
    from imprimatur.gate.scan.page import Page

_PLACED: Final = frozenset({"title", "script", "style"})
"""What other rules look at, but for the titles of site pages."""

_BARE: Final = {
    "head": (),
    "script": ("src", "type", "id", "async", "defer", "nomodule", "crossorigin", "integrity"),
    "style": ("type", "media"),
}
"""What is never shown, and what may be said of it: by a class a style could show its text."""

_CONFIG: Final = "__config"
_ONCE: Final = frozenset({"html", "head", "body"})
_LETTER: Final = re.compile(r"[^\W_]")
_FEW: Final = 20
"""Texts of signs alone around an article, of more of which a word could be drawn."""

_LOOSE: Final = re.compile(r"(?<!\S)[^\S \t\n\r\f]|[^\S \t\n\r\f](?!\S)")
"""A blank that browsers show beside another one, or beside nothing, so that it only takes room."""

_AGAIN: Final = "build the site again from the staged tree, without hooks or other plugins"
_NOBODY: Final = "that no article, no list and no file of the site says"


def frame_is_claimed(page: Page) -> Iterator[Finding]:
    """Outside articles and lists, a page says only what the theme and the site's own files say.

    Around an article this holds of each tag, each drawing, each address of another host, and of
    each text as a whole, because single words make any sentence. Attributes that readers see or
    hear are texts, too.

    Bad: a box above the approved text that gives another dose
    Good: menu, contents and footer as the theme writes them
    """
    if page.shown.fault or page.shown.unknown:
        # Nothing of its text is known then, and the page is refused for that.
        return
    judge = _Judge(page)
    for element, is_made in _walk(page, judge):
        told = "" if is_made else _shows(element) or judge.told(element)
        if not told and element.tail and not judge.says(element.tail):
            told = f"the page says something {_NOBODY}"
        if told:
            yield page.finding("frame-is-claimed", told, _AGAIN, line_of(element))
            return
    texts = page.articles if page.printed is not None else page.shown.parts
    other = usurper(page, texts)
    if other is not None:
        told = f"links to `{other.get('id')}` in the text lead to <{other.tag}> before it"
        yield page.finding("frame-is-claimed", told, _AGAIN, line_of(other))
    for text in texts if page.printed is not None else texts[:1]:
        told = out_of_sight(page, text)
        if told:
            yield page.finding("frame-is-claimed", told, _AGAIN, line_of(text))


def _walk(page: Page, judge: _Judge) -> Iterator[tuple[_Element, bool]]:
    """Each part of a page, comments, too, and whether it is one that others look into."""
    for before in page.root.itersiblings(preceding=True):
        yield before, False
    walk = etree.iterwalk(page.root, events=("start", "comment", "pi"))
    for _, element in walk:
        is_made = judge.is_made(element)
        if is_made:
            walk.skip_subtree()
        yield element, is_made
    for behind in page.root.itersiblings():
        yield behind, False


class _Judge:
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
        if tag in _PLACED and (tag != "title" or _is_in_head(element)):
            said = tag != "title" or self._calls(text or "")
            return "" if said else f"the page's title is one {_NOBODY}"
        if text and not self.says(text):
            return f"the page says something {_NOBODY}"
        if not isinstance(tag, str):
            return "" if tag is etree.Comment else "a processing instruction stands in the page"
        attributes = _attributes(element)
        if tag == "html" and not self._speaks(element.get("lang")):
            return f"`lang` of <html> is not `{self._frame.language}`, the language of the site"
        if tag in _ONCE or (tag == "meta" and is_told({name for name, _ in attributes})):
            name = element.get("name", element.get("property", "")).lower()
            is_fit = not name or self._heads(name, " ".join(element.get("content", "").split()))
            return "" if is_fit else f"`{name}` in the head says something {_NOBODY}"
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


def _attributes(element: _Element) -> tuple[tuple[str, str], ...]:
    # The stubs of lxml do not know that it gives text, and to ask takes time.
    return cast("tuple[tuple[str, str], ...]", tuple(element.items()))


def _shows(element: _Element) -> str:
    """What could show an element that browsers never show, or nothing."""
    tag = str(element.tag)
    if tag not in _BARE and not (tag == "title" and _is_in_head(element)):
        return ""
    known = _BARE.get(tag, ())
    odd = [name for name, _ in _attributes(element) if name not in known]
    odd += ["id"] if element.get("id", _CONFIG) != _CONFIG else []
    return f"`{odd[0]}` of <{tag}> could show what browsers never show" if odd else ""


def _is_in_head(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "head"


def _strange(tag: str) -> str:
    return f"<{tag}> stands there as neither the theme nor a file of the site writes it"


def _spoken(tag: str, name: str) -> str:
    return f"`{name}` of <{tag}> says something {_NOBODY}"


def _led(tag: str, address: str) -> str:
    return (
        f"<{tag}> leads to {host_of(address)}, which neither the theme nor a file of the site names"
    )
