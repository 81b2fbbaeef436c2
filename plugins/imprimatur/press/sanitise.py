"""What an author's HTML may hold; everything else is taken out, and named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import nh3
from lxml import html as lxml_html

from imprimatur.press.stash import ATTRIBUTE

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    "li": {"id"},
    "sup": {"id"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_CLASSES: Final = {
    "a": re.compile(r"footnote-(?:back)?ref"),
    "div": re.compile(r"footnote"),
    "code": re.compile(r"language-[\w+-]+"),
}
_OWN: Final = re.compile(r"(?:imp|ref|cite)-|(?:answer|safety|references|disclaimer)\Z")
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_SCHEME: Final = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\t\r\n-]*):")


def sanitise(html: str, stash: Stash) -> tuple[str, tuple[str, ...]]:
    """Clean HTML, and say what was taken out: ``<script>``, ``onclick of <a>``.

    Comments go without a word; they are for authors.
    """
    removed = tuple(dict.fromkeys(_removed(html, stash)))
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: _names(tag) for tag in _TAGS},
        attribute_filter=lambda tag, name, value: (
            value if _is_allowed(tag, name, value, stash) else None
        ),
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )
    return clean, removed


def _names(tag: str) -> set[str]:
    return {*_ATTRIBUTES.get(tag, ()), "class", ATTRIBUTE}


def _is_allowed(tag: str, name: str, value: str, stash: Stash) -> bool:
    if name == ATTRIBUTE:
        return stash.get(value) is not None
    if name == "class":
        return tag in _CLASSES and _CLASSES[tag].fullmatch(value) is not None
    return name in _ATTRIBUTES.get(tag, ()) and _is_allowed_value(name, value)


def _is_allowed_value(name: str, value: str) -> bool:
    scheme = _SCHEME.match(value)
    if name == "id":
        return _OWN.match(value) is None
    if name == "src":
        # A remote image tells another host who reads what, and can change after approval.
        return scheme is None and not value.strip().startswith(("//", "\\"))
    if name == "href":
        return scheme is None or scheme[1].lower() in _SCHEMES
    return True


def _removed(html: str, stash: Stash) -> Iterator[str]:
    """Read the HTML as leniently as possible and name what the clean-up will take out."""
    if not html.strip():
        return
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in root.iterdescendants():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag not in _TAGS:
            yield f"<{tag}>"
            continue
        for name, value in element.attrib.items():
            if not _is_allowed(tag, str(name), str(value), stash):
                yield f"{name} of <{tag}>"
