"""The index that readers search: made of what the pages say, loaded by readers in small pieces.

Pagefind reads what carries ``data-pagefind-body`` and nothing else: the text of articles, for every
audience, and of site pages. It is given each text as it was printed, without the frame and without
most of what it would pass over, so it works while the host still frames them. It writes
``pagefind/`` beside them. Under Zensical no plugin runs; there, after each build: ``python -m
pagefind_bin --site site --root-selector '[data-pagefind-body]' --exclude-selectors
'.imp-cites, .imp-head > :not(h1), .imp-for, .imp-index, .headerlink'``.

Afterwards the index is put in order, which pagefind leaves to chance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateNotFound

from imprimatur.hosts.words import TEMPLATE

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

BODY: Final = "data-pagefind-body"

_BEHIND: Final = '<section class="imp-references"'
_LABELS: Final = '<div class="imp-index"'
"""Between them stands a third of an article, all of which pagefind would read and pass over."""

_NUMBERS: Final = re.compile(r'<sup class="imp-cites">.*?</sup>')
"""Those of citations. Without them pagefind takes a fifth less time."""


def spoken(env: Environment, config: MkDocsConfig) -> str:
    """The language of the pages as their <html> names it, by which browsers choose an index.

    Material names it in a template: `pt-BR` is `pt` there. Other themes name their locale.
    """
    try:
        words = env.get_template(TEMPLATE).make_module({"config": config})
    except TemplateNotFound:
        return str(config.theme.locale)
    return str(vars(words)["t"]("language")).strip()


def searchable(files: Files) -> dict[str, Searchable]:
    """Of each page that readers search, what of it, by its file in the built site."""
    pages = ((file.dest_uri, file.page) for file in files.documentation_pages())
    found = {path: _of(page) for path, page in pages if page is not None}
    return {path: each for path, each in found.items() if each is not None and each.is_any}


def _of(page: Page) -> Searchable | None:
    if page.meta.get("imprimatur_article"):
        return Searchable(page.content or "", is_article=True)
    # As the theme's template does, for Material's own search reads it, too.
    asked = page.meta.get("search")
    is_kept = isinstance(asked, dict) and asked.get("exclude")
    return None if is_kept else Searchable(page.content or "", is_article=False)


@dataclass(frozen=True, slots=True)
class Searchable:
    """What readers search of a page.

    html: what the page says. is_article: whether it says by itself what of it is searched, as the
    press printed it; of a site page, all is.
    """

    html: str
    is_article: bool

    @property
    def is_any(self) -> bool:
        """Whether anything of it is searched."""
        return BODY in self.html or not self.is_article

    @property
    def text(self) -> str:
        """The file that pagefind is given, without most of what it would pass over."""
        inside = _article(self.html) if self.is_article else f"<div {BODY}>{self.html}</div>"
        return f"<!doctype html><html><body>{inside}</body>"


def _article(html: str) -> str:
    begin, end = html.find(_BEHIND), html.rfind(_LABELS)
    text = html[:begin] + html[end:] if 0 <= begin < end else html
    return _NUMBERS.sub("", text)
