"""Rules about a built site as a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import Standing
from imprimatur.errors import CannotExamineError, Finding, RuleName
from imprimatur.gate.headers import FOR_SERVERS, for_servers
from imprimatur.gate.release_file import RELEASE, release_in
from imprimatur.gate.scan.public import told_in_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.gate.plan import Plan
    from imprimatur.gate.scan.claims import Claims
    from imprimatur.gate.scan.links import Link
    from imprimatur.gate.scan.sheet import Sheet
    from imprimatur.gate.scan.withheld import Secrets


@dataclass(frozen=True, kw_only=True)
class BuiltSite:
    """Everything that was found in the files of a built site, by path.

    strays: what lies there and is no plain file, or a folder without one.
    """

    claims: Claims
    secrets: Secrets
    sheets: Mapping[str, Sheet]
    strays: tuple[str, ...]

    @cached_property
    def articles(self) -> Mapping[str, tuple[str, ...]]:
        """The files that hold an article, by the slug that it gives."""
        found = defaultdict(list)
        for sheet in self.sheets.values():
            for slug in sheet.slugs:
                found[slug].append(sheet.path)
        return {slug: tuple(paths) for slug, paths in found.items()}

    def is_served(self, path: str) -> bool:
        """Whether a file for the server says what these pages need. What they run comes first."""
        if any(each.rule in _POLICED for sheet in self.sheets.values() for each in sheet.findings):
            return True
        return self.sheets[path].data == self.for_servers.get(path)

    def is_released(self, path: str) -> bool:
        """Whether the file of a release says of these files what one does."""
        try:
            release = release_in(self.sheets[path].data)
        except ValueError:
            return False
        slugs = {each.slug for each in release.articles}
        # A server may keep some to itself.
        named = release.files.keys() - set(FOR_SERVERS)
        is_whole = not release.unnamed and named <= self.sheets.keys()
        return is_whole and slugs == self.claims.printed.keys()

    @cached_property
    def for_servers(self) -> Mapping[str, bytes]:
        """What servers are told of these pages; nothing where that cannot be said of them."""
        codes = (
            (PurePosixPath(path), sheet.code)
            for path, sheet in self.sheets.items()
            if path.endswith(".html") and sheet.code
        )
        with suppress(CannotExamineError):
            return for_servers(codes)
        return {}


_KEPT = frozenset(f"{PurePosixPath(each).parent}/" for each in FOR_SERVERS)
_POLICED = frozenset({"script-is-claimed", "style-is-claimed"})
"""Rules of what stands in the policy of a site, digest by digest."""


def page_is_readable(site: BuiltSite) -> Iterator[Finding]:
    """Every page can be read as every browser reads it, and every packed file can be unpacked.

    Bad: a page of 50 MB, or one whose parts are nested a thousand deep
    Good: a page in UTF-8 that begins with <!doctype html>
    """
    for sheet in site.sheets.values():
        yield from sheet.unreadable


def page_is_unique(site: BuiltSite) -> Iterator[Finding]:
    """No two files hold the same article, and no two have the same address on any disk.

    Bad: articles/spinal-mri/index.html beside articles/spinal-mri.html
    Good: articles/spinal-mri/index.html
    """
    for slug, paths in site.articles.items():
        for path in paths[1:]:
            message = f"this file and {paths[0]} both hold the article `{slug}`"
            yield _finding(path, "page-is-unique", message, _BUILD)
    folded: dict[str, str] = {}
    for path in site.sheets:
        address = path.casefold().removesuffix("index.html").rstrip("/").removesuffix(".html")
        first = folded.setdefault(address, path)
        if first != path and not site.sheets[path].slugs:
            message = f"this file and {first} have the same address"
            yield _finding(path, "page-is-unique", message, _BUILD)


def page_is_claimed(site: BuiltSite) -> Iterator[Finding]:
    """Every file of a built site is claimed: as an article, a site page, a list or an asset.

    A page that nothing claims, or one that holds an article that it should not, was approved by
    nobody, whatever it says of itself. So were a style or an image of which one byte was changed,
    and a file for the server that says anything but what `imprimatur publish` writes.

    Bad: notes.md.bak beside index.html
    Good: the files that `imprimatur publish` writes, and nothing else
    """
    claims = site.claims
    for path in site.strays:
        # The folder may be there of a page, or of what a server keeps to itself, that is not.
        if not (claims.is_page(f"{path}index.html") or path in _KEPT):
            yield _finding(path, "page-is-claimed", "this is no plain file", _REMOVE)
    for path, sheet in site.sheets.items():
        if sheet.claimed or claims.is_made(path):
            pass
        elif path in claims.files or path in claims.program:
            message = "the file is not, byte for byte, the one of this name that is published"
            yield _finding(path, "page-is-claimed", message, _BUILD)
        elif not claims.is_page(path):
            message = "no article, no site page and no asset claims this file"
            yield _finding(path, "page-is-claimed", message, _REMOVE)
        if path in FOR_SERVERS and not (sheet.claimed or site.is_served(path)):
            message = (
                "the file tells the server other than `imprimatur publish` writes of these pages"
            )
            yield _finding(path, "page-is-claimed", message, _SERVED)
        if path == RELEASE and not (sheet.claimed or site.is_released(path)):
            message = "the file says of this release what `imprimatur publish` does not write"
            yield _finding(path, "page-is-claimed", message, _SERVED)
        if claims.slug(path) is None and sheet.slugs:
            message = f"the page holds the article `{sheet.slugs[0]}`, which is not published here"
            yield _finding(path, "page-is-claimed", message, _REMOVE)


def address_resolves(site: BuiltSite) -> Iterator[Finding]:
    """Every address within a built site leads to a file of it, and every anchor to a place in it.

    So do those in the map of the site and in what is searched. The site in another language, as
    `extra.alternate` of the settings names it, is no part of this one. An approved article may lead
    to one that is left out, or to a part of one that a notice stands for: else nothing could be
    taken down while others lead to it.

    Bad: <a href="../spinal-mir/">
    Good: <a href="../spinal-mri/#answer">
    """
    gone = _gone(site.claims.plan)
    for sheet in site.sheets.values():
        for link in sheet.links:
            if _leads(site, sheet, link) or (sheet.slugs and _slug(link.path) in gone):
                continue
            if link.written not in site.claims.frame.others:
                message = f"the address {link.written} leads nowhere"
                cure = "correct the address, or the heading it names"
                yield _finding(sheet.path, "address-resolves", message, cure, link.line)


def pending_text_is_absent(site: BuiltSite) -> Iterator[Finding]:
    """No file tells anything of a withheld text that the published ones do not say, too.

    Looked for are slugs, titles, headings, topics, authors and eight words in a row, in pages, in
    what is searched, in maps, feeds and data, in comments, names of files and text within images.
    The message never quotes what was found.

    Bad: the title of a pending article in sitemap.xml
    Good: a release that was staged without it
    """
    for path, slug, what in told_in_secret(site.claims.plan, site.secrets, site.sheets):
        message = f"the file tells {what} of `{slug}`, which is withheld"
        cure = "do not publish this folder; build it again from the staged tree"
        yield _finding(path, "pending-text-is-absent", message, cure)


def _gone(plan: Plan) -> frozenset[str]:
    """The articles whose text is not published, whether or not a notice says so."""
    left = {each.slug for each in plan.withheld} - {each.slug for each in plan.printed}
    return frozenset(
        left | {each.slug for each in plan.printed if Standing(state=each.entry.state).is_notice}
    )


def _slug(path: str) -> str:
    found = _ARTICLE.fullmatch(path)
    return found[1] if found else ""


def _leads(site: BuiltSite, sheet: Sheet, link: Link) -> bool:
    path = link.path.removesuffix("/")
    tries = [path] if path and link.path == path else []
    tries.append(f"{path}/index.html" if path else "index.html")
    target = next((site.sheets[each] for each in tries if each in site.sheets), None)
    if target is None:
        return False
    if target.path.endswith(_SHOWN_IN_PART) and not sheet.slugs:
        # In an article a style could hide a picture by it.
        return True
    return not link.anchor or link.anchor in target.ids or link.anchor.startswith(_PARTS)


_ARTICLE: Final = re.compile(r"articles/([a-z0-9-]+)(?:/|/index\.html|\.html)?")
_PARTS = ("__", ":~:")
"""What the theme's scripts and browsers make of an anchor that no page holds."""

_SHOWN_IN_PART = (".pdf", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
"""Behind whose address the page of a PDF may be named, or the colours for which a picture is."""

_BUILD = "build the site again from the staged tree"
_SERVED = "remove the file, or let `imprimatur publish` write it; nothing may change it afterwards"
_REMOVE = "publish into an empty folder, and remove whatever else writes into it"


def _finding(path: str, rule: str, message: str, cure: str, line: int = 0) -> Finding:
    return Finding(path=path, line=line, rule=RuleName(rule), message=message, cure=cure)
