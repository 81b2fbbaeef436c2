"""Every attribute of a page by its name, found in one walk for all rules that ask for some."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element


class Attribute(NamedTuple):
    """A value, the element that has it, and its name there."""

    element: _Element
    name: str
    value: str


Attributes: TypeAlias = "Mapping[str, Sequence[Attribute]]"
"""In the order of the page."""


def attributes_of(root: _Element) -> Attributes:
    """All attributes in a tree by their names, as the tree holds them."""
    found = defaultdict[str, list[Attribute]](list)
    for element in root.iter():
        for name, value in element.items():
            found[str(name)].append(Attribute(element, str(name), str(value)))
    found.default_factory = None
    return found
