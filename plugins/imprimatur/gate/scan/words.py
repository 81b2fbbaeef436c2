"""Text as a row of words that is the same on both sides: in a manuscript and in what was built."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RUN: Final = 8
"""How many words in a row tell one text from another."""

APART: Final = "\x1e"
"""Stands between texts that do not follow one another; no run of words reaches across it."""

EDGE: Final = "\x1f"
"""Stands where a tag stood: words run on across it, and a text that is alone ends at it."""

_WORD: Final = re.compile(rf"[^\W_]+|{APART}")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|-->")
# A reference's number within a sentence is no word of it.
_CITED: Final = re.compile(r'<sup class="imp-cites">(?:(?!</?sup\b).){0,4000}</sup>', re.DOTALL)
_TWICE: Final = 2


def words(text: str) -> list[str]:
    """The words of plain text: compatible forms made one, case folded, hidden signs left out."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _WORD.findall(text.casefold())


def plain(markup: str) -> str:
    """Markup with an edge for each tag, also for those that are escaped within it, as in feeds."""
    for _ in range(_TWICE):
        if "<" not in markup and "&" not in markup:
            break
        markup = unescape(_TAG.sub(EDGE, _CITED.sub(" ", markup)))
    return markup


def runs(row: Sequence[str]) -> Iterator[int]:
    """A number for each run of words, good within one process and its forks."""
    return map(hash, zip(*(row[start:] for start in range(RUN)), strict=False))


def phrase(text: str) -> tuple[str, ...]:
    """A short text, such as a title, as its words."""
    return tuple(words(plain(text)))
