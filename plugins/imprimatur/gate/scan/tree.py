"""Looking for places in the tree of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

Find: TypeAlias = "Callable[[HtmlElement], list[Any]]"


def finder(path: str, *, bare: bool = False) -> Find:
    """What finds these places in a tree.

    bare: whether texts and attributes are wanted without the way to their elements, which is
    faster.
    """
    # A path of ours finds a list each time, which the stubs of lxml cannot know.
    return cast("Find", etree.XPath(path, smart_strings=not bare))


def line_of(element: HtmlElement) -> int:
    """The line of a page on which an element begins; 0 where that is not known."""
    return element.sourceline or 0
