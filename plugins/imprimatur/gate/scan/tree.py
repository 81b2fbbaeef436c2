"""Looking for places in the tree of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

Find: TypeAlias = "Callable[[_Element], list[Any]]"


def finder(path: str, *, bare: bool = False) -> Find:
    """What finds these places in a tree.

    bare: whether texts and attributes are wanted without the way to their elements, which is
    faster.
    """
    # A path of ours finds a list each time, which the stubs of lxml cannot know.
    return cast("Find", etree.XPath(path, smart_strings=not bare))


def line_of(element: _Element) -> int:
    """The line of a page on which an element begins; 0 where that is not known."""
    line = element.sourceline
    return line if isinstance(line, int) else 0
