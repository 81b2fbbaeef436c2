"""What an approval covers of a work, and what the work may be cited for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from imprimatur.bibliography import (
    Bibliography,
    EvidenceKind,
    EvidenceSection,
    Reference,
    Style,
    Work,
    format_reference,
)
from imprimatur.bibliography.work import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

FIELDS = {
    "author": "Roe, Jane",
    "editor": "Doe, Ann",
    "title": "Other title",
    "subtitle": "And more",
    "journal": "Other J",
    "booktitle": "The whole",
    "year": "2021",
    "month": "may",
    "volume": "7",
    "number": "8",
    "pages": "9--10",
    "publisher": "Press",
    "institution": "Institute",
    "address": "Oslo",
    "edition": "2",
    "series": "Series",
    "type": "Guide",
    "howpublished": "By post",
    "note": "Erratum in: J Test. 2021;1:1",
    "retracted": "J Test. 2021;1:2",
    "doi": "10.1000/x",
    "pmid": "1234",
    "pmcid": "PMC1234",
    "isbn": "978-1-4731-5305-9",
    "url": "https://example.org/",
    "urldate": "2026-02-03",
    "verified": "A",
    "verification_note": "seen",
    "file": "/home/me/x.pdf",
    "abstract": "Long",
    "keywords": "a, b",
    "superseded_by": "other",
    "chapter": "3",
    "unheard": "of",
}


def printed(work: Work) -> list[Reference]:
    return [format_reference(work, style) for style in Style]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("base", [{}, {"author": "Poe, B.", "url": "https://example.org/a"}])
def test_an_approval_covers_a_field_exactly_if_a_reader_sees_it(
    work: Callable[..., Work], base: dict[str, str], field: str
):
    for entry_type in FORMS:
        before = work(entry_type, **base)
        after = work(entry_type, **{**base, field: FIELDS[field]})
        covered, shown = before.seen() != after.seen(), printed(before) != printed(after)
        assert covered == shown, entry_type


def test_an_approval_covers_the_kind_of_evidence(work: Callable[..., Work]):
    assert work(evidence_kind="cohort").seen() != work(evidence_kind="case-series").seen()


def test_what_is_covered_does_not_hang_on_how_the_entry_is_written(work: Callable[..., Work]):
    one = work(title=r"Caf{\'e}  {MRI}", pages="71--2", doi="10.1000/x", month="feb")
    two = work(month="2", doi="https://doi.org/10.1000/x", pages="71-72", title="Café MRI")
    assert json.dumps(one.seen(), sort_keys=True) == json.dumps(two.seen(), sort_keys=True)


def test_what_is_covered_can_be_written_down(verified: Bibliography):
    for key in verified.keys:
        found = verified.work(key)
        assert found is not None
        assert json.loads(json.dumps(found.seen())) == found.seen()


def test_each_kind_of_evidence_stands_in_one_section():
    for kind in EvidenceKind:
        assert [kind in section.kinds for section in EvidenceSection].count(True) == 1
    assert EvidenceKind.MEDICATION_GUIDE in EvidenceSection.DRUG_LABEL.kinds
    assert EvidenceKind.CONSENSUS_STATEMENT in EvidenceSection.GUIDELINES.kinds
    assert len(EvidenceSection.RESEARCH.kinds) == 7


def test_readers_are_told_the_kind_in_plain_words():
    assert EvidenceKind.SYSTEMATIC_REVIEW.label == "Systematic review"
    assert EvidenceKind.DRUG_LABEL.label == "Drug label"
    assert EvidenceSection.DRUG_LABEL.heading == "From the drug label"
