"""How many years of school a text needs, by two formulas that count letters and not syllables.

The figure is the mean of the Coleman-Liau index and the Automated Readability Index. Both need
only letters, words and sentences, so nobody has to guess how a drug's name is spoken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import sentencex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPOKEN: Final = re.compile(r"[^\W_]")
# Begun only where a word begins, so that a long row of signs takes no more than its length.
_WORD: Final = re.compile(r"(?<![^\s\u2014])(?:_|[^\w\s\u2014])*+[^\W_][^\s\u2014]*+")

_LONGEST: Final = 5_000
"""Signs that are split at once; what quotation marks leave open costs the square of it."""


def words_of(text: str) -> tuple[str, ...]:
    """What stands between blanks or dashes and holds a letter or a digit."""
    return tuple(_WORD.findall(text))


def has_words(text: str) -> bool:
    """Whether ``words_of`` would find any."""
    return _SPOKEN.search(text) is not None


# The press measures what the gate then judges.
@lru_cache(maxsize=2048)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph or item; the last of them needs no full stop.

    A full stop before a small letter ends none, as in "500 mg. a day".
    """
    tidy = " ".join(text.split())
    parts = (tidy[start : start + _LONGEST] for start in range(0, len(tidy), _LONGEST))
    pieces = (each.strip() for part in parts for each in sentencex.segment("en", part))
    found: list[list[str]] = []
    for piece in filter(None, pieces):
        if found and (piece[0].islower() or not has_words(piece)):
            found[-1].append(piece)
        else:
            found.append([piece])
    return tuple(" ".join(each) for each in found if any(map(has_words, each)))


def reading_grade(sentences: Sequence[str]) -> float | None:
    """The school grade that sentences need together, to one decimal; None where there is no word.

    It may be below 1 for the plainest texts. Among a handful of words a long one weighs much.
    """
    return _grade(tuple(sentences))


# As above: the press says which grade it is, and the gate whether it fits.
@lru_cache(maxsize=256)
def _grade(sentences: tuple[str, ...]) -> float | None:
    words = [word for each in sentences for word in words_of(each)]
    if not words:
        return None
    signs = "".join(words)
    letters, characters = sum(map(str.isalpha, signs)), sum(map(str.isalnum, signs))
    coleman_liau = 5.88 * letters / len(words) - 29.6 * len(sentences) / len(words) - 15.8
    automated = 4.71 * characters / len(words) + 0.5 * len(words) / len(sentences) - 21.43
    return round((coleman_liau + automated) / 2, 1)


def hardest(sentences: Iterable[str], most: int) -> list[tuple[float, int]]:
    """The sentences that need the highest grades by themselves, each with its position."""
    graded = ((reading_grade([each]), place) for place, each in enumerate(sentences))
    known = [(grade, place) for grade, place in graded if grade is not None]
    return sorted(known, key=lambda each: (-each[0], each[1]))[:most]
