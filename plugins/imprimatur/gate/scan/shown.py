"""Where a site page shows the text of its source."""

from __future__ import annotations

from copy import deepcopy
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from imprimatur.gate.scan.article import difference
from imprimatur.gate.scan.extensions import UnknownExtensionError, UnprintableError
from imprimatur.gate.scan.links import internal
from imprimatur.gate.scan.lists import addresses
from imprimatur.gate.scan.tree import line_of
from imprimatur.press.elements import element, serialise

if TYPE_CHECKING:
    from lxml.etree import _Element

    from imprimatur.gate.scan.links import Link
    from imprimatur.gate.scan.page import Page

_POINTING: Final = ("href", "src")
_QUOTED: Final = 60
"""Letters of a text that a message quotes."""

_TRIES: Final = 20
"""Parts of a page that begin as its source does, of which one holds all of it."""


class Shown(NamedTuple):
    """parts: the elements of the page that say all of its source, in their order.

    printed: the same as they are printed from it. fault: why no part does; line: where.
    unknown: why that is not known of any page.
    """

    parts: tuple[_Element, ...] = ()
    printed: tuple[_Element, ...] = ()
    fault: str = ""
    line: int = 0
    unknown: str = ""


def shown_in(page: Page) -> Shown:
    """Where a page shows its source, whole, once, and as it is printed from it.

    Only the spelling of an address may be another one: hosts write it for the page's own place.
    """
    found = Shown()
    try:
        for printed in page.claims.texts.prints(page.path):
            found = _found(page, printed)
            if not found.fault:
                break
    except UnknownExtensionError as error:
        return Shown(unknown=str(error))
    except UnprintableError as error:
        return Shown(fault=str(error))
    return found


def _found(page: Page, printed: _Element) -> Shown:
    if not len(printed):
        return Shown()
    if not isinstance(printed[0].tag, str):
        return Shown(fault="its source begins with a comment, of which readers see nothing")
    begun = _start(printed[0])
    found = Shown(fault=f"nowhere does it say `{begun}`, with which its source begins")
    alike = (each for each in page.root.iter(str(printed[0].tag)) if _start(each) == begun)
    for start in islice(alike, _TRIES):
        found = _held(page, start, printed)
        if not found.fault:
            break
    return found


def _held(page: Page, start: _Element, printed: _Element) -> Shown:
    """A part of a page and those that follow it, held against its source."""
    parts = tuple(islice(chain((start,), start.itersiblings()), len(printed)))
    copy = element("div")
    copy.text = printed.text
    copy.extend(map(deepcopy, parts))
    if len(copy):
        # What follows the whole is no part of it.
        copy[-1].tail = printed[-1].tail
    for mine, theirs in zip(copy.iter(), printed.iter(), strict=False):
        for name in _POINTING:
            if _leads_alike(page, mine.get(name), theirs.get(name)):
                mine.set(name, str(theirs.get(name)))
    found = difference(copy, serialise(printed), "its source")
    if found:
        return Shown(fault=found[1], line=found[0] or line_of(start))
    return Shown(parts=parts, printed=tuple(printed))


def _leads_alike(page: Page, shown: str | None, written: str | None) -> bool:
    """Whether an address on a page leads where one in its source does."""
    if shown is None or written is None or shown == written or "?" in shown:
        return False
    here = page.link(shown, 0)
    there = internal(written, page.claims.texts.source(page.path), page.claims)
    return here is not None and there is not None and _place(here) == _place(there)


def _place(link: Link) -> tuple[str, str]:
    path = addresses(link.path)[0] if link.path.endswith(".md") else link.path
    return path.removesuffix("index.html").rstrip("/"), link.anchor


def _start(part: _Element) -> str:
    """How a text begins, by which it is looked for; no more of it is read."""
    read: list[str] = []
    signs = 0
    for text in map(str, part.itertext()):
        read.append(text)
        signs += sum(map(len, text.split()))
        if signs > _QUOTED:
            break
    return " ".join("".join(read).split())[:_QUOTED]
