"""One deed, in a file of its own under ``editorial/records/<slug>/``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from imprimatur.editorial.moment import Moment
from imprimatur.editorial.vocabulary import ActName, Decision
from imprimatur.manuscript import Digest
from imprimatur.manuscript.front_matter import Identifier, Line
from imprimatur.strict import Closed

DigestText = Annotated[Digest, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]

_NEED_NO_REASON: Final = {ActName.SUBMIT, ActName.ASSIGN}


class ConflictOfInterest(Closed):
    """What was asked and answered; a review without it was not asked, which is not "none"."""

    declared: bool
    none: bool
    statement: Line | None = None


class Act(Closed):
    """What one person did to one round of one article.

    site, article, round: against replay elsewhere. manuscript: digest of the manifest it is about.
    signed_at: a claim of the signer, no evidence. previous: digest of the act this one answers.
    """

    act: ActName
    site: Line
    article: Identifier
    round: Annotated[int, Field(ge=1)]
    manuscript: DigestText
    by: Identifier
    role: Identifier
    printed_name: Line
    meaning: Line
    decision: Decision | None = None
    audiences: tuple[Identifier, ...] = ()
    checklist: tuple[Line, ...] = ()
    conflict_of_interest: ConflictOfInterest | None = None
    reason: Annotated[str, Field(min_length=1, max_length=4000)] | None = None
    signed_at: Moment
    previous: DigestText | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.decision is not None) != (self.act is ActName.REVIEW):
            raise ValueError("a review has a `decision`, and only a review")
        granted = self.decision is Decision.APPROVE
        if self.reason is None and not granted and self.act not in _NEED_NO_REASON:
            raise ValueError(f"`{self.decision or self.act}` needs a `reason`")
        return self


class Signature(Enum):
    """What is known of an act's signature. Only VALID is proof."""

    VALID = "valid"
    ABSENT = "absent"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledAct:
    """An act as it lies in the repository.

    digest: of the file's bytes. signature: what is known of the ``.sig`` beside it.
    """

    act: Act
    path: str
    digest: Digest
    signature: Signature
