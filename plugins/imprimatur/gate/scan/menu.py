"""What a menu may show of the headings of a site page."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.tree import finder
from imprimatur.press.elements import serialise_inside

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_BESIDE: Final = (
    "a[@class='footnote-ref' or (@href=concat('#', ancestor::*[self::h1 or"
    " self::h2 or self::h3 or self::h4 or self::h5 or self::h6][1]/@id)"
    " and not(preceding-sibling::node() and following-sibling::node()))]"
)
"""The number of a note, and the mark at a heading's edge that leads to it."""

_WORDS: Final = finder(f".//text()[not(ancestor::{_BESIDE})]")
_MARKS: Final = finder(f".//sup[{_BESIDE}] | .//{_BESIDE}")
_PLAIN: Final = finder(".//a | .//img")


def words_of(heading: HtmlElement) -> str:
    """The words of a heading, without those beside them."""
    # All of it may be a link to itself.
    return "".join(map(str, _WORDS(heading))) or "".join(map(str, heading.itertext()))


def marked(heading: HtmlElement) -> str:
    """The same with its marks, such as code and italics, as Zensical writes it into the menu."""
    copy = deepcopy(heading)
    copy.tail = None
    for each in _MARKS(copy):
        each.drop_tree()
    for each in _PLAIN(copy):
        each.drop_tag()
    return inside(copy)


def inside(element: HtmlElement) -> str:
    """What an element holds, however its blanks are written."""
    return " ".join(serialise_inside(element).split())
