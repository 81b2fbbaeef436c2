"""The kinds of evidence as readers are told of them, in the words that article pages use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.bibliography import EvidenceKind, EvidenceSection
from imprimatur.press.elements import append, element

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def kind_list(level: int) -> HtmlElement:
    """Each section with what it rests on, and the kinds of work that may be cited in it.

    level: of the heading above each section.
    """
    made = element("div", class_="imp-kinds-all")
    for section in EvidenceSection:
        rows = (
            element("div", element("dt", kind.label), element("dd", kind.meaning), data_kind=kind)
            for kind in EvidenceKind
            if kind in section.kinds
        )
        means = element("p", section.meaning)
        append(made, [element(f"h{level}", section.heading), means, element("dl", *rows)])
    return made
