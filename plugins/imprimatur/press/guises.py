"""What an author wrote that looks like something else on the page, or in other readers of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.press.addresses import host_of
from imprimatur.press.stash import ATTRIBUTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

ANOTHER_HOST: Final = "a link whose words name another host than its address"
RAISED: Final = "a raised link, which looks like a citation,"
SMALLER: Final = "words made small twice"
STRUCK: Final = "words struck out by `~~`"
ALERT: Final = "a box of GitHub's, such as `[!WARNING]`,"
TICK: Final = "a box to tick"
FENCE: Final = "a line that begins code, and no line that ends it,"

_CODE: Final = frozenset({"code", "pre"})
_SMALL: Final = frozenset({"sub", "sup", "small"})
_ADDRESS: Final = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_STRUCK: Final = re.compile(r"~~[^~\s](?:[^~]*[^~\s])?~~")
_ALERT: Final = re.compile(r"\s*(\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])", re.IGNORECASE)
_FENCE: Final = re.compile(r"\n\s*(`{3,}|~{3,})")
_TICK: Final = re.compile(r"\s*(\[[ xX]\])\s")


def guises(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """What it is in words, and what to look for in the source.

    root: the author's cleaned HTML, before the press adds anything.
    """
    for each in root.iter():
        if each.tag == "a":
            yield from _of_link(each)
        elif each.tag in _SMALL and any(outer.tag in _SMALL for outer in each.iterancestors()):
            yield SMALLER, f"<{each.tag}"
        elif each.tag == "blockquote" and (found := _ALERT.match(each.text_content())):
            yield ALERT, found[1]
        elif each.tag == "li" and (found := _TICK.match(each.text_content())):
            yield TICK, found[1]
        # An element's text begins a line wherever a line of code could begin.
        inside = f"\n{each.text}" if each.text and each.tag not in _CODE else ""
        for text in (inside, each.tail or ""):
            if "~~" in text or "```" in text:
                yield from _of_text(text)


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    if struck := _STRUCK.search(text):
        yield STRUCK, struck[0]
    if begun := _FENCE.search(text):
        # What stands below it is code wherever else it is read, comments and all.
        yield FENCE, begun[1]


def _of_link(link: HtmlElement) -> Iterator[tuple[str, str]]:
    # A note's own link is raised, too, and the press made it.
    if ATTRIBUTE in link.attrib:
        return
    address, words = link.get("href", ""), link.text_content()
    if _ADDRESS.fullmatch(words) and host_of(words) != host_of(address):
        yield ANOTHER_HOST, words.strip()
    around = [each.tag for each in (*link.iterancestors(), *link.iterdescendants())]
    if "sup" in around and address:
        yield RAISED, address
