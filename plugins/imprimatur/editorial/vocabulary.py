"""The words that policy, board and acts share."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, Field

T = TypeVar("T", bound=str)

UNIQUE: Final = Field(json_schema_extra={"uniqueItems": True})
"""What ``once`` means in a published schema."""


def once(words: tuple[T, ...]) -> tuple[T, ...]:
    """The words, or a ValueError that names those among them which stand twice."""
    twice = sorted(word for word, count in Counter(words).items() if count > 1)
    if twice:
        raise ValueError(f"`{'`, `'.join(twice)}` stands twice; keep one")
    return words


class Role(StrEnum):
    """What a person may be on the board."""

    EDITOR_IN_CHIEF = "editor-in-chief"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    PATIENT_REVIEWER = "patient-reviewer"


Roles = Annotated[tuple[Role, ...], AfterValidator(once), UNIQUE]
"""Roles, none of them twice."""


class ActName(StrEnum):
    """The deeds a record may hold."""

    SUBMIT = "submit"
    ASSIGN = "assign"
    REVIEW = "review"
    OVERRULE = "overrule"
    WAIVE = "waive"
    CONCERN = "concern"
    WITHDRAW = "withdraw"
    RETRACT = "retract"
    SUPERSEDE = "supersede"
    REINSTATE = "reinstate"


TAKE_DOWN: Final = frozenset(
    {ActName.CONCERN, ActName.WITHDRAW, ActName.RETRACT, ActName.SUPERSEDE}
)
"""The acts for which one person is enough."""


class Decision(StrEnum):
    """What a review may decide."""

    APPROVE = "approve"
    REVISE = "revise"
    REJECT = "reject"
    ABSTAIN = "abstain"
