"""Elements of the page, built so that text can only ever be text."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final, cast

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

_PARSER: Final = etree.HTMLParser(encoding="utf-8", huge_tree=True)
# lxml looks up a class of its own for each form and field, which takes as long as the rest.
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))

# strftime would follow the locale of whoever builds the site.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def element(tag: str, *children: HtmlElement | str, **attributes: str) -> HtmlElement:
    """Make an element of its children and attributes.

    An underscore in an attribute's name becomes a hyphen, one at its end is dropped.
    """
    named = {_named(name): each for name, each in attributes.items()} if attributes else None
    made: HtmlElement = _PARSER.makeelement(tag, named)
    # Nearly all of them hold one text and nothing else.
    if len(children) == 1 and isinstance(children[0], str):
        made.text = children[0]
    elif children:
        append(made, children)
    return made


@cache
def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def append(parent: HtmlElement, children: Iterable[HtmlElement | str]) -> None:
    """Add elements and text at the end of an element."""
    for child in children:
        if not isinstance(child, str):
            parent.append(child)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + child
        else:
            parent.text = (parent.text or "") + child


def finder(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """What finds the elements at a path; the path is read once, which takes as long as to look."""
    return cast("Callable[[HtmlElement], list[HtmlElement]]", etree.XPath(path))


def values(path: str) -> Callable[[HtmlElement], list[str]]:
    """What finds the values of the attributes at a path."""
    return cast("Callable[[HtmlElement], list[str]]", etree.XPath(path, smart_strings=False))


def parse(html: str) -> HtmlElement:
    """The elements of already clean HTML, inside one ``div``."""
    return document_fromstring(f"<div>{html}</div>", parser=_PARSER)[0][0]


def serialise(root: HtmlElement) -> str:
    """HTML text of an element."""
    return etree.tostring(root, encoding="unicode", method="html", with_tail=False)


def serialise_inside(root: HtmlElement) -> str:
    """HTML text of what an element holds, without the element."""
    inside = (etree.tostring(each, encoding="unicode", method="html") for each in root)
    return "".join([escape(root.text or "", quote=False), *inside])


def day(moment: date | datetime, class_: str = "") -> HtmlElement:
    """A date in words that a screen reader says as one: 23 November 2026."""
    words = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    made = element("time", words, datetime=f"{moment:%Y-%m-%d}")
    if class_:
        made.set("class", class_)
    return made


def lettered(position: int) -> str:
    """Name a position as a, b … z, aa, ab …, as lists are lettered."""
    name = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        name = chr(ord("a") + letter) + name
    return name
