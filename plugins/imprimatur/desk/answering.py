"""Which act another one answers: chosen by itself where there is only one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.desk.occasion import file_of
from imprimatur.editorial import ActName, State
from imprimatur.editorial.objections import objections
from imprimatur.editorial.word import is_approval
from imprimatur.errors import CannotExamineError, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.desk.deeds import Deed
    from imprimatur.desk.occasion import Occasion
    from imprimatur.editorial import FiledAct, Standing

_NOTHING: Final = {
    ActName.OVERRULE: "no objection stands against `{slug}`, so there is nothing to overrule",
    ActName.WAIVE: "no review of `{slug}` waits for a conflict of interest to be waived",
    ActName.REINSTATE: "`{slug}` was not taken down, so there is nothing to reinstate",
}
_OWN: Final = {
    ActName.OVERRULE: "nobody overrules their own objection: review again instead",
    ActName.WAIVE: "nobody waives their own conflict of interest: somebody else must",
}
_DOWN: Final = (ActName.RETRACT, ActName.WITHDRAW, ActName.SUPERSEDE)


def answered_act(occasion: Occasion, deed: Deed, by: str, wanted: str | None) -> FiledAct:
    """The act that is answered. Raises CannotExamineError with the ones there are.

    wanted: its path or file name, with or without the ending; None takes the only one there is.
    """
    found = list(_answerable(occasion, deed.name))
    if not found:
        raise CannotExamineError(_NOTHING[deed.name].format(slug=occasion.slug))
    others = [each for each in found if each.act.by != by or deed.name not in _OWN]
    if not others:
        raise CannotExamineError(_OWN[deed.name])
    if wanted is None and len(others) == 1:
        return others[0]
    chosen = [each for each in others if wanted is not None and wanted in _names(each)]
    if len(chosen) == 1:
        return chosen[0]
    there = "".join(f"\n  {file_of(each)}: {told(each)}" for each in others)
    problem = f"there are {len(others)}" if wanted is None else f"`{wanted}` is none of them"
    raise CannotExamineError(f"name the act to {deed.name} with {deed.answers}; {problem}:{there}")


def told(filed: FiledAct) -> str:
    """An act in a line."""
    act = filed.act
    decision = f" ({act.decision})" if act.decision else ""
    reason = f": {' '.join(act.reason.split())}" if act.reason else ""
    return one_line(f"{act.act}{decision} of round {act.round}, by {filed.name}{reason}")


def _names(filed: FiledAct) -> set[str]:
    name = file_of(filed)
    return {filed.path, name, name.removesuffix(".yml")}


def demand_not_retracted(slug: str, standing: Standing) -> None:
    """Refuse what would never count for an article that two have retracted."""
    if standing.state is State.RETRACTED:
        raise CannotExamineError(
            f"`{slug}` was retracted by two people, which is for ever; "
            "write a new article under another name: imprimatur new SLUG"
        )


def _answerable(occasion: Occasion, name: ActName) -> Iterator[FiledAct]:
    case, rounds = occasion.case, occasion.rounds
    if name is ActName.OVERRULE:
        last = rounds[-1].number if rounds else 0
        yield from objections(case, last, case.manifest.digest, case.genuine)
    elif name is ActName.WAIVE:
        for filed in case.of(ActName.REVIEW):
            asked = filed.act.conflict_of_interest
            is_open = asked is not None and not asked.none and filed.digest not in case.waived
            if is_approval(filed) and is_open:
                yield filed
    else:
        demand_not_retracted(occasion.slug, occasion.standing)
        for filed in case.of(*_DOWN):
            if not case.answered(filed, ActName.REINSTATE, case.genuine):
                yield filed
