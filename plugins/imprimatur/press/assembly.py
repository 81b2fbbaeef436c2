"""The parts of an article, put together in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.press.audiences import choice, printed_for
from imprimatur.press.disclaimer import disclaimer
from imprimatur.press.elements import append, day, element
from imprimatur.press.evidence import legend, set_sources
from imprimatur.press.followup import followup
from imprimatur.press.history import grouped, history
from imprimatur.press.notice import headline, notice
from imprimatur.press.outline import name_headings
from imprimatur.press.references import references
from imprimatur.press.review import review
from imprimatur.press.signatures import signatures
from imprimatur.press.status import status, warnings
from imprimatur.press.wording import SHORT, label, running_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from imprimatur.press.copy import Copy
    from imprimatur.press.numbering import Numbering

_UNINDEXED: Final = frozenset(
    {
        "imp-running-head",
        "imp-status",
        "imp-audience",
        "imp-printed-for",
        "imp-review",
        "imp-rests",
        "imp-signatures",
        "imp-sources",
        "imp-for",
        "imp-means",
        "imp-references",
        "imp-disclaimer",
        "imp-followup",
        "imp-history",
        "imp-running-foot",
    }
)
"""The parts that a search within the site passes over: they are no text of the article."""

_PARTS: Final = ("aside", "fieldset", "ol", "p", "section", "ul")
"""The elements that they are."""

_DIGITS_AT_FOOT: Final = 19


def assemble(
    root: HtmlElement,
    copy: Copy,
    numbering: Numbering,
    grades: Mapping[str, float | None],
    *,
    directories: bool,
) -> HtmlElement:
    """The article around the author's text, or the notice in its place.

    root: the text, its marks resolved; its elements move into the article.
    grades: the school grade measured for each audience that has a ceiling.
    """
    article = _article(copy)
    if copy.standing.is_notice:
        append(article, [notice(copy, directories=directories), history(copy)])
    else:
        append(article, _text(root, copy, numbering, review(copy, grades, directories=directories)))
    article.append(_running_foot(copy))
    _keep_from_search(article)
    name_headings(article)
    return article


def _article(copy: Copy) -> HtmlElement:
    standing = copy.standing
    title = headline(standing, copy.manuscript.front.title)
    head = element("header", element("h1", title, id="title", dir="auto"), class_="imp-head")
    if not standing.is_notice:
        # A notice is at none of the steps, and three ticks above it would praise what is gone.
        append(head, [status(standing), *warnings(standing)])
    running = element("p", running_head(standing.state), class_="imp-running-head")
    article = element(
        "article",
        running,
        head,
        class_="imp-article",
        data_slug=copy.manuscript.slug,
        data_standing=standing.state,
        data_manifest=copy.digest,
        data_audiences=" ".join(copy.manuscript.front.audiences),
        data_short_status=SHORT[standing.state],
    )
    if standing.expires and standing.is_published:
        article.set("data-expires", standing.expires.isoformat())
    if standing.update:
        article.set("data-update", "under-review")
    return article


def _text(
    root: HtmlElement, copy: Copy, numbering: Numbering, about: HtmlElement
) -> Iterator[HtmlElement]:
    set_sources(root, copy.bibliography, numbering)
    top = element("div", class_="imp-top")
    chosen = choice(copy)
    append(top, [chosen, printed_for()] if chosen is not None else [])
    for answer in root.xpath("./section[@class='imp-answer'][1]"):
        below = (legend(root), signatures(copy.standing))
        append(answer, [each for each in below if each is not None])
        root.text, answer.tail = (root.text or "") + (answer.tail or ""), None
        top.append(answer)
    top.append(about)
    yield top
    body = element("div", class_="imp-body")
    append(body, [root.text or "", *root])
    yield body
    if numbering.places:
        yield references(copy.bibliography, numbering)
    yield disclaimer(copy)
    yield followup(copy, copy.manuscript.front.title)
    yield history(copy)
    yield _index(copy)


def _running_foot(copy: Copy) -> HtmlElement:
    digits = grouped(copy.digest)[:_DIGITS_AT_FOOT]
    words = f"Text {digits}. A printed copy may be out of date."
    return element("p", words, class_="imp-running-foot")


def _index(copy: Copy) -> HtmlElement:
    """What a search within the site sorts and labels its results by."""
    front, standing = copy.manuscript.front, copy.standing
    labels = [each.label for each in copy.policy.audiences if each.id in front.audiences]
    rows = [("meta", "summary", front.summary), ("filter", "status", label(standing.state))]
    # Only shown with a result, yet no "meta": by the words of those an article is found.
    rows += [("filter", "standing", SHORT[standing.state])]
    rows += [("filter", "audience", each) for each in labels]
    rows += [("filter", "topic", each.replace("-", " ").capitalize()) for each in front.topics]
    if standing.reviewed:
        rows.append(("filter", "reviewed", day(standing.reviewed).text or ""))
    made = element("div", class_="imp-index", hidden="hidden")
    for sort, name, value in rows:
        made.append(element("span", value, **{f"data_pagefind_{sort}": name}))
    return made


def _keep_from_search(article: HtmlElement) -> None:
    """Mark what a search takes in; a notice has no text to be found by."""
    if not article.xpath("./div[@class='imp-body']"):
        article.set("data-pagefind-ignore", "all")
        return
    article.set("data-pagefind-body", "")
    for part in article.iter(*_PARTS):
        if part.get("class") in _UNINDEXED:
            part.set("data-pagefind-ignore", "")
