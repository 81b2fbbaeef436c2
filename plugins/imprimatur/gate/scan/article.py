"""A page's article held against the one that the press printed from the approved text."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from lxml import etree

from imprimatur.gate.scan.tree import line_of
from imprimatur.press.elements import parse

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHOWN: Final = 60
"""Letters of a text that a message quotes."""

_AROUND: Final = frozenset(
    {
        ("html", "no-js"),
        ("html", "js"),
        ("div", "md-container"),
        ("main", "md-main"),
        ("div", "md-main__inner md-grid"),
        ("div", "md-content"),
        ("div", "md-content__inner md-typeset"),
        ("article", "md-content__inner md-typeset"),
        *((tag, "") for tag in ("html", "body", "main", "div")),
    }
)
"""What the themes write around an article, each with its classes. None of it is ever hidden."""

_SAID_OF: Final = {
    "html": ("lang",),
    "body": ("dir", "data-md-color-scheme", "data-md-color-primary", "data-md-color-accent"),
}
PARTS: Final = frozenset({"container", "main", "content"})
"""What the theme's scripts call these. By others they hide what they find."""


def difference(
    shown: _Element, printed: str, named: str = "the approved text"
) -> tuple[int, str] | None:
    """Where a part of a page first differs from the printed one: its line, and how.

    named: what the printed one is called in the message.

    Trees are compared, not their spelling. What a host may write otherwise is the spelling of
    entities, of quotes and of empty attributes, and the order of attributes: nothing else was seen
    of MkDocs, ProperDocs and Zensical, which all write it to the byte.
    """
    if etree.tostring(shown, encoding="unicode", method="html", with_tail=False) == printed:
        return None
    approved = parse(printed)[0]
    for mine, theirs in zip_longest(shown.iter(), approved.iter()):
        if theirs is None:
            return line_of(mine), f"{_name(mine)} stands where {named} has ended"
        if mine is None:
            return line_of(shown), f"the page ends before {_name(theirs)} of {named}"
        # What follows the whole is no part of it.
        parts = ("text",) if mine is shown else ("text", "tail")
        told = _unlike(mine, theirs, parts, named)
        if told:
            return line_of(mine), told
    return None


def covered(article: _Element) -> str | None:
    """What stands around an article and could keep readers from seeing it, or None."""
    for around in article.iterancestors():
        named = ((str(name), value) for name, value in around.items())
        others = [f"`{name}`" for name, value in named if not _is_usual(around, name, value)]
        if others or (around.tag, around.get("class", "")) not in _AROUND:
            classes = around.get("class")
            said = [f'class="{classes}"'] if classes else []
            return " with ".join([f"<{' '.join([str(around.tag), *said])}>", *others])
    return None


def _is_usual(around: _Element, name: str, value: object) -> bool:
    """Whether the themes write an attribute there. Articles are written from left to right."""
    if name == "data-md-component":
        return value in PARTS
    if name == "dir":
        return value == "ltr" and around.tag == "body"
    return name == "class" or name in _SAID_OF.get(str(around.tag), ())


def _unlike(mine: _Element, theirs: _Element, parts: tuple[str, ...], named: str) -> str:
    if mine.tag != theirs.tag:
        return f"{_name(mine)} stands where {named} has {_name(theirs)}"
    if sorted(mine.items()) != sorted(theirs.items()):
        # Not by name: a page may hold names that lxml does not look up.
        other = {name for name, _ in {*mine.items()} ^ {*theirs.items()}}
        return f"`{min(map(str, other))}` of {_name(mine)} is not as in {named}"
    for part in parts:
        seen, approved = getattr(mine, part) or "", getattr(theirs, part) or ""
        if seen != approved and seen.split() == approved.split():
            where = _quoted(seen) if seen.split() else _name(mine)
            return f"{where} has other blanks in it or beside it than in {named}"
        if seen != approved:
            return f"{_quoted(seen)} stands where {named} says {_quoted(approved)}"
    return ""


def _quoted(text: str) -> str:
    tidy = " ".join(text.split())
    return f"`{tidy[:_SHOWN]}{'…' if len(tidy) > _SHOWN else ''}`" if tidy else "nothing"


def _name(element: _Element) -> str:
    return f"<{element.tag}>" if isinstance(element.tag, str) else "a comment"
