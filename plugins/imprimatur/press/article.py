"""From what Python-Markdown made of a body to the proof of the article."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript.citation import KEY
from imprimatur.press.addresses import relocate
from imprimatur.press.assembly import assemble
from imprimatur.press.copy import Misread, Proof
from imprimatur.press.elements import parse, serialise
from imprimatur.press.guises import guises
from imprimatur.press.misread import misread_blocks, misread_citations
from imprimatur.press.outline import outline
from imprimatur.press.passages import passages_of, reading_grades
from imprimatur.press.resolve import Resolution, SourceLines, resolve
from imprimatur.press.sanitise import sanitise
from imprimatur.press.tables import set_tables
from imprimatur.strict import CONTROL, has_control

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from imprimatur.press.copy import Copy
    from imprimatur.press.stash import Stash

_MARKDOWN: Final = {"src of <img>": "![", "href of <a>": "]("}
"""What Markdown writes without naming the attribute."""

_ESCAPED: Final = re.compile(rf"\\(@{KEY})")


def print_article(
    html: str, stash: Stash, copy: Copy, lost: Sequence[tuple[str, str]], *, directories: bool
) -> Proof:
    """Make the page's article from what Python-Markdown made of the body.

    lost: what Python-Markdown did not read or dropped, each in words and as written.

    The author's HTML is cleaned before the press adds anything, so that only the press can write
    the marks that readers and scripts rely on.
    """
    clean, removed = sanitise(html, stash)
    body, shown = copy.manuscript.body, clean
    if has_control(clean):
        # Python-Markdown writes addresses of e-mail as numbers, with what it put for an escape.
        lost = (*lost, ("an escaped sign inside an address of e-mail", "\\"))
        shown = CONTROL.sub("", clean)
    root = parse(shown)
    amiss = (*((what, _as_written(what, body)) for what in removed), *lost, *guises(root))
    is_empty = not any(map(str.strip, root.itertext()))
    set_tables(root)
    relocate(root, directories=directories)
    misread = list(misread_blocks(root))
    walk = resolve(root, stash, copy)
    misread.extend((Misread.CITATION, each) for each in _unread(root, walk, copy))
    lines = SourceLines(copy)
    passages = passages_of(root)
    grades = reading_grades(passages, copy.manuscript.front.audiences, copy.policy)
    article = assemble(root, copy, walk.numbering, grades, directories=directories)
    return Proof(
        html=serialise(article),
        headings=outline(article),
        cited=tuple(walk.cited),
        malformed=tuple(walk.malformed),
        removed=tuple((lines.next(written), what) for what, written in amiss),
        misread=tuple((what, lines.next(text), text) for what, text in misread),
        blocks=tuple(walk.blocks),
        citing=tuple(walk.citing),
        passages=passages,
        is_empty=is_empty,
    )


def _unread(root: HtmlElement, walk: Resolution, copy: Copy) -> Iterator[str]:
    """Citations that are printed as they were written, and were not meant so by a backslash."""
    text = root.text_content()
    # Those of a malformed mark are known.
    for _, source in walk.malformed:
        text = text.replace(source, "")
    left = list(misread_citations(text, copy.bibliography.index.whole))
    meant = Counter(_ESCAPED.findall(copy.manuscript.body) if left else ())
    for found in left:
        meant[found] -= 1
        if meant[found] < 0:
            yield found


def _as_written(what: str, body: str) -> str:
    """What to look for in the source: ``<script`` for ``<script>``, ``onclick`` of an attribute."""
    if what in _MARKDOWN and _MARKDOWN[what] in body:
        return _MARKDOWN[what]
    return what.split(" ", 1)[0].removesuffix(">")
