"""Light reviews: of an edit alone, by those who know the whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial.arrival import arrival, policy_of
from imprimatur.editorial.doubts import doubt
from imprimatur.editorial.eligibility import incomplete
from imprimatur.editorial.rounds import approvals, closed

if TYPE_CHECKING:
    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.editorial.grants import Grant

MOST_LIGHT: Final = 3
"""How many light reviews in a row may follow a review of the whole text."""


def is_light(case: Case, filed: FiledAct, last: Grant) -> bool:
    """Whether an approval of an edit alone suffices after that last approved text.

    Never after one that was taken down: what was wrong with it need not lie in the edit.
    """
    light, policy = filed.act.light, policy_of(filed, case.policy)
    if light is None or not policy.light_review or len(last.lights) >= MOST_LIGHT:
        return False
    if closed(case, last.whole.round, case.genuine):
        return False
    if light.since != last.round.text or filed.act.by not in _knew_the_whole(case, filed, last):
        return False
    return any(
        (edit.since, edit.to, edit.diff) == (light.since, filed.act.manuscript, light.diff)
        and edit.is_light
        for edit in case.record.edits
    )


def _knew_the_whole(case: Case, filed: FiledAct, last: Grant) -> set[str]:
    """Who had approved the whole text before an act, needed for the quorum or not.

    An act that is only about to be done follows all that was done.
    """
    whole, about = last.whole, case.manifest_of(filed.act.manuscript)
    before = [e for e in case.genuine if filed.landing is None or arrival(e) < arrival(filed)]
    return {
        each.act.by
        for each in approvals(whole.round, before)
        if each.act.light is None
        and doubt(case, each, whole.round, whole.base_then) is None
        and (about is None or incomplete(each, about, case.policy) is None)
    }
