"""What was written as a list, a table or a citation, and would be printed as its bare signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript import cited_keys
from imprimatur.press.copy import Misread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.html import HtmlElement

_LIST: Final = re.compile(r"\s*(?:[-*+\u2022]|1[.)])\s+\S")
_TABLE: Final = re.compile(r"\s*\|.*\|\s*\Z")
_BULLET: Final = re.compile(r"\s*\u2022\s*\S")
_NO_KEY: Final = re.compile(r"\[\s*@\s*\]|\[\s*@\s+[\w:./-]+\s*\]")
_IN_BRACKETS: Final = re.compile(r"\[\s*([\w:./-]+)\s*\]")


def misread_blocks(root: HtmlElement) -> Iterator[tuple[Misread, str]]:
    """Lines of a paragraph that were meant as a list or a table; Markdown wants a blank line first.

    "Doses:" above "- 1 mg" is printed "Doses: - 1 mg", which reads as less than nothing.
    """
    for paragraph in root.iter("p", "li", "dd"):
        if paragraph.find("p") is not None or paragraph.find("ul") is not None:
            continue
        lines = paragraph.text_content().split("\n")
        for position, line in enumerate(lines):
            is_list = _BULLET.match(line) if position == 0 else _LIST.match(line)
            if is_list:
                yield Misread.LIST, line.strip()
            elif _TABLE.match(line):
                yield Misread.TABLE, line.strip()


def misread_citations(text: str, keys: Collection[str]) -> Iterator[str]:
    """What is left in a printed text that was meant to cite: ``[@ key]``, ``[key]``, code."""
    for found in _NO_KEY.finditer(text):
        yield found[0]
    for found in _IN_BRACKETS.finditer(text):
        if found[1] in keys:
            yield found[0]
    for key in cited_keys(text, keys):
        yield f"@{key}"
