"""Rules about headings and authors' own notes, which the page's contents and end repeat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript import prose_lines, without_code
from imprimatur.press import imitates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.examination import ArticleProof

_NOTE: Final = re.compile(r"(?<!\\)\[\^([^\]\s]{1,200})\](:?)")


def heading_is_the_authors_own(article: ArticleProof) -> Iterator[Finding]:
    """No heading of the text reads like one that the press writes over a part it vouches for.

    Bad: ## From the guidelines
    Good: /// evidence | guidelines
    """
    manuscript = article.copy.manuscript
    for heading in article.proof.headings:
        if heading.own or not imitates(heading.text):
            continue
        lines = prose_lines(manuscript.body, manuscript.body_line)
        line = next((number for number, text in lines if heading.text in text), 0)
        message = f"the heading {heading.text!r} is one that the press writes itself"
        cure = "use the block that prints it, or another heading"
        yield article.finding(line, "heading-is-the-authors-own", message, cure)


def note_resolves(article: ArticleProof) -> Iterator[Finding]:
    """Every mark of a note has its note, and every note its mark.

    Bad: a text with [^1] and nothing that begins [^1]:
    Good: a text with [^1] and, below it, [^1]: By the readers' own account.
    """
    manuscript = article.copy.manuscript
    marks: dict[str, int] = {}
    notes: dict[str, int] = {}
    for number, line in prose_lines(manuscript.body, manuscript.body_line):
        for found in _NOTE.finditer(without_code(line)):
            is_note = found[2] and not line[: found.start()].strip()
            (notes if is_note else marks).setdefault(found[1], number)
    for name in sorted(marks.keys() - notes.keys()):
        message = f"`[^{name}]` has no note"
        yield article.finding(marks[name], "note-resolves", message, f"write a line `[^{name}]: …`")
    for name in sorted(notes.keys() - marks.keys()):
        message = f"nothing in the text leads to the note `[^{name}]`"
        yield article.finding(notes[name], "note-resolves", message, "mark its place, or delete it")
