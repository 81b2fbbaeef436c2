"""Grants: the rounds that approvals completed, and what still counts of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprimatur.editorial.arrival import policy_of
from imprimatur.editorial.doubts import doubt
from imprimatur.editorial.light import is_light
from imprimatur.editorial.needs import suffice
from imprimatur.editorial.objections import objections
from imprimatur.editorial.rounds import approvals, closed
from imprimatur.editorial.vocabulary import ActName

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.editorial.rounds import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A round that was completed once, whatever became of it.

    acts: its approvals. last: the act that completed it.
    base: the commits that an earlier approval that still holds held, and that count no more as its
        making. base_then: those of every earlier one, whatever became of it.
    before: where an edit alone was reviewed, the grant of the text before it; else None.
    holds: whether enough of its approvals count still, however old they are.
    """

    round: Round
    acts: tuple[FiledAct, ...]
    last: FiledAct
    base_then: frozenset[str]
    base: frozenset[str] = frozenset()
    before: Grant | None = None
    holds: bool = False

    @property
    def order(self) -> int:
        """When it was completed, as of a landing."""
        return self.last.landing.order if self.last.landing else -1

    @property
    def whole(self) -> Grant:
        """The grant in which the whole text was reviewed."""
        return self if self.before is None else self.before.whole

    @property
    def lights(self) -> tuple[Grant, ...]:
        """The grants of edits since then, the oldest first."""
        return () if self.before is None else (*self.before.lights, self)


def grants_of(case: Case, rounds: Iterable[Round]) -> tuple[Grant, ...]:
    """The rounds that were ever complete, by the boards of then."""
    grants: list[Grant] = []
    for each in rounds:
        grant = _granted(case, each, grants)
        if grant is not None:
            grant = replace(grant, base=base_of(case, each, grants))
            grants.append(replace(grant, holds=_holds(case, grant)))
    return tuple(grants)


def _granted(case: Case, within: Round, earlier: Sequence[Grant]) -> Grant | None:
    """The completion of a round: at the first act behind which nothing was lacking.

    By what was asked and known then, or by what the policy asks now if that is less: what has
    become of a round since puts up no text that it had replaced.
    A review of the whole text counts before one of the edit alone, though it came later: else no
    text of which only an edit was reviewed could ever be reviewed anew.
    """
    base, last = base_of(case, within, earlier, then=True), earlier[-1] if earlier else None
    about = case.manifest_of(within.text)
    lesser = None
    for count in range(1, len(case.genuine) + 1):
        seen = case.genuine[:count]
        found = [
            each for each in approvals(within, seen) if doubt(case, each, within, base) is None
        ]
        if not found or _stopped(case, within, seen):
            continue
        whole = tuple(each for each in found if each.act.light is None)
        policies = (policy_of(seen[-1], case.policy), case.policy)
        if any(suffice(whole, case.needs_of(about, policy)) for policy in policies):
            return Grant(round=within, acts=whole, last=seen[-1], base_then=base)
        light = tuple(each for each in found if last and is_light(case, each, last))
        if light and lesser is None:
            lesser = Grant(round=within, acts=light, last=seen[-1], base_then=base, before=last)
    return lesser


def _holds(case: Case, grant: Grant) -> bool:
    """Whether a round would still be complete by what is known now; its age is not asked."""
    if grant.before is not None:
        return grant.before.holds and bool(lights_of(case, grant))
    found = counted(case, grant.round, grant.base)
    about = case.manifest_of(grant.round.text)
    policies = (policy_of(grant.last, case.policy), case.policy)
    return any(suffice(found, case.needs_of(about, policy)) for policy in policies)


def counted(case: Case, within: Round, base: frozenset[str]) -> list[FiledAct]:
    """The approvals of a whole text that count now, in their order. base: as of a grant."""
    found = (filed for filed in approvals(within, case.genuine) if filed.act.light is None)
    return [filed for filed in found if _counts(case, filed, within, base)]


def lights_of(case: Case, grant: Grant) -> list[FiledAct]:
    """The approvals of an edit that count now, each of somebody whose one of the whole text does.

    Whoever approves the whole text after the edit takes nothing back of what they said of that.
    """
    if grant.before is None:
        return []
    knew = {each.act.by for each in counted(case, grant.whole.round, grant.whole.base)}
    knew &= {each.act.by for each in approvals(grant.round, case.genuine)}
    return [
        filed
        for filed in case.of(ActName.REVIEW)
        if filed.act.by in knew
        and grant.round.covers(filed)
        and is_light(case, filed, grant.before)
        and _counts(case, filed, grant.round, grant.base)
    ]


def _counts(case: Case, filed: FiledAct, within: Round, base: frozenset[str]) -> bool:
    is_void = filed.path in case.lapses
    return not is_void and doubt(case, filed, within, base, now=True) is None


def base_of(
    case: Case, within: Round, earlier: Iterable[Grant], *, then: bool = False
) -> frozenset[str]:
    """The commits behind the texts that had been approved when this one was handed in.

    As far as those approvals still hold: of what somebody wrote who is found out since, or what a
    stolen key approved, too few others ever said that it is right. then: whatever became of them.

    Behind the texts themselves, not before their approval: what somebody changed on another branch
    or while a text was in review, nobody approved. Of a text that is lost nobody knows what its
    approval had to say.
    """
    landing = within.submit.landing
    return frozenset(
        commit
        for each in earlier
        if landing and each.round.submit.landing and each.order <= landing.order
        if then or each.holds
        if not case.is_lost(each.round.text) and not case.is_lost(each.whole.round.text)
        for commit in each.round.submit.landing.holds
    )


def _stopped(case: Case, within: Round, seen: Sequence[FiledAct]) -> bool:
    """Whether an objection or a taking down stood against the round at that time."""
    return closed(case, within, seen) or bool(
        objections(case, within.number, within.text, seen, then=True)
    )
