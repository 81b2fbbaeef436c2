"""How deep a text is nested: parsers recurse as deep, and take long over what stays open."""

from __future__ import annotations

import re
from typing import Final

_PREFIX: Final = re.compile(r"(?:[ \t]|>|[-+*:][ \t]|\d{1,9}[.)][ \t])*")
_MARKER: Final = re.compile(r">[ \t]?|[-+*:][ \t]|\d+[.)][ \t]")
_BLOCK: Final = re.compile(r"/{3,}\s*(?P<name>[\w-]*)")
_INDENT: Final = 4

DEEPEST: Final = 24
"""Levels of quotation, list, indentation and block together; no article needs ten."""

MOST_OPEN: Final = 100
"""Square brackets left open within one paragraph; Python-Markdown reads on to its end for each."""


def too_deep(body: str, first_line: int) -> int | None:
    """The first line that is nested deeper than DEEPEST or leaves more open than MOST_OPEN.

    first_line: the number of the body's first line. None where there is no such line.
    """
    opened = unclosed = 0
    for number, line in enumerate(body.split("\n"), start=first_line):
        block = _BLOCK.match(line.lstrip())
        if block:
            opened = max(0, opened + (1 if block["name"] else -1))
        prefix = _PREFIX.match(line)
        blank, markers = _MARKER.subn("", prefix[0] if prefix else "")
        indent = len(blank.expandtabs(_INDENT)) // _INDENT
        unclosed = max(0, unclosed + line.count("[") - line.count("]")) if line.strip() else 0
        if opened + markers + indent > DEEPEST or unclosed > MOST_OPEN:
            return number
    return None
