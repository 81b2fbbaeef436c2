"""What a site's own files say that stands around articles: its settings and its pages' titles."""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from imprimatur.gate.host_yaml import UNREADABLE, keep_bounds
from imprimatur.gate.scan.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT: Final = "tag:yaml.org,2002:str"
_SHOWN: Final = frozenset({"site_name", "site_description", "site_author", "copyright"})
"""Settings that are shown whatever they are: a name may be a number."""

MATTER: Final = re.compile(r"\A-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""What hosts take from the head of a page's source."""

_TITLED: Final = re.compile(r"^(?:title|subtitle)\s*+:\s*+(.+)$", re.MULTILINE)
_HEADING: Final = re.compile(r"^ {0,3}#[ \t]++(.+)$|^(\S.*)\n=+[ \t]*$", re.MULTILINE)
_LINK: Final = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_ADDRESS: Final = re.compile(r"(?:(?:https?:)?//(?=[\w\[])|mailto:|tel:)[^\s\"'<>{}|\\^`\]),]+")


class Setting(NamedTuple):
    """One value. path: the names that lead to it, a blank one for each list."""

    path: tuple[str, ...]
    value: str
    is_text: bool


def settings_of(data: bytes) -> tuple[Setting, ...]:
    """Every value of the host's settings; none where they cannot be read."""
    try:
        keep_bounds(data)
        return tuple(_values(yaml.compose(data, Loader=yaml.CSafeLoader), ()))
    except UNREADABLE:
        return ()


def shown_in(settings: tuple[Setting, ...]) -> Iterator[str]:
    """Those of them that a page may show, names of the menu included."""
    for path, value, is_text in settings:
        if is_text or path[0] in _SHOWN:
            yield value
        if path[0] == "nav":
            yield from path[1:]
            yield value


def titles_of(path: str, source: str) -> Iterator[str]:
    """What a menu may call a page: by its front matter, its first headings, its place."""
    matter = MATTER.match(source)
    for found in _TITLED.findall(matter[1] if matter else ""):
        yield found.rstrip().strip("\"'")
    for one, other in _HEADING.findall(source):
        yield unescape(plain(_LINK.sub(r"\1", _bare(one) if one else other.rstrip())))
    for part in PurePosixPath(path).with_suffix("").parts:
        yield re.sub(r"[-_]", " ", part)


def _bare(heading: str) -> str:
    """A heading without the signs and the attributes at its end."""
    bare = heading.rstrip(" \t")
    start = bare.rfind("{")
    if bare.endswith("}") and start >= 0 and "}" not in bare[start:-1]:
        bare = bare[:start].rstrip(" \t")
    return bare.rstrip("#").rstrip(" \t") or heading


def addresses_in(text: str) -> Iterator[str]:
    """Every address of another host that a text names."""
    yield from (each.rstrip(".,;:") for each in _ADDRESS.findall(unescape(text)))


def _values(node: yaml.Node | None, path: tuple[str, ...]) -> Iterator[Setting]:
    if isinstance(node, yaml.ScalarNode):
        yield Setting(path or ("",), node.value, node.tag == _TEXT)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _values(each, (*path, ""))
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            yield from _values(value, (*path, name))
