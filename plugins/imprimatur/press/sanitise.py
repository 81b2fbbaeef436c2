"""What an author's HTML may hold; everything else is taken out, and named."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import nh3

from imprimatur.press.addresses import is_address
from imprimatur.press.stash import ATTRIBUTE
from imprimatur.press.tags import breaches

if TYPE_CHECKING:
    from imprimatur.press.stash import Stash

# fmt: off
_TAGS: Final = frozenset((
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
))
# fmt: on
_ATTRIBUTES: Final = {
    "a": {"href", "title", "id"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_CLASSES: Final = {
    "code": re.compile(r"language-[\w+-]+"),
}
_ID: Final = re.compile(r"[A-Za-z][\w-]*")
_OWN: Final = re.compile(
    r"(?:imp|ref|cite|evidence)-|(?:answer|disclaimer|followup|notes|notice|references|safety|title)(?:_\d+)?\Z",
    re.IGNORECASE,
)
_SIDES: Final = frozenset({"width", "height"})
_SIDE: Final = re.compile(r"1[6-9]|[2-9][0-9]|[1-9][0-9]{2,3}")
"""What of an image takes room enough to be seen, in pixels."""

_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_SCHEME: Final = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\t\r\n-]*):")


def sanitise(
    html: str, stash: Stash, also: frozenset[str] = frozenset()
) -> tuple[str, tuple[str, ...]]:
    """Clean HTML, and say what was wrong with it: ``<script>``, ``onclick of <a>``.

    Comments go without a word; they are for authors.
    also: further tags that may stand in it.
    """

    def is_allowed(tag: str, name: str, value: str) -> bool:
        if name == ATTRIBUTE:
            return stash.get(value) is not None
        return _is_allowed(tag, name, value)

    clean = _cleaner(also).clean(html)
    return clean, breaches(html, clean, (_TAGS | also).__contains__, is_allowed)


@cache
def _cleaner(also: frozenset[str]) -> nh3.Cleaner:
    """Made once, since to set it up takes as long as to clean a paragraph.

    It lets every ticket pass, whoever wrote it: an author's own is named above, and taken from the
    tree with all others.
    """
    tags = _TAGS | also
    return nh3.Cleaner(
        tags=set(tags),
        attributes={tag: _names(tag) for tag in tags},
        attribute_filter=lambda tag, name, value: value if _is_allowed(tag, name, value) else None,
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def _names(tag: str) -> set[str]:
    return {*_ATTRIBUTES.get(tag, ()), "class", ATTRIBUTE}


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name == ATTRIBUTE:
        return True
    if name == "class":
        return tag in _CLASSES and _CLASSES[tag].fullmatch(value) is not None
    return name in _ATTRIBUTES.get(tag, ()) and _is_allowed_value(name, value)


def _is_allowed_value(name: str, value: str) -> bool:
    if "<!--" in value:
        # Our serialiser leaves this as it is, for servers that act on it.
        return False
    scheme = _SCHEME.match(value)
    if name == "id":
        return is_authors_id(value)
    if name == "src":
        # A remote image tells another host who reads what, and can change after approval. Themes
        # show one whose address ends in `#only-dark` to some readers, and hide it from others.
        return scheme is None and "#" not in value and not value.strip().startswith(("//", "\\"))
    if name == "href":
        return is_address(value) and (scheme is None or scheme[1].lower() in _SCHEMES)
    if name in _SIDES:
        return _SIDE.fullmatch(value) is not None
    return True


def is_authors_id(name: str) -> bool:
    """Whether authors may name a place so: plainly, and not as the press names its own."""
    return _ID.fullmatch(name) is not None and _OWN.match(name) is None
