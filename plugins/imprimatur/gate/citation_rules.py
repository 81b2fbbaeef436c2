"""Rules about what an article cites, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.bibliography import EvidenceSection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.examination import ArticleProof


def citation_resolves(article: ArticleProof) -> Iterator[Finding]:
    """Every citation key is the key of a readable entry of bibliography.bib.

    Bad: [@park2091spinal]
    Good: [@park2019spinal]
    """
    bibliography = article.copy.bibliography
    for cited in article.proof.cited:
        if bibliography.work(cited.key) is not None:
            continue
        if not bibliography.keys:
            message = "works are cited, and bibliography.bib holds none or is not there"
            cure = "restore bibliography.bib from history"
            yield article.finding(cited.line, "citation-resolves", message, cure)
            return
        if cited.key in bibliography.keys:
            message = f"`@{cited.key}` is in bibliography.bib, but its entry cannot be read"
            cure = f"mend the entry on line {bibliography.line(cited.key)} of bibliography.bib"
        else:
            near = ", ".join(f"@{key}" for key in bibliography.nearest(cited.key))
            message = f"`@{cited.key}` is not in bibliography.bib"
            cure = f"nearest keys: {near}" if near else "add the entry"
            cure += "; if it is no citation, write `\\@`"
        yield article.finding(cited.line, "citation-resolves", message, cure)


def citation_is_well_formed(article: ArticleProof) -> Iterator[Finding]:
    """Every part of a citation between semicolons cites one work, and its bracket is closed.

    Bad: [@park2019spinal; see also]
    Good: [@park2019spinal; see also @liu2017vertebral]
    """
    for line, source in article.proof.malformed:
        message = f"a part of `{source}` cites no work, or more than one"
        cure = "write `[@key]`, `[@key, p. 12]` or `[see @key; @other]`"
        if source.count("[") > source.count("]"):
            message = f"the bracket of `{source}` is never closed"
            cure += ", or `\\[` for a bracket that is no citation"
        yield article.finding(line, "citation-is-well-formed", message, cure)


def citation_follows_a_word(article: ArticleProof) -> Iterator[Finding]:
    """No superscript stands straight after a number or unit, where it reads as an exponent.

    Bad: in 26 [@khadem2012dce] patients
    Good: in 26 patients [@khadem2012dce]
    """
    for cited in article.proof.cited:
        if cited.figure:
            message = f"the number of `@{cited.key}` would stand straight after `{cited.figure}`"
            cure = (
                "let a word that is no unit stand before it, as in `26 patients "
                f"[@{cited.key}]`, also at the end of a sentence"
            )
            yield article.finding(cited.line, "citation-follows-a-word", message, cure)


def heading_does_not_cite(article: ArticleProof) -> Iterator[Finding]:
    """Headings hold no citation: they are repeated in contents and search without it.

    Bad: ### Adding contrast [@park2019spinal]
    Good: ### Adding contrast
    """
    for cited in article.proof.cited:
        if cited.in_heading:
            message = f"`@{cited.key}` is cited in a heading"
            cure = "cite it in the text below"
            yield article.finding(cited.line, "heading-does-not-cite", message, cure)


def kind_fits_section(article: ArticleProof) -> Iterator[Finding]:
    """An evidence section cites only works of its own kind.

    Bad: a narrative review cited inside /// evidence | guidelines
    Good: a narrative review cited inside /// evidence | research
    """
    for cited in article.proof.cited:
        work = article.copy.bibliography.work(cited.key)
        if work is None or cited.section is None or work.evidence_kind in cited.section.kinds:
            continue
        kind = work.evidence_kind or "of no known kind"
        message = f"`@{cited.key}` is {kind}, and stands in the section {cited.section}"
        own = [each for each in EvidenceSection if work.evidence_kind in each.kinds]
        cure = f"cite it under `/// evidence | {own[0]}`" if own else "name its `evidence_kind`"
        yield article.finding(cited.line, "kind-fits-section", message, cure)


def work_is_cited_under_one_key(article: ArticleProof) -> Iterator[Finding]:
    """No work has two numbers in one article because it stands under two keys.

    Bad: park2019spinal and park2019, both with the DOI 10.1016/j.clinimag.2019.03.003
    Good: one entry, one key
    """
    first: dict[str, str] = {}
    for cited in article.proof.cited:
        work = article.copy.bibliography.work(cited.key)
        named = (work.doi, work.pmid, work.pmcid) if work else ()
        # All are kept, though one is told: a third entry may share another of them.
        met = [(first.setdefault(each.casefold(), cited.key), each) for each in named if each]
        for other, identifier in met:
            if other != cited.key:
                message = f"`@{cited.key}` and `@{other}` are one work, {identifier}"
                cure = f"cite `@{other}`, and keep one entry"
                yield article.finding(cited.line, "work-is-cited-under-one-key", message, cure)
                break


def work_is_not_retracted(article: ArticleProof) -> Iterator[Finding]:
    """No article rests on a work that bibliography.bib says was retracted.

    Bad: a citation of an entry with retracted = {…}
    Good: a citation of a work that stands
    """
    for cited in article.proof.cited:
        work = article.copy.bibliography.work(cited.key)
        if work is not None and work.retracted:
            message = f"`@{cited.key}` was retracted: {work.retracted}"
            cure = "rest the statement on another work, or take it out"
            yield article.finding(cited.line, "work-is-not-retracted", message, cure)
