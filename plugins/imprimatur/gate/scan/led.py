"""Where links lead within a site: to the places that they name, and without asking for words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.foreign import LED, TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from imprimatur.gate.scan.links import Link
    from imprimatur.gate.scan.page import Page

_ASKED: Final = re.compile(r"\?(?!(?:q=?)?(?:#|\Z))[^#]*")
"""What an address asks for, if it is not an empty search."""


def misled(page: Page, element: _Element) -> str:
    """Where a link leads astray within the site, or nothing.

    The search shows the words that an address asks for as a text, above what it finds. By what a
    head gives as the page's own address, or its address in another language, programs go.
    """
    address = element.get("href") or ""
    link = page.link(address, 0) if address and _is_led(element) else None
    if link is None:
        return ""
    asked = _ASKED.search(address) if "?" in address else None
    if asked and asked[0] not in page.claims.frame.written:
        return f"<{element.tag}> leads to {address}, which asks for what no file of the site does"
    title = _miscalled(page, element, link) if element.tag in LED else ""
    if title:
        return f"<{element.tag}> calls {address} `{title}`, which is another article"
    is_own = page.path in {link.path, f"{link.path.rstrip('/')}/index.html".lstrip("/")}
    if is_own or not _is_given(element) or address in page.claims.frame.others:
        return ""
    return f"<link> gives {address} as the page's own address"


def _miscalled(page: Page, element: _Element, link: Link) -> str:
    """The title of another article in a link, or nothing."""
    # A menu may name a heading of its own page that is called like another article.
    titles = page.claims.titled if link.path != page.path else {}
    said = (" ".join(str(each).split()) for each in element.itertext())
    return next((each for each in said if link.path not in titles.get(each, (link.path,))), "")


def _is_given(element: _Element) -> bool:
    """Whether it says where the page itself lies."""
    rel = element.get("rel")
    return rel == "canonical" or (rel == "alternate" and element.get("hreflang") is not None)


def usurper(page: Page, texts: Iterable[_Element]) -> _Element | None:
    """An element before these texts that has the id of a part of them, or None.

    Links to that part lead to it, such as those from a number to its reference.
    """
    named = page.attributes.get("id", ())
    if len({value for _, value in named}) == len(named):
        return None
    within = {each for text in texts for each in text.iter()}
    before: dict[str, _Element] = {}
    for element, value in named:
        if element not in within:
            before.setdefault(value, element)
        elif value in before:
            return before[value]
    return None


def _is_led(element: _Element) -> bool:
    """Whether a reader follows it, or a program that looks for pages."""
    return element.tag in LED or element.get("rel") in TOLD
