"""What an approval covers of a work, and what the work may be cited for."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import idutils
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.bibliography import (
    EvidenceKind,
    EvidenceSection,
    Reference,
    Style,
    Work,
    format_reference,
    identifiers,
    read_bibliography,
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
UNSEEN = (
    "verified",
    "verification_note",
    "file",
    "abstract",
    "keywords",
    "superseded_by",
    "unheard",
)


def printed(work: Work) -> list[Reference]:
    return [format_reference(work, style) for style in Style]


def bound(entry_type: str = "article", **fields: str) -> dict[str, str] | None:
    given = {"title": "One title", "year": "2020", **fields}
    entry = ",".join(f"{name}={{{value}}}" for name, value in given.items())
    return read_bibliography(f"@{entry_type}{{key,{entry}}}".encode(), "b.bib").bound("key")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("base", [{}, {"author": "Poe, B.", "url": "https://example.org/a"}])
def test_an_approval_covers_every_field_that_a_reader_sees(
    work: Callable[..., Work], base: dict[str, str], field: str
):
    for entry_type in FORMS:
        changed = {**base, field: FIELDS[field]}
        covered = bound(entry_type, **base) != bound(entry_type, **changed)
        shown = printed(work(entry_type, **base)) != printed(work(entry_type, **changed))
        assert covered >= shown, entry_type


@pytest.mark.parametrize("field", UNSEEN)
def test_an_approval_covers_no_note_to_editors(field: str):
    assert bound(**{field: FIELDS[field]}) == bound()


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000",
        "{10.1000}",
        "{}",
        "x",
        "10.1000/",
        "10.1000/a,",
        "10.1000/a b",
        "https://10.1000/a",
    ],
)
@pytest.mark.parametrize("field", ["url", "urldate"])
def test_an_address_is_covered_where_what_stands_as_doi_is_none(doi: str, field: str):
    base = {"doi": doi, "url": "https://example.org/5-mg", "urldate": "2026-02-03"}
    changed = {**base, field: {"url": "https://example.org/50-mg", "urldate": "2026-02-04"}[field]}
    assert bound("misc", **base) != bound("misc", **changed)


def test_an_address_is_covered_that_lets_another_one_be_printed(work: Callable[..., Work]):
    base = {"doi": "10.1000/x", "howpublished": "https://example.org/50-mg"}
    changed = {**base, "url": "https://example.org/"}
    assert printed(work("misc", **base)) != printed(work("misc", **changed))
    assert bound("misc", **base) != bound("misc", **changed)


@given(st.from_regex(r"10\.[0-9]{4,5}/[A-Za-z0-9._();/:-]{1,20}", fullmatch=True))
def test_what_is_surely_a_doi_is_one_for_the_library_that_is_not_asked_then(written: str):
    surely = identifiers.is_surely_doi(written)
    assert not surely or idutils.normalize_doi(written) == identifiers.doi(written) == written
    assert identifiers.is_surely_doi("10.1000/x(1)")


@given(st.from_regex(r"(PMC|pmc|PMID: ?)?[0-9]{1,10}/?", fullmatch=True))
def test_a_plain_number_of_pubmed_is_what_the_library_says(written: str):
    bare = written.removeprefix("PMID:").strip()
    by_library = idutils.normalize_pmid(bare) if idutils.is_pmid(bare) else None
    assert identifiers.pmid(written) in {by_library, None}
    assert identifiers.pmcid(written) is None or idutils.is_pmcid(written.upper())


def test_a_plain_entry_is_read_without_the_library_that_takes_half_a_second_to_come():
    program = (
        "import sys\n"
        "from imprimatur.bibliography import identifiers\n"
        "assert identifiers.doi('10.1000/x') == '10.1000/x'\n"
        "assert identifiers.pmid('PMID: 12') == '12' and identifiers.pmcid('pmc12') == 'PMC12'\n"
        "sys.exit('idutils' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_an_address_behind_a_doi_is_not_printed_and_not_covered():
    plain = bound(doi="10.1000/x")
    assert bound(doi="10.1000/x", url="https://example.org/", urldate="2026-02-03") == plain
    assert bound(url="https://example.org/") != bound()


def test_an_approval_covers_the_kind_of_evidence_and_the_type_of_entry():
    assert bound(evidence_kind="cohort") != bound(evidence_kind="case-series")
    assert bound("article") != bound("misc")


def test_what_is_covered_does_not_hang_on_blanks_braces_or_quotation_marks():
    one = read_bibliography(b"@misc{k, title = {A  title}, year = 2020}", "b.bib").bound("k")
    two = read_bibliography(b'@MISC{k,YEAR="2020",Title="A\n title"}', "b.bib").bound("k")
    assert one == two == {"entry type": "misc", "title": "A title", "year": "2020"}


def test_an_entry_that_cannot_be_read_has_nothing_to_cover():
    assert read_bibliography(b"@misc{k, title = {A}", "b.bib").bound("k") is None
    assert read_bibliography(b"", "b.bib").bound("k") is None


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


def test_works_that_are_formatted_ahead_read_as_those_that_are_asked_for_one_by_one():
    entries = "\n".join(
        f"@article{{work{number}, author = {{Roe, A. and Doe, B.}}, title = {{Title {number}}}, "
        f"journal = {{J Demonstr Med}}, year = {{{1900 + number % 100}}}, volume = {{{number}}}}}"
        for number in range(240)
    )
    data = f"{entries}\n@article{{broken, title = one}}\n".encode()
    keys = [*(f"work{number}" for number in range(240)), "broken", "none", "work7"]
    ahead, later = (read_bibliography(data, "a.bib") for _ in range(2))
    ahead.format_ahead(keys)
    assert [ahead.reference(key) for key in keys] == [later.reference(key) for key in keys]
    assert [ahead.work(key) for key in keys] == [later.work(key) for key in keys]
    assert ahead.examine() == later.examine()
