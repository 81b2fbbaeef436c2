"""The acts that weigh nothing, or less than they say, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.doubts import doubt
from imprimatur.editorial.grants import base_of
from imprimatur.editorial.rounds import approvals
from imprimatur.editorial.state import Discount
from imprimatur.editorial.vocabulary import TAKE_DOWN, ActName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprimatur.editorial.case import Case
    from imprimatur.editorial.grants import Grant
    from imprimatur.editorial.rounds import Round


def discounts(case: Case, rounds: Sequence[Round], grants: Sequence[Grant]) -> Iterator[Discount]:
    """Every act that weighs nothing, or not what it says, and why."""
    doubts: dict[str, str] = {}
    for within in rounds:
        base = base_of(case, within, [e for e in grants if e.round.number < within.number])
        for filed in approvals(within, case.genuine):
            reason = doubt(case, filed, within, base, now=True)
            if reason is not None:
                doubts[filed.path] = reason
    for filed in case.acts:
        forged = case.forged.get(filed.path)
        reason = forged or doubts.get(filed.path)
        if reason is None and filed.act.act in {ActName.OVERRULE, ActName.WAIVE}:
            reason = case.partial(filed, case.manifest.digest)
        if reason is None and filed.act.act not in TAKE_DOWN:
            reason = case.lapses.get(filed.path)
        if reason is not None:
            who, is_forged = filed.act.printed_name, forged is not None
            yield Discount(path=filed.path, who=who, reason=reason, is_forged=is_forged)
