"""The people who may act: ``editorial/board.yml``, public, and no more than is needed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from imprimatur.editorial.moment import Moment
from imprimatur.editorial.vocabulary import Role
from imprimatur.manuscript.front_matter import Identifier, Line
from imprimatur.strict import Closed, Day

if TYPE_CHECKING:
    from datetime import date


def _one_of_each(people: tuple[Person, ...]) -> tuple[Person, ...]:
    counts = Counter(person.id for person in people)
    twice = sorted(each for each, count in counts.items() if count > 1)
    if twice:
        raise ValueError(f"{', '.join(twice)} stands twice")
    return people


class Term(Closed):
    """From and to which day, both included, a person serves; no end means still serving."""

    start: Day = Field(alias="from")
    end: Day | None = Field(alias="to", default=None)


class Key(Closed):
    """An SSH public key in its one-line form, and when it counts."""

    public: Line
    valid_from: Day
    valid_to: Day | None = None


class Person(Closed):
    """A member of the board.

    git: commit addresses, by which authorship is told from review.
    revoked_from: every act of theirs from this instant on is void.
    """

    id: Identifier
    name: Line
    credentials: Line
    affiliation: Line
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    specialties: tuple[Identifier, ...]
    term: Term
    interests: Line
    git: tuple[Line, ...] = ()
    keys: tuple[Key, ...] = ()
    revoked_from: Moment | None = None

    def serves(self, day: date) -> bool:
        """Whether the term covers that day."""
        return self.term.start <= day and (self.term.end is None or day <= self.term.end)


class Board(Closed):
    """All members; version only grows."""

    version: Annotated[int, Field(ge=1)]
    people: Annotated[tuple[Person, ...], AfterValidator(_one_of_each)]

    def person(self, identifier: str) -> Person | None:
        """The member of that id."""
        return next((each for each in self.people if each.id == identifier), None)
