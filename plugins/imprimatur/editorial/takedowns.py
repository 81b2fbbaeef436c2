"""Acts that take down what is shown, or put a concern on top of it. One person is enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprimatur.editorial.arrival import arrival, is_older_word
from imprimatur.editorial.state import Said, Standing, State, Successor
from imprimatur.editorial.vocabulary import ActName

if TYPE_CHECKING:
    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.editorial.grants import Grant

_EDITORS = 2
"""How many people it takes to retract for ever; one alone withdraws."""


def taken_down(case: Case, found: Standing, last: Grant | None) -> Standing | None:
    """What stands in place of a standing, or on top of it; None if nothing does.

    found: the standing as far as reviews decide it. last: the last approval.
    A retraction by two people is for ever; whatever else was taken down waits for each act to be
    answered by ``reinstate``.
    """
    for_ever = _retracted(case)
    if for_ever:
        told = tuple(map(_said, for_ever))
        return replace(_notice(State.RETRACTED, found, for_ever[-1], ()), retractions=told)
    for name, state in (
        (ActName.RETRACT, State.WITHDRAWN),
        (ActName.WITHDRAW, State.WITHDRAWN),
        (ActName.SUPERSEDE, State.SUPERSEDED),
    ):
        still = [
            filed
            for filed in case.of(name)
            if not case.answered(filed, ActName.REINSTATE, case.genuine)
        ]
        if still:
            waits = ["an editor to reinstate it for a new round"]
            if name is ActName.RETRACT:
                waits = ["a second editor to retract it", *waits]
            return _notice(state, found, still[-1], tuple(waits))
    return _concerned(case, found, last) if last is not None else None


def _retracted(case: Case) -> tuple[FiledAct, ...]:
    """The retractions of two people that stood at once, the last word of each; else nothing."""
    for count, filed in enumerate(case.genuine, start=1):
        if filed.act.act is ActName.RETRACT:
            seen = case.genuine[:count]
            still = {
                each.act.by: each
                for each in seen
                if each.act.act is ActName.RETRACT
                and not case.answered(each, ActName.REINSTATE, seen)
            }
            if len(still) >= _EDITORS:
                return tuple(sorted(still.values(), key=arrival))
    return ()


def open_concerns(case: Case, last: Grant | None) -> tuple[FiledAct, ...]:
    """The concerns that nobody has answered: it takes a later review of the whole text.

    Whoever approved before one was raised did not know of it, though somebody held the approval
    back until then, nor need who reviews an edit alone.
    last: the last approval.
    """
    concerns = case.of(ActName.CONCERN)
    if last is None:
        return tuple(concerns)
    whole = last.whole
    first = min(map(arrival, whole.acts))
    return tuple(
        filed
        for filed in concerns
        if case.reaches(filed, whole.round.number)
        or arrival(filed) > first
        or any(is_older_word(each, filed) for each in whole.acts)
    )


def _concerned(case: Case, found: Standing, last: Grant) -> Standing | None:
    concerns = open_concerns(case, last)
    if not found.is_published or not concerns:
        return None
    raised = concerns[-1]
    return replace(
        found,
        state=State.CONCERN,
        since=raised.landing.at if raised.landing else None,
        reason=raised.act.reason or "",
        by=_who(raised),
        waits_for=("a new round that answers the concern",),
    )


def _notice(state: State, found: Standing, last: FiledAct, waits: tuple[str, ...]) -> Standing:
    successor = last.act.successor
    return Standing(
        state=state,
        since=last.landing.at if last.landing else None,
        round=found.round,
        waits_for=waits,
        quorum=found.quorum,
        submitted=found.submitted,
        assigned=found.assigned,
        approved=found.approved,
        reason=last.act.reason or "",
        by=_who(last),
        successor=Successor(slug=successor, title="") if successor else None,
    )


def _said(filed: FiledAct) -> Said:
    at = filed.landing.at if filed.landing else None
    return Said(reason=filed.act.reason or "", by=_who(filed), at=at)


def _who(filed: FiledAct) -> str:
    return f"{filed.name} ({filed.act.role.replace('-', ' ')})"
