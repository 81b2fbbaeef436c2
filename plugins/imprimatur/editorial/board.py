"""The people who may act: ``editorial/board.yml``, public, and no more than is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from imprimatur.editorial.doubles import refuse_doubles
from imprimatur.editorial.moment import Moment
from imprimatur.editorial.names import name_fault
from imprimatur.editorial.ssh_key import canonical
from imprimatur.editorial.vocabulary import UNIQUE, Role, once
from imprimatur.manuscript.front_matter import Identifier, Line, Orcid
from imprimatur.strict import Closed, Day

if TYPE_CHECKING:
    from datetime import date

# No more than what tells one address from a name, from two addresses and from brackets around it:
# Git takes addresses that no mail reaches.
_ADDRESS: Final = r'^[^\s@<>(),;:"\[\]\\]+@[^\s@<>(),;:"\[\]\\]+$'


def _one_address(text: str) -> str:
    if not re.fullmatch(_ADDRESS, text):
        raise ValueError("write one address as Git shows it, such as ana@example.org, alone")
    return text


def _printed(name: str) -> str:
    fault = name_fault(name)
    if fault:
        raise ValueError(fault)
    return name


def _public_key(line: str) -> str:
    words = line.split()
    place = next((at for at, word in enumerate(words) if word.startswith("AAAA")), 0)
    if place > 1:
        kind = words[place - 1]
        raise ValueError(f"options before a key are not obeyed; begin the line with {kind}")
    # Else one key, written in two ways, would pass for two.
    if canonical(line) != " ".join(line.split(" ")[:2]):
        raise ValueError("this key was altered on its way; copy the line of the .pub file again")
    return line


def _in_order(first: date, last: date | None, what: str) -> None:
    if last is not None and last < first:
        raise ValueError(f"the {what} ends on {last}, before it begins on {first}")


PrintedName = Annotated[Line, AfterValidator(_printed)]
"""A person's name as readers see it; nothing in it is unseen or passes for another letter."""

GitAddress = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_one_address),
    Field(json_schema_extra={"pattern": _ADDRESS}),
]
"""The address of an author or committer, as it stands in commits."""

PublicKey = Annotated[
    str,
    StringConstraints(max_length=4000),
    AfterValidator(_public_key),
    Field(json_schema_extra={"pattern": "^(ssh|sk|ecdsa)-[^ ]+ AAAA"}),
]
"""The one line of a ``.pub`` file, with or without the comment behind the key."""


class Term(Closed):
    """When a person serves.

    start: the first day. end: the last day, if there is one.
    """

    start: Day = Field(alias="from")
    end: Day | None = Field(alias="to", default=None)

    @model_validator(mode="after")
    def _forward(self) -> Self:
        _in_order(self.start, self.end, "term")
        return self


class Key(Closed):
    """An SSH public key in its one-line form, and when it counts.

    public: the one line of a ``.pub`` file.
    valid_from: the first day on which it signs. valid_to: the last one, if it has one.
    revoked_from: of what it signed from this instant on, nothing clears the way for a text; what
    it took down stays down.
    """

    public: PublicKey
    valid_from: Day
    valid_to: Day | None = None
    revoked_from: Moment | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        _in_order(self.valid_from, self.valid_to, "key")
        return self

    @property
    def bare(self) -> str:
        """Kind and key without the comment, by which two keys are the same."""
        return " ".join(self.public.split()[:2])

    def signs(self, day: date) -> bool:
        """Whether it is valid on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Person(Closed):
    """A member of the board.

    id: by which acts name them, never given to anybody else. name: as readers see it.
    roles: what they may act as. specialties: as classes of articles ask for them.
    interests: competing interests in words; "none" is a declaration.
    orcid: by which authorship is told from review, too, where a text names it.
    git: commit addresses, by which authorship is told from review.
    keys: by which their signatures are known, lost and former ones included.
    revoked_from: of what they did from this instant on, nothing clears the way for a text; what
    they took down stays down.
    """

    id: Identifier
    name: PrintedName
    credentials: Line
    affiliation: Line
    roles: Annotated[tuple[Role, ...], Field(min_length=1), AfterValidator(once), UNIQUE]
    specialties: tuple[Identifier, ...]
    term: Term
    interests: Line
    orcid: Orcid | None = None
    git: tuple[GitAddress, ...] = ()
    keys: tuple[Key, ...] = ()
    revoked_from: Moment | None = None

    def serves(self, day: date) -> bool:
        """Whether the term covers that day."""
        return self.term.start <= day and (self.term.end is None or day <= self.term.end)

    def key(self, bare: str) -> Key | None:
        """Their key of that kind and value."""
        return next((each for each in self.keys if each.bare == bare), None)


class Contributor(Closed):
    """Somebody who writes and has no rights on the board: whose commits are theirs is known.

    git: commit addresses.
    """

    id: Identifier
    name: PrintedName
    git: Annotated[tuple[GitAddress, ...], Field(min_length=1)]


class Board(Closed):
    """All members, and others whose commits are known.

    version: only grows. people: members, former ones included, since their approvals stand.
    contributors: authors and helpers without rights on the board.
    """

    version: Annotated[int, Field(ge=1)]
    people: tuple[Person, ...]
    contributors: tuple[Contributor, ...] = ()

    @model_validator(mode="after")
    def _no_doubles(self) -> Self:
        refuse_doubles(self.people, self.contributors)
        return self

    def person(self, identifier: str) -> Person | None:
        """The member of that id."""
        # A plain loop: it is asked a hundred thousand times over a large site.
        for each in self.people:
            if each.id == identifier:
                return each
        return None

    def known(self, identifier: str) -> Person | Contributor | None:
        """The member or contributor of that id."""
        others = (each for each in self.contributors if each.id == identifier)
        return self.person(identifier) or next(others, None)
