"""Rules about the HTML that people write into site pages, which the press does not clean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding, RuleName
from imprimatur.manuscript import prose_lines, without_code
from imprimatur.press import unsafe_html, written_attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination

_CURES: Final = {
    "src of <img>": "put the image below docs/assets/, and name it without https:// or `#`",
    "href of <a>": "link to a page, or to an address that begins with https:// or mailto:",
}
_MARKDOWN: Final = {"src of <img>": "![", "href of <a>": "]("}


def site_page_html_is_safe(examination: Examination) -> Iterator[Finding]:
    """A site page holds no HTML that an article may not hold, and no comment.

    Hosts print it as it is written: a script runs, a style hides, a comment is published.

    Bad: <script>, <div style="display:none">, [x](javascript:alert(1)), {: onclick="…" }
    Good: plain Markdown
    """
    for path, page in examination.site_pages.items():
        text = page.value or ""
        for what in unsafe_html(text):
            yield Finding(
                path=path,
                line=_line(what, text),
                rule=RuleName("site-page-html-is-safe"),
                message=f"{what} may not stand in a site page",
                cure=_CURES.get(what, "delete it, or say it in Markdown"),
            )
        for number, line in prose_lines(text, 1):
            written = written_attributes(without_code(line))
            if written:
                yield Finding(
                    path=path,
                    line=number,
                    rule=RuleName("site-page-html-is-safe"),
                    message=f"`{written[:40]}` would become attributes of HTML with some hosts",
                    cure="delete it, or put it between backticks if readers are to see it",
                )


def _line(what: str, text: str) -> int:
    """The first line that holds what is named, or the nearest to it."""
    written = what.split(" ", 1)[0].removesuffix(">")
    place = text.find(written)
    place = place if place >= 0 else text.find(_MARKDOWN.get(what, written))
    return text.count("\n", 0, place) + 1 if place >= 0 else 0
