"""What the policy asks of approvals: how many, of whom, and for how long they hold."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.policy import ArticleClass


def suffice(found: Sequence[FiledAct], needs: ArticleClass | None) -> bool:
    """Whether these approvals, one a person, are what the policy asks for."""
    return needs is not None and not lacking(found, needs)


def lacking(found: Sequence[FiledAct], needs: ArticleClass) -> tuple[str, ...]:
    """What these approvals still lack, each as a clause that follows "waits for"."""
    people = [filed.landing.board.person(filed.act.by) for filed in found if filed.landing]
    held = {role for person in people if person for role in person.roles}
    known = {name for person in people if person for name in person.specialties}
    short = needs.quorum - len({filed.act.by for filed in found})
    more = " more" if found else ""
    clauses = []
    if short > 0:
        count = f"one{more} member" if short == 1 else f"{short}{more} members"
        clauses.append(f"approval by {count} of the board")
    clauses += [
        f"approval by somebody of the specialty {name.replace('-', ' ')}"
        for name in needs.specialties
        if name not in known
    ]
    clauses += [
        f"approval by somebody in the role {role.replace('-', ' ')}"
        for role in needs.roles
        if role not in held
    ]
    return tuple(clauses)


def valid_until(filed: FiledAct, needs: ArticleClass) -> date:
    """The last day on which one approval holds; an early claim of its signer shortens it."""
    arrived = filed.landing.at if filed.landing else filed.act.signed_at
    return add_months(min(filed.act.signed_at, arrived).date(), needs.valid_months)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > 9999:  # noqa: PLR2004 - where the calendar ends
        return day.replace(year=9999, month=12, day=31)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def last_day(found: Sequence[FiledAct], needs: ArticleClass | None) -> date | None:
    """The last day on which enough of these approvals hold together, or None if never."""
    if needs is None:
        return None
    for day in sorted({valid_until(filed, needs) for filed in found}, reverse=True):
        if suffice([filed for filed in found if valid_until(filed, needs) >= day], needs):
            return day
    return None


def shown_until(day: date, needs: ArticleClass) -> date:
    """The last day of grace."""
    try:
        return day + timedelta(days=needs.grace_days)
    except OverflowError:
        return day
