"""Rules about headings and authors' own notes, which the page's contents and end repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript import prose_lines, without_code
from imprimatur.press import imitates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.errors import Finding
    from imprimatur.gate.examination import ArticleProof

_NOTE: Final = re.compile(r"(?<!\\)\[\^(?P<name>[^\]]{1,200})\](?P<colon>:?)")
_SET_OFF: Final = re.compile(r"[*_`\\]")
_COMMENT: Final = re.compile(r"<!--(?:(?!<!--).)*?-->")
_PRINTED: Final = re.compile(r'<li id="fn:([^"]*)"')


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
        # A word may be set off: `## *From* the guidelines`.
        plain = ((number, _SET_OFF.sub("", text)) for number, text in lines)
        line = next((number for number, text in plain if heading.text in text), 0)
        message = f"the heading {heading.text!r} is one that the press writes itself"
        cure = "use the block that prints it, or another heading"
        yield article.finding(line, "heading-is-the-authors-own", message, cure)


def note_resolves(article: ArticleProof) -> Iterator[Finding]:
    """Every mark of a note has one note, and every note its mark.

    Bad: a text with [^1] and nothing that begins [^1]:
    Good: a text with [^1] and, below it, [^1]: By the readers' own account.
    """
    if "^" not in article.copy.manuscript.body:
        return
    marks, notes = _marks_and_notes(article)
    printed = {unescape(name) for name in _PRINTED.findall(article.proof.html)}
    for name in sorted(marks.keys() - printed):
        message = f"`[^{name}]` has no note"
        cure = f"write a line `[^{name}]: …` that no blanks indent"
        yield article.finding(marks[name][0], "note-resolves", message, cure)
    for name in sorted(notes.keys() - marks.keys()):
        message = f"nothing in the text leads to the note `[^{name}]`"
        yield article.finding(
            notes[name][0], "note-resolves", message, "mark its place, or delete it"
        )
    for name, (first, *others) in notes.items():
        for line in others:
            message = f"the note `[^{name}]` stands on line {first}, too, and one would be lost"
            yield article.finding(line, "note-resolves", message, "give it a name of its own")


def _marks_and_notes(article: ArticleProof) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The lines of each mark and of each note, by name; those in code and comments are none."""
    manuscript = article.copy.manuscript
    marks: dict[str, list[int]] = defaultdict(list)
    notes: dict[str, list[int]] = defaultdict(list)
    for number, line in prose_lines(manuscript.body, manuscript.body_line):
        text = _COMMENT.sub("", without_code(line))
        for found in _NOTE.finditer(text):
            # A quotation or an item of a list may hold a note.
            begins = not text[: found.start()].strip(" >-*+")
            (notes if found["colon"] and begins else marks)[found["name"]].append(number)
    return marks, notes
