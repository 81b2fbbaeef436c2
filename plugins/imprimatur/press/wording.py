"""What each standing is called, wherever a page has room for a few words only."""

from __future__ import annotations

from typing import Final

from imprimatur.editorial import State

SHORT: Final = {
    State.DRAFT: "Draft, not reviewed",
    State.SUBMITTED: "Submitted, not reviewed",
    State.UNDER_REVIEW: "Under Review, not approved",
    State.LAPSED: "Under Review, changed since approval",
    State.APPROVED: "Approved",
    State.REVIEW_DUE: "Approved, review overdue",
    State.EXPIRED: "Approval expired",
    State.CONCERN: "Approved, with a concern",
    State.WITHDRAWN: "Withdrawn",
    State.RETRACTED: "Retracted",
    State.SUPERSEDED: "Superseded",
}

STEPS: Final = ("Submitted", "Under Review", "Approved")
"""The public labels, in their order."""

CURRENT: Final = {
    State.DRAFT: 0,
    State.SUBMITTED: 0,
    State.UNDER_REVIEW: 1,
    State.LAPSED: 1,
    State.APPROVED: 2,
    State.REVIEW_DUE: 2,
    State.CONCERN: 2,
}
"""The step that a standing is at; a notice is at none of them."""


def label(state: State) -> str:
    """The public label of a standing that shows a text."""
    return "Draft" if state is State.DRAFT else STEPS[CURRENT[state]]


def running_head(state: State) -> str:
    """What every printed page is headed with."""
    if state in {State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.LAPSED}:
        return f"{SHORT[state].upper()}. Not for use in care."
    return f"{SHORT[state]}. A printed copy may be out of date."


def sentence(words: str) -> str:
    """What somebody wrote, with a full stop, unless they have ended it themselves."""
    return words if words.endswith((".", "!", "?", "\u2026")) else f"{words}."
