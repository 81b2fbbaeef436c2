"""The standing of a text as far as its reviews decide it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.arrival import came
from imprimatur.editorial.eligibility import incomplete
from imprimatur.editorial.grants import Grant, base_of, counted, lights_of
from imprimatur.editorial.needs import lacking, last_day, shown_until, suffice, valid_until
from imprimatur.editorial.rounds import Round, closed
from imprimatur.editorial.state import Approval, Standing, State
from imprimatur.editorial.vocabulary import ActName, Role
from imprimatur.editorial.waits import objected, waits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.editorial.policy import ArticleClass

_NONE: Final = "none"


def of_text(case: Case, rounds: Sequence[Round], grants: Sequence[Grant]) -> Standing:
    """The standing as far as reviews decide it."""
    text, last = case.manifest.digest, grants[-1] if grants else None
    if last is not None and last.round.text == text and not closed(case, last.round, case.genuine):
        return _of_granted(case, last)
    after = last.round.number if last else 0
    mine = [each for each in rounds if each.text == text and each.number > after]
    current = next((each for each in reversed(mine) if not closed(case, each, case.genuine)), None)
    if current is not None:
        return _of_round(case, current, base_of(case, current, grants))
    number = rounds[-1].number if rounds else 0
    needs = case.needs
    base = Standing(state=State.DRAFT, round=number, quorum=needs.quorum if needs else 0)
    if last is not None:
        again = "the present text to be submitted for a new round"
        return replace(base, state=State.LAPSED, waits_for=(again,), approved=_at(last.last))
    if not rounds:
        return replace(base, waits_for=("somebody to submit it",))
    waits = f"the present text to be submitted, which is not the one of round {number}"
    if mine:
        waits = f"the text to be submitted again, since round {number} is closed"
    return replace(base, waits_for=(waits,))


def answering(case: Case, rounds: Sequence[Round], grants: Sequence[Grant]) -> tuple[str, ...]:
    """What the round still lacks in which an approved text is read anew; nothing without one."""
    last = grants[-1].round
    later = [
        each
        for each in rounds
        if each.text == last.text
        and each.number > last.number
        and not closed(case, each, case.genuine)
    ]
    if not later:
        return ()
    return _of_round(case, later[-1], base_of(case, later[-1], grants)).waits_for


def _of_round(
    case: Case, within: Round, base: frozenset[str], completed: FiledAct | None = None
) -> Standing:
    """The standing of a text in review that was not approved yet, or by the act that is named."""
    found = _fit(case, counted(case, within, base))
    opening = [
        filed
        for filed in case.of(ActName.ASSIGN, ActName.REVIEW)
        if within.covers(filed)
        and (filed.act.act is ActName.REVIEW or filed.path not in case.lapses)
    ]
    waits = [*waits_of(case, within, found, base), *objected(case, within, completed)]
    if not opening:
        waits.insert(0, "an editor to assign reviewers")
    return Standing(
        state=State.UNDER_REVIEW if opening else State.SUBMITTED,
        since=_at(opening[0] if opening else within.submit),
        round=within.number,
        waits_for=tuple(waits),
        quorum=case.needs.quorum if case.needs else 0,
        approvals=tuple(_approval(filed) for filed in found),
        submitted=_at(within.submit),
        assigned=_at(opening[0]) if opening else None,
        # What is remembered is found again only if it is written the same way each time.
        base=tuple(sorted(base)),
    )


def _of_granted(case: Case, grant: Grant) -> Standing:
    """The standing of the text that was approved last, as far as that approval still holds."""
    whole = _fit(case, counted(case, grant.whole.round, grant.whole.base))
    lights = [_light(case, each) for each in grant.lights]
    needs, day = case.needs, last_day(whole, case.needs)
    plain = _of_round(case, grant.round, grant.base, grant.last)
    stops = objected(case, grant.round, grant.last)
    if stops:
        return replace(plain, state=State.UNDER_REVIEW, waits_for=stops)
    if needs is None or day is None or None in lights:
        waits = plain.waits_for or ("a review of the whole text",)
        return replace(plain, state=State.LAPSED, waits_for=waits, approved=_at(grant.last))
    told = [each for each in whole if valid_until(each, needs) >= day]
    expires, today = shown_until(day, needs), case.now.date()
    state = State.APPROVED if today <= day else State.REVIEW_DUE
    state = State.EXPIRED if today > expires else state
    return replace(
        plain,
        state=state,
        since=_since(state, day, expires, grant),
        waits_for=() if state is State.APPROVED else _renewal(whole, needs, today),
        approvals=tuple(_approval(each) for each in told),
        lights=tuple(_approval(each) for each in lights if each),
        approved=_at(grant.last),
        reviewed=_completed(case, told),
        due=day,
        expires=expires,
    )


def _renewal(whole: Sequence[FiledAct], needs: ArticleClass, today: date) -> tuple[str, ...]:
    """What an approval that ran out waits for, once some have given theirs anew."""
    anew = [each for each in whole if valid_until(each, needs) >= today]
    return lacking(anew, needs) if anew else ("a new review",)


def _since(state: State, due: date, expires: date, grant: Grant) -> datetime | None:
    """When the standing began: midnight behind the last day that is over."""
    at = _at(grant.last)
    if state is State.APPROVED or at is None:
        return at
    day = due if state is State.REVIEW_DUE else expires
    return at.replace(year=day.year, month=day.month, day=day.day, hour=23, minute=59, second=59)


def _completed(case: Case, found: Sequence[FiledAct]) -> datetime | None:
    """When the last needed of these approvals arrived."""
    for count in range(1, len(found) + 1):
        if suffice(found[:count], case.needs):
            return came(found[count - 1])
    return None


def _light(case: Case, grant: Grant) -> FiledAct | None:
    """The first approval of an edit that counts now; None if none does."""
    if not case.policy.light_review:
        return None
    return next(iter(_fit(case, lights_of(case, grant))), None)


def _fit(case: Case, some: Iterable[FiledAct]) -> list[FiledAct]:
    """Of some approvals, those that say all that the present text asks for.

    Where edits alone were reviewed since then, the text is an earlier one; for whom it is and of
    what class is as now, or the edits were no light ones.
    """
    return [each for each in some if incomplete(each, case.manifest, case.policy) is None]


def _approval(filed: FiledAct) -> Approval:
    act = filed.act
    person = filed.landing.board.person(act.by) if filed.landing else None
    return Approval(
        name=filed.name,
        credentials=person.credentials if person else "",
        affiliation=person.affiliation if person else "",
        role=Role(act.role),
        interests=interests_of(filed),
        at=came(filed) or act.signed_at,
        signed=bool(filed.seal.key),
        specialties=person.specialties if person else (),
    )


def interests_of(filed: FiledAct) -> str:
    """All that its signer declared: on the board when it arrived, and for this article.

    No conflict with an article takes nothing back of what somebody has at all times.
    """
    person = filed.landing.board.person(filed.act.by) if filed.landing else None
    asked = filed.act.conflict_of_interest
    always, now = person.interests if person else _NONE, (asked and asked.statement) or _NONE
    if _plain(always) in {_NONE, _plain(now)}:
        return now
    end = "" if always.endswith((".", "!", "?")) else "."
    return f"{always}{end} Declared for this article: {now}"


def _plain(declared: str) -> str:
    """A declaration as it is compared with another, or with "none"."""
    return " ".join(declared.split()).rstrip(".").casefold()


def _at(filed: FiledAct) -> datetime | None:
    return filed.landing.at if filed.landing else None
