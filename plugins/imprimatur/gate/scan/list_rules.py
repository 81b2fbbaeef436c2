"""Whether a site page's lists say what the press prints of the plan, in each letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from imprimatur.gate.scan.article import difference
from imprimatur.gate.scan.tree import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.page import Page

LISTED: Final = frozenset(
    {"imp-list", "imp-list-empty", "imp-topics", "imp-board", "imp-policy", "imp-kinds-all"}
)
"""What the press makes on a site page; the words in it stand in no file of the site."""

_AROUND: Final = frozenset({"html", "body", "main", "div", "section", "article"})
_PLAIN: Final = frozenset({"class", "id", "data-md-component", "data-pagefind-body"})
_SAID_OF: Final = {
    "html": frozenset({"lang", "class"}),
    "body": frozenset(
        {"dir", "data-md-color-scheme", "data-md-color-primary", "data-md-color-accent"}
    ),
}
_CLASSES: Final = frozenset(
    {"no-js", "js", "md-container", "md-main", "md-main__inner", "md-grid", "md-content"}
    | {"md-content__inner", "md-typeset", "imp-page"}
)
"""What the themes write around a list. None of it is ever hidden; a page may name a class more."""

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_CURE: Final = "build the site again from the staged tree, without hooks or other plugins"


def list_says_what_is_published(page: Page) -> Iterator[Finding]:
    """Each list on a site page says of every article, topic and person what this release says.

    It is made again for that page: titles, labels, dates, summaries, addresses and their order.

    Bad: a list that calls an article approved of which the review is overdue
    Good: the lists as the press makes them
    """
    if page.printed is not None:
        return
    rule, shown = "list-says-what-is-published", lists_in(page)
    marks = page.claims.lists.marks(page.path)
    if len(shown) != len(marks):
        message = f"the page holds {len(shown)} lists, and its source {len(marks)}"
        yield page.finding(rule, message, _CURE)
        return
    source = page.claims.lists.pages.get(page.path, "")
    for element, mark in zip(shown, marks, strict=True):
        around = next((each for each in element.iterancestors() if _hides(each, source)), None)
        if around is not None:
            message = f"a list of {mark.name} stands in <{around.tag}>, which could hide it"
            yield page.finding(rule, message, _CURE, line_of(around))
        printed = page.claims.lists.printed(mark, page.path, _level(element))
        found = difference(element, printed, "the list")
        if found:
            line, told = found
            yield page.finding(rule, f"in a list of {mark.name}, {told}", _CURE, line)


def _hides(around: _Element, source: str) -> bool:
    """Whether something around a list could keep it from readers. source: of its page."""
    names = {str(name) for name in around.attrib}
    classes = (around.get("class") or "").split()
    return (
        str(around.tag) not in _AROUND
        or not names <= _SAID_OF.get(str(around.tag), _PLAIN)
        or not all(each in _CLASSES or each in source for each in classes)
    )


def lists_in(page: Page) -> tuple[_Element, ...]:
    """Everything that looks like a list of the press's, but for what lies in another."""
    body = page.root.find("body")
    # By what the classes mean: a browser reads `&#105;mp-list` as another spelling of one.
    named = (value for _, value in page.attributes.get("class", ()))
    if body is None or LISTED.isdisjoint(named):
        return ()
    return tuple(_outermost(body))


def _outermost(body: _Element) -> Iterator[_Element]:
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element.get("class") in LISTED:
            walk.skip_subtree()
            yield element


def _level(element: _Element) -> int:
    """Of the headings in a list; they stand one below that of the page above them."""
    heading = next(element.iter(*_HEADINGS), None)
    return 2 if heading is None else int(str(heading.tag)[1])
