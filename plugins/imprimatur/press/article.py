"""The parts of an article, put together."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from markdown.extensions.toc import slugify, unique

from imprimatur.manuscript.citation import KEY
from imprimatur.press.addresses import relocate
from imprimatur.press.copy import Heading, Misread, Proof
from imprimatur.press.elements import append, element, parse, serialise
from imprimatur.press.misread import misread_blocks, misread_citations
from imprimatur.press.own_headings import OwnHeading
from imprimatur.press.references import references
from imprimatur.press.resolve import Resolution, SourceLines, resolve
from imprimatur.press.sanitise import is_authors_id, sanitise
from imprimatur.press.status import caution, review, status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from imprimatur.press.copy import Copy
    from imprimatur.press.stash import Stash

_MARKDOWN: Final = {"src of <img>": "![", "href of <a>": "]("}
"""What Markdown writes without naming the attribute."""

_ESCAPED: Final = re.compile(rf"\\(@{KEY})")
_HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")


def print_article(
    html: str, stash: Stash, copy: Copy, lost: Sequence[tuple[str, str]], *, directories: bool
) -> Proof:
    """Make the page's article from what Python-Markdown made of the body.

    lost: what Python-Markdown did not read or dropped, each in words and as written.

    The author's HTML is cleaned before the press adds anything, so that only the press can write
    the marks that readers and scripts rely on.
    """
    clean, removed = sanitise(html, stash)
    body = copy.manuscript.body
    amiss = (*((what, _as_written(what, body)) for what in removed), *lost)
    root = parse(clean)
    is_empty = not root.text_content().strip()
    _align_by_class(root)
    relocate(root, directories=directories)
    misread = list(misread_blocks(root))
    walk = resolve(root, stash, copy)
    misread.extend((Misread.CITATION, each) for each in _unread(root, walk, copy))
    lines = SourceLines(copy)
    article = _assemble(root, copy)
    if walk.numbering.places:
        article.append(references(copy.bibliography, walk.numbering))
    article.append(_disclaimer(copy))
    _name_headings(article)
    return Proof(
        html=serialise(article),
        headings=tuple(_outline(article)),
        cited=tuple(walk.cited),
        malformed=tuple(walk.malformed),
        removed=tuple((lines.next(written), what) for what, written in amiss),
        misread=tuple((what, lines.next(text), text) for what, text in misread),
        blocks=tuple(walk.blocks),
        citing=tuple(walk.citing),
        is_empty=is_empty,
    )


def _unread(root: HtmlElement, walk: Resolution, copy: Copy) -> Iterator[str]:
    """Citations that are printed as they were written, and were not meant so by a backslash."""
    text = root.text_content()
    # Those of a malformed mark are known.
    for _, source in walk.malformed:
        text = text.replace(source, "")
    meant = Counter(_ESCAPED.findall(copy.manuscript.body))
    for found in misread_citations(text, frozenset(copy.bibliography.keys)):
        meant[found] -= 1
        if meant[found] < 0:
            yield found


def _assemble(root: HtmlElement, copy: Copy) -> HtmlElement:
    manuscript = copy.manuscript
    article = element(
        "article",
        element("h1", manuscript.front.title, id="title"),
        status(copy.standing),
        class_="imp-article",
        data_slug=manuscript.slug,
        data_standing=copy.standing.state,
        data_manifest=copy.digest,
    )
    warning = caution(copy.standing)
    append(article, [warning] if warning is not None else [])
    body = element("div", class_="imp-body")
    append(body, [root.text or "", *root])
    append(article, [body, review(copy)])
    return article


def _disclaimer(copy: Copy) -> HtmlElement:
    """One for each audience the article is written for, in the words of the policy."""
    made = element(
        "section",
        element("h2", OwnHeading.DISCLAIMER, id="disclaimer"),
        class_="imp-disclaimer",
        aria_labelledby="disclaimer",
    )
    several = len(copy.manuscript.front.audiences) > 1
    for name in copy.manuscript.front.audiences:
        audience = copy.policy.audience(name)
        if audience is None:
            continue
        words = element("p", audience.disclaimer)
        label = element("p", f"For: {audience.label}", class_="imp-for")
        made.append(element("div", label, words, data_audience=name) if several else words)
    return made


def _align_by_class(root: HtmlElement) -> None:
    for cell in root.iter("td", "th"):
        side = cell.attrib.pop("align", None)
        if side in {"left", "right", "center"}:
            cell.set("class", f"imp-align--{side}")


def _name_headings(article: HtmlElement) -> None:
    """Every heading gets an id; the press's own keep theirs, whatever authors write."""
    used = {each.get("id") for each in article.iter() if each.get("id")}
    for heading in article.iter(*_HEADINGS):
        if not heading.get("id"):
            name = slugify(heading.text_content(), "-")
            name = name if is_authors_id(name) else f"section-{name}".rstrip("-")
            heading.set("id", unique(name, used))


def _outline(article: HtmlElement) -> list[Heading]:
    return [
        Heading(
            level=int(each.tag[1]),
            id=each.get("id"),
            text=each.text_content().strip(),
            own=not is_authors_id(each.get("id")),
        )
        for each in article.iter(*_HEADINGS)
    ]


def _as_written(what: str, body: str) -> str:
    """What to look for in the source: ``<script`` for ``<script>``, ``onclick`` of an attribute."""
    if what in _MARKDOWN and _MARKDOWN[what] in body:
        return _MARKDOWN[what]
    return what.split(" ", 1)[0].removesuffix(">")
