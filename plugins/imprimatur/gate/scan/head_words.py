"""What the head of a page may say to programs, and in which words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.lists import DOCS

if TYPE_CHECKING:
    from collections.abc import Collection

    from imprimatur.gate.scan.page import Page

_PARTS: Final = (
    {"charset"},
    {"content", "http-equiv"},
    {"content", "name"},
    {"content", "media", "name"},
    {"content", "property"},
)
"""What a <meta> in the head may consist of."""

TITLED: Final = frozenset({"og:title", "twitter:title"})
DESCRIBED: Final = frozenset({"description", "og:description", "twitter:description"})
ADDRESSED: Final = frozenset({"og:url", "og:image", "twitter:image"})
_VERSION: Final = (
    r"(?:mkdocs|mkdocs-material|zensical)-(?:ProperDocs )?"
    r"[0-9]+(?:\.[0-9]+)*(?:\.?(?:a|b|rc|dev|post)[0-9]+)?"
)
_SORTS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "viewport": r"width=device-width, ?initial-scale=1(?:\.0)?",
        "generator": rf"{_VERSION}(?:, {_VERSION})?",
        "theme-color": r"#[0-9a-fA-F]{3,8}",
        "color-scheme": r"(?:normal|only|light|dark| )+",
        "robots": r"(?:all|none|noindex|nofollow|noarchive|[, ])+",
        "og:type": r"website|article",
        "og:image:type": r"image/[a-z+]+",
        "og:image:width": r"[0-9]{1,4}",
        "og:image:height": r"[0-9]{1,4}",
        "twitter:card": r"summary(?:_large_image)?",
    }.items()
}
"""What a <meta> tells programs, and in which form. Whatever else one says is a text."""


def is_told(names: Collection[str]) -> bool:
    """Whether a <meta> consists of what one in a head may. names: of its attributes."""
    return set(names) in _PARTS


def is_word(name: str, content: str) -> bool | None:
    """Whether a <meta> of a name tells programs something in its form; None of every other name."""
    sort = _SORTS.get(name)
    return None if sort is None else sort.fullmatch(content) is not None


def is_own(page: Page, name: str, address: str) -> bool:
    """Whether an address that is passed on with a page is its own, or that of its picture."""
    link, printed = page.link(address, 0), page.printed
    if link is None or "?" in address:
        return False
    if name == "og:url":
        return page.path in {link.path, f"{link.path.rstrip('/')}/index.html".lstrip("/")}
    if printed is None:
        return link.path in page.claims.files
    return link.path in page.claims.pictures or f"{DOCS}{link.path}" in printed.images
