"""What an act says of a text: something for it, or something against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.vocabulary import TAKE_DOWN, ActName, Decision

if TYPE_CHECKING:
    from imprimatur.editorial.act import FiledAct


def is_approval(filed: FiledAct) -> bool:
    """Whether it is a review that approves."""
    return filed.act.act is ActName.REVIEW and filed.act.decision is Decision.APPROVE


def is_objection(filed: FiledAct) -> bool:
    """Whether it is a review that asks for changes, or rejects."""
    return filed.act.decision in {Decision.REVISE, Decision.REJECT}


def is_against(filed: FiledAct) -> bool:
    """Whether it takes a text down, or objects to it."""
    return filed.act.act in TAKE_DOWN or is_objection(filed)
