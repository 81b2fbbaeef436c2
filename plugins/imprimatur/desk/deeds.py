"""What each act means, in the one sentence that its signer puts their name to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from imprimatur.editorial import ActName, Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One kind of act that the board signs.

    help: what the command does. meaning: what its signer says; of a review it is the decision's.
    answers: the option that names the act it answers; empty where it answers none by choice.
    takes_down: whether it is about what readers are shown, and not about the text in the tree.
    """

    name: ActName
    help: str
    meaning: str = ""
    answers: str = ""
    takes_down: bool = False


DECISIONS: Final = {
    Decision.APPROVE: (
        "I have read this text, exactly as its digest names it, for every audience named here, "
        "and I approve it for publication."
    ),
    Decision.REVISE: "I have read this text, and it must be changed before it is published.",
    Decision.REJECT: "I have read this text, and it must not be published.",
    Decision.ABSTAIN: "I give no judgement of this text, for the reason that I state.",
}
LIGHT_APPROVAL: Final = (
    "I have read every word that was changed since the text that was approved before, and I "
    "approve this text for publication."
)

DEEDS: Final = (
    Deed(
        name=ActName.ASSIGN,
        help="Name the people who are to review the text that was submitted.",
        meaning="I ask the people named here to review this text.",
    ),
    Deed(name=ActName.REVIEW, help="Read the text that was submitted, and say what you decide."),
    Deed(
        name=ActName.OVERRULE,
        help="Lift the objection of somebody else, and say why.",
        meaning="I overrule this objection, for the reason that I state.",
        answers="--objection",
    ),
    Deed(
        name=ActName.WAIVE,
        help="Let the review of somebody with a conflict of interest count, and say why.",
        meaning="I know of this conflict of interest, and the review shall count all the same.",
        answers="--review",
    ),
    Deed(
        name=ActName.CONCERN,
        help="Put a concern on top of an article that is shown.",
        meaning="I have a concern about this article, and readers shall see it.",
        takes_down=True,
    ),
    Deed(
        name=ActName.WITHDRAW,
        help="Take an article down; a notice stands in its place.",
        meaning="I withdraw this article: it must not be shown.",
        takes_down=True,
    ),
    Deed(
        name=ActName.RETRACT,
        help="Take an article down for ever, which takes two people; one alone withdraws it.",
        meaning="I retract this article for ever: it must not be relied on.",
        takes_down=True,
    ),
    Deed(
        name=ActName.SUPERSEDE,
        help="Take an article down and lead readers to the one that takes its place.",
        meaning="I declare that the article named here takes the place of this one.",
        takes_down=True,
    ),
    Deed(
        name=ActName.REINSTATE,
        help="Open an article that was taken down to a new round of review.",
        meaning="I open this article to a new round of review. It is not shown before that.",
        answers="--act",
    ),
)
"""Every act that takes a member of the board and a signature."""
