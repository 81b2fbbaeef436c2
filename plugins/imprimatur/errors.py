"""What can go wrong, as values: a finding, and the one exception for what cannot be read at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NewType

RuleName = NewType("RuleName", str)
"""The kebab-case name of a rule: what is true of a good repository, such as ``key-is-unique``."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One breach of one rule at one place.

    path: the file, relative to the repository's root, with forward slashes.
    line: counted from 1; 0 where the whole file is meant.
    rule: the rule that was broken.
    message: what is wrong, with what was expected and what was found.
    cure: how to mend it, as an instruction.
    """

    path: str
    line: int
    rule: RuleName
    message: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        # Whoever proposes a file names it, and could write lines of their own.
        return one_line(f"{place}: {self.rule}: {self.message}; {self.cure}")


_BLANKS: Final = "\u00a0\u2007\u2009\u202f"
"""Spaces that keep a number and its unit together."""


def one_line(text: str) -> str:
    """A text with every sign written out that ends a line, hides, or is an order to a terminal."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or sign in _BLANKS else sign.encode("unicode_escape").decode()
        for sign in text
    )


class CannotExamineError(Exception):
    """Nothing can be said, for or against: the command ends with exit code 2.

    The message says what could not be read and how to mend it.
    """


class Outcome(IntEnum):
    """What came of it all: the exit code that scripts rely on."""

    GRANTED = 0
    REFUSED = 1
    NOT_EXAMINED = 2
