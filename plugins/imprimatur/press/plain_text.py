"""Text without a sign of Markdown, set aside before every pattern is tried on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SIGN: Final = re.compile(rf"[`\\\[\]<>&*_@!{STX}]|  \n")
"""What every inline pattern that we register needs at least one of."""


class PlainText(Treeprocessor):
    """Marks plain text as atomic. Two of three texts are, and each costs fifteen searches."""

    def run(self, root: Element) -> None:
        """Mark the text and the tail of each element."""
        for each in root.iter():
            if each.text and not SIGN.search(each.text):
                each.text = AtomicString(each.text)
            if each.tail and not SIGN.search(each.tail):
                each.tail = AtomicString(each.tail)
