"""A block of plain text, made a paragraph before every other kind of block is tried on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown.blockprocessors import ParagraphProcessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SIGN: Final = re.compile(r"(?:\A|\n)(?![^\W\d_])|\|")
"""What every other kind of block has: a line that begins with no letter, or a bar."""

PRIORITY: Final = 89
"""Behind the blocks that authors open, which take what stands in them, and before all others."""


class PlainParagraphs(ParagraphProcessor):
    """Most blocks are a paragraph, and each costs a search by ten other processors."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether each line begins with a letter, so that no other processor takes the block."""
        del parent
        return SIGN.search(block) is None
