"""The words of an article as printed: in which block each stands, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from imprimatur.manuscript import Mark
from imprimatur.press.readability import has_words, reading_grade, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from imprimatur.editorial import Policy

_SECTIONS: Final = frozenset({Mark.ANSWER, Mark.EVIDENCE})
_BLOCKS: Final = {
    "imp-answer": Mark.ANSWER,
    "imp-evidence": Mark.EVIDENCE,
    "imp-safety": Mark.SAFETY,
    "imp-passage": Mark.AUDIENCE,
}
_ADDED: Final = frozenset({"imp-for", "imp-cites", "imp-noteref", "imp-notes"})
"""What the press put between the author's words."""

_NO_PROSE: Final = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "table"})
_PARAGRAPHS: Final = _NO_PROSE | {
    "blockquote", "dd", "div", "dl", "figcaption", "figure", "hr", "li", "ol", "p", "pre",
    "section", "ul",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One block of an article with its own words, or what stands outside all blocks.

    mark: the block's name, None outside all. inside: positions of the passages around it.
    audiences: who is shown it; None means everybody.
    prose: each paragraph and item without its citations; headings and notes are none.
    has_table: whether it holds words in a table, which is no prose either.
    """

    mark: Mark | None = None
    inside: tuple[int, ...] = ()
    audiences: frozenset[str] | None = None
    prose: tuple[str, ...] = ()
    has_table: bool = False


def passages_of(root: HtmlElement) -> tuple[Passage, ...]:
    """What stands outside all blocks, then each block in the order of the document.

    root: the author's text, its marks resolved, before the press adds the parts around it.
    """
    walk = _Walk()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, each in walker:
        if event == "end":
            walk.leave(each)
        elif not walk.enter(each):
            walker.skip_subtree()
    return walk.passages()


def addressed(passages: Sequence[Passage]) -> dict[int, frozenset[str] | None]:
    """Whom each answer and evidence section holds words for, by its position.

    None means everybody.
    """
    found: dict[int, frozenset[str] | None] = {
        place: frozenset() for place, each in enumerate(passages) if each.mark in _SECTIONS
    }
    for place, each in enumerate(passages):
        if each.prose or each.has_table:
            for section in (place, *each.inside):
                named = found.get(section)
                if named is not None:
                    found[section] = None if each.audiences is None else named | each.audiences
    return found


def sentences_for(passages: Sequence[Passage], audience: str) -> list[tuple[int, str]]:
    """The sentences that are an audience's own, each with the position of its passage.

    They are those of the passages that name it. In an answer or evidence section that has none,
    the text for everybody is this audience's text. A safety block is nobody's own.
    """
    own = {place for place, each in enumerate(passages) if audience in (each.audiences or ())}
    served = {around for place in own if passages[place].prose for around in passages[place].inside}
    shared = {
        place
        for place, each in enumerate(passages)
        if each.audiences is None and each.mark is not Mark.SAFETY
        for section in (place, *each.inside)
        if passages[section].mark in _SECTIONS and section not in served
    }
    return [
        (place, sentence)
        for place in sorted(own | shared)
        for text in passages[place].prose
        for sentence in sentences_of(text)
    ]


def reading_grades(
    passages: Sequence[Passage], audiences: Iterable[str], policy: Policy
) -> dict[str, float | None]:
    """The school grade that the text of each audience with a ceiling needs.

    audiences: those the article is written for. None where there is no sentence to measure.
    """
    known = [policy.audience(each) for each in audiences]
    limited = [each.id for each in known if each is not None and each.reading_grade is not None]
    return {
        name: reading_grade([sentence for _, sentence in sentences_for(passages, name)])
        for name in limited
    }


@dataclass(slots=True)
class _Walk:
    """Gathers words in the order of the document; what is open is known by its position."""

    _found: list[Passage] = field(default_factory=lambda: [Passage()])
    _prose: list[list[str]] = field(default_factory=lambda: [[]])
    _open: list[int] = field(default_factory=lambda: [0])
    _run: list[str] = field(default_factory=list)

    def enter(self, each: HtmlElement) -> bool:
        """Take in how an element begins, and say whether to look at what it holds."""
        if each.tag in _PARAGRAPHS:
            self._end_paragraph()
        if each.tag == "table" and has_words(each.text_content()):
            here = self._open[-1]
            self._found[here] = replace(self._found[here], has_table=True)
        if each.tag in _NO_PROSE or each.get("class") in _ADDED:
            return False
        mark = _BLOCKS.get(each.get("class", ""))
        if mark is not None:
            self._begin(mark, each.get("data-audience"))
        self._run.append(" " if each.tag == "br" else each.text or "")
        return True

    def leave(self, each: HtmlElement) -> None:
        """Take in how an element ends."""
        if each.tag in _PARAGRAPHS:
            self._end_paragraph()
        if each.get("class") in _BLOCKS:
            self._open.pop()
        self._run.append(each.tail or "")

    def passages(self) -> tuple[Passage, ...]:
        """All that was found."""
        self._end_paragraph()
        found = zip(self._found, self._prose, strict=True)
        return tuple(replace(each, prose=tuple(prose)) for each, prose in found)

    def _begin(self, mark: Mark, named: str | None) -> None:
        audiences = self._found[self._open[-1]].audiences
        if named is not None:
            own = frozenset(named.split())
            audiences = own if audiences is None else own & audiences
        self._found.append(Passage(mark=mark, inside=tuple(self._open), audiences=audiences))
        self._prose.append([])
        self._open.append(len(self._found) - 1)

    def _end_paragraph(self) -> None:
        text = " ".join("".join(self._run).split())
        self._run.clear()
        if has_words(text):
            self._prose[self._open[-1]].append(text)
