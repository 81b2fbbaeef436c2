"""Asks the law what an act would do, before it is signed and after it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprimatur.desk.act_writer import bytes_of, path_of
from imprimatur.editorial import FiledAct, Seal, Signature, standing
from imprimatur.editorial.act import Light
from imprimatur.editorial.eligibility import conflict, dependence
from imprimatur.editorial.grants import base_of, grants_of
from imprimatur.editorial.light import MOST_LIGHT, is_light
from imprimatur.editorial.rounds import closed
from imprimatur.errors import CannotExamineError
from imprimatur.manuscript import digest_of, weigh, word_diff

if TYPE_CHECKING:
    from imprimatur.desk.occasion import Occasion
    from imprimatur.editorial import Act, Record, Standing
    from imprimatur.editorial.case import Case
    from imprimatur.editorial.grants import Grant
    from imprimatur.editorial.past import PastText
    from imprimatur.editorial.rounds import Round


def proposed(act: Act, key: str) -> FiledAct:
    """The act as it would be filed, signed with this public key; unsigned if there is none."""
    data = bytes_of(act)
    seal = Seal(signature=Signature.VALID if key else Signature.ABSENT, key=key)
    return FiledAct(act=act, path=path_of(act), digest=digest_of(data), seal=seal)


def rehearse(occasion: Occasion, filed: FiledAct) -> Standing:
    """How the article would stand with the act. Raises CannotExamineError if it would not count."""
    case, record = occasion.case, _with(occasion, filed)
    found = standing(case.manifest, record, case.board, case.policy, case.now)
    reason = next((each.reason for each in found.discounts if each.path == filed.path), None)
    if reason is not None:
        landed = next(each for each in record.acts if each.path == filed.path)
        refuse_discounted(occasion, landed, reason)
    return found


def refuse_discounted(occasion: Occasion, filed: FiledAct, reason: str) -> None:
    """Raise CannotExamineError for an act that would weigh nothing, with how to mend it.

    A conflict of interest that its signer has declared is no reason: somebody else may waive it.
    """
    asked = filed.act.conflict_of_interest
    if asked is not None and asked.declared and reason == conflict(filed, frozenset()):
        return
    changes, board = occasion.case.record.changes, occasion.case.board
    own = dependence(filed, occasion.case.manifest, changes, (board,))
    is_own = reason == own or reason.endswith("handed the text in")
    cure = "somebody else must review it" if is_own else "nothing was written"
    raise CannotExamineError(f"this act would not count: {reason}; {cure}")


def refuse_partial(occasion: Occasion, act: Act, about: Round) -> None:
    """Raise CannotExamineError for an assignment of somebody whose approval would not count.

    about: the round that is assigned.
    """
    case = occasion.case
    base = base_of(case, about, grants_of(case, occasion.rounds))
    changes = [each for each in case.record.changes if each.commit not in base]
    for name in act.reviewers:
        filed = proposed(act.model_copy(update={"by": name}), "")
        landed = next(e for e in _with(occasion, filed).acts if e.path == filed.path)
        reason = dependence(landed, case.manifest, changes, (case.board,))
        if name == about.submit.act.by:
            reason = f"`{name}` handed the text in"
        if reason is not None:
            raise CannotExamineError(
                f"`{name}` cannot review this text: {reason}; assign somebody else"
            )


def lightened(occasion: Occasion, act: Act) -> tuple[Act, str]:
    """The same approval as one of the edit alone, if that suffices; else why it does not."""
    past, last = approved_text(occasion), occasion.last_grant
    if not occasion.case.policy.light_review:
        return act, "the policy allows no light review"
    if past is None or last is None:
        return act, _no_edit(occasion)
    old, new = past.text, occasion.subject.text
    weight = weigh(old, new)
    if not weight.is_light:
        return act, "; ".join(weight.reasons)
    if is_due := _whole_is_due(occasion.case, last):
        return act, f"{is_due}, so the whole text is due"
    light = Light(since=last.round.text, diff=word_diff(old, new).digest)
    made = act.model_copy(update={"light": light})
    filed = proposed(made, "-")
    case = replace(occasion.case, record=_with(occasion, filed))
    if not is_light(case, filed, last):
        return act, f"`{act.by}` is not one of those who approved the whole text before"
    return made, ""


def _whole_is_due(case: Case, last: Grant) -> str:
    """Why no review of an edit alone may follow that approval, whatever the edit is; or empty."""
    if closed(case, last.whole.round, case.genuine):
        return "it was taken down since it was approved"
    if len(last.lights) >= MOST_LIGHT:
        return f"{MOST_LIGHT} light reviews in a row went before"
    return ""


def _no_edit(occasion: Occasion) -> str:
    if occasion.standing.granted == occasion.subject.manifest.digest:
        return "nothing was changed since it was approved, so there is no edit to review alone"
    return "no other text of the article is known to be approved"


def approved_text(occasion: Occasion) -> PastText | None:
    """The text that was approved last, if it is another one and history holds it."""
    granted = occasion.standing.granted
    if granted is None or granted == occasion.subject.manifest.digest:
        return None
    dossiers, record = occasion.repository.dossiers, occasion.case.record
    return dossiers.earlier.find(occasion.subject, granted, record)


def _with(occasion: Occasion, filed: FiledAct) -> Record:
    acts = (*occasion.case.record.acts, filed)
    return occasion.repository.dossiers.record(acts, occasion.subject, occasion.case.now)
