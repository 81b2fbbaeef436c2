"""The objections that stand against a text, and what lifts one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial.arrival import arrival, is_older_word
from imprimatur.editorial.vocabulary import ActName, Decision
from imprimatur.editorial.word import is_objection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.manuscript import Digest

_LIFTS: Final = {Decision.APPROVE, Decision.ABSTAIN}


def objections(
    case: Case,
    number: int,
    text: Digest,
    among: Iterable[FiledAct],
    *,
    then: bool = False,
    completed: FiledAct | None = None,
) -> list[FiledAct]:
    """The objections among some acts that stand against a round of a text.

    One stands until its author reviews again or somebody overrules it, through later rounds
    and after its author has left; a removed person can lift nothing. then: as for ``answered``
    of a case. completed: the act that completed the round, if one did.
    """
    reviews = list(among)
    return [
        filed
        for index, filed in enumerate(reviews)
        if is_objection(filed)
        and _concerns(filed, number, text, completed)
        and not case.answered(filed, ActName.OVERRULE, reviews, text=text, then=then)
        and not any(
            lifts(case, later, filed, number, text, then=then) for later in reviews[index + 1 :]
        )
    ]


def lifts(
    case: Case,
    later: FiledAct,
    objection: FiledAct,
    number: int,
    text: str,
    *,
    then: bool = False,
) -> bool:
    """Whether a review is a new word of the objector that lifts their objection to a text.

    It is of the same round as the objection or a later one, or of the text that is asked about
    where another was objected to. What it says of another text it says of that and of what is
    handed in behind it, never of the text that was objected to.
    number: of the round of the text that is asked about. then: as for ``objections``.
    """
    again = later.act.act is ActName.REVIEW and later.act.by == objection.act.by
    is_of_another = later.act.manuscript != text
    is_earlier = later.act.round < objection.act.round
    if not again or (is_earlier and (is_of_another or objection.act.manuscript == text)):
        return False
    if is_of_another and (objection.act.manuscript == text or later.act.round >= number):
        return False
    return is_objection(later) or (
        later.act.decision in _LIFTS
        and later.path not in (case.late if then else case.lapses)
        and not is_older_word(later, objection)
    )


def _concerns(objection: FiledAct, number: int, text: str, completed: FiledAct | None) -> bool:
    """Whether an objection is about a round of a text, or was made before that was complete.

    The number of a round is a claim of whoever hands the text in, so a lower one is no excuse, and
    neither is that it was handed in before: nobody need have seen it then. What was approved
    without an objection stays so, whatever is said of a text that would replace it.
    """
    if objection.act.round <= number or objection.act.manuscript == text:
        return True
    return completed is None or arrival(objection) < arrival(completed)
