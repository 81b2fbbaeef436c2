"""Rules about the page of an article: it shows what was approved, and nothing beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.article import covered, difference
from imprimatur.gate.scan.head_words import ADDRESSED, DESCRIBED, TITLED
from imprimatur.gate.scan.opened import misread, opened
from imprimatur.gate.scan.tagged import is_tagged_alike
from imprimatur.gate.scan.tree import finder, line_of
from imprimatur.press.wording import CURRENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.page import Page

_TITLES: Final = finder("//head/title")
_PLAIN: Final = frozenset({"viewport", "generator", "author", "theme-color", "color-scheme"})
_SORTS: Final = frozenset(
    {"og:type", "og:image:type", "og:image:width", "og:image:height", "twitter:card"}
)

_AGAIN: Final = "build the site again from the staged tree, without hooks or other plugins"
_ALONE: Final = (
    "let nothing stand around an article but what the theme writes there (`md-container`, "
    "`md-main`, `md-content`), from left to right, and build the site again; under a language that "
    "is written from right to left, set `direction: ltr` below `theme` in mkdocs.yml"
)
WHOLE: Final = (
    "end every element before the text by its own tag, in a template of the site's own, too, "
    "and build the site again"
)

UNLIKE: Final = (
    "is written with other tags than it was printed with, so that browsers nest it otherwise"
)


def page_shows_what_was_approved(page: Page) -> Iterator[Finding]:
    """The page of an article holds that article, whole, once, in sight, and as it was approved.

    The text is printed again from the approved bytes, so that an edit of the built page is found
    even if the page goes on naming the digest of the approved text.

    Bad: a page that says 50 mg where the approved text says 5 mg
    Good: a page as `imprimatur publish` builds it
    """
    rule = "page-shows-what-was-approved"
    if page.printed is None:
        return
    if len(page.articles) != 1:
        message = f"the page holds {len(page.articles)} articles, not the one that was approved"
        yield page.finding(rule, message, _AGAIN)
        return
    (article,) = page.articles
    before, printed = opened(page.low), page.printed.html
    if before.fault or not page.data.startswith(printed.encode(), before.start):
        found = difference(article, printed)
        if not (found or before.fault or is_tagged_alike(page.low, before.start, printed)):
            found = line_of(article), f"the article {UNLIKE}"
        if found:
            yield page.finding(rule, found[1], _AGAIN, found[0])
    around = covered(article)
    if around:
        message = f"the article stands in {around}, which can hide it"
        yield page.finding(rule, message, _ALONE, line_of(article))
        return
    fault = misread(before, article)
    if fault:
        message = f"{fault}, so that browsers could hide the article"
        yield page.finding(rule, message, WHOLE, before.line or line_of(article))


def head_says_what_was_approved(page: Page) -> Iterator[Finding]:
    """Title, description and addresses in the head of an article's page are those of its article.

    Bad: <meta name="description" content="5 mg a day cure everybody.">
    Good: the summary of the approved text
    """
    if page.printed is None:
        return
    name, title = page.claims.settings.name, _tidy(page.printed.title)
    titles = {title, f"{title} - {_tidy(name)}"}
    shown = [_tidy("".join(each.itertext())) for each in _TITLES(page.root)]
    if len(shown) != 1 or shown[0] not in titles:
        message = f"the page's title is not `{title}`, the title of its article"
        yield page.finding("head-says-what-was-approved", message, _AGAIN)
    for meta in page.root.iter("meta"):
        said = meta.get("name", meta.get("property"))
        if said is not None and not _is_fit(
            page, said.lower(), _tidy(meta.get("content", "")), titles
        ):
            message = f"`{said}` in the head says what its article does not"
            line = line_of(meta)
            yield page.finding("head-says-what-was-approved", message, _AGAIN, line)
    canonical = (each for each in page.root.iter("link") if each.get("rel") == "canonical")
    for address in (each.get("href", "") for each in canonical):
        link = page.link(address, 0)
        if link is None or f"{link.path.rstrip('/')}/index.html" != page.path:
            message = f"the head gives {address} as the page's own address"
            yield page.finding("head-says-what-was-approved", message, _AGAIN)


def _is_fit(page: Page, name: str, content: str, titles: set[str]) -> bool:
    printed = page.printed
    is_notice = printed is None or printed.entry.state not in CURRENT
    summary = "" if is_notice or printed is None else _tidy(printed.summary)
    if name in TITLED:
        return content in titles
    if name in DESCRIBED:
        return content == (summary or _tidy(page.claims.settings.description))
    if name == "robots":
        return is_notice and content == "noindex"
    if name in ADDRESSED:
        return page.link(content, 0) is not None
    return name in _PLAIN or name in _SORTS


def _tidy(text: str) -> str:
    return " ".join(text.split())
