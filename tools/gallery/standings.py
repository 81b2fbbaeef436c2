"""Every standing as a value. The people are invented and say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from imprimatur.editorial import Approval, Discount, Role, Standing, State, Successor

TODAY = datetime.now(tz=UTC).date()
QUESTION = "Is contrast necessary for spinal MRI to assess for metastases?"


def _at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _approval(letter: str, role: Role, day: str, *, signed: bool = True) -> Approval:
    return Approval(
        name=f"Demonstration Reviewer {letter}",
        credentials="MD",
        affiliation="Demonstration Hospital",
        role=role,
        interests="none",
        at=_at(day),
        signed=signed,
        specialties=("radiology",) if letter == "A" else ("pharmacology",),
    )


NOT_COUNTED = _at("2026-03-01")
"""When the reviewer signed whose approval does not count."""


def _discount(reason: str, *, is_forged: bool = False) -> Discount:
    who = "Demonstration Reviewer D"
    path = f"{who}, {NOT_COUNTED:%Y-%m-%d}"
    return Discount(path=path, who=who, reason=reason, is_forged=is_forged)


SUBMITTED = Standing(
    state=State.SUBMITTED,
    since=_at("2026-02-03"),
    round=1,
    quorum=2,
    submitted=_at("2026-02-03"),
)
UNDER_REVIEW = replace(
    SUBMITTED, state=State.UNDER_REVIEW, since=_at("2026-02-09"), assigned=_at("2026-02-09")
)
APPROVED = replace(
    UNDER_REVIEW,
    state=State.APPROVED,
    since=_at("2026-03-02"),
    approved=_at("2026-03-02"),
    reviewed=_at("2026-03-02"),
    # Ahead of whoever looks at it.
    due=TODAY + timedelta(days=365),
    expires=TODAY + timedelta(days=395),
    approvals=(
        _approval("A", Role.REVIEWER, "2026-02-27"),
        _approval("B", Role.EDITOR, "2026-03-02"),
    ),
)
_DOWN = replace(APPROVED, approvals=(), due=None, expires=None, since=_at("2026-05-04"))
_BY = "Demonstration Editor C (editor)"

STANDINGS: dict[str, Standing] = {
    "draft": Standing(state=State.DRAFT, quorum=2),
    "submitted": SUBMITTED,
    "under-review": UNDER_REVIEW,
    "half-signed": replace(UNDER_REVIEW, approvals=APPROVED.approvals[:1]),
    "discounted": replace(
        UNDER_REVIEW,
        approvals=APPROVED.approvals[:1],
        discounts=(_discount("`demo-d` changed the text, in the commit 0123456789ab"),),
    ),
    "forged": replace(
        UNDER_REVIEW,
        discounts=(_discount("`demo-d` was not on the board when it arrived", is_forged=True),),
    ),
    "lapsed": replace(
        UNDER_REVIEW,
        state=State.LAPSED,
        approved=_at("2026-03-02"),
        changed=("body", "reference park2019spinal (year 2019 \u2192 2020)"),
    ),
    "revoked": replace(UNDER_REVIEW, state=State.LAPSED, approved=_at("2026-03-02")),
    "approved": APPROVED,
    "lightly-edited": replace(APPROVED, lights=(_approval("A", Role.REVIEWER, "2026-04-20"),)),
    "recorded": replace(
        APPROVED,
        approvals=tuple(replace(each, signed=False) for each in APPROVED.approvals),
    ),
    "overdue-since-built": replace(APPROVED, due=date(2026, 4, 1)),
    "expired-since-built": replace(APPROVED, due=date(2026, 4, 1), expires=date(2026, 5, 1)),
    "review-due": replace(APPROVED, state=State.REVIEW_DUE, due=date(2026, 4, 1)),
    "concern": replace(
        APPROVED,
        state=State.CONCERN,
        since=_at("2026-05-04"),
        reason="A reader asked whether the figure for bone scintigraphy is right.",
        by=_BY,
    ),
    "newer-text-waiting": replace(APPROVED, update=True),
    "expired": replace(_DOWN, state=State.EXPIRED, approved_title=QUESTION),
    "withdrawn": replace(
        _DOWN, state=State.WITHDRAWN, reason="A dose was wrong.", by=_BY, approved_title=QUESTION
    ),
    "withdrawn-never-approved": replace(
        _DOWN, state=State.WITHDRAWN, approved=None, reason="Handed in by mistake.", by=_BY
    ),
    "retracted": replace(
        _DOWN,
        state=State.RETRACTED,
        reason="The study was retracted.",
        by=_BY,
        approved_title=QUESTION,
    ),
    "superseded": replace(
        _DOWN,
        state=State.SUPERSEDED,
        successor=Successor(slug="approved", title=QUESTION),
        by=_BY,
        approved_title=QUESTION,
    ),
}
