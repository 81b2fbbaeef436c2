"""On which line of a manuscript a printed sentence stands; the parser keeps no positions."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from imprimatur.manuscript import Manuscript

_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]")
_WORD: Final = re.compile(r"[^\W_]+")
_LOOKED_AT: Final = 30
_RUNS: Final = (6, 3)


class SentenceLines:
    """Finds sentences by runs of their words, whatever marks stand between these."""

    def __init__(self, manuscript: Manuscript) -> None:
        text = _BRACKETS.sub(_without_citation, manuscript.body).casefold()
        lines = enumerate(text.split("\n"), start=manuscript.body_line)
        words = [(number, word) for number, line in lines for word in _WORD.findall(line)]
        self._lines = [number for number, _ in words]
        self._starts = list(accumulate((len(word) + 1 for _, word in words), initial=0))
        self._text = "".join(f" {word}" for _, word in words) + " "

    def find(self, sentence: str, begins: int) -> int:
        """Its line, looked for from the line on which its block begins; that line if in vain."""
        words = _WORD.findall(sentence.casefold())[:_LOOKED_AT]
        first = self._starts[bisect_left(self._lines, begins)]
        for length in _RUNS:
            for start in range(max(1, len(words) - length + 1)):
                run = " ".join(words[start : start + length])
                found = self._text.find(f" {run} ", first)
                if found >= 0:
                    return self._lines[bisect_left(self._starts, found)]
        return begins


def _without_citation(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n") if "@" in found[0] else found[0]
