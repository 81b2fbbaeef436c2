"""One deed, in a file of its own under ``editorial/records/<slug>/``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from imprimatur.editorial.moment import Moment
from imprimatur.editorial.vocabulary import ActName, Decision
from imprimatur.manuscript import Digest
from imprimatur.manuscript.front_matter import Identifier, Line
from imprimatur.strict import Closed

if TYPE_CHECKING:
    from imprimatur.editorial.landing import Landing

DigestText = Annotated[Digest, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]

_NEED_NO_REASON: Final = {ActName.SUBMIT, ActName.ASSIGN}
_ANSWER_ANOTHER: Final = {ActName.OVERRULE, ActName.WAIVE, ActName.REINSTATE}


class ConflictOfInterest(Closed):
    """What was asked and answered; a review without it was not asked, which is not "none".

    declared: whether the question was answered. none: whether there is no conflict.
    """

    declared: bool
    none: bool
    statement: Line | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.declared and not self.none and self.statement is None:
            raise ValueError("a conflict of interest needs a `statement`")
        if self.none and self.statement is not None:
            raise ValueError("where there is no conflict there is no `statement`")
        return self


class Light(Closed):
    """That a review is of an edit alone.

    since: the manifest that was approved before. diff: digest of the word diff that was read.
    """

    since: DigestText
    diff: DigestText


class Act(Closed):
    """What one person did to one round of one article.

    site, article, round: against replay elsewhere. manuscript: digest of the manifest it is about.
    signed_at: a claim of the signer, no evidence. previous: digest of the act this one answers: of
    a review the round's submission or an assignment, of ``overrule`` the objection, of ``waive``
    the review whose conflict is waived, of ``reinstate`` what took the article down.
    reviewers: whom an assignment names. light: set where a review is of an edit alone.
    successor: the article that takes the place of a superseded one.
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
    reviewers: tuple[Identifier, ...] = ()
    light: Light | None = None
    successor: Identifier | None = None
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
        if self.light is not None and not granted:
            raise ValueError("only an approval can be `light`")
        if (self.successor is not None) != (self.act is ActName.SUPERSEDE):
            raise ValueError("`supersede` names a `successor`, and only `supersede`")
        if self.previous is None and self.act in _ANSWER_ANOTHER:
            raise ValueError(f"`{self.act}` needs `previous`, the digest of the act it answers")
        return self


class Signature(Enum):
    """What is known of an act's signature. Only VALID is proof."""

    VALID = "valid"
    ABSENT = "absent"
    INVALID = "invalid"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the signature beside an act proves.

    key: the public key that made it, ``ssh-ed25519 AAAA…`` without comment; empty unless VALID.
    fault: why it is INVALID or NOT_CHECKED, as a clause; else empty.
    """

    signature: Signature
    key: str = ""
    fault: str = ""


ABSENT: Final = Seal(signature=Signature.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledAct:
    """An act as it lies in the repository.

    digest: of the file's bytes. seal: what is known of the ``.sig`` beside it.
    landing: how it came to the protected branch; None where that is not known, and then it weighs
    nothing.
    """

    act: Act
    path: str
    digest: Digest
    seal: Seal = ABSENT
    landing: Landing | None = None

    @property
    def signature(self) -> Signature:
        """What is known of its signature."""
        return self.seal.signature

    @property
    def name(self) -> str:
        """Its signer's name, by the board under which it arrived; else as they wrote it themselves.

        A signer may write any name, and readers are told the one that the board knows.
        """
        person = self.landing.board.person(self.act.by) if self.landing else None
        return person.name if person else self.act.printed_name
