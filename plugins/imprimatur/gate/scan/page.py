"""One page as a reader's browser gets it, taken apart once for all rules about a page."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from imprimatur.errors import Finding, RuleName
from imprimatur.gate.scan.attributes import attributes_of
from imprimatur.gate.scan.links import internal
from imprimatur.gate.scan.opened import ATTRIBUTES
from imprimatur.gate.scan.shown import Shown, shown_in
from imprimatur.gate.scan.tree import finder, line_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from imprimatur.gate.plan import Printed
    from imprimatur.gate.scan.attributes import Attributes
    from imprimatur.gate.scan.claims import Claims
    from imprimatur.gate.scan.links import Link
    from imprimatur.gate.scan.searched import Searched

LARGEST: Final = 5_000_000
"""Bytes of the largest page that is looked at."""

_DOCTYPE: Final = re.compile(rb"\s{0,1000}<!doctype html\b", re.IGNORECASE)
_CHARSET: Final = re.compile(
    rb"(?:(?!<meta charset)(?:[^<]|<(?![a-z/!?])|<!--(?:(?!--).)*-->|<!doctype html\s*>"
    rb"|</?(?!(?:title|script|style|textarea|noscript|template|svg|body)\b)[a-z][a-z0-9-]*"
    + ATTRIBUTES
    + rb"\s*/?>))*<meta charset=([\"']?)utf-8\1\s*/?>",
    re.IGNORECASE | re.DOTALL,
)
"""Early in a head, as a tag: one that no comment, no text and no attribute holds."""

_ENCODED: Final = re.compile(rb"charset", re.IGNORECASE)
_EARLY: Final = 1024
"""Bytes in which browsers look for it before they read a page."""

_CHARSETS: Final = finder("//meta/@charset", bare=True)
_POINTING: Final = ("href", "src")
_ELSEWHERE: Final = (
    "srcset", "imagesrcset", "poster", "background", "action", "formaction", "ping", "xlink:href",
)  # fmt: skip
_LEADING: Final = frozenset({"href", "src", "poster"})


class Address(NamedTuple):
    """An address as it is written in an attribute. tag, rel: of the element."""

    line: int
    tag: str
    rel: str
    name: str
    written: str


class Page:
    """A page of the built site.

    path: of its file. printed: the article that is published there, None of every other page.
    searched: what a search says of it.
    """

    def __init__(
        self,
        path: str,
        data: bytes,
        root: _Element,
        claims: Claims,
        searched: tuple[Searched, ...] = (),
    ) -> None:
        self.path, self.data, self.root, self.claims = path, data, root, claims
        self.searched = searched
        self._led: dict[str, Link | None] = {}
        slug = claims.slug(path)
        self.printed: Printed | None = claims.printed[slug] if slug else None

    def finding(self, rule: str, message: str, cure: str, line: int = 0) -> Finding:
        """A breach on this page."""
        return Finding(path=self.path, line=line, rule=RuleName(rule), message=message, cure=cure)

    @cached_property
    def low(self) -> bytes:
        """The page's source in small letters, as browsers read the names of parts."""
        return self.data.lower()

    @cached_property
    def attributes(self) -> Attributes:
        """Every attribute in it, by its name."""
        return attributes_of(self.root)

    @cached_property
    def articles(self) -> tuple[_Element, ...]:
        """Everything that looks like the press's article."""
        # Nearly every element has a class, and none but this one a class with this name in it.
        return tuple(
            element
            for element, value in self.attributes.get("class", ())
            if "imp-article" in value and "imp-article" in value.split()
        )

    @cached_property
    def shown(self) -> Shown:
        """Where a site page shows its source; nothing of an article's page."""
        return Shown() if self.printed else shown_in(self)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every place of the page that an address can name."""
        named = (each for each in self.attributes.get("name", ()) if each[0].tag == "a")
        return frozenset(value for _, value in (*self.attributes.get("id", ()), *named))

    @cached_property
    def styles(self) -> tuple[_Element, ...]:
        """Every style within the page."""
        styled = (element for element, _ in self.attributes.get("style", ()))
        return (*self.root.iter("style"), *styled)

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Every address on the page that leads out of it, whatever it is for."""
        return tuple(
            _address(name, *each)
            for name in (*_POINTING, *_ELSEWHERE)
            for each in self.attributes.get(name, ())
            if each[1][:1] != "#"
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every address that leads into the site, but for those that lead to a place at hand."""
        anchors = {
            each[1]: _address(name, *each)
            for name in _POINTING
            for each in self.attributes.get(name, ())
            if each[1][:1] == "#" and each[1] != "#" and each[1][1:] not in self.ids
        }
        found = {}
        for each in (*self.addresses, *anchors.values()):
            written = each.written.strip()
            if written not in found and each.name in _LEADING:
                found[written] = self.link(written, each.line)
        return tuple(each for each in found.values() if each)

    def link(self, written: str, line: int) -> Link | None:
        """Where an address leads within the site; None if it leads out of it."""
        if written not in self._led:
            self._led[written] = internal(written, self.path, self.claims)
        found = self._led[written]
        return replace(found, line=line) if found is not None and line else found


def _address(name: str, element: _Element, written: str) -> Address:
    rel = element.get("rel", "")
    return Address(line_of(element), str(element.tag), rel, name, written)


def read_page(
    path: str, data: bytes, claims: Claims, searched: tuple[Searched, ...] = ()
) -> Page | Finding:
    """Take a page apart; one that cannot be read as every browser reads it is a finding."""
    message, cure = "", "build the site again, and remove whatever else writes into its folder"
    if len(data) > LARGEST:
        message = f"the page has {len(data)} bytes, more than the {LARGEST} that are read"
    elif not _DOCTYPE.match(data):
        message = "the file is no page: it does not begin with `<!doctype html>`"
    elif b"\0" in data or not _is_text(data):
        message = "the page is not written in UTF-8"
    elif not _is_told(data):
        message = 'the page does not say, first of all, `<meta charset="utf-8">`'
    if not message:
        parser = etree.HTMLParser(encoding="utf-8")
        root = etree.fromstring(data, parser)
        deep = any("depth" in each.message for each in parser.error_log)
        more = root is not None and _is_followed(root)
        again = root is not None and any(each.lower() != "utf-8" for each in _CHARSETS(root))
        if root is not None and root.tag == "html" and not (deep or more or again):
            return Page(path, data, root, claims, searched)
        message = "the page's parts are nested too deeply" if deep else "the page is empty"
        message = "the page goes on where it has ended" if more else message
        message = "the page says that it is not in UTF-8" if again else message
    rule = RuleName("page-is-readable")
    return Finding(path=path, line=0, rule=rule, message=message, cure=cure)


def _is_followed(root: _Element) -> bool:
    """Whether more stands behind `</html>`: browsers show it, lxml puts it into a second tree."""
    around = (*root.itersiblings(), *root.itersiblings(preceding=True))
    return any(isinstance(each.tag, str) for each in around) or bool((root.tail or "").strip())


def _is_told(data: bytes) -> bool:
    """Whether every browser reads a page in UTF-8: in another code 5 µg is no such thing.

    They take the first thing that looks like it, in a title or a script, too.
    """
    first = _ENCODED.search(data)
    if first is None:
        return data.isascii()
    told = _CHARSET.match(data, 0, _EARLY)
    return told is not None and first.start() < told.end()


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
