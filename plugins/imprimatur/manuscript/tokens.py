"""A paragraph as the words that count and the gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from imprimatur.manuscript.words import ARTICLES, NUMBER, kind_of, one_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEALED: Final = "a citation, link, image or address"
"""The kind of what is never looked into."""

_BLANKS: Final = " \n\u00a0\u202f\u2009\u2007"
_PIECE: Final = re.compile(
    rf"[{_BLANKS}]+"
    r"|!?\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\](?:\([^()]*+\)|\[[^\[\]]*+\])?"
    rf"|[^{_BLANKS}\[\]]+|[\[\]]"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*|.", re.DOTALL)
_ADDRESS: Final = re.compile(r"@|://|\bwww\.")
_QUOTES: Final = "'\"\u2018\u2019\u201c\u201d"
_HARD_BREAK: Final = "  \n"


class Token(NamedTuple):
    """A word or sign that counts.

    form: equal for the harmless forms of one word. kind: as of ``kind_of``, or SEALED.
    """

    text: str
    form: str
    kind: str


class Gap(list[str]):
    """What stands between two tokens: the blanks and articles, as they are written."""

    __slots__ = ()

    @property
    def articles(self) -> list[str]:
        """The articles in it, rightly spelt, in lower case."""
        return [one_form(piece).lower() for piece in self if piece[0] not in _BLANKS]

    @property
    def blank(self) -> bool:
        """Whether a blank parts the tokens; the one behind an article belongs to that article."""
        return bool(self) and self[0][0] in _BLANKS

    @property
    def breaks(self) -> int:
        """How many line breaks are forced."""
        return sum(piece.count(_HARD_BREAK) for piece in self)


@dataclass(slots=True)
class Paragraph:
    """Tokens, with a gap before the first, between each two and after the last."""

    tokens: list[Token]
    gaps: list[Gap]


def read_paragraph(text: str) -> Paragraph:
    """Take a paragraph apart; one whose brackets do not close is a single sealed token."""
    text = text.strip(" \n")
    pieces = list(_pieces(text))
    if _is_unclear(pieces):
        return Paragraph(tokens=[Token(text, text, SEALED)], gaps=[Gap(), Gap()])
    found = Paragraph(tokens=[], gaps=[Gap()])
    for piece, following in zip(pieces, [*pieces[1:], "."], strict=True):
        if piece[0] in _BLANKS or (_is_article(piece) and following[0] in _BLANKS):
            found.gaps[-1].append(piece)
        else:
            found.tokens.append(_token(piece, found))
            found.gaps.append(Gap())
    return _without_last_stop(found)


def _is_article(piece: str) -> bool:
    return one_form(piece) in ARTICLES


def _pieces(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece[0] in _BLANKS or _is_sealed(piece):
            yield piece
        else:
            yield from _WORD.findall(piece)


def _is_sealed(piece: str) -> bool:
    in_brackets = piece.startswith(("[", "![")) and len(piece) > 1
    return in_brackets or _ADDRESS.search(piece) is not None


def _is_unclear(pieces: Iterable[str]) -> bool:
    """Whether brackets stay open, or parentheses of a link hold parentheses."""
    last = ""
    for piece in pieces:
        if piece in {"[", "]"} or (piece[0] == "(" and last.endswith(("]", ")")) and "[" in last):
            return True
        last = piece
    return False


def _token(piece: str, before: Paragraph) -> Token:
    if _is_sealed(piece):
        return Token(piece, piece, SEALED)
    last = before.tokens[-1] if before.tokens else None
    if piece in _QUOTES and last is not None and not before.gaps[-1] and last.kind == NUMBER:
        return Token(piece, piece, NUMBER)  # feet, inches or minutes
    return Token(piece, one_form(piece), kind_of(piece))


def _without_last_stop(found: Paragraph) -> Paragraph:
    """Leave out the full stop at the end, where what it follows is a plain word."""
    if len(found.tokens) > 1 and found.tokens[-1].text == "." and not found.gaps[-2]:
        word = found.tokens[-2]
        if word.text.isalpha() and not word.kind:
            return Paragraph(tokens=found.tokens[:-1], gaps=[*found.gaps[:-2], found.gaps[-1]])
    return found
