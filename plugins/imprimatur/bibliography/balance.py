"""Where the braces of an entry close."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SKIP = {
    "{": re.compile(r'(?:[^{}"]++|\{[^{}]*+\})*+'),
    "(": re.compile(r'(?:[^{}"()]++|\{[^{}]*+\})*+'),
}


@dataclass(slots=True, kw_only=True)
class Walk:
    """A walk through one entry, from behind its opening brace, that can stop on the way.

    brace: how the entry opened, ``{`` or ``(``.
    at: how far it has come.
    depth: how many braces are open within the entry.
    quoted: whether it stands in a value between quotation marks.
    end: just behind the closing brace, once that is found.
    """

    text: str
    brace: str
    at: int
    depth: int = 0
    quoted: bool = False
    end: int | None = None

    @property
    def between_values(self) -> bool:
        """Whether the walk stands where a field may begin, not in a value."""
        return self.end is None and not self.depth and not self.quoted

    def advance(self, limit: int) -> int | None:
        """Walk to the limit or to the entry's end, whichever is first; return the end if found."""
        skip = _SKIP[self.brace]
        while self.end is None:
            match = skip.match(self.text, self.at, limit)
            self.at = match.end() if match else self.at
            if self.at >= limit:
                break
            self._take(self.text[self.at])
        return self.end

    def _take(self, character: str) -> None:
        self.at += 1
        if character == "{":
            self.depth += 1
        elif character == "}" and self.depth:
            self.depth -= 1
        elif character == '"' and not self.depth:
            self.quoted = not self.quoted
        elif self._closes(character):
            self.end = self.at

    def _closes(self, character: str) -> bool:
        """Tell whether this ends the entry; a brace does even in a quotation left open."""
        if self.depth:
            return False
        return character == "}" or (character == ")" and self.brace == "(" and not self.quoted)
