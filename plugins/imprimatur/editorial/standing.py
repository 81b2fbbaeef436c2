"""What the record says of a manuscript now: the one function that badge and gate both ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.case import Case
from imprimatur.editorial.discounts import discounts
from imprimatur.editorial.grants import grants_of
from imprimatur.editorial.reviews import answering, of_text
from imprimatur.editorial.rounds import rounds_of
from imprimatur.editorial.state import Standing, State
from imprimatur.editorial.takedowns import taken_down

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.editorial.board import Board
    from imprimatur.editorial.landing import Record
    from imprimatur.editorial.policy import Policy
    from imprimatur.manuscript import Manifest

MERGING: Final = "what is proposed to be merged into the protected branch"

_RANK: Final = {State.APPROVED: 3, State.REVIEW_DUE: 2, State.CONCERN: 1}


def standing(
    manifest: Manifest, record: Record, board: Board, policy: Policy, now: datetime
) -> Standing:
    """Weigh the record of one article against its present text.

    Pure and total. board, policy: those of the protected branch. Whatever is not proven weighs
    nothing. What is only proposed can take down and never puts up: the standing then names in
    ``would_be`` what it would be once merged.
    """
    case = Case(manifest=manifest, record=record, board=board, policy=policy, now=now, firm=False)
    whole = _weigh(case)
    if not any(filed.landing and filed.landing.is_provisional for filed in case.acts):
        return whole
    firm = _weigh(replace(case, firm=True))
    # Of what is proposed, too, it must be known that it proves nothing, whatever is shown.
    known = {each.path for each in firm.discounts}
    proposed = tuple(each for each in whole.discounts if each.path not in known)
    return replace(_allowed(firm, whole), discounts=firm.discounts + proposed)


def _allowed(firm: Standing, whole: Standing) -> Standing:
    """Of the standing without and with what is proposed, the one that shows no more."""
    if _RANK.get(whole.state, 0) <= _RANK.get(firm.state, 0):
        return firm if whole.state is firm.state and firm.is_published else whole
    if firm.is_published or firm.is_notice:
        return replace(firm, would_be=whole.state)
    return _proposed(whole)


def _proposed(whole: Standing) -> Standing:
    """An approval that grants nothing yet, as a review that still waits for the merge."""
    return replace(
        whole,
        state=State.UNDER_REVIEW,
        since=whole.assigned or whole.submitted,
        waits_for=(MERGING,),
        approved=None,
        reviewed=None,
        due=None,
        expires=None,
        would_be=whole.state,
    )


def _weigh(case: Case) -> Standing:
    rounds = rounds_of(case)
    grants = grants_of(case, rounds)
    last = grants[-1] if grants else None
    found = of_text(case, rounds, grants)
    down = taken_down(case, found, last)
    if down is not None and down.state is State.CONCERN:
        # Once the round is open that answers it, it waits for what that one lacks.
        down = replace(down, waits_for=answering(case, rounds, grants) or down.waits_for)
    return replace(
        down or found,
        granted=last.round.text if last else None,
        discounts=tuple(discounts(case, rounds, grants)),
    )
