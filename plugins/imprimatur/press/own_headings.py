"""The headings that the press writes itself, each over a part that means what it says."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from imprimatur.bibliography import EvidenceSection


class OwnHeading(StrEnum):
    """A heading of the press; those of evidence sections are the sections' own."""

    ANSWER = "Short answer"
    SAFETY = "Safety: read this whoever you are"
    NOTES = "Notes"
    REFERENCES = "References"
    DISCLAIMER = "Disclaimer"
    FOLLOWUP = "Have a follow-up question?"


_WORDS: Final = frozenset(
    heading.casefold() for heading in (*OwnHeading, *(each.heading for each in EvidenceSection))
)


def imitates(text: str) -> bool:
    """Whether a heading reads like one of the press's own."""
    return " ".join(text.split()).rstrip(".:").casefold() in _WORDS
