"""The numbered list at the end, with the way back to every citing place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import html as lxml_html

from imprimatur.bibliography import format_reference
from imprimatur.press.elements import append, element, lettered
from imprimatur.press.own_headings import OwnHeading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from imprimatur.bibliography import Bibliography, Work
    from imprimatur.press.numbering import Numbering


def references(bibliography: Bibliography, numbering: Numbering) -> HtmlElement:
    """The section of references, in the order of their numbers."""
    listed = element("ol")
    for number, (key, places) in enumerate(numbering.places.items(), start=1):
        work = bibliography.work(key)
        if work is not None:
            listed.append(_item(number, work, places))
    heading = element("h2", OwnHeading.REFERENCES, id="references")
    return element(
        "section",
        heading,
        listed,
        class_="imp-references",
        role="doc-bibliography",
        aria_labelledby="references",
    )


def _item(number: int, work: Work, places: Sequence[str]) -> HtmlElement:
    reference = format_reference(work)
    item = element("li", id=f"ref-{work.key}")
    item.append(lxml_html.fragment_fromstring(reference.html, create_parent="p"))
    item[0].set("class", "imp-reference")
    about = element("p", class_="imp-reference-about")
    if work.evidence_kind:
        append(about, [element("span", work.evidence_kind.label, class_="imp-kind"), ". "])
    for link in reference.links:
        append(about, [element("a", link.label, href=link.href), ". "])
    append(about, ["Cited at ", element("span", *_back(number, places), class_="imp-backlinks")])
    item.append(about)
    return item


def _back(number: int, places: Sequence[str]) -> list[HtmlElement | str]:
    """One link a place: a, b, c, each with a name of its own for those who hear the page."""
    back: list[HtmlElement | str] = []
    for position, place in enumerate(places):
        letter = lettered(position)
        link = element(
            "a",
            letter,
            href=f"#{quote(place)}",
            role="doc-backlink",
            aria_label=f"{letter}: back to where reference {number} is cited",
        )
        back.extend([" ", link] if position else [link])
    return back
