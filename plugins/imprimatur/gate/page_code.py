"""What stands in built pages that a browser would run or apply: read as a browser reads it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from lxml import etree
from lxml import html as lxml_html

from imprimatur.editorial.state import State
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

_DATA: Final = {"application/json", "application/ld+json"}
"""Types of ``<script>`` that no browser runs."""

_STYLED: Final = etree.XPath("//@style", smart_strings=False)
_ARTICLE: Final = "imp-article"
_IN_PLACE: Final = {State.EXPIRED, State.WITHDRAWN, State.RETRACTED, State.SUPERSEDED}
"""Standings whose page holds a notice in place of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCode:
    """Of one page, each inline script, inline style and style attribute, by its digest.

    is_notice: whether it is shown in place of an article that was taken down.
    is_quiet: whether it asks search engines to stay away.
    """

    scripts: frozenset[str]
    styles: frozenset[str]
    attributes: frozenset[str]
    is_notice: bool
    is_quiet: bool


def read_page(path: Path) -> PageCode:
    """Read a built page. Raises CannotExamineError where it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8")
        root = lxml_html.document_fromstring(text.encode(), lxml_html.HTMLParser(encoding="utf-8"))
    except (OSError, ValueError, etree.ParserError) as error:
        raise CannotExamineError(
            f"{path} cannot be read as a page of a site ({error}); remove it from the site"
        ) from None
    return code_of(root)


def code_of(root: _Element) -> PageCode:
    """What stands in the tree of a page."""
    articles = (each for each in root.iter("article") if _ARTICLE in each.get("class", "").split())
    told = (each for each in root.iter("meta") if each.get("name", "").lower() == "robots")
    return PageCode(
        scripts=frozenset(_scripts(root)),
        styles=frozenset(_sum(each.text or "") for each in root.iter("style")),
        attributes=frozenset(_sum(each) for each in cast("list[str]", _STYLED(root))),
        is_notice=any(each.get("data-standing") in _IN_PLACE for each in articles),
        is_quiet=any("noindex" in each.get("content", "") for each in told),
    )


def _scripts(root: _Element) -> Iterator[str]:
    for each in root.iter("script"):
        if "src" not in each.attrib and each.get("type", "").strip().lower() not in _DATA:
            yield _sum(each.text or "")


# A theme writes the same scripts into every page.
@lru_cache(maxsize=64)
def _sum(text: str) -> str:
    # A browser ends lines in one way before it counts the bytes.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
