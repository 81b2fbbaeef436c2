"""The pages of lists that nobody writes: ordinary Markdown, for a host or a staged tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.press.catalogue import ListPlace, topic_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.press.catalogue import Catalogue

KEPT: Final = frozenset({"all", "topics"})
"""The folders of the site that hold only these pages."""

_TOPICS: Final = "topics/index.md"
_UNSEARCHED: Final = "---\nsearch:\n  exclude: true\n---\n\n"
"""How Material, and what follows it, is told that a page is no answer to a search."""


def generated_pages(catalogue: Catalogue) -> Mapping[str, str]:
    """The text of each page by its file below ``docs/``.

    The home page holds the first page of all articles, so it is not among them.
    """
    return {
        _TOPICS: "# Topics\n\n/// topics\n///\n",
        **dict(_further("", "Articles", catalogue)),
        **{
            source: text
            for topic in catalogue.topics
            for source, text in _topic_pages(topic, catalogue)
        },
    }


def _topic_pages(topic: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    first = ListPlace(topic=topic)
    yield first.source, _page(topic_label(topic), first)
    yield from _further(topic, topic_label(topic), catalogue)


def _further(topic: str, title: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    pages = catalogue.pages(topic)
    for number in range(2, pages + 1):
        place = ListPlace(topic=topic, number=number)
        yield place.source, _UNSEARCHED + _page(f"{title}, page {number} of {pages}", place)


def _page(title: str, place: ListPlace) -> str:
    up = "[All topics](../index.md)\n\n" if place.topic else ""
    return f"# {title}\n\n{up}/// articles | {place.argument}\n///\n"
