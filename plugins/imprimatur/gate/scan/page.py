"""One page as a reader's browser gets it, taken apart once for all rules about a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HTMLParser

from imprimatur.errors import Finding, RuleName
from imprimatur.gate.scan.tree import finder, line_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from imprimatur.gate.plan import Printed
    from imprimatur.gate.scan.claims import Claims

LARGEST: Final = 5_000_000
"""Bytes of the largest page that is looked at."""

_DOCTYPE: Final = re.compile(rb"\s{0,1000}<!doctype html\b", re.IGNORECASE)
_ARTICLES: Final = finder(
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' imp-article ')]"
)
_IDS: Final = finder("//@id | //a/@name", bare=True)
_POINTING: Final = finder("//*[@href or @src or @srcset or @poster or @data]")
_LEADING: Final = ("href", "src", "poster", "data")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address within the site. written: on the page; path: from the root; anchor: in it."""

    line: int
    written: str
    path: str
    anchor: str


class Page:
    """A page of the built site.

    path: of its file. printed: the article that is published there, None of every other page.
    """

    def __init__(self, path: str, data: bytes, root: HtmlElement, claims: Claims) -> None:
        self.path, self.data, self.root, self.claims = path, data, root, claims
        slug = claims.slug(path)
        self.printed: Printed | None = claims.printed[slug] if slug else None

    def finding(self, rule: str, message: str, cure: str, line: int = 0) -> Finding:
        """A breach on this page."""
        return Finding(path=self.path, line=line, rule=RuleName(rule), message=message, cure=cure)

    @cached_property
    def articles(self) -> tuple[HtmlElement, ...]:
        """Everything that looks like the press's article."""
        return tuple(_ARTICLES(self.root))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every place of the page that an address can name."""
        return frozenset(_IDS(self.root))

    @cached_property
    def text(self) -> str:
        """The page's source."""
        return self.data.decode("utf-8")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every address on the page that leads into the site."""
        found = {}
        for element in _POINTING(self.root):
            for name in _LEADING:
                written = element.get(name)
                if written is not None and (name, written) not in found:
                    found[name, written] = self.link(written, line_of(element))
        return tuple(each for each in found.values() if each)

    def link(self, written: str, line: int) -> Link | None:
        """Where an address leads within the site; None if it leads out of it."""
        return internal(written.strip(), self.path, self.claims, line)


def internal(written: str, page: str, claims: Claims, line: int = 0) -> Link | None:
    """Where an address on a page leads within the site; None if it leads out of it.

    One that no browser can take apart leads nowhere within it: to an empty path above the root.
    """
    try:
        parts = urlsplit(written)
        leads_out = parts.netloc.lower() != claims.host or not claims.host
        if leads_out and (parts.netloc or _SCHEME.match(written)):
            return None
        path = unquote(urlsplit(urljoin(f"https://x{claims.base}{page}", parts.path)).path)
    except ValueError:
        return Link(line=line, written=written, path="..", anchor="")
    if not parts.path and not parts.netloc:
        path = claims.base + page
    inside = path.startswith(claims.base)
    path = path.removeprefix(claims.base) if inside else "../" + path.lstrip("/")
    return Link(line=line, written=written, path=path, anchor=unquote(parts.fragment))


def read_page(path: str, data: bytes, claims: Claims) -> Page | Finding:
    """Take a page apart; one that cannot be read as every browser reads it is a finding."""
    message, cure = "", "build the site again, and remove whatever else writes into its folder"
    if len(data) > LARGEST:
        message = f"the page has {len(data)} bytes, more than the {LARGEST} that are read"
    elif not _DOCTYPE.match(data):
        message = "the file is no page: it does not begin with `<!doctype html>`"
    elif b"\0" in data or not _is_text(data):
        message = "the page is not written in UTF-8"
    if not message:
        parser = HTMLParser(encoding="utf-8")
        root = etree.fromstring(data, parser)
        deep = any("depth" in each.message for each in parser.error_log)
        if root is not None and root.tag == "html" and not deep:
            return Page(path, data, root, claims)
        message = "the page's parts are nested too deeply" if deep else "the page is empty"
    rule = RuleName("page-is-readable")
    return Finding(path=path, line=0, rule=rule, message=message, cure=cure)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
