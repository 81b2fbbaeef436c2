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


def texts(files: Files) -> dict[str, str]:
    """What pagefind is given of each page, by its file in the built site.

    An article says by itself what of it is searched; of a site page, all is.
    """
    pages = ((file, file.page) for file in files.documentation_pages())
    return {file.dest_uri: _text(page) for file, page in pages if page is not None}


def _text(page: Page) -> str:
    html, asked = page.content or "", page.meta.get("search")
    if page.meta.get("imprimatur_article"):
        return article_text(html)
    # As the theme's template does, for Material's own search reads it, too.
    is_kept = isinstance(asked, dict) and asked.get("exclude")
    return _page("" if is_kept else f"<div {BODY}>{html}</div>")


def article_text(html: str) -> str:
    """The same of an article as it was printed, without most of what pagefind passes over."""
    begin, end = html.find(_BEHIND), html.rfind(_LABELS)
    text = html[:begin] + html[end:] if 0 <= begin < end else html
    return _page(_NUMBERS.sub("", text))


def _page(html: str) -> str:
    return f"<!doctype html><html><body>{html}</body>"
