"""Lists on site pages, made from the repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import State
from imprimatur.press.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

LABELS: Final = {
    State.DRAFT: "Draft",
    State.SUBMITTED: "Submitted",
    State.UNDER_REVIEW: "Under Review",
    State.LAPSED: "Under Review",
    State.APPROVED: "Approved",
    State.REVIEW_DUE: "Approved",
    State.CONCERN: "Approved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article in a list. address: relative to the page that lists it."""

    title: str
    summary: str
    address: str
    state: State


def article_list(entries: Iterable[Entry]) -> HtmlElement:
    """The articles, by title, each with its summary and status; what has no label is not listed."""
    listed = element("ul", class_="imp-articles")
    shown = (each for each in entries if each.state in LABELS)
    for entry in sorted(shown, key=lambda each: (each.title.casefold(), each.address)):
        listed.append(
            element(
                "li",
                element("a", entry.title, href=entry.address),
                element("p", entry.summary),
                element("p", f"Status: {LABELS[entry.state]}", class_="imp-articles-status"),
            )
        )
    return listed if len(listed) else element("p", "There are no articles yet.")
