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

_AROUND: Final = frozenset({"html", "body", "main", "div", "article"})
_PLAIN: Final = frozenset({"class", "lang", "dir"})
_THEMES: Final = "data-md-"
"""What the attributes begin with that the theme's scripts and colours go by."""

_UNSEEN: Final = frozenset({"hidden", "md-visually-hidden", "md-dialog", "md-overlay"})


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
        names = set(around.get("class", "").split())
        others = [str(name) for name in around.attrib if name not in _PLAIN]
        others = [name for name in others if not name.startswith(_THEMES)]
        if around.tag not in _AROUND or names & _UNSEEN or others:
            return _name(around) + "".join(f" with `{name}`" for name in others)
    return None


def _unlike(mine: _Element, theirs: _Element, parts: tuple[str, ...], named: str) -> str:
    if mine.tag != theirs.tag:
        return f"{_name(mine)} stands where {named} has {_name(theirs)}"
    if sorted(mine.items()) != sorted(theirs.items()):
        names = sorted({str(each) for each in (*mine.attrib, *theirs.attrib)})
        names = [each for each in names if mine.get(each) != theirs.get(each)]
        return f"`{names[0]}` of {_name(mine)} is not as in {named}"
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
