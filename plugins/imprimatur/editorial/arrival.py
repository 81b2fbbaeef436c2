"""When an act arrived, and by which policy and for which site it counts since then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial.forgery import is_of_site

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.policy import Policy

_FURTHEST: Final = 1000
"""How far the number of a round may be ahead of all below it."""


def arrival(filed: FiledAct) -> tuple[int, datetime, str]:
    """The order in which acts count: of arrival, then as their signers claim."""
    order = filed.landing.order if filed.landing else -1
    return order, filed.act.signed_at, filed.path


def came(filed: FiledAct) -> datetime | None:
    """When an act came, for readers; None where that is not known.

    Where a commit before it is dated later than its own, that one may have been dated ahead. Then
    it came when its own commit says, though never before it was signed.
    """
    landing = filed.landing
    if landing is None:
        return None
    if landing.dated is None:
        return landing.at
    return min(landing.at, max(landing.dated, filed.act.signed_at))


def policy_of(filed: FiledAct, present: Policy) -> Policy:
    """The policy in force when an act arrived; the present one where none is known."""
    return (filed.landing and filed.landing.policy) or present


def is_own(filed: FiledAct, present: Policy) -> bool:
    """Whether an act was done for this site, by the address that it had when the act arrived."""
    sites = filed.landing.sites if filed.landing else ()
    return is_of_site(filed, policy_of(filed, present).site, sites)


def is_older_word(later: FiledAct, earlier: FiledAct) -> bool:
    """Whether an act that arrived later was signed before one that its signer did earlier.

    Somebody else may have held it back: it takes nothing back that was said after it.
    """
    said, landing = earlier.act.signed_at, earlier.landing
    return later.act.signed_at < (min(said, landing.at) if landing else said)


def highest_round(acts: Iterable[FiledAct]) -> int:
    """The highest number of a round that follows those below it.

    A number is a claim of whoever does an act, and could else be so high that none ever follows.
    """
    highest = 0
    for number in sorted(filed.act.round for filed in acts):
        if number <= highest + _FURTHEST:
            highest = number
    return highest
