"""What an approval rests on, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from imprimatur.editorial import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One approval that counts.

    of: ``text`` or ``edit``, what was reviewed. commit: the one with which it arrived.
    waiver: who let it count in spite of that, and why; empty where nobody had to.
    key: the short name of the key that signed it; empty where it was only recorded.
    board: the version of the board in force when it arrived.
    before: the commits that an earlier approval held; what else had come to the protected branch
        when this one did, at its order, made what was reviewed.
    """

    by: str
    name: str
    role: str
    credentials: str
    affiliation: str
    interests: str
    waiver: str
    of: str
    path: str
    signed_at: datetime
    arrived: datetime
    commit: str
    key: str
    board: int
    before: tuple[str, ...]
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A commit that changed the text since the approval before. by: addresses."""

    commit: str
    order: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection, and how it was answered; empty where it stands."""

    path: str
    name: str
    decision: str
    reason: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything an approval rests on.

    parts: of the text, each with its digest. policy: the version in force.
    own: approvers who are among those who changed the text, of whom there may be none.
    lost: acts that were changed or deleted; they count as they came to the protected branch.
    unexamined: what could not be examined, and then nothing is proven.
    """

    slug: str
    title: str
    standing: Standing
    digest: str
    parts: Mapping[str, str]
    policy: int
    voices: tuple[Voice, ...] = ()
    makings: tuple[Making, ...] = ()
    own: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    lost: tuple[str, ...]
    unexamined: tuple[str, ...]

    @property
    def is_approval(self) -> bool:
        """Whether it proves that the text may be shown."""
        return self.standing.is_published and not self.own and not self.unexamined
