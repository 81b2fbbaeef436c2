"""What an evidence section rests on, said beside it and under the answer."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from imprimatur.bibliography import EvidenceSection
from imprimatur.press.elements import element, finder, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from imprimatur.bibliography import Bibliography, EvidenceKind, Work
    from imprimatur.press.numbering import Numbering


_SECTIONS: Final = finder("descendant::section[@class='imp-evidence']")
_LINKS: Final = values("descendant::a[@class='imp-cite']/@href")


def kind_as_word(kind: EvidenceKind) -> HtmlElement:
    """A kind of evidence as a word; its family tells a style which shape to draw."""
    return copy(_word(kind))


@cache
def _word(kind: EvidenceKind) -> HtmlElement:
    return element("span", kind.label, class_="imp-kind", data_kind=kind, data_family=kind.section)


def set_sources(root: HtmlElement, bibliography: Bibliography, numbering: Numbering) -> None:
    """Give each evidence section its meaning in a sentence and the list of what it rests on."""
    for section in _sections(root):
        head, text = section[0], element("div", class_="imp-evidence-text")
        text.text, head.tail = head.tail, None
        for child in section[1:]:
            text.append(child)
        kind = EvidenceSection(section.get("data-evidence"))
        section.append(element("p", kind.meaning, class_="imp-means"))
        section.append(text)
        keys = _cited(text)
        if keys:
            label = f"Sources: {head.text_content()}"
            listed = element("ul", *(_source(key, bibliography, numbering) for key in keys))
            count = element("p", f"Rests on {_sources(len(keys))}", class_="imp-sources-count")
            section.append(element("aside", count, listed, class_="imp-sources", aria_label=label))


def legend(root: HtmlElement) -> HtmlElement | None:
    """Links from the answer to each evidence section, with the number of its sources."""
    listed = element("ul", class_="imp-rests", aria_label="Rests on")
    for section in _sections(root):
        kind = EvidenceSection(section.get("data-evidence"))
        link = element("a", kind.label, href=f"#{section[0].get('id')}")
        count = element("span", _sources(len(_cited(section))), class_="imp-count")
        listed.append(element("li", link, " ", count, data_family=kind))
    return listed if len(listed) else None


def _sections(root: HtmlElement) -> Iterator[HtmlElement]:
    yield from _SECTIONS(root)


def _cited(within: HtmlElement) -> list[str]:
    links = _LINKS(within)
    return list(dict.fromkeys(unquote(link.removeprefix("#ref-")) for link in links))


def _sources(count: int) -> str:
    return "1 source" if count == 1 else f"{count} sources"


def _source(key: str, bibliography: Bibliography, numbering: Numbering) -> HtmlElement:
    work = bibliography.work(key)
    number = element("a", str(numbering.number(key)), href=f"#ref-{quote(key)}")
    item = element("li", number, data_key=key)
    if work is not None:
        number.set("aria-label", f"Reference {numbering.number(key)}")
        number.tail = " "
        item.append(element("span", _short_name(work), class_="imp-source-name"))
        if work.evidence_kind is not None:
            item[-1].tail = " "
            item.append(kind_as_word(work.evidence_kind))
    return item


def _short_name(work: Work) -> str:
    """What readers know a work by: its authors, or its title where a body wrote it."""
    named = work.people.named
    is_body = bool(named) and named[0].group
    name = work.title.split(":", 1)[0] if is_body else work.running_authors
    return f"{name} {work.year}".strip()
