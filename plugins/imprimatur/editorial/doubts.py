"""Why an approval does not count, or did not count when it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.eligibility import conflict, dependence, incomplete
from imprimatur.editorial.forgery import untimely
from imprimatur.editorial.rounds import overtaken
from imprimatur.editorial.vocabulary import ActName

if TYPE_CHECKING:
    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.editorial.rounds import Round


def doubt(
    case: Case, filed: FiledAct, within: Round, base: frozenset[str], *, now: bool = False
) -> str | None:
    """Why a genuine approval would not have counted when it was given, or None.

    base: the commits that an earlier approval held, and that count no more as its making.
    now: whether it must still count by all that has become known since.
    """
    # Asked of the same approval again and again, as each act is laid beside those before it.
    known, key = case.doubts, (filed.path, within.submit.path, base, now)
    if key not in known:
        known[key] = _doubt(case, filed, within, base, now=now)
    return known[key]


def _doubt(
    case: Case, filed: FiledAct, within: Round, base: frozenset[str], *, now: bool
) -> str | None:
    about = case.manifest_of(within.text)
    if about is not None and (gap := incomplete(filed, about, case.policy)):
        return gap
    if not _answers(case, filed, within):
        return "it answers neither the submission nor an assignment of its round"
    if filed.act.by == within.submit.act.by:
        return f"`{filed.act.by}` handed the text in"
    changes = (each for each in case.changes_of(within.text) if each.commit not in base)
    waived, boards = (case.waived, (case.board,)) if now else (case.waived_then, ())
    return (
        overtaken(case, within, filed)
        or untimely(filed)
        or conflict(filed, waived)
        or dependence(filed, about or case.manifest, changes, boards, case.stood(within.text))
    )


def _answers(case: Case, filed: FiledAct, within: Round) -> bool:
    return any(
        each.digest == filed.act.previous
        and each.act.act in {ActName.SUBMIT, ActName.ASSIGN}
        and within.covers(each)
        for each in case.acts
    )
