"""Marks on their way through the parser and the sanitiser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from imprimatur.manuscript import Citation

ATTRIBUTE: Final = "data-imp"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockMark:
    """A block that the author opened."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationMark:
    """A citation as written; None where the mark cites nothing in one of its parts."""

    source: str
    citation: Citation | None


class NotePart(StrEnum):
    """What an author's footnote is made of."""

    LIST = "list"
    NOTE = "note"
    PLACE = "place"
    LINK = "link"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMark:
    """A part of an author's footnote. id: the name that links lead to, "" if none leads there."""

    part: NotePart
    id: str


Mark = BlockMark | CitationMark | NoteMark


class Stash:
    """Keeps each mark of one rendering under a ticket that the page's author cannot guess.

    The ticket travels as an attribute, which the sanitiser lets pass whoever wrote it. One that was
    never issued is named as a breach, and is taken from the tree with all others.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_hex(8)
        self._marks: dict[str, Mark] = {}

    def put(self, mark: Mark) -> str:
        """Keep a mark and return its ticket."""
        ticket = f"{self._secret}:{len(self._marks)}"
        self._marks[ticket] = mark
        return ticket

    def get(self, ticket: str) -> Mark | None:
        """The mark of a ticket, or None if this stash never issued it."""
        return self._marks.get(ticket)
