"""Rules that the readers of files examine as they read; here they are named and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.errors import Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination


def manuscript_is_readable(examination: Examination) -> Iterator[Finding]:
    """A manuscript is UTF-8 text that begins with its front matter.

    Bad: a blank line above the first ---
    Good: --- as the very first line, and again below the front matter
    """
    return _reported(examination, "manuscript-is-readable")


def front_matter_is_valid(examination: Examination) -> Iterator[Finding]:
    """The front matter is strict YAML with every key it needs and no other.

    Bad: status: approved
    Good: title, summary, topics, class, authors, evidence_through, audiences
    """
    return _reported(examination, "front-matter-is-valid")


def site_page_is_readable(examination: Examination) -> Iterator[Finding]:
    """A site page is UTF-8 text of a size that people read.

    Bad: docs/index.md saved as Latin-1
    Good: docs/index.md saved as UTF-8
    """
    return _reported(examination, "site-page-is-readable")


def text_is_visible(examination: Examination) -> Iterator[Finding]:
    """Files hold no signs that reviewers cannot see and readers' programs obey.

    Bad: a right-to-left override between the digits of a dose
    Good: letters, digits, punctuation and ordinary spaces
    """
    return _reported(examination, "text-is-visible")


def policy_is_readable(examination: Examination) -> Iterator[Finding]:
    """editorial/policy.yml is there and keeps to its schema.

    Bad: quorum: two
    Good: quorum: 2
    """
    return _reported(examination, "policy-is-readable")


def board_is_readable(examination: Examination) -> Iterator[Finding]:
    """editorial/board.yml is there and keeps to its schema.

    Bad: two people with the same id
    Good: people: [] until somebody is appointed
    """
    return _reported(examination, "board-is-readable")


def record_is_readable(examination: Examination) -> Iterator[Finding]:
    """Every act keeps to its schema and lies under its own name in its article's folder.

    Bad: an act with merge-conflict markers in it
    Good: 20261123T101512Z-submit-a-author.yml, as the command wrote it
    """
    return _reported(examination, "record-is-readable")


def bibliography_is_readable(examination: Examination) -> Iterator[Finding]:
    """Every entry of bibliography.bib can be read to its end.

    Bad: @article{park2019spinal, title = {Diagnosis of … with no closing brace
    Good: @article{park2019spinal, title = {Diagnosis of …}}
    """
    return _reported(examination, "bibliography-is-readable")


def key_is_unique(examination: Examination) -> Iterator[Finding]:
    """No key is given twice, and no two keys differ only in capitals.

    Bad: park2019spinal and Park2019spinal
    Good: park2019spinal and park2020spinal
    """
    return _reported(examination, "key-is-unique")


def field_is_single(examination: Examination) -> Iterator[Finding]:
    """No entry gives a field twice.

    Bad: year = {2019}, … year = {2020}
    Good: year = {2019}
    """
    return _examined(examination, "field-is-single")


def entry_type_is_known(examination: Examination) -> Iterator[Finding]:
    """Every entry is of a type that can be formatted.

    Bad: @artcle{…}
    Good: @article{…}
    """
    return _examined(examination, "entry-type-is-known")


def entry_is_complete(examination: Examination) -> Iterator[Finding]:
    """Every entry has what a reader needs to find the work.

    Bad: an article without a journal
    Good: an article with title and journal
    """
    return _examined(examination, "entry-is-complete")


def identifier_is_well_formed(examination: Examination) -> Iterator[Finding]:
    """DOI, PMID, PMCID and ISBN have the form that their registries give them.

    Bad: doi = {doi.org/10.1016}
    Good: doi = {10.1016/j.clinimag.2019.03.003}
    """
    return _examined(examination, "identifier-is-well-formed")


def link_is_http(examination: Examination) -> Iterator[Finding]:
    """The url of an entry is a web address.

    Bad: url = {javascript:alert(1)}
    Good: url = {https://www.nice.org.uk/guidance/ng234}
    """
    return _examined(examination, "link-is-http")


def evidence_kind_is_known(examination: Examination) -> Iterator[Finding]:
    """Every entry says what kind of evidence it is, because that decides where it may stand.

    Bad: evidence_kind = {review}
    Good: evidence_kind = {narrative-review}
    """
    return _examined(examination, "evidence-kind-is-known")


def crossref_resolves(examination: Examination) -> Iterator[Finding]:
    """The parent that an entry takes fields from is there.

    Bad: crossref = {a-missing-key}
    Good: crossref = {the-key-of-the-book}
    """
    return _examined(examination, "crossref-resolves")


def _reported(examination: Examination, rule: str) -> Iterator[Finding]:
    yield from examination.reported.get(RuleName(rule), ())


def _examined(examination: Examination, rule: str) -> Iterator[Finding]:
    """What stands out only when every work is read to its end."""
    found = examination.repository.bibliography_findings
    yield from (finding for finding in found if finding.rule == rule)
