"""A rule about what stands around an article, and around the text of a site page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from imprimatur.gate.scan.foreign import host_of
from imprimatur.gate.scan.frame import SILENT
from imprimatur.gate.scan.list_rules import LISTED
from imprimatur.gate.scan.template import LEADING
from imprimatur.gate.scan.tree import line_of
from imprimatur.press.elements import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.frame import Unsaid
    from imprimatur.gate.scan.page import Page

_UNREAD: Final = frozenset({"script", "style"})
_PLACED: Final = frozenset({"html", "head", "body", *_UNREAD})
"""What other rules look at."""

_TOLD: Final = (
    {"charset"},
    {"content", "http-equiv"},
    {"content", "name"},
    {"content", "media", "name"},
    {"content", "property"},
)
"""What a <meta> in the head may consist of; what it says is looked at by other rules."""

_DRAWN: Final = frozenset("svg g path circle ellipse line polygon polyline rect use".split())
_SAID: Final = frozenset({"title", "aria-label"})

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
    judge = _Around(page) if page.printed is not None else _Beside(page)
    for element, is_made in _walk(page, judge):
        told = "" if is_made else judge.told(element)
        if not told and not judge.says(element.tail):
            told = f"the page says something {_NOBODY}"
        if told:
            yield page.finding("frame-is-claimed", told, _AGAIN, line_of(element))
            return


def _walk(page: Page, judge: _Beside) -> Iterator[tuple[_Element, bool]]:
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


class _Beside:
    """Judges what stands on a site page: it has an author, and its words stand in a file."""

    def __init__(self, page: Page) -> None:
        self._page, self._claims, self._frame = page, page.claims, page.claims.frame

    def is_made(self, element: _Element) -> bool:
        """Whether the press made it, so that it is compared elsewhere; or it is known as it is."""
        return element.get("class") in LISTED

    def says(self, text: str | None) -> bool:
        """Whether a text is known."""
        if not text or text.isspace():
            return True
        tidy = " ".join(text.split())
        return self._claims.may_frame(tidy) or self._frame.says(tidy)

    def told(self, element: _Element) -> str:
        """What is amiss of an element, or nothing."""
        tag, parent = element.tag, element.getparent()
        if tag == "title" and parent is not None and parent.tag == "head":
            return self.called(element.text or "")
        if tag not in _UNREAD and not self.says(element.text):
            return f"the page says something {_NOBODY}"
        if not isinstance(tag, str):
            return "" if tag is etree.Comment else "a processing instruction stands in the page"
        if tag in _PLACED:
            return ""
        attributes = tuple(element.items())
        if tag == "meta" and {str(name) for name, _ in attributes} in _TOLD:
            return ""
        unsaid = self._frame.unsaid(tag, attributes)
        return "" if unsaid == () else self.unlike(element, unsaid)

    def called(self, title: str) -> str:
        """What is amiss of the title of a page: its own and the site's, with a dash between."""
        said = all(map(self.says, title.split(" - ")))
        return "" if said else f"the page's title is one {_NOBODY}"

    def unlike(self, element: _Element, unsaid: Unsaid) -> str:
        """What is amiss of an element that is not as a template writes it."""
        tag = str(element.tag)
        if unsaid is None and tag in {"meta", "link"}:
            return _strange(tag)
        for name, value in element.items():
            if name in LEADING:
                if not self._claims.names(value):
                    return _led(tag, value)
            elif name not in SILENT and (tag not in _DRAWN or name in _SAID) and not self.says(value):
                return _spoken(tag, name)
        return ""


class _Around(_Beside):
    """Judges what stands around an article: nobody wrote it but the theme and the site."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        printed = page.printed
        texts = (printed.title, *(each.text for each in printed.headings)) if printed else ()
        self._known = frozenset(" ".join(each.split()) for each in texts)

    def is_made(self, element: _Element) -> bool:
        return element in self._page.articles or (
            element.tag == "svg" and self._frame.draws(serialise(element))
        )

    def says(self, text: str | None) -> bool:
        if not text or text.isspace():
            return True
        tidy = " ".join(text.split())
        return tidy in self._known or self._frame.says(tidy)

    def told(self, element: _Element) -> str:
        told = super().told(element)
        source = None if told or element.tag in _UNREAD else element.get("src")
        link = None if source is None else self._page.link(source, 0)
        if link is not None and link.path not in self._claims.pictures:
            return f"<{element.tag}> shows {source}, which neither the theme nor the site names"
        return told

    def called(self, title: str) -> str:
        # That of an article is looked at where the rest of its head is.
        return ""

    def unlike(self, element: _Element, unsaid: Unsaid) -> str:
        tag = str(element.tag)
        if unsaid is None:
            return _strange(tag)
        rest = [[each for each in way if not self._is_known(*each)] for way in unsaid]
        name, value = next(iter(min(rest, key=len)), ("", ""))
        if name in LEADING:
            return _led(tag, value)
        return _spoken(tag, name) if name else ""

    def _is_known(self, name: str, value: str) -> bool:
        return name not in LEADING and self.says(value)


def _strange(tag: str) -> str:
    return f"<{tag}> stands there as neither the theme nor a file of the site writes it"


def _spoken(tag: str, name: str) -> str:
    return f"`{name}` of <{tag}> says something {_NOBODY}"


def _led(tag: str, address: str) -> str:
    return f"<{tag}> leads to {host_of(address)}, which neither the theme nor a file of the site names"
