"""The headings of a printed article: their ids, and the table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown.extensions.toc import slugify, unique

from imprimatur.press.copy import Heading
from imprimatur.press.elements import values
from imprimatur.press.sanitise import is_authors_id

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IDS: Final = values("descendant-or-self::*/@id")
_HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")


def name_headings(article: HtmlElement) -> None:
    """Give every heading an id; the press's own keep theirs, whatever authors write."""
    used = set(filter(None, _IDS(article)))
    for heading in article.iter(*_HEADINGS):
        if not heading.get("id"):
            name = slugify(heading.text_content(), "-")
            name = name if is_authors_id(name) else f"section-{name}".rstrip("-")
            heading.set("id", unique(name, used))


def outline(article: HtmlElement) -> tuple[Heading, ...]:
    """The headings below the title, in their order."""
    return tuple(
        Heading(
            level=int(each.tag[1]),
            id=each.get("id"),
            text=each.text_content().strip(),
            own=not is_authors_id(each.get("id")),
            audiences=_audiences(each),
        )
        for each in article.iter(*_HEADINGS)
    )


def _audiences(heading: HtmlElement) -> tuple[str, ...]:
    """Whom a heading is shown to: those of the innermost passage it stands in."""
    for ancestor in heading.iterancestors():
        names = ancestor.get("data-audience")
        if names:
            return tuple(names.split())
    return ()
