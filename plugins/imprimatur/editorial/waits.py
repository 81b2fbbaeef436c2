"""What a round of a text still waits for, each as a clause that follows "waits for"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.doubts import doubt
from imprimatur.editorial.eligibility import conflict, dependence
from imprimatur.editorial.needs import lacking
from imprimatur.editorial.objections import objections
from imprimatur.editorial.rounds import approvals
from imprimatur.editorial.vocabulary import ActName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.editorial.rounds import Round


def waits_of(
    case: Case, within: Round, found: Sequence[FiledAct], base: frozenset[str]
) -> Iterator[str]:
    """What a round still lacks. found: its approvals that count."""
    needs = case.needs
    if needs is None:
        yield f"the class `{case.manifest.article_class}` to be defined in the policy"
        return
    short = lacking(found, needs)
    yield from short
    if short:
        yield from _unwaived(case, within, base)
    assigned = {
        name
        for filed in case.of(ActName.ASSIGN)
        if within.covers(filed)
        for name in filed.act.reviewers
    }
    reviewed = {filed.act.by for filed in case.of(ActName.REVIEW) if within.covers(filed)}
    for name in sorted(assigned - reviewed):
        yield f"the review of {name}"


def objected(case: Case, within: Round, completed: FiledAct | None = None) -> tuple[str, ...]:
    """The objections that stand against a round. completed: as for ``objections``."""
    return tuple(
        f"the objection of {filed.name} (`{filed.act.decision}`, round "
        f"{filed.act.round}) to be answered: by a new review of theirs, or overruled"
        for filed in objections(case, within.number, within.text, case.genuine, completed=completed)
    )


def _unwaived(case: Case, within: Round, base: frozenset[str]) -> Iterator[str]:
    """The approvals that would count if somebody waived the conflict of interest told in them."""
    changes = [each for each in case.record.changes if each.commit not in base]
    for filed in approvals(within, case.genuine):
        asked, reason = filed.act.conflict_of_interest, conflict(filed, case.waived)
        if asked is None or not asked.declared or reason is None or filed.path in case.lapses:
            continue
        # Whoever wrote the text is no judge of it, whatever is waived.
        stood = case.stood(within.text)
        is_else_fit = dependence(filed, case.manifest, changes, (case.board,), stood) is None
        if is_else_fit and doubt(case, filed, within, base, now=True) == reason:
            yield f"the conflict of interest of {filed.name} to be waived, or another approval"
