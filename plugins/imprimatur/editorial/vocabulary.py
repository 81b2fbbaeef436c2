"""The words that policy, board and acts share."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person may be on the board."""

    EDITOR_IN_CHIEF = "editor-in-chief"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    PATIENT_REVIEWER = "patient-reviewer"


class ActName(StrEnum):
    """The deeds a record may hold."""

    SUBMIT = "submit"
    ASSIGN = "assign"
    REVIEW = "review"
    OVERRULE = "overrule"
    WAIVE = "waive"
    CONCERN = "concern"
    WITHDRAW = "withdraw"
    RETRACT = "retract"
    SUPERSEDE = "supersede"
    REINSTATE = "reinstate"


class Decision(StrEnum):
    """What a review may decide."""

    APPROVE = "approve"
    REVISE = "revise"
    REJECT = "reject"
    ABSTAIN = "abstain"
