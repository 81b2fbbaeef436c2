"""What a site page's own HTML holds that must not reach readers.

The press does not print site pages, the host does, with whatever extensions its settings name. So
nothing is taken out of them: what an article may not hold, a site page may not either, and it is
named. The page is read as every host reads it, with the extensions that none leaves out; what the
settings add beside is one of the things an editor signs for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown import Markdown
from markdown.extensions import Extension

from imprimatur.press.blocks import PressBlocks
from imprimatur.press.sanitise import sanitise
from imprimatur.press.site_lists import LISTS
from imprimatur.press.stash import Stash
from imprimatur.press.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLE: Final = frozenset({"h1"})
_COMMENT: Final = re.compile(r"<!--")
# As the extension `attr_list` reads it, which would make attributes of it.
_ATTRIBUTES: Final = re.compile(r"(?<!\\)\{:?[ ]*(?:[.#][^}\s]|[^}\n]*=)[^}\n]*\}")


def unsafe_html(text: str) -> tuple[str, ...]:
    """Name what may not stand in a site page: ``<script>``, ``href of <a>``, a comment."""
    stash = Stash()
    html = Markdown(extensions=[_SitePage(stash)]).convert(text)
    return tuple(dict.fromkeys((*sanitise(html, stash, _TITLE)[1], *_unseen(html))))


def written_attributes(line: str) -> str | None:
    """What a line holds that some host would make attributes of, or None."""
    found = _ATTRIBUTES.search(line)
    return found[0] if found else None


def _unseen(html: str) -> Iterator[str]:
    if _COMMENT.search(html):
        yield "<!-- a comment, which hosts publish -->"


class _SitePage(Extension):
    """What every host reads a site page with."""

    def __init__(self, stash: Stash) -> None:
        super().__init__()
        self._stash = stash

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register all of it."""
        md.registerExtensions(["fenced_code", PressBlocks(self._stash, LISTS)], {})
        md.ESCAPED_CHARS.append("|")
        md.parser.blockprocessors.register(Tables(md.parser), "table", 75)
