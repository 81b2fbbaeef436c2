"""What was found in one file of a built site, small enough to be handed from process to process."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding, RuleName
from imprimatur.gate.headers import FOR_SERVERS
from imprimatur.gate.page_code import PageCode, code_of
from imprimatur.gate.release_file import RELEASE
from imprimatur.gate.scan.content import (
    TooLargeError,
    decoded,
    is_packed_astray,
    is_unpacked_astray,
    said,
    unpacked,
)
from imprimatur.gate.scan.links import Link, internal
from imprimatur.gate.scan.page import read_page
from imprimatur.gate.scan.policy_rules import policy_in
from imprimatur.gate.scan.site_map import SITE_MAPS, read_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from imprimatur.gate.rule import PageRule
    from imprimatur.gate.scan.claims import Claims
    from imprimatur.gate.scan.searched import Searched
    from imprimatur.gate.scan.withheld import Secrets, Told

_MOST: Final = 100
"""Findings of one rule on one page. Nobody reads more, and a page can hold a million."""

_PAGES: Final = (".html", ".htm")
_ASTRAY: Final = "the file is packed, and only files named .gz or below pagefind/ may be"
_PLAIN: Final = "the file is not packed, as every one of this name is"
_PLACE: Final = re.compile(r'"(?:location|url)"\s*:\s*"([^"\\]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file. findings: those of the rules about pages. claimed: whether its every byte is.

    slugs: of each article that it holds, by what it says. ids: what an address in it can name.
    told: what it tells of the withheld texts. unreadable: why it cannot be looked at.
    links: the addresses in it that stay in the site. code: what a browser would run of a page.
    policy: of a page, which says what may run in it, where a page begins with one.
    data: of a file that speaks to the server, and of the one that says what the release is.
    """

    path: str
    claimed: bool = False
    findings: tuple[Finding, ...] = ()
    unreadable: tuple[Finding, ...] = ()
    slugs: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    told: Told = field(default_factory=frozenset)
    code: PageCode | None = None
    policy: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examiner:
    """Looks at one file of a site at a time.

    root: the site's folder. searched: what a search says of each page, by the page's file.
    """

    root: Path
    claims: Claims
    secrets: Secrets
    rules: Sequence[PageRule]
    searched: Mapping[str, tuple[Searched, ...]] = field(default_factory=dict)

    def look(self, path: str) -> Sheet:
        """What there is to say of a file."""
        raw = (self.root / path).read_bytes()
        if self.claims.is_claimed(path, raw):
            return Sheet(path=path, claimed=True)
        try:
            data = unpacked(raw)
        except TooLargeError:
            return self._unreadable(path, "the file is larger than any that is read")
        except zlib.error:
            return self._unreadable(path, "the file cannot be unpacked")
        is_astray = is_packed_astray(path, raw)
        if path.lower().endswith(_PAGES) and not is_astray:
            return self._page(path, data)
        told = self.secrets.told("" if self.secrets.are_none else said(path, data))
        links: tuple[Link, ...] = ()
        fault = _ASTRAY if is_astray else _PLAIN if is_unpacked_astray(path, raw) else ""
        if path in SITE_MAPS and not fault:
            links, fault = read_map(data, self.claims)
        if fault:
            return self._unreadable(path, fault, told)
        kept = data if path in (RELEASE, *FOR_SERVERS) else b""
        return Sheet(path=path, told=told, links=links or self._listed(path, data), data=kept)

    def _page(self, path: str, data: bytes) -> Sheet:
        page = read_page(path, data, self.claims, self.searched.get(path, ()))
        if isinstance(page, Finding):
            return Sheet(path=path, unreadable=(page,), told=self._told(path, data, ""))
        found = [each for rule in self.rules for each in islice(rule.check(page), _MOST)]
        return Sheet(
            path=path,
            findings=tuple(found),
            slugs=tuple(each.get("data-slug", "") for each in page.articles),
            ids=page.ids,
            links=page.links,
            told=self._told(path, data, page.printed.html if page.printed else ""),
            code=code_of(page.root),
            policy=policy_in(data),
        )

    def _told(self, path: str, data: bytes, printed: str) -> Told:
        """What a page tells beside its article, which says nothing but what is published."""
        if self.secrets.are_none:
            return frozenset()
        rest = data.replace(printed.encode(), b" ", 1) if printed else data
        return self.secrets.told(said(path, rest))

    def _listed(self, path: str, data: bytes) -> tuple[Link, ...]:
        """The addresses of pages in what is searched."""
        if path.endswith(".pf_fragment"):
            # Counted from the site's folder, wherever on its host that lies.
            written = [each.lstrip("/") for each in _PLACE.findall(decoded(data))]
        elif path.endswith(".json"):
            written = _PLACE.findall(decoded(data))
        else:
            written = []
        found = (internal(each, "", self.claims) for each in dict.fromkeys(written))
        return tuple(each for each in found if each is not None)

    @staticmethod
    def _unreadable(path: str, message: str, told: Told = frozenset()) -> Sheet:
        cure = "build the site again, and remove whatever else writes into its folder"
        rule = RuleName("page-is-readable")
        finding = Finding(path=path, line=0, rule=rule, message=message, cure=cure)
        return Sheet(path=path, unreadable=(finding,), told=told)
