"""What was written as a list, a table or a citation, and would be printed as its bare signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript import whole_keys
from imprimatur.press.copy import Misread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.html import HtmlElement

_ITEM: Final = re.compile(r"\s*[-*+\u2022]\s+\S")
_NEVER_READ: Final = re.compile(r"\s*\u2022\s*\S")
_FIRST: Final = re.compile(r"\s*1(?P<sign>[.)])\s+\S")
_SECOND: Final = re.compile(r"\s*2(?P<sign>[.)])\s+\S")
_STEP: Final = re.compile(r"\s*(?P<number>[0-9]{1,9})[.)]\s+\S")
_ROW: Final = re.compile(r"\s*\|.*\|\s*|\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+")
_SIGNS: Final = frozenset("-*+\u2022|:0123456789")
"""How each line begins that any of these finds; hardly a paragraph has one."""

_BLOCKS: Final = frozenset({"p", "ul", "ol", "dl", "pre", "table", "blockquote"})
_NO_KEY: Final = re.compile(r"\[\s*@\s*\]|\[\s*@\s+[\w:./-]+\s*\]")
_IN_BRACKETS: Final = re.compile(r"\[\s*([\w:./-]+)\s*\]")


def misread_blocks(root: HtmlElement) -> Iterator[tuple[Misread, str]]:
    """Lines of a paragraph that were meant as a list or a table; Markdown wants a blank line first.

    "Doses:" above "- 1 mg" is printed "Doses: - 1 mg", which reads as less than nothing.
    """
    for paragraph in root.iter("p", "li", "dd"):
        lines = _own_text(paragraph).split("\n")
        if not any(line.lstrip()[:1] in _SIGNS for line in lines):
            continue
        seconds = {
            found["sign"]: at for at, line in enumerate(lines) if (found := _SECOND.match(line))
        }
        # Below an item, a number at the beginning of a line is read as the next one's.
        follows = _follows_steps(paragraph)
        for position, line in enumerate(lines):
            first = _FIRST.match(line)
            # A lone 1 is prose that was wrapped there: "type", and on the next line "1. Others".
            goes_on = first and seconds.get(first["sign"], 0) > position
            sign = _ITEM if position else _NEVER_READ
            if goes_on or sign.match(line) or (follows and position and _STEP.match(line)):
                yield Misread.LIST, line.strip()
            elif _ROW.fullmatch(line):
                yield Misread.TABLE, line.strip()


def _follows_steps(paragraph: HtmlElement) -> bool:
    """Whether it stands in an item of a numbered list, or right behind such a list."""
    before = paragraph.getprevious()
    if before is not None and before.tag == "ol":
        return True
    item = paragraph if paragraph.tag == "li" else paragraph.getparent()
    around = None if item is None or item.tag != "li" else item.getparent()
    return around is not None and around.tag == "ol"


def _own_text(paragraph: HtmlElement) -> str:
    """The text of a paragraph without the blocks in it; code stays on one line, whatever it is."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if isinstance(child.tag, str) and child.tag not in _BLOCKS:
            inside = child.text_content()
            parts.append(inside.replace("\n", " ") if child.tag == "code" else inside)
        parts.append(child.tail or "")
    return "".join(parts)


def misread_citations(text: str, keys: Collection[str]) -> Iterator[str]:
    """What is left in a printed text that was meant to cite: ``[@ key]``, ``[key]``, code."""
    for found in _NO_KEY.finditer(text):
        yield found[0]
    for found in _IN_BRACKETS.finditer(text):
        if found[1] in keys:
            yield found[0]
    for key in whole_keys(text, keys):
        yield f"@{key}"
