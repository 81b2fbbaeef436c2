"""A rule about the warnings that a page shows only once their day has come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.tree import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.page import Page

SCRIPT: Final = "assets/imprimatur-article.js"
_WAITING: Final = re.compile(r'<p class="imp-(?:overdue|expired)" hidden')
_SPELLED: Final = re.compile(
    rf"(?:https?:/(?=/))?/?(?:[\w.~:-]+/)*{re.escape(SCRIPT)}(?:[?#]\S*)?", re.ASCII
)
_PLAIN: Final = frozenset({"src", "defer", "async"})
"""What may be said of it: with `nomodule`, another type or another digest no browser runs it."""

_BARE, _OURS, _ASSETS = "zensical-", "imp-", "assets/imprimatur-"
_CURE: Final = "build the site again from the staged tree; nothing may take a script out of a page"


def page_warns_in_time(page: Page) -> Iterator[Finding]:
    """The page of an article runs what shows that its review is overdue or its approval over.

    Unless a template of the site stands in place of the theme's, and leaves it out, or Zensical
    wrote the page, which knows no theme of ours.

    Bad: the page of an approved article without assets/imprimatur-article.js
    Good: <script src="../../assets/imprimatur-article.js" defer></script>
    """
    printed = page.printed
    is_waiting = printed is not None and _WAITING.search(printed.html)
    if not is_waiting or not page.claims.warns(SCRIPT) or _is_without_theme(page):
        return
    scripts = [each for each in page.root.iter("script") if _leads(page, each.get("src"))]
    if not any(_PLAIN.issuperset(each.keys()) for each in scripts):
        message = f"no browser runs {SCRIPT} here, which shows when the article is out of date"
        line = line_of(scripts[0]) if scripts else 0
        yield page.finding("page-warns-in-time", message, _CURE, line)


def _is_without_theme(page: Page) -> bool:
    """Whether a host wrote the page that has no theme of ours, and nothing of it stands there."""
    told = [each for each in page.root.iter("meta") if each.get("name") == "generator"]
    if not any(each.get("content", "").startswith(_BARE) for each in told):
        return False
    within = {each for article in page.articles for each in article.iter()}
    return not any(
        value.startswith(_OURS) or _ASSETS in value
        for name in ("class", "src", "href")
        for element, value in page.attributes.get(name, ())
        if element not in within
    )


def _leads(page: Page, source: str | None) -> bool:
    # Spelled in another way, not every server would find it.
    if source is None or not _SPELLED.fullmatch(source):
        return False
    link = page.link(source, 0)
    return link is not None and link.path == SCRIPT
