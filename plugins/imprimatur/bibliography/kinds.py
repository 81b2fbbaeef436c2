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

    @property
    def meaning(self) -> str:
        """What this sort of evidence is, and what it cannot show, in plain words for readers."""
        return _MEANINGS[self]

    @property
    def section(self) -> EvidenceSection:
        """The section of an article that holds this sort of evidence."""
        return next(each for each in EvidenceSection if self in each.kinds)


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
    def label(self) -> str:
        """The section in a word or two: ``Drug label``."""
        words = self.value.replace("-", " ")
        return words[0].upper() + words[1:]

    @property
    def meaning(self) -> str:
        """What rests on this kind of source, and what it does not tell, for readers."""
        return {
            EvidenceSection.GUIDELINES: (
                "What bodies of experts advise. They weigh studies together with their own "
                "experience."
            ),
            EvidenceSection.DRUG_LABEL: (
                "What the official text of a medicine says. It permits a use; that does not show "
                "that the use is needed."
            ),
            EvidenceSection.RESEARCH: (
                "What studies found, in the people who were studied. Others may differ from them."
            ),
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

_MEANINGS = {
    EvidenceKind.GUIDELINE: "A professional or public body advises what to do.",
    EvidenceKind.CONSENSUS_STATEMENT: (
        "Experts agreed on it; where studies are lacking it rests on their opinion."
    ),
    EvidenceKind.APPROPRIATENESS_CRITERIA: (
        "A panel of experts rated how suitable a test or treatment is in given situations."
    ),
    EvidenceKind.DRUG_LABEL: (
        "The official prescribing information of a medicine, agreed with the authority that "
        "permits it."
    ),
    EvidenceKind.MEDICATION_GUIDE: "The official information on a medicine for those who get it.",
    EvidenceKind.SYSTEMATIC_REVIEW: (
        "It gathers all studies of one question by a written method and weighs them together."
    ),
    EvidenceKind.RANDOMISED_TRIAL: (
        "Chance decided who got which treatment, so that the groups can be compared."
    ),
    EvidenceKind.COHORT: (
        "It followed a group of people and noted what happened; it does not prove what caused it."
    ),
    EvidenceKind.DIAGNOSTIC_STUDY: (
        "It looked at what a test shows; it does not tell whether testing helps people."
    ),
    EvidenceKind.CASE_SERIES: "It describes some patients, without others to compare them with.",
    EvidenceKind.NARRATIVE_REVIEW: (
        "Its authors chose which studies to describe; others may choose otherwise."
    ),
    EvidenceKind.OTHER_RESEARCH: "Research of another kind; see the reference.",
}
