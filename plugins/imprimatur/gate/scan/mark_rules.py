"""Whether an author's marks reached readers as they were written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.tree import finder, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.scan.page import Page

_CITING: Final = (b"[@", b"-@")
_SUSPECT: Final = (b"///", b"evidence_through:", b"audiences:")
_OPENED: Final = (re.compile(rb"\[(?=\^)"), re.compile(rb"\{(?=[:{%])"))
_NARRATED: Final = re.compile(rb"@(?<=[\s(>]@)[A-Za-z0-9]")
"""What is in the source of every page on which a mark is left."""

_SHOWN_AS_CODE: Final = (
    "parent::script or parent::style or ancestor::code or ancestor::pre or ancestor::kbd"
    " or ancestor::samp"
)
_OF_A_RECORD: Final = (
    "ancestor::*[@class='imp-history' or @class='imp-notice']"
    "[ancestor::article[contains(concat(' ', @class, ' '), ' imp-article ')]]"
)
_TEXTS: Final = finder(f"//body//text()[not({_SHOWN_AS_CODE})]")
_AUTHORS_TEXTS: Final = finder(f"//body//text()[not({_SHOWN_AS_CODE} or {_OF_A_RECORD})]")
"""Without what an act says in its own words, which are no Markdown: a reason may name `[@key]`.

Of an article that is held against its print to the letter, so that nothing else can stand there.
"""
_MARK: Final = re.compile(
    r"(?P<cited>\[[^\[\]@\n]{0,200}-?@[A-Za-z][^\[\]\s;,]*)"
    r"|(?:^|(?<=[\s(]))@(?P<key>[A-Za-z0-9][\w:.+-]*)"
    r"|(?P<block>^[ \t]*/{3,}.*$)|(?P<note>\[\^[^\]\s]{1,100}\])"
    r"|(?P<attributes>\{:\s?[#.\w][^{}\n]{0,200}\})|(?P<template>\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\})",
    re.MULTILINE,
)
_HEAD: Final = re.compile(
    r"^[ \t]*(title|summary|topics|class|authors|evidence_through|audiences):\s", re.MULTILINE
)
_CURE: Final = "run `imprimatur check`; if it finds nothing, the host did not print with the press"


def mark_is_resolved(page: Page) -> Iterator[Finding]:
    """No reader sees a mark as its author wrote it, unless it is shown as code or was escaped.

    Bad: It helped in 39% [@park2019spinal].
    Good: It helped in 39%, with a raised number that leads to the reference
    """
    if not _is_suspect(page.data):
        return
    for text in (_AUTHORS_TEXTS if page.printed else _TEXTS)(page.root):
        if len(set(_HEAD.findall(text))) > 1:
            message = "the head of a manuscript stands in the page"
            yield page.finding("mark-is-resolved", message, _CURE, _line(text))
        for found in _MARK.finditer(text):
            if _is_mark(page, found):
                message = f"`{found[0].strip()[:60]}` is left as it was written"
                yield page.finding("mark-is-resolved", message, _CURE, _line(text))


def _is_suspect(data: bytes) -> bool:
    # One sign is found much faster than two.
    is_citing = b"@" in data and (
        any(each in data for each in _CITING) or _NARRATED.search(data) is not None
    )
    return (
        is_citing
        or any(each in data for each in _SUSPECT)
        or any(each.search(data) for each in _OPENED)
    )


def _is_mark(page: Page, found: re.Match[str]) -> bool:
    key = found["key"]
    if key is not None and key.rstrip(".:") not in page.claims.keys:
        return False
    start = found[0].find("@")
    written = found[0][start:].rstrip(".:") if start >= 0 else found[0].strip()
    # An author who wants the sign itself writes a backslash before it.
    source = page.printed.source.decode("utf-8", "replace") if page.printed else ""
    return f"\\{written}" not in source


def _line(text: object) -> int:
    parent = getattr(text, "getparent", lambda: None)()
    return 0 if parent is None else line_of(parent)
