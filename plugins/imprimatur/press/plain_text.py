"""What plain text is spared: Markdown tries each pattern on all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SIGN: Final = re.compile(rf"[`\\\[\]<>&*_@!{STX}]|  \n")
"""What every inline pattern that we register needs at least one of."""


_UNLIKE: Final = (STX, ETX, "\r", "\t")


class PlainText(Treeprocessor):
    """Marks plain text as atomic. Two of three texts are, and each costs fifteen searches."""

    def run(self, root: Element) -> None:
        """Mark the text and the tail of each element."""
        for each in root.iter():
            if each.text and not SIGN.search(each.text):
                each.text = AtomicString(each.text)
            if each.tail and not SIGN.search(each.tail):
                each.tail = AtomicString(each.tail)


class PlainSpace(NormalizeWhitespace):
    """Empties lines of nothing but blanks. Our rules forbid them, so few texts have any."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines of a text that was read strictly, tabs set as blanks, blank lines emptied."""
        text = "\n".join(lines)
        if any(sign in text for sign in _UNLIKE) or any(map(str.isspace, lines)):
            return super().run(lines)
        return [*lines, "", ""]
