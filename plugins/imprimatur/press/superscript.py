"""Citation numbers as the AMA style sets them: raised, in order, long runs closed up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.press.elements import append, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from imprimatur.manuscript import CitedWork
    from imprimatur.press.numbering import Numbering

_PAGES: Final = re.compile(r"(?:pages?|pp?)\b\.?\s*(?P<numbers>.+)", re.IGNORECASE)
_SHORTEST_RUN: Final = 3
_MOVES: Final = re.compile(r"\s*(?P<stop>[.,])(?![.,\d])")
_FIGURE: Final = re.compile(
    r"(?:\d[\d.,]*\s?(?:[\u00b5\u03bcmk]?[gL]|[ckm]?m|m?mol|s|h|mL|dL|Gy|mSv|Hz|T|U|IU)?)\Z"
)
_LONGEST: Final = 40
"""Signs of a figure with its unit."""


def superscript(works: Sequence[CitedWork], numbering: Numbering) -> HtmlElement:
    """The raised numbers of one mark, each a link to its reference.

    A run of three or more shows its ends; the numbers between stay in the text and in the keyboard
    order, and come into sight when the mark is pointed at or focused.
    """
    if len(works) == 1 and not _has_words(works[0]):
        return numbering.raised(works[0].key)
    plain: dict[int, HtmlElement] = {}
    special: list[tuple[int, list[HtmlElement | str]]] = []
    for work in works:
        number = numbering.number(work.key)
        if _has_words(work):
            special.append((number, _with_words(work, numbering.link(work.key))))
        elif number not in plain:
            plain[number] = numbering.link(work.key)
    parts = sorted([*_runs(plain), *special], key=lambda part: part[0])
    raised = element("sup", class_="imp-cites")
    for position, (_, children) in enumerate(parts):
        words = isinstance(children[0], str) and children[0]
        append(raised, [", " if words else ","] if position else [])
        append(raised, children)
    return raised


def _has_words(work: CitedWork) -> bool:
    return bool(work.prefix or work.locator or work.suffix)


def place(mark: HtmlElement, raised: HtmlElement) -> str:
    """Put the numbers where the mark stood: after a full stop or comma, before anything else.

    Returns the figure straight before them, "" if there is none.
    """
    before = _text_before(mark).rstrip()
    tail = mark.tail or ""
    stop = _MOVES.match(tail)
    if stop and (before or mark.getprevious() is not None):
        before += stop["stop"]
        tail = tail[stop.end() :]
    _set_text_before(mark, before)
    raised.tail = tail
    mark.getparent().replace(mark, raised)
    # No figure is that long, and a paragraph is long and has many marks.
    figure = _FIGURE.search(before, max(0, len(before) - _LONGEST))
    return figure[0] if figure else ""


def _with_words(work: CitedWork, link: HtmlElement) -> list[HtmlElement | str]:
    pages = _PAGES.fullmatch(work.locator)
    where = work.locator
    if pages:
        several = re.search(r"[-,&\u2013]", pages["numbers"])
        where = f"{'pp' if several else 'p'}{pages['numbers'].replace(', ', ',')}"
    words = "; ".join(filter(None, (where, work.suffix)))
    return [f"{work.prefix} " if work.prefix else "", link, f"({words})" if words else ""]


def _runs(links: dict[int, HtmlElement]) -> Iterable[tuple[int, list[HtmlElement | str]]]:
    """Consecutive numbers together; the inner ones of a long run inside one element."""
    run: list[int] = []
    for number in [*sorted(links), 0]:
        if run and number == run[-1] + 1:
            run.append(number)
            continue
        if run:
            yield run[0], _run([links[each] for each in run])
        run = [number]


def _run(links: list[HtmlElement]) -> list[HtmlElement | str]:
    if len(links) < _SHORTEST_RUN:
        return [part for link in links for part in (",", link)][1:]
    inner = element("span", ",", class_="imp-range")
    for link in links[1:-1]:
        append(inner, [link, ","])
    return [links[0], inner, links[-1]]


def _text_before(mark: HtmlElement) -> str:
    previous = mark.getprevious()
    return (mark.getparent().text if previous is None else previous.tail) or ""


def _set_text_before(mark: HtmlElement, text: str) -> None:
    previous = mark.getprevious()
    if previous is None:
        mark.getparent().text = text
    else:
        previous.tail = text
