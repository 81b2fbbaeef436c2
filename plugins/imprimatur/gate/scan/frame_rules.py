"""A rule about what stands around an article, and around the text of a site page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from imprimatur.gate.scan.frame_judge import NOBODY, FrameJudge, attributes_of, is_in_head
from imprimatur.gate.scan.led import usurper
from imprimatur.gate.scan.places import out_of_sight
from imprimatur.gate.scan.tree import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.page import Page

_BARE: Final = {
    "head": (),
    "script": ("src", "type", "id", "async", "defer", "nomodule", "crossorigin", "integrity"),
    "style": ("type", "media"),
}
"""What is never shown, and what may be said of it: by a class a style could show its text."""

_CONFIG: Final = "__config"
_AGAIN: Final = "build the site again from the staged tree, without hooks or other plugins"


def frame_is_claimed(page: Page) -> Iterator[Finding]:
    """Outside articles and lists, a page says only what the theme and the site's own files say.

    Around an article this holds of each tag, each drawing, each address of another host, and of
    each text as a whole, because single words make any sentence. Attributes that readers see or
    hear are texts, too.

    Bad: a box above the approved text that gives another dose
    Good: menu, contents and footer as the theme writes them
    """
    if page.shown.fault or page.shown.unknown:
        # Nothing of its text is known then, and the page is refused for that.
        return
    judge = FrameJudge(page)
    for element, is_made in _walk(page, judge):
        told = "" if is_made else _shows(element) or judge.told(element)
        if not told and element.tail and not judge.says(element.tail):
            told = f"the page says something {NOBODY}"
        if told:
            yield page.finding("frame-is-claimed", told, _AGAIN, line_of(element))
            return
    texts = page.articles if page.printed is not None else page.shown.parts
    other = usurper(page, texts)
    if other is not None:
        told = f"links to `{other.get('id')}` in the text lead to <{other.tag}> before it"
        yield page.finding("frame-is-claimed", told, _AGAIN, line_of(other))
    for text in texts if page.printed is not None else texts[:1]:
        told = out_of_sight(page, text)
        if told:
            yield page.finding("frame-is-claimed", told, _AGAIN, line_of(text))


def _walk(page: Page, judge: FrameJudge) -> Iterator[tuple[_Element, bool]]:
    """Each part of a page, comments, too, and whether it is one that others look into."""
    for before in page.root.itersiblings(preceding=True):
        yield before, False
    walk = etree.iterwalk(page.root, events=("start", "comment", "pi"))
    for _, element in walk:
        is_made = judge.is_made(element)
        if is_made:
            walk.skip_subtree()
        yield element, is_made
    for behind in page.root.itersiblings():
        yield behind, False


def _shows(element: _Element) -> str:
    """What could show an element that browsers never show, or nothing."""
    tag = str(element.tag)
    if tag not in _BARE and not (tag == "title" and is_in_head(element)):
        return ""
    known = _BARE.get(tag, ())
    odd = [name for name, _ in attributes_of(element) if name not in known]
    odd += ["id"] if element.get("id", _CONFIG) != _CONFIG else []
    return f"`{odd[0]}` of <{tag}> could show what browsers never show" if odd else ""
