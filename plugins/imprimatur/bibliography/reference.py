"""The reference itself: what stands in an article's list for one work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprimatur.bibliography import identifiers
from imprimatur.bibliography.dates import day
from imprimatur.bibliography.forms import body
from imprimatur.bibliography.rich import Rich, joined, plain, rich, sentence, to_html
from imprimatur.bibliography.style import SETTINGS, Settings, Style

if TYPE_CHECKING:
    from imprimatur.bibliography.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another place where a reader finds the work.

    label: what it is, ``PubMed 30904626``.
    href: its address, always https, to be escaped like any other text.
    """

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A formatted reference.

    plain: as text of one line.
    html: the same as escaped HTML; its only tags are i, sub, sup and a.
    links: to PubMed and PubMed Central, where the work is there.
    """

    plain: str
    html: str
    links: tuple[Link, ...]


def format_reference(work: Work, style: Style = Style.AMA) -> Reference:
    """Return the reference of a work in a style; what the work lacks is left out, never raises."""
    settings = SETTINGS[style]
    text = joined([*body(work, settings), _where(work, settings), _numbers(work, settings)])
    return Reference(plain=plain(text), html=to_html(text), links=_links(work))


def _where(work: Work, settings: Settings) -> Rich:
    """Return notices, DOI and address; in AMA nothing follows the DOI, so notices come first."""
    notices = [sentence(work.text("note"))]
    if work.retracted:
        notices.append(sentence(joined([rich("Retracted in:"), work.text("retracted")])))
    doi = rich(f"doi:{work.doi}", href=identifiers.doi_link(work.doi)) if work.doi else ()
    if settings.nlm:
        return joined([(*doi, *rich(".")) if doi else (), *notices, *_address(work, settings)])
    return joined([*notices, doi, *_address(work, settings)])


def _address(work: Work, settings: Settings) -> list[Rich]:
    if not work.shown_url:
        return []
    link = rich(work.shown_url, href=work.shown_url)
    if settings.nlm:
        return [rich("Available from:"), link]
    accessed = f"Accessed {day(work.urldate, american=True)}" if work.urldate else ""
    return [sentence(rich(accessed)), link]


def _numbers(work: Work, settings: Settings) -> Rich:
    """Return the PubMed numbers, which only the NLM style prints."""
    if not settings.nlm:
        return ()
    numbers = [
        f"PubMed PMID: {work.pmid}" if work.pmid else "",
        f"PubMed Central PMCID: {work.pmcid}" if work.pmcid else "",
    ]
    return sentence(rich("; ".join(filter(None, numbers))))


def _links(work: Work) -> tuple[Link, ...]:
    links = []
    if work.pmid:
        links.append(Link(label=f"PubMed {work.pmid}", href=identifiers.pmid_link(work.pmid)))
    if work.pmcid:
        links.append(Link(label=work.pmcid, href=identifiers.pmcid_link(work.pmcid)))
    return tuple(links)
