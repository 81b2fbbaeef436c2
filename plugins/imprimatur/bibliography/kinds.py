"""What sort of evidence a work is, and in which section of an article it may stand."""

from __future__ import annotations

from enum import StrEnum


class EvidenceKind(StrEnum):
    """The sort of evidence a work is, as written in its ``evidence_kind`` field."""

    GUIDELINE = "guideline"
    CONSENSUS_STATEMENT = "consensus-statement"
    APPROPRIATENESS_CRITERIA = "appropriateness-criteria"
    DRUG_LABEL = "drug-label"
    MEDICATION_GUIDE = "medication-guide"
    SYSTEMATIC_REVIEW = "systematic-review"
    RANDOMISED_TRIAL = "randomised-trial"
    COHORT = "cohort"
    DIAGNOSTIC_STUDY = "diagnostic-study"
    CASE_SERIES = "case-series"
    NARRATIVE_REVIEW = "narrative-review"
    OTHER_RESEARCH = "other-research"

    @property
    def label(self) -> str:
        """The kind in plain English, for readers: ``Systematic review``."""
        words = "cohort study" if self is EvidenceKind.COHORT else self.value.replace("-", " ")
        return words[0].upper() + words[1:]


class EvidenceSection(StrEnum):
    """A part of an article that rests on one family of evidence."""

    GUIDELINES = "guidelines"
    DRUG_LABEL = "drug-label"
    RESEARCH = "research"

    @property
    def heading(self) -> str:
        """The section's heading, as readers see it."""
        return {
            EvidenceSection.GUIDELINES: "From the guidelines",
            EvidenceSection.DRUG_LABEL: "From the drug label",
            EvidenceSection.RESEARCH: "From the research",
        }[self]

    @property
    def kinds(self) -> frozenset[EvidenceKind]:
        """The kinds of evidence that may be cited in this section."""
        return _KINDS[self]


_GUIDELINES = frozenset(
    {
        EvidenceKind.GUIDELINE,
        EvidenceKind.CONSENSUS_STATEMENT,
        EvidenceKind.APPROPRIATENESS_CRITERIA,
    }
)
_LABELS = frozenset({EvidenceKind.DRUG_LABEL, EvidenceKind.MEDICATION_GUIDE})
_KINDS = {
    EvidenceSection.GUIDELINES: _GUIDELINES,
    EvidenceSection.DRUG_LABEL: _LABELS,
    EvidenceSection.RESEARCH: frozenset(EvidenceKind) - _GUIDELINES - _LABELS,
}
