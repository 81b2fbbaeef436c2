"""The numbered list at the end, with the way back to every citing place."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from imprimatur.bibliography import EvidenceKind
from imprimatur.press.elements import append, element, lettered, parse
from imprimatur.press.evidence import kind_as_word
from imprimatur.press.own_headings import OwnHeading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from imprimatur.bibliography import Bibliography, Reference, Work
    from imprimatur.press.numbering import Numbering


def references(bibliography: Bibliography, numbering: Numbering) -> HtmlElement:
    """The section of references, in the order of their numbers."""
    listed = element("ol")
    works = []
    for number, (key, places) in enumerate(numbering.places.items(), start=1):
        work, reference = bibliography.work(key), bibliography.reference(key)
        if work is not None and reference is not None:
            works.append(work)
            listed.append(_item(number, work, reference, places))
    heading = element("h2", OwnHeading.REFERENCES, id="references")
    kinds = _kinds(frozenset(work.evidence_kind for work in works if work.evidence_kind))
    return element(
        "section",
        heading,
        listed,
        *([copy(kinds)] if kinds is not None else []),
        class_="imp-references",
        role="doc-bibliography",
        aria_labelledby="references",
    )


def _item(number: int, work: Work, reference: Reference, places: Sequence[str]) -> HtmlElement:
    item = copy(_described(work.key, reference, work.evidence_kind))
    back = element("span", *_back(number, places), class_="imp-backlinks")
    item[-1].append(element("span", "Cited at ", back, class_="imp-cited-at"))
    # A script says here which variant does not cite the work.
    item.append(element("p", class_="imp-uncited", hidden="hidden"))
    return item


@lru_cache(maxsize=4096)
def _described(key: str, reference: Reference, kind: EvidenceKind | None) -> HtmlElement:
    """What every article says of a work that it cites, to be copied."""
    item = element("li", id=f"ref-{key}", data_key=key)
    printed = parse(reference.html)
    printed.tag = "p"
    printed.set("class", "imp-reference")
    item.append(printed)
    about = element("p", class_="imp-reference-about")
    if kind is not None:
        append(about, [kind_as_word(kind), ". "])
    for link in reference.links:
        append(about, [element("a", link.label, href=link.href), ". "])
    item.append(about)
    return item


@lru_cache(maxsize=256)
def _kinds(found: frozenset[EvidenceKind]) -> HtmlElement | None:
    """What each kind of evidence in the list is, in a sentence; folded, and to be copied."""
    if not found:
        return None
    listed = element("dl")
    for kind in sorted(found, key=list(EvidenceKind).index):
        row = element("div", element("dt", kind.label), element("dd", kind.meaning), data_kind=kind)
        listed.append(row)
    summary = element("summary", "What these kinds of evidence are")
    return element("details", summary, listed, class_="imp-kinds")


def _back(number: int, places: Sequence[str]) -> list[HtmlElement | str]:
    """One link a place: a, b, c, each with a name of its own for those who hear the page."""
    back: list[HtmlElement | str] = []
    for position, place in enumerate(places):
        link = copy(_way_back(lettered(position), number))
        link.set("href", f"#{quote(place)}")
        back.extend([" ", link] if position else [link])
    return back


@lru_cache(maxsize=4096)
def _way_back(letter: str, number: int) -> HtmlElement:
    """A link to be copied, which leads nowhere yet."""
    label = f"{letter}: back to where reference {number} is cited"
    return element("a", letter, href="", role="doc-backlink", aria_label=label)
