"""Every attribute of a page by its name, found in one walk for all rules that ask for some."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

# A page has a thousand of them, and an object for each would take longer than all the rest.
Attribute: TypeAlias = "tuple[_Element, str]"
"""The element that has an attribute, and its value."""

Attributes: TypeAlias = "Mapping[str, Sequence[Attribute]]"
"""In the order of the page."""


def attributes_of(root: _Element) -> Attributes:
    """All attributes in a tree by their names, as the tree holds them."""
    found = defaultdict[str, list["Attribute"]](list)
    for element in root.iter():
        # The stubs of lxml do not know that it gives text, and to ask takes time.
        for name, value in cast("list[tuple[str, str]]", element.items()):
            found[name].append((element, value))
    found.default_factory = None
    return found
