"""How much of what is costly to print a page may hold.

Python-Markdown reads some texts in a time that grows with their square, and recurses on others
until it breaks. No article comes near these bounds; within them every page is printed in seconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript.nesting import DEEPEST, Levels

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES: Final = 10_000
MOST_LINES_TOGETHER: Final = 1_000
MOST_OPEN: Final = 100
MOST_TERMS: Final = 100
MOST_STARS: Final = 5_000
LONGEST: Final = 100_000
"""Characters of one paragraph; each of its signs makes Python-Markdown copy it."""

_COUNTED: Final = (
    (re.compile(r"^/{3}", re.MULTILINE), ("///",), 1_000, "lines of `///`"),
    (re.compile("@"), ("@",), 1_000, "signs `@`"),
    (re.compile(r"\[\^"), ("[^",), 1_000, "marks of notes `[^`"),
    (re.compile(r"<[A-Za-z/!?]"), ("<",), 3_000, "tags of HTML"),
    (
        re.compile(r"[*_`&\[\]<>\\|!]"),
        tuple("*_`&[]<>\\|!"),
        20_000,
        "signs of Markdown such as `*`, `[` and `|`",
    ),
)
_BRACKET: Final = re.compile(r"\]\(|[\[\])]")
_OPENING: Final = re.compile(r"^[^\S\n]*/{3,}[^\S\n]*[\w-]", re.MULTILINE)
_BEFORE_TEXT: Final = re.compile(r"^[ \t>\-+*:\d.)]+", re.MULTILINE)
_TERM: Final = re.compile(r"^[ >]*:", re.MULTILINE)
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])|>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """Where a page goes beyond a bound. line: of the file. message: names the bound."""

    line: int
    message: str
    cure: str


def excess(body: str, first_line: int) -> Excess | None:
    """The first thing by which a page cannot be printed in bounded time and memory, or None.

    first_line: the number of the body's first line.
    """
    for sign, literal, most, named in _COUNTED:
        # To count by the text of a sign is many times as fast, and enough for almost every page.
        many = len(body) > most and sum(map(body.count, literal)) > most
        place = _beyond(sign, body, most) if many else None
        if place is not None:
            line = first_line + body.count("\n", 0, place)
            message = f"the text holds more than {most:,} {named}, the most that are printed"
            return Excess(line=line, message=message, cure="divide it into several articles")
    if _is_calm(body):
        return None
    walk = _Walk()
    for number, text in enumerate(body.split("\n")):
        broken = next(walk.breaches(number, text), None)
        if broken is not None:
            return Excess(line=first_line + number, message=broken[0], cure=broken[1])
    return None


def _is_calm(body: str) -> bool:
    """Whether a page is so plain that no walk down its lines could find anything; most are."""
    opened = len(_OPENING.findall(body))
    deepest = max(map(len, _BEFORE_TEXT.findall(body)), default=0)
    return (
        len(body) <= LONGEST
        and body.count("\n") < MOST_LINES_TOGETHER
        and max(body.count("["), body.count("](")) <= MOST_OPEN
        and body.count("<") <= MOST_OPEN
        and body.count("*") + body.count("_") <= MOST_STARS
        and (body.count(":") <= MOST_TERMS or len(_TERM.findall(body)) <= MOST_TERMS)
        # Each sign before the text of a line is one level at most.
        and opened + deepest <= DEEPEST
    )


def _beyond(sign: re.Pattern[str], body: str, most: int) -> int | None:
    """Where the first sign stands that is one too many."""
    for count, found in enumerate(sign.finditer(body)):
        if count == most:
            return found.start()
    return None


@dataclass(slots=True)
class _Walk:
    """What is open on the way down a page; all but tags ends with its paragraph."""

    levels: Levels = field(default_factory=Levels)
    square: int = 0
    round: int = 0
    tags: int = 0
    lines: int = 0
    terms: int = 0
    stars: int = 0
    length: int = 0

    def breaches(self, number: int, line: str) -> Iterator[tuple[str, str]]:
        """What this line takes too far, and how to mend it."""
        if self.levels.enter(line) > DEEPEST:
            yield f"the text is nested more than {DEEPEST} deep", "write it flatter"
        self._take(line)
        if self.square > MOST_OPEN or self.round > MOST_OPEN:
            yield f"more than {MOST_OPEN} brackets are open", "close each `[` and each `](`"
        if self.tags > MOST_OPEN:
            yield f"more than {MOST_OPEN} tags of HTML are open", "close each `<` by its `>`"
        if self.terms > MOST_TERMS:
            message = f"more than {MOST_TERMS} definitions stand together"
            yield message, "leave a blank line between them"
        if self.length > LONGEST:
            message = f"a paragraph has more than {LONGEST:,} characters"
            yield message, "divide it by blank lines"
        if self.stars > MOST_STARS:
            message = f"a paragraph holds more than {MOST_STARS:,} signs `*` and `_`"
            yield message, "divide it by blank lines"
        if self.lines > MOST_LINES_TOGETHER:
            message = f"more than {MOST_LINES_TOGETHER:,} lines stand together"
            yield message, "leave a blank line between them"
        if number >= MOST_LINES:
            message = f"the text has more than {MOST_LINES:,} lines, the most that are printed"
            yield message, "divide it into several articles"

    def _take(self, line: str) -> None:
        if not line.strip():
            self.square = self.round = self.lines = self.terms = self.stars = self.length = 0
            return
        self.lines += 1
        self.length += len(line)
        self.stars += line.count("*") + line.count("_")
        self.terms += line.lstrip(" >").startswith(":")
        # Sign by sign, until too much is open: what closes it later on the line comes too late.
        for found in _BRACKET.finditer(line) if "[" in line or self.square or self.round else ():
            sign = found[0]
            self.square = max(0, self.square + (1 if sign == "[" else -(sign != ")")))
            self.round = max(0, self.round + (1 if sign == "](" else -(sign == ")")))
            if self.square > MOST_OPEN or self.round > MOST_OPEN:
                break
        for found in _TAG.finditer(line) if "<" in line or self.tags else ():
            self.tags = max(0, self.tags + (1 if found[0] == "<" else -1))
            if self.tags > MOST_OPEN:
                break
