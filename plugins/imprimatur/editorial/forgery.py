"""Who did an act, whether they might, and whether it still counts: each doubt in a clause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import Signature
from imprimatur.editorial.landing import SLACK
from imprimatur.editorial.word import is_against

if TYPE_CHECKING:
    from collections.abc import Collection

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.board import Board, Key, Person
    from imprimatur.editorial.landing import Landing
    from imprimatur.editorial.policy import Policy

_SIGNED: Final = "it is not signed, and the policy requires signatures"
_HELD_BACK: Final = timedelta(days=30)
"""How long after a term, or a key, what was signed in it against a text may still arrive."""


def is_of_site(filed: FiledAct, site: str, sites: Collection[str]) -> bool:
    """Whether an act names the address that the site had when it arrived.

    So a site that moves keeps its record, and what was done for another one counts on neither side
    of the move. What is against a text may name any earlier address: else whoever merges could let
    it wait for the move. site: the address in force then. sites: every one until then.
    """
    return filed.act.site == site or (is_against(filed) and filed.act.site in sites)


def forgery(filed: FiledAct, policy: Policy) -> str | None:
    """Why it is not proven that a member of the board did this, then, in that role; or None.

    Judged by the board that was in force when the act arrived, so that nobody who leaves the board
    later, or is struck from it, takes back what they took down. policy: the one of then, too, so
    that no later one does.
    """
    landing, act = filed.landing, filed.act
    if landing is None:
        return "it is not known when it came to the protected branch"
    person = landing.board.person(act.by)
    if person is None:
        return f"`{act.by}` was not on the board when it arrived"
    return _unproven(filed, landing, person, policy) or _unentitled(filed, landing, person, policy)


def _unentitled(filed: FiledAct, landing: Landing, person: Person, policy: Policy) -> str | None:
    act = filed.act
    if act.role not in person.roles:
        return f"`{act.by}` did not hold the role `{act.role}`"
    if reason := _not_given(filed, policy):
        return reason
    if not _is_within(filed, landing, person.term.start, person.term.end):
        return (
            f"the term of `{act.by}` ({_span(person)}) does not cover {landing.at:%Y-%m-%d}, "
            "the day it arrived"
        )
    return None


def _not_given(filed: FiledAct, policy: Policy) -> str | None:
    act = filed.act
    if act.role not in policy.acts.get(act.act, ()):
        return f"the policy gives `{act.act}` to no `{act.role}`"
    return None


def _is_within(filed: FiledAct, landing: Landing, first: date, last: date | None) -> bool:
    """Whether an act came while a term or key lasted; one against a text need only be signed then.

    Else whoever merges could let a withdrawal wait until its signer's term is over, or date it back
    to before it began. Not for ever, since the time of signing is a claim. And whoever dates
    another commit ahead could let it seem to come later than it did: there, its own date will do.
    """
    arrived, signed = landing.at.date(), filed.act.signed_at.date()
    end = last or date.max
    if first <= arrived <= end:
        return True
    came = (landing.dated or landing.at).date()
    is_soon = last is None or came - last <= _HELD_BACK
    return is_against(filed) and first <= signed <= end and is_soon


def _unproven(filed: FiledAct, landing: Landing, person: Person, policy: Policy) -> str | None:
    if filed.signature is Signature.ABSENT:
        return _unsigned(landing, person, policy)
    if filed.signature is not Signature.VALID:
        return filed.seal.fault or "its signature proves nothing"
    key = person.key(filed.seal.key)
    if key is None:
        return f"it is signed with a key that was not one of `{person.id}` when it arrived"
    if not _is_within(filed, landing, key.valid_from, key.valid_to):
        return (
            f"the key it is signed with was valid {_until(key)}, and it arrived on "
            f"{landing.at:%Y-%m-%d}"
        )
    return _revoked(filed, person, key)


def _unsigned(landing: Landing, person: Person, policy: Policy) -> str | None:
    if policy.signatures == "required":
        return _SIGNED
    own = {address.casefold() for address in person.git}
    if landing.author.casefold() not in own:
        return f"it is not signed, and not committed from an address of `{person.id}`"
    if landing.is_provisional:
        # Who merges it is known only then, and until then it grants nothing.
        return None
    if not landing.merged_by or landing.merged_by.casefold() in own:
        return "it is not signed, and nobody else merged it"
    return None


def _revoked(filed: FiledAct, person: Person, key: Key | None) -> str | None:
    landing = filed.landing
    limits = (person.revoked_from, key.revoked_from if key else None)
    for what, limit in zip((f"`{person.id}`", "the key it is signed with"), limits, strict=True):
        if limit is not None and landing is not None and landing.at >= limit:
            return f"{what} was revoked from {limit:%Y-%m-%d %H:%M}Z on, and it arrived later"
    return None


def untimely(filed: FiledAct) -> str | None:
    """Why the time at which an act says that it was signed is none at which it could be; or None.

    That time is a claim, so an early one gains nothing and a late one is refused.
    """
    act, landing = filed.act, filed.landing
    if landing is None:
        return "it is not known when it came to the protected branch"
    if act.signed_at > landing.at + SLACK:
        return (
            f"it says it was signed at {act.signed_at:%Y-%m-%d %H:%M}Z and arrived at "
            f"{landing.at:%Y-%m-%d %H:%M}Z, before that: a clock was wrong, or it is dated ahead"
        )
    person = landing.board.person(act.by)
    if person is None:
        return f"`{act.by}` was not on the board when it arrived"
    if act.signed_at.date() < person.term.start:
        return f"it was signed before the term of `{act.by}` began ({person.term.start})"
    key = person.key(filed.seal.key)
    if key is not None and act.signed_at.date() < key.valid_from:
        return f"it was signed before its key was valid ({key.valid_from})"
    return None


def lapse(filed: FiledAct, board: Board, policy: Policy) -> str | None:
    """Why a genuine act that puts something up counts no longer, or never could; or None.

    board, policy: those in force now.
    """
    person, landing = board.person(filed.act.by), filed.landing
    if person is None:
        return f"`{filed.act.by}` is no longer on the board"
    early_or_late = untimely(filed)
    if landing is None or early_or_late:
        return early_or_late
    if person.term.end is not None and landing.at.date() > person.term.end:
        return f"the term of `{person.id}` ended on {person.term.end}, before it arrived"
    return _lost_key(filed, landing, person) or _lost_right(filed, policy)


def _lost_right(filed: FiledAct, policy: Policy) -> str | None:
    """What the policy says now against an act that it allowed when it arrived."""
    if filed.signature is Signature.ABSENT and policy.signatures == "required":
        return _SIGNED
    return _not_given(filed, policy)


def _lost_key(filed: FiledAct, landing: Landing, person: Person) -> str | None:
    """What the board says now of the key that signed an act; without a signature, of the signer."""
    if filed.signature is Signature.ABSENT:
        return _revoked(filed, person, None)
    key = person.key(filed.seal.key)
    if key is None:
        return f"the key it is signed with is no longer one of `{person.id}`"
    if key.valid_to is not None and landing.at.date() > key.valid_to:
        return f"the key it is signed with was valid until {key.valid_to}, before it arrived"
    return _revoked(filed, person, key)


def _span(person: Person) -> str:
    end = person.term.end
    return f"from {person.term.start}" + (f" to {end}" if end else "")


def _until(key: Key) -> str:
    return f"from {key.valid_from}" + (f" to {key.valid_to}" if key.valid_to else "")
