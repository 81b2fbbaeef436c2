"""Everything that is weighed to say how an article stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from imprimatur.editorial.arrival import arrival, highest_round, is_own, policy_of
from imprimatur.editorial.eligibility import dependence
from imprimatur.editorial.forgery import forgery, lapse, untimely
from imprimatur.editorial.vocabulary import ActName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.board import Board
    from imprimatur.editorial.landing import Change, Record
    from imprimatur.editorial.policy import ArticleClass, Policy
    from imprimatur.manuscript import Digest, Manifest


@dataclass(frozen=True, kw_only=True)
class Case:
    """One article at one instant, under one board and one policy.

    firm: whether only what has reached the protected branch is weighed.
    doubts, partials: what was found out about approvals, and about acts that clear the way for a
        text, in this case, and need not be asked again.
    """

    manifest: Manifest
    record: Record
    board: Board
    policy: Policy
    now: datetime
    firm: bool
    doubts: dict[tuple[str, str, frozenset[str], bool], str | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    partials: dict[tuple[str, Digest, bool], str | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def acts(self) -> tuple[FiledAct, ...]:
        """The acts of this article on this site that have arrived, in the order of arrival."""
        own = [
            filed
            for filed in self.record.acts
            if filed.act.article == self.manifest.slug
            and is_own(filed, self.policy)
            and filed.landing is not None
            and filed.landing.at <= self.now
            and not (self.firm and filed.landing.is_provisional)
        ]
        return tuple(sorted(own, key=arrival))

    @cached_property
    def highest(self) -> int:
        """The highest number that begins or ends a round: it follows those below it."""
        return highest_round(self.acts)

    def reaches(self, filed: FiledAct, number: int) -> bool:
        """Whether an act names a round of this number, or one behind it."""
        return number <= filed.act.round <= self.highest

    @cached_property
    def forged(self) -> Mapping[str, str]:
        """Why nothing proves an act, by its path; submissions need no proof."""
        reasons = {
            filed.path: forgery(filed, policy_of(filed, self.policy))
            for filed in self.acts
            if filed.act.act is not ActName.SUBMIT
        }
        return {path: reason for path, reason in reasons.items() if reason is not None}

    @cached_property
    def genuine(self) -> tuple[FiledAct, ...]:
        """The proven acts, in the order of arrival; no submissions."""
        return tuple(
            filed
            for filed in self.acts
            if filed.act.act is not ActName.SUBMIT and filed.path not in self.forged
        )

    @cached_property
    def lapses(self) -> Mapping[str, str]:
        """Why a genuine act counts no longer for putting something up, by its path."""
        reasons = {filed.path: lapse(filed, self.board, self.policy) for filed in self.genuine}
        return {path: reason for path, reason in reasons.items() if reason is not None}

    @cached_property
    def late(self) -> Mapping[str, str]:
        """Why a genuine act never counted for putting something up, by its path."""
        reasons = {filed.path: untimely(filed) for filed in self.genuine}
        return {path: reason for path, reason in reasons.items() if reason is not None}

    @cached_property
    def waived(self) -> frozenset[str]:
        """Digests of the reviews whose conflict of interest somebody else waived."""
        return self._waived(then=False)

    @cached_property
    def waived_then(self) -> frozenset[str]:
        """The same, whatever became of who waived it."""
        return self._waived(then=True)

    def _waived(self, *, then: bool) -> frozenset[str]:
        return frozenset(
            filed.digest
            for filed in self.genuine
            if self.answered(
                filed,
                ActName.WAIVE,
                self.genuine,
                text=filed.act.manuscript if then else self.manifest.digest,
                then=then,
            )
        )

    @property
    def needs(self) -> ArticleClass | None:
        """What the policy asks for this class of article; None if it does not know the class."""
        return self.policy.classes.get(self.manifest.article_class)

    def manifest_of(self, text: Digest) -> Manifest | None:
        """What a text is, the present one or an earlier one; None where that was not looked for."""
        present = self.manifest
        return present if text == present.digest else self.record.texts.get(text)

    def is_lost(self, text: Digest) -> bool:
        """Whether it matters what an earlier text was, and history does not hold it."""
        return text in self.record.texts and self.manifest_of(text) is None

    def changes_of(self, text: Digest) -> tuple[Change, ...]:
        """The commits that made a text; of one that is not known, those of the present one."""
        return self.record.made.get(text, self.record.changes)

    def stood(self, text: Digest) -> int:
        """When the protected branch first held a text, as far as that matters; else -1."""
        return self.record.stood.get(text, -1)

    def needs_of(self, about: Manifest | None, policy: Policy) -> ArticleClass | None:
        """What a policy asks for a text; of one that is not known, as for the present one."""
        return policy.classes.get((about or self.manifest).article_class)

    def of(self, *names: ActName) -> tuple[FiledAct, ...]:
        """The genuine acts of these kinds."""
        return tuple(filed for filed in self.genuine if filed.act.act in names)

    def answered(
        self,
        filed: FiledAct,
        name: ActName,
        among: Iterable[FiledAct],
        *,
        text: Digest | None = None,
        then: bool = False,
    ) -> bool:
        """Whether somebody who still may answered an act by an act of that kind.

        To overrule or to waive takes somebody else, who wrote nothing of the text: nobody clears
        the way for their own. To reinstate only opens a new round.
        text: the one for which the way is cleared, by default the present one.
        then: whether it is enough that they might when they did it, by what was known at that time.
        """
        void, cleared = self.late if then else self.lapses, text or self.manifest.digest
        return any(
            other.act.act is name
            and other.act.previous == filed.digest
            and other.path not in void
            and (
                name is ActName.REINSTATE
                or (
                    other.act.by != filed.act.by and self.partial(other, cleared, then=then) is None
                )
            )
            for other in among
        )

    def partial(self, filed: FiledAct, text: Digest, *, then: bool = False) -> str | None:
        """Why an act that clears the way for a text is no independent one, or None.

        It is independent of that text, and of the one that the act it answers was about.
        then: as for ``answered``.
        """
        key = (filed.path, text, then)
        if key not in self.partials:
            self.partials[key] = self._partial(filed, text, () if then else (self.board,))
        return self.partials[key]

    def _partial(self, filed: FiledAct, text: Digest, boards: Iterable[Board]) -> str | None:
        about = (e.act.manuscript for e in self.genuine if e.digest == filed.act.previous)
        for each in (next(about, text), text):
            manifest, stood = self.manifest_of(each) or self.manifest, self.stood(each)
            reason = dependence(filed, manifest, self.changes_of(each), boards, stood)
            if reason is not None:
                return reason
        return None
