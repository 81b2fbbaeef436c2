"""Rules against what a reader would see otherwise than its author meant it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.bibliography import EvidenceSection
from imprimatur.errors import Finding, RuleName
from imprimatur.manuscript import Mark
from imprimatur.press import Misread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from imprimatur.gate.examination import ArticleProof, Examination
    from imprimatur.manuscript import Manuscript

_FORMS: Final = {
    Misread.LIST: "and begin its items with `- ` or `1. `",
    Misread.TABLE: "and put a row of `|---|` below its head",
}


def list_stands_apart(article: ArticleProof) -> Iterator[Finding]:
    """Lists and tables stand apart from the text above them; else their signs are printed.

    Bad: Doses: and, on the next line, - 1 mg
    Good: Doses: and, below a blank line, - 1 mg
    """
    for what, line, text in article.proof.misread:
        if what is not Misread.CITATION:
            message = f"`{text[:40]}` would be printed as it stands, not as a {what.value}"
            cure = f"leave a blank line above the {what.value}, {_FORMS[what]}"
            yield article.finding(line, "list-stands-apart", message, cure)


def citation_is_read(article: ArticleProof) -> Iterator[Finding]:
    """No citation is printed as it was written, because a sign is missing or it stands in code.

    Bad: [park2019spinal], [@ park2019spinal], or a line indented by four blanks
    Good: [@park2019spinal]
    """
    for what, line, text in article.proof.misread:
        if what is Misread.CITATION:
            message = f"`{text}` would be printed as it stands"
            cure = "write `[@key]`, in running text and without blanks at the line's beginning"
            yield article.finding(line, "citation-is-read", message, cure)


def evidence_is_cited(article: ArticleProof) -> Iterator[Finding]:
    """Every evidence section cites a work, and so does the article.

    Bad: /// evidence | research without a citation in it
    Good: /// evidence | research with [@park2019spinal] in it
    """
    proof = article.proof
    cure = "cite the work that it rests on, `[@key]`, or take the section out"
    # Where the page's blocks are not those of the source, another rule says so.
    for mark, cites in zip(article.marks, proof.citing, strict=False):
        is_section = mark.name == Mark.EVIDENCE and mark.argument in set(EvidenceSection)
        if is_section and not cites:
            message = f"the evidence section `{mark.argument}` cites nothing"
            yield article.finding(mark.line, "evidence-is-cited", message, cure)
    if not (proof.cited or proof.malformed or proof.is_empty):
        message = "the article cites nothing"
        line = article.copy.manuscript.body_line
        yield article.finding(line, "evidence-is-cited", message, "cite what it rests on, `[@key]`")


def evidence_is_searched_already(examination: Examination) -> Iterator[Finding]:
    """The day up to which the literature was searched has come.

    Bad: evidence_through: 2035-02-21
    Good: evidence_through: 2025-02-21
    """
    for article in examination.articles:
        yield from searched_ahead(article.copy.manuscript, examination.now.date())


def searched_ahead(manuscript: Manuscript, today: date) -> Iterator[Finding]:
    """That a manuscript claims a search of literature that nobody can have made yet."""
    day = manuscript.front.evidence_through
    if day > today:
        yield Finding(
            path=manuscript.path,
            line=1,
            rule=RuleName("evidence-is-searched-already"),
            message=f"`evidence_through` is {day}, which is still to come",
            cure="write the day of the last search",
        )
