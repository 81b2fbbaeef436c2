"""What a page says, block by block: what a search says of it is made of these, in their order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_EDGE, _CELL, _OPEN, _SHUT, _PART = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
"""Signs that Unicode keeps out of every text."""

_INLINE: Final = (
    "abbr|bdi|bdo|br|cite|code|data|del|dfn|em|font|img|ins|kbd|mark|ruby|samp|small|span|strong"
    "|sub|sup|time|tt|var|wbr|a|b|i|q|s|u"
)
"""What stands within a sentence. Without one of these a sentence could say something else."""

_CELLS: Final = "td|th|dt|dd"
"""What says nothing without its neighbours: a row is told whole."""

_ASIDE: Final = "sup[@class='imp-cites']|a[contains(concat(' ', @class, ' '), ' headerlink ')]"
"""Numbers and marks within a sentence that a search may leave out of it."""

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADINGS: Final = "|".join(f"{name}[@id]" for name in HEADINGS)
"""Where a part of a page begins that searches tell by itself."""

_SKIPPED: Final = "script|style|template|comment()|processing-instruction()"
_UNSEARCHED: Final = (
    "*[@data-pagefind-ignore]|noscript|label|form|svg|footer|nav|iframe|*[@class='imp-for']"
    "|*[@class='imp-index']|*[@class='imp-head']/*[not(self::h1)]"
)
"""What our search leaves out, by itself or because it is told to."""

_INSIDE: Final = "<xsl:apply-templates/>"
_RULES: Final = (
    ("*", f"{_EDGE}{_INSIDE}{_EDGE}"),
    (
        _HEADINGS,
        f"{_EDGE}{_PART}<xsl:value-of select='concat(name(), @id)'/>{_EDGE}{_INSIDE}{_EDGE}",
    ),
    (_CELLS, f"{_CELL}{_INSIDE}{_CELL}"),
    (_INLINE, _INSIDE),
    (_ASIDE, f"{_OPEN}{_INSIDE}{_SHUT}"),
    (_SKIPPED, ""),
)
_STRING: Final = etree.XPath("string()", smart_strings=False)
_SIGNS: Final = (_EDGE, _CELL, _OPEN, _SHUT, _PART)
_LEFT_OUT: Final = re.compile(rf"{_OPEN}[^{_SHUT}]*{_SHUT}")
_MOST: Final = 100
"""Ways to read a text at once; it takes more only where a page says one word again and again."""

Block: TypeAlias = tuple[tuple[str, ...], ...]
"""A block's text without blanks, cell by cell: whole, and without what a search may leave out."""


def squeezed(text: str) -> str:
    """A text without blanks, which hosts set and leave out as they like."""
    return "".join(text.replace("\u200b", "").split())


class Part(NamedTuple):
    """What a page says from one heading to the next.

    level: the heading's tag. place: its id without blanks. Both are empty before the first.
    """

    level: str
    place: str
    blocks: tuple[Block, ...]


def blocks_of(roots: Iterable[_Element]) -> tuple[Block, ...]:
    """The blocks of some parts of a page, in their order.

    None where one of the signs stands in it: no search can say what such a page says.
    """
    return tuple(block for part in parts_of(roots) for block in part.blocks)


def parts_of(roots: Iterable[_Element], *, searched: bool = False) -> tuple[Part, ...]:
    """The same from heading to heading. searched: without what our search leaves out."""
    roots = tuple(roots)
    said = [str(_STRING(each)) for each in roots]
    if any(sign in text for text in said for sign in _SIGNS):
        return ()
    text_of = _text_of(searched=searched)
    head, blocks, found = "", list["Block"](), list[Part]()
    for each in squeezed("".join(str(text_of(each)) for each in roots)).split(_EDGE):
        if each.startswith(_PART):
            found.append(Part(head[:2], head[2:], tuple(blocks)))
            head, blocks = each.removeprefix(_PART), []
        elif each and (block := _block(each)):
            blocks.append(block)
    return (*found, Part(head[:2], head[2:], tuple(blocks)))


@lru_cache(maxsize=2)
def _text_of(*, searched: bool) -> etree.XSLT:
    """What makes a part of a page its text, with a sign for what its elements mean in it."""
    rules = (*_RULES, (_UNSEARCHED, "")) if searched else _RULES
    return etree.XSLT(
        etree.XML(
            '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
            '<xsl:output method="text"/>'
            + "".join(
                f'<xsl:template match="{match}" priority="{number}">{made}</xsl:template>'
                for number, (match, made) in enumerate(rules)
            )
            + "</xsl:stylesheet>"
        )
    )


def is_said(text: str, blocks: Iterable[Block]) -> bool:
    """Whether a text without blanks is made of whole blocks, in their order.

    Behind a block or a cell may stand a full stop that it has not.
    """
    blocks = tuple(blocks)
    at = 0
    for block in blocks:
        at = max((end for each in block for end in _ends(text, each, at)), default=at)
    # A block that was left out may begin as one that was not.
    return at == len(text) or _is_said_somehow(text, blocks)


def is_all(text: str, blocks: Iterable[Block]) -> bool:
    """Whether a text is made of all of some blocks, with none left out."""
    reached = {0}
    for block in blocks:
        reached = {end for each in block for at in reached for end in _ends(text, each, at)}
    return len(text) in reached


def _is_said_somehow(text: str, blocks: Iterable[Block]) -> bool:
    reached = {0}
    for block in blocks:
        new = {end for each in block for at in reached for end in _ends(text, each, at)}
        if not new <= reached:
            reached = set(sorted(reached | new)[-_MOST:])
    return len(text) in reached


def _ends(text: str, cells: tuple[str, ...], at: int) -> tuple[int, ...]:
    """Where some cells end that a text says from here on; nowhere if it does not."""
    last = len(cells) - 1
    for number, cell in enumerate(cells):
        if not text.startswith(cell, at):
            return ()
        at += len(cell)
        if number < last and text.startswith(".", at):
            at += 1
    return (at, at + 1) if text.startswith(".", at) else (at,)


def _block(text: str) -> Block:
    if _OPEN not in text:
        # Nearly every one: there is nothing in it that a search may leave out.
        cells = _cells(text)
        return (cells,) if cells else ()
    whole = text.replace(_OPEN, "").replace(_SHUT, "")
    bare = _LEFT_OUT.sub("", text).replace(_OPEN, "").replace(_SHUT, "")
    return tuple(filter(None, map(_cells, dict.fromkeys((whole, bare)))))


def _cells(text: str) -> tuple[str, ...]:
    if _CELL not in text:
        return (text,) if text else ()
    return tuple(filter(None, text.split(_CELL)))
