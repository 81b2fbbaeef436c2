"""How deep a text is nested: parsers recurse as deep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PREFIX: Final = re.compile(r"(?:[ \t]|>|[-+*:][ \t]|\d{1,9}[.)][ \t])*")
_MARKER: Final = re.compile(r">[ \t]?|[-+*:][ \t]|\d+[.)][ \t]")
_BLOCK: Final = re.compile(r"/{3,}\s*(?P<name>[\w-]*)")
_INDENT: Final = 4

DEEPEST: Final = 24
"""Levels of quotation, list, indentation and block together; no article needs ten."""


@dataclass(slots=True)
class Levels:
    """Follows a text line by line. opened: blocks that are open."""

    opened: int = 0

    def enter(self, line: str) -> int:
        """How deep this line lies, in levels of every kind together."""
        if line[:1].isalpha():
            return self.opened
        block = _BLOCK.match(line.lstrip())
        if block:
            self.opened = max(0, self.opened + (1 if block["name"] else -1))
        prefix = _PREFIX.match(line)
        blank, markers = _MARKER.subn("", prefix[0] if prefix else "")
        return self.opened + markers + len(blank.expandtabs(_INDENT)) // _INDENT
