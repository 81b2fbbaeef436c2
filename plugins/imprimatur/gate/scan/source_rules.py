"""Whether a site page says what its source says, its lists what the press prints of the plan."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding, RuleName
from imprimatur.gate.host_settings import SETTINGS
from imprimatur.gate.scan.article import PARTS
from imprimatur.gate.scan.article_rules import UNLIKE, WHOLE
from imprimatur.gate.scan.opened import misread, opened
from imprimatur.gate.scan.tagged import is_tagged_alike
from imprimatur.gate.scan.tree import line_of
from imprimatur.press.elements import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from imprimatur.gate.scan.page import Page

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
"""What the themes write around a text. None of it is ever hidden."""

_APART: Final = re.compile(r"[\s\"'<>={}]+")
_CURE: Final = (
    "build the site again from the staged tree, with the extensions that mkdocs.yml names, and "
    "without hooks or plugins that change what a page says"
)
_INSTALL: Final = (
    "name extensions that an installed package declares, without values from the environment or "
    "functions of other packages, and install here what the site is built with"
)


def page_says_what_its_source_says(page: Page) -> Iterator[Finding]:
    """A site page says what its approved source says, in each letter, whole and in sight.

    It is printed again from the source, with the extensions that the site's settings name. So are
    its lists, of every article, topic and person in this release.

    Bad: a page of advice without its first paragraph; a list that calls an overdue article approved
    Good: the page as MkDocs, ProperDocs and Zensical build it
    """
    rule, shown = "page-says-what-its-source-says", page.shown
    if shown.unknown:
        # Told of the settings, and so once.
        yield Finding(
            path=SETTINGS, line=0, rule=RuleName(rule), message=shown.unknown, cure=_INSTALL
        )
    if shown.fault:
        message = f"{shown.fault} (docs/{page.claims.texts.source(page.path)})"
        yield page.finding(rule, message, _CURE, shown.line)
    for around in shown.parts[0].iterancestors() if shown.parts else ():
        if _hides(around, page):
            message = f"the text stands in <{around.tag}>, which could hide it"
            yield page.finding(rule, message, _CURE, line_of(around))
            return
    if shown.parts:
        first = shown.parts[0]
        same = takewhile(lambda each: each is not first, page.root.iter(str(first.tag)))
        before = opened(page.low, str(first.tag), sum(1 for _ in same), "")
        fault = misread(before, first)
        if fault:
            message = f"{fault}, so that browsers could hide the text"
            yield page.finding(rule, message, WHOLE, before.line or line_of(first))
        elif not _is_as_printed(page, before.start):
            yield page.finding(rule, f"the text {UNLIKE}", _CURE, line_of(first))


def _is_as_printed(page: Page, start: int) -> bool:
    """Whether a text has the tags of its print, or those that its author wrote and hosts leave."""
    printed = "".join(map(serialise, page.shown.printed))
    return is_tagged_alike(page.low, start, printed) or any(
        is_tagged_alike(page.low, start, html) for html in page.claims.texts.written(page.path)
    )


def _hides(around: _Element, page: Page) -> bool:
    """Whether something around a text could keep it from readers."""
    names = {str(name) for name in around.attrib}
    if str(around.tag) not in _AROUND or not names <= _SAID_OF.get(str(around.tag), _PLAIN):
        return True
    if around.get("data-md-component", "main") not in PARTS:
        return True
    strange = set((around.get("class") or "").split()) - _CLASSES
    # A template of the site may name a class more, but none of the theme's.
    own = {each for each in _APART.split(page.claims.frame.written) if each[:3] != "md-"}
    return bool(strange) and not strange <= own
