"""Rounds: the review of one text under one number, and what was said in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.arrival import arrival, is_older_word
from imprimatur.editorial.vocabulary import ActName
from imprimatur.editorial.word import is_approval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.case import Case
    from imprimatur.manuscript import Digest

_TAKE_DOWN: Final = (ActName.WITHDRAW, ActName.RETRACT, ActName.SUPERSEDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The review of one text. submit: the first act that handed it in under this number."""

    number: int
    text: Digest
    submit: FiledAct

    def covers(self, filed: FiledAct) -> bool:
        """Whether an act names this round and this text."""
        return (filed.act.round, filed.act.manuscript) == (self.number, self.text)


def rounds_of(case: Case) -> tuple[Round, ...]:
    """Every round, by number and then by arrival."""
    found: dict[tuple[int, Digest], Round] = {}
    for filed in case.acts:
        if filed.act.act is ActName.SUBMIT and filed.act.round <= case.highest:
            key = (filed.act.round, filed.act.manuscript)
            found.setdefault(key, Round(number=key[0], text=key[1], submit=filed))
    return tuple(sorted(found.values(), key=lambda each: (each.number, arrival(each.submit))))


def approvals(within: Round, acts: Sequence[FiledAct]) -> list[FiledAct]:
    """The approvals of a round that are the last word of their signers; light ones, too."""
    last: dict[str, FiledAct] = {}
    for filed in acts:
        if filed.act.act is ActName.REVIEW and within.covers(filed):
            before = last.get(filed.act.by)
            held_back = before is not None and is_older_word(filed, before)
            if not (held_back and is_approval(filed)):
                last[filed.act.by] = filed
    return [filed for filed in last.values() if is_approval(filed)]


def closed(case: Case, within: Round, acts: Iterable[FiledAct]) -> bool:
    """Whether one of some genuine acts took the article down after this round began.

    Only a round that is begun later can put it up again.
    """
    began = arrival(within.submit)
    return any(
        filed.act.act in _TAKE_DOWN
        and (case.reaches(filed, within.number) or arrival(filed) > began)
        for filed in acts
    )


def overtaken(case: Case, within: Round, filed: FiledAct) -> str | None:
    """What came before this round began, and was signed after an approval of it: as a clause.

    Either somebody took the article down, or its signer reviewed another text of that round or a
    later one. Whoever approved did not know of it, though somebody held the round back until then.
    None if there is nothing.
    """
    began, who = arrival(within.submit), filed.act.by
    for other in case.of(ActName.REVIEW, *_TAKE_DOWN):
        if arrival(other) < began and is_older_word(filed, other):
            if other.act.act in _TAKE_DOWN:
                return f"it was signed before `{other.act.by}` took the article down"
            if other.act.by == who and other.act.round >= within.number:
                return f"it was signed before a later word of `{who}`, on another text"
    return None
