"""Python-Markdown's tree, written out as its own serialiser writes it, in half the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown.serializers import RE_AMP, to_xhtml_string

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# fmt: off
_EMPTY: Final = frozenset((
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "isindex",
    "link", "meta", "param", "source", "track", "wbr",
))
# fmt: on
"""What has no end."""

_UNLIKE: Final = frozenset({"script", "style"})
"""What holds text that is none. No author's does, as their HTML never comes into the tree."""


def markup(root: Element) -> str:
    """A tree as XHTML text."""
    said: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            said.append(each)
            continue
        tag: object = each.tag
        if not isinstance(tag, str) or tag in _UNLIKE or None in each.attrib.values():
            return to_xhtml_string(root)
        begin = f"{tag}{_attributes(each)}" if each.attrib else tag
        tail = _escaped(each.tail) if each.tail else ""
        if tag in _EMPTY:
            said.append(f"<{begin} />{tail}")
            continue
        said.append(f"<{begin}>{_escaped(each.text) if each.text else ''}")
        waiting.append(f"</{tag}>{tail}")
        waiting.extend(reversed(each))
    return "".join(said)


def _attributes(element: Element) -> str:
    written = sorted(element.items())
    return "".join([f' {name}="{_quoted(value)}"' for name, value in written])


def _escaped(text: str) -> str:
    if "&" in text:
        # What is an entity already stays one.
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _quoted(value: str) -> str:
    value = _escaped(value)
    return value.replace('"', "&quot;") if '"' in value else value
