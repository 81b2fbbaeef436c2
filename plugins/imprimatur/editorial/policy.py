"""What an approval needs and how long it lasts: ``editorial/policy.yml``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from imprimatur.editorial.vocabulary import ActName, Role
from imprimatur.manuscript.front_matter import Identifier, Line
from imprimatur.strict import Closed


def _own_site(address: str) -> str:
    if any(sign in address for sign in " \t<>\"'"):
        raise ValueError("an address has no blanks, quotes or angle brackets")
    return address


def _no_cycle(audiences: tuple[Audience, ...]) -> tuple[Audience, ...]:
    fallback = {each.id: each.fallback for each in audiences}
    if len(fallback) < len(audiences):
        raise ValueError("two audiences have the same id")
    for start, first in fallback.items():
        seen, here = {start}, first
        while here is not None:
            if here not in fallback:
                raise ValueError(f"the fallback `{here}` is no audience of this policy")
            if here in seen:
                raise ValueError(f"the fallbacks of `{start}` go round in a circle")
            seen.add(here)
            here = fallback[here]
    return audiences


class Pending(StrEnum):
    """What ``publish`` does with an article that is not approved."""

    BLOCK = "block"
    WITHHOLD = "withhold"
    LAST_APPROVED = "last-approved"


class Audience(Closed):
    """Whom a passage may be for.

    fallback: the audience whose text is shown where there is none for this one.
    reading_grade: the highest school grade its text may need; none means no ceiling.
    disclaimer: what its readers are told below every article.
    """

    id: Identifier
    label: Line
    fallback: Identifier | None = None
    reading_grade: Annotated[int, Field(ge=1, le=20)] | None = None
    disclaimer: Annotated[str, Field(min_length=1, max_length=2000)]


class ArticleClass(Closed):
    """What an approval of one kind of article needs.

    quorum: how many eligible people must approve.
    specialties, roles: each must be found among them.
    valid_months: how long an approval holds; grace_days: how long it is shown after that.
    """

    quorum: Annotated[int, Field(ge=1, le=20)]
    specialties: tuple[Identifier, ...] = ()
    roles: tuple[Role, ...] = ()
    valid_months: Annotated[int, Field(ge=1, le=120)]
    grace_days: Annotated[int, Field(ge=0, le=366)]


class Policy(Closed):
    """The rules of one board.

    version: only grows. site: the address that acts name, against replay on another site.
    acts: who may do which act; an act that is not named here is nobody's.
    questions, errors: where readers' follow-up questions and error reports go, an e-mail address or
        the address of an issue form.
    """

    version: Annotated[int, Field(ge=1)]
    site: Annotated[Line, AfterValidator(_own_site)]
    audiences: Annotated[tuple[Audience, ...], Field(min_length=1), AfterValidator(_no_cycle)]
    classes: Annotated[dict[Identifier, ArticleClass], Field(min_length=1)]
    acts: dict[ActName, tuple[Role, ...]]
    pending: Pending
    signatures: Literal["required", "optional"]
    light_review: bool
    platform_identities: tuple[Line, ...] = ()
    style: Literal["ama"]
    questions: Line | None = None
    errors: Line | None = None

    def audience(self, identifier: str) -> Audience | None:
        """The audience of that id, if the policy knows it."""
        return next((each for each in self.audiences if each.id == identifier), None)
