"""Text with the few marks a reference needs, and its two outlets: plain text and escaped HTML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from itertools import groupby
from typing import TypeAlias


class Mark(StrEnum):
    """How a piece of text is set; the value is its HTML tag."""

    ITALIC = "i"
    SUB = "sub"
    SUP = "sup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of text with at most one mark and at most one link.

    href: an address that has been checked and percent-encoded; it is escaped again on output.
    """

    text: str
    mark: Mark | None = None
    href: str | None = None


Rich: TypeAlias = tuple[Span, ...]

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
"""Characters that a reader cannot see and that can change what they see."""

_SCRIPT = {
    Mark.SUP: str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"),
    Mark.SUB: str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}
_SCRIPTED = re.compile(r"[0-9+()-]+")
_CLOSERS = "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}»"


def rich(text: str, mark: Mark | None = None, href: str | None = None) -> Rich:
    """Return the text as a rich text of one span, or of none when it is empty."""
    return (Span(text=text, mark=mark, href=href),) if text else ()


def plain(text: Rich) -> str:
    """Return the text without marks; figures set high or low stay so: ``10⁻³``, ``CO₂``."""
    return "".join(_plain(span) for span in text)


def to_html(text: Rich) -> str:
    """Return the text as HTML in which everything is escaped and only our own tags stand."""
    return "".join(_html(span) for span in text)


def italic(text: Rich) -> Rich:
    """Return the text in italics; what is already marked keeps its mark."""
    return tuple(replace(span, mark=span.mark or Mark.ITALIC) for span in text)


def tidy(text: Rich) -> Rich:
    """Return the text composed (NFC), with single spaces, none at its ends, nothing hidden."""
    if len(text) == 1 and text[0].text.isascii() and text[0].text.isprintable():
        # Most texts: nothing to compose and nothing hidden.
        return rich(" ".join(text[0].text.split()), text[0].mark, text[0].href)
    merged: list[Span] = []
    blank = True
    for (mark, href), group in groupby(text, key=lambda span: (span.mark, span.href)):
        joined = unicodedata.normalize("NFC", "".join(span.text for span in group))
        words = re.sub(r"\s+", " ", HIDDEN.sub("", joined))
        words = words.lstrip() if blank else words
        if words:
            blank = words.endswith(" ")
            merged.append(Span(text=words, mark=mark, href=href))
    while merged and not merged[-1].text.strip():
        merged.pop()
    if merged:
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip())
    return tuple(merged)


def sentence(text: Rich) -> Rich:
    """Return the text closed by a full stop, unless it already ends in ``.``, ``?`` or ``!``."""
    end = plain(text).rstrip(_CLOSERS)[-1:]
    return text if not text or end in {".", "?", "!", "…"} else (*text, Span(text="."))


def joined(parts: list[Rich], separator: str = " ") -> Rich:
    """Return the parts that are not empty, with the separator between them."""
    spans: list[Span] = []
    for part in filter(None, parts):
        spans.extend([*rich(separator), *part] if spans else part)
    return tuple(spans)


def _plain(span: Span) -> str:
    table = _SCRIPT.get(span.mark) if span.mark else None
    return span.text.translate(table) if table and _SCRIPTED.fullmatch(span.text) else span.text


def _html(span: Span) -> str:
    inner = escape(span.text, quote=True)
    if span.mark:
        inner = f"<{span.mark}>{inner}</{span.mark}>"
    return f'<a href="{escape(span.href, quote=True)}">{inner}</a>' if span.href else inner
