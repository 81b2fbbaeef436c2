"""A page of a list of articles, and the ways to the list's other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial import State
from imprimatur.press.catalogue import PER_PAGE, ListPlace, topic_label
from imprimatur.press.elements import append, day, element
from imprimatur.press.wording import SHORT, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from imprimatur.press.catalogue import Catalogue, Entry
    from imprimatur.press.site_address import SiteAddress

_BESIDE: Final = 2
"""How many numbers stand on each side of the current one."""

_SHOWN: Final = frozenset({State.APPROVED, State.REVIEW_DUE, State.CONCERN})


def article_list(catalogue: Catalogue, place: ListPlace, here: SiteAddress) -> HtmlElement:
    """One page of a list: each article with its summary, its status, its review and its topics."""
    shown, count = catalogue.page(place), catalogue.count(place.topic)
    if not shown:
        what = "The list has no such page." if count else _nothing(catalogue, "articles")
        return element("p", what, class_="imp-list-empty")
    made = element("div", class_="imp-list", data_pagefind_ignore="all")
    pages = catalogue.pages(place.topic)
    if pages > 1:
        first = (place.number - 1) * PER_PAGE + 1
        words = f"{first} to {first + len(shown) - 1} of {count} articles, by title."
        made.append(element("p", words, class_="imp-list-count"))
    made.append(element("ul", *(_item(each, here) for each in shown), class_="imp-articles"))
    if pages > 1:
        made.append(_ways(place, pages, here))
    return made


def topic_list(catalogue: Catalogue, here: SiteAddress) -> HtmlElement:
    """Every topic, with the number of its articles."""
    if not catalogue.topics:
        return element("p", _nothing(catalogue, "topics"), class_="imp-list-empty")
    listed = element("ul", class_="imp-topics", data_pagefind_ignore="all")
    for topic in catalogue.topics:
        count = catalogue.count(topic)
        said = "1 article" if count == 1 else f"{count} articles"
        item = element("li", _topic(topic, here), " ", element("span", said, class_="imp-count"))
        listed.append(item)
    return listed


def _nothing(catalogue: Catalogue, what: str) -> str:
    """Why a list is empty: before the first article, or after the last."""
    if catalogue.is_emptied:
        return f"No {what} at present: every article was taken down or has expired."
    return f"There are no {what} yet."


def _item(entry: Entry, here: SiteAddress) -> HtmlElement:
    link = element("a", entry.title, href=here.to(f"articles/{entry.slug}.md"))
    link.set("class", "imp-articles-title")
    summary = element("p", entry.summary, class_="imp-articles-summary")
    for each in (link, summary):
        each.set("dir", "auto")
    topics = element("ul", class_="imp-articles-topics", aria_label="Topics")
    append(topics, [element("li", _topic(each, here)) for each in entry.topics])
    reviewed = element("p", *_reviewed(entry), class_="imp-articles-reviewed")
    return element("li", link, summary, _status(entry), reviewed, topics)


def _status(entry: Entry) -> HtmlElement:
    name = label(entry.state).lower().replace(" ", "-")
    badge = element("span", SHORT[entry.state], class_=f"imp-badge imp-badge--{name}")
    made = element("p", "Status: ", badge, class_="imp-articles-status")
    if entry.update:
        append(made, ["; newer text under review"])
    return made


def _reviewed(entry: Entry) -> tuple[HtmlElement | str, ...]:
    """When the text was reviewed; of a text that is not approved no review is claimed."""
    if entry.state in _SHOWN and entry.reviewed:
        return ("Reviewed ", day(entry.reviewed))
    return ("Its review no longer counts" if entry.state is State.LAPSED else "Not reviewed",)


def _topic(topic: str, here: SiteAddress) -> HtmlElement:
    return element("a", topic_label(topic), href=here.to(ListPlace(topic=topic).source))


def _ways(place: ListPlace, pages: int, here: SiteAddress) -> HtmlElement:
    """Links to the previous page, to numbered ones, and to the next."""

    def link(number: int, words: str) -> HtmlElement:
        source = ListPlace(topic=place.topic, number=number).source
        return element("a", words, href=here.to(source))

    ways = element("ul")
    if place.number > 1:
        previous = link(place.number - 1, "Previous page")
        previous.set("rel", "prev")
        ways.append(element("li", previous))
    for number in _numbers(place.number, pages):
        way = link(number, str(number)) if number else element("span", "\u2026")
        if number:
            way.set("aria-label", f"Page {number}")
        if number == place.number:
            way.set("aria-current", "page")
        ways.append(element("li", way))
    if place.number < pages:
        following = link(place.number + 1, "Next page")
        following.set("rel", "next")
        ways.append(element("li", following))
    return element("nav", ways, class_="imp-pages", aria_label="Pages of the list")


def _numbers(current: int, pages: int) -> Iterator[int]:
    """The first, the last, and those beside the current one; 0 where some are left out."""
    near = range(max(1, current - _BESIDE), min(pages, current + _BESIDE) + 1)
    before = 0
    for number in sorted({1, *near, pages}):
        if number - before > 1:
            yield number - 1 if before == number - 2 else 0
        yield number
        before = number
