"""The standing of a manuscript as a value: everything that badge, notice and gate are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - read when a standing is remembered, as the rest here
from enum import StrEnum
from typing import Final

from imprimatur.editorial.moment import Moment  # noqa: TC001
from imprimatur.editorial.vocabulary import Role  # noqa: TC001
from imprimatur.manuscript import Digest  # noqa: TC001


class State(StrEnum):
    """Every standing there is; what a reader is shown follows from it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under-review"
    LAPSED = "lapsed"
    APPROVED = "approved"
    REVIEW_DUE = "review-due"
    EXPIRED = "expired"
    CONCERN = "concern"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    SUPERSEDED = "superseded"


_SHOWN: Final = frozenset({State.APPROVED, State.REVIEW_DUE, State.CONCERN})
_NOTICES: Final = frozenset({State.EXPIRED, State.WITHDRAWN, State.RETRACTED, State.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One counted approval of the text that is shown.

    name, credentials, affiliation: as printed when it was given.
    interests: as declared in it, and on the board of then.
    specialties: those on the board that the approval counted with.
    at: when it took effect. signed: whether a signature proves it; else it was only recorded.
    """

    name: str
    credentials: str
    affiliation: str
    role: Role
    interests: str
    at: Moment
    signed: bool
    specialties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """An act that weighs nothing, or less than it says.

    who: as printed in it. is_forged: whether nothing proves that somebody who might did it.
    """

    path: str
    who: str
    reason: str
    is_forged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Why an article is not shown, who said so, with their role, and since when."""

    reason: str
    by: str
    at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """The approved article that takes the place of another."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The standing of one manuscript at one instant.

    since: when it was reached, as far as the record claims; None for a draft.
    round: the round it belongs to, 0 before the first.
    waits_for: what is still lacking, each a plain clause that follows "waits for".
    quorum: how many people must approve, 0 where no policy says so.
    approvals: of the text that is shown, in their order. lights: of small edits since then.
    submitted, assigned, approved: when the round reached each step; None for a step not reached.
    reviewed: when the whole text was last reviewed; a light review does not move it.
    due, expires: the last day on which the approval needs no new review, and on which it is shown.
    reason, by: of a concern or a notice: why, and who said so, with their role.
    retractions: of a retraction: what each of those said whose acts made it final.
    changed: of a lapse: what differs from the approved text, each named as a part of the manifest.
    successor: what supersedes it. approved_title: the last title that was approved, if any was.
    update: whether a newer text than the one shown is waiting.
    would_be: what it would be once what is proposed is merged, where that shows more.
    granted: digest of the manifest that was approved last, whatever became of it.
    discounts: the acts that weigh nothing, and why.
    base: the commits that an earlier approval held, sorted; every other one made this text.
    """

    state: State
    since: Moment | None = None
    round: int = 0
    waits_for: tuple[str, ...] = ()
    quorum: int = 0
    approvals: tuple[Approval, ...] = ()
    submitted: Moment | None = None
    assigned: Moment | None = None
    approved: Moment | None = None
    reviewed: Moment | None = None
    due: date | None = None
    expires: date | None = None
    reason: str = ""
    by: str = ""
    retractions: tuple[Said, ...] = ()
    changed: tuple[str, ...] = ()
    successor: Successor | None = None
    approved_title: str | None = None
    update: bool = False
    would_be: State | None = None
    granted: Digest | None = None
    lights: tuple[Approval, ...] = ()
    discounts: tuple[Discount, ...] = ()
    base: tuple[str, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether readers may be shown the text: only if the state is known to grant it."""
        return self.state in _SHOWN

    @property
    def is_notice(self) -> bool:
        """Whether a notice stands in place of the text."""
        return self.state in _NOTICES
