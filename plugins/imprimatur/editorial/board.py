"""The people who may act: ``editorial/board.yml``, public, and no more than is needed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from imprimatur.editorial.moment import Moment
from imprimatur.editorial.vocabulary import Role
from imprimatur.manuscript.front_matter import Identifier, Line
from imprimatur.strict import Closed


def _one_of_each(people: tuple[Person, ...]) -> tuple[Person, ...]:
    ids = [person.id for person in people]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands twice")
    return people


class Term(Closed):
    """From and to which day, both included, a person serves; no end means still serving."""

    start: date = Field(alias="from")
    end: date | None = Field(alias="to", default=None)


class Key(Closed):
    """An SSH public key in its one-line form, and when it counts."""

    public: Line
    valid_from: date
    valid_to: date | None = None


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
