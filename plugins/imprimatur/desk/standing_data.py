"""A standing as plain data, for programs. Keys are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from imprimatur.editorial import Approval, Derived, Discount


def standing_data(derived: Derived, unproven: str) -> dict[str, object]:
    """Everything that is known of an article's standing.

    unproven: why nothing of the protected branch is known; empty if it is.
    """
    standing = derived.standing
    return {
        "standing": standing.state,
        "since": _text(standing.since),
        "round": standing.round,
        "waits_for": list(standing.waits_for),
        "manifest": derived.manifest,
        "acts": list(derived.acts),
        "published": standing.is_published,
        "quorum": standing.quorum,
        "approvals": [_approval(each) for each in (*standing.approvals, *standing.lights)],
        "reviewed": _text(standing.reviewed),
        "due": _text(standing.due),
        "expires": _text(standing.expires),
        "would_be": standing.would_be,
        "granted": standing.granted,
        "changed": list(standing.changed),
        "reason": standing.reason or None,
        "by": standing.by or None,
        "discounts": [_discount(each) for each in standing.discounts],
        "unproven": unproven or None,
    }


def _approval(each: Approval) -> dict[str, object]:
    return {
        "name": each.name,
        "role": each.role,
        "interests": each.interests,
        "at": _text(each.at),
        "signed": each.signed,
    }


def _discount(each: Discount) -> dict[str, object]:
    return {
        "path": each.path,
        "who": each.who,
        "reason": each.reason,
        "is_forged": each.is_forged,
    }


def _text(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None
