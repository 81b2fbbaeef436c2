"""Numbers given once, in the order of the document."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from imprimatur.press.elements import element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement


class Numbering:
    """Hands out a number at the first mention of a key, and an id at every mention."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}

    @property
    def places(self) -> Mapping[str, Sequence[str]]:
        """Keys in the order of their numbers, each with the ids of its citing places."""
        return self._places

    def number(self, key: str) -> int:
        """The number of a work: 1 for the first one mentioned."""
        self._places.setdefault(key, [])
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def link(self, key: str) -> HtmlElement:
        """A link from one citing place to the reference."""
        link = copy(_link(key, self.number(key)))
        link.set("id", self._place(key))
        return link

    def raised(self, key: str) -> HtmlElement:
        """The same link as a mark of its own."""
        mark = copy(_mark(key, self.number(key)))
        mark[0].set("id", self._place(key))
        return mark

    def _place(self, key: str) -> str:
        places = self._places[key]
        places.append(f"cite-{key}-{len(places) + 1}")
        return places[-1]


# A copy takes half the time, and each work is cited again and again.
@lru_cache(maxsize=4096)
def _link(key: str, number: int) -> HtmlElement:
    return element(
        "a",
        str(number),
        class_="imp-cite",
        role="doc-biblioref",
        href=f"#ref-{quote(key)}",
        id="",
    )


@lru_cache(maxsize=4096)
def _mark(key: str, number: int) -> HtmlElement:
    return element("sup", copy(_link(key, number)), class_="imp-cites")
