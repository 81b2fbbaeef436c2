"""One walk over the clean tree: blocks become sections, marks become numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from markdown.extensions.toc import unique

from imprimatur.bibliography import EvidenceSection
from imprimatur.manuscript import CitedWork, Mark
from imprimatur.press.audiences import passage
from imprimatur.press.copy import Cited
from imprimatur.press.elements import element, finder
from imprimatur.press.notes import set_notes
from imprimatur.press.numbering import Numbering
from imprimatur.press.own_headings import OwnHeading
from imprimatur.press.stash import ATTRIBUTE, BlockMark, CitationMark, NoteMark
from imprimatur.press.superscript import place, superscript

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from imprimatur.press.copy import Copy
    from imprimatur.press.stash import Stash

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TICKETS: Final = finder(f"descendant::*[@{ATTRIBUTE}]")
_SECTION: Final = "data-evidence"


@dataclass(slots=True, kw_only=True)
class Resolution:
    """What the walk met, in the order of the document.

    citing: of each block, whether a citation stands in it.
    """

    numbering: Numbering = field(default_factory=Numbering)
    cited: list[Cited] = field(default_factory=list)
    malformed: list[tuple[int, str]] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    citing: list[bool] = field(default_factory=list)
    _known: dict[HtmlElement, tuple[EvidenceSection | None, bool]] = field(default_factory=dict)

    def surroundings(self, mark: HtmlElement) -> tuple[EvidenceSection | None, bool]:
        """The evidence section a mark stands in, and whether it stands in a heading."""
        parent = mark.getparent()
        if parent not in self._known:
            self._known[parent] = _surroundings(mark)
        return self._known[parent]


class SourceLines:
    """Finds the line of what the tree holds; the parser keeps no positions."""

    def __init__(self, copy: Copy) -> None:
        self._body, self._first = copy.manuscript.body, copy.manuscript.body_line
        self._from: dict[str, int] = defaultdict(int)
        self._place, self._line = 0, self._first

    def next(self, text: str) -> int:
        """Line of the next place, after the one found last, where the text stands."""
        found = self._body.find(text, self._from[text])
        found = self._body.find(text) if found < 0 else found
        if found < 0:
            return self._first
        self._from[text] = found + 1
        return self._line_at(found)

    def _line_at(self, place: int) -> int:
        """Counted on from the place before, since most are asked for one after the other."""
        if place < self._place:
            self._place, self._line = 0, self._first
        self._line += self._body.count("\n", self._place, place)
        self._place = place
        return self._line


def resolve(root: HtmlElement, stash: Stash, copy: Copy) -> Resolution:
    """Turn every ticket in the tree into what it stands for, in place."""
    walk = Resolution()
    lines = SourceLines(copy)
    tickets = _TICKETS(root)
    marks = [(each, stash.get(each.attrib.pop(ATTRIBUTE))) for each in tickets]
    set_notes([(each, mark) for each, mark in marks if isinstance(mark, NoteMark)])
    used: set[str] = set()
    citations = [(each, mark) for each, mark in marks if isinstance(mark, CitationMark)]
    citing = _around(each for each, _ in citations)
    for block, mark in marks:
        if isinstance(mark, BlockMark):
            walk.blocks.append(mark.name)
            walk.citing.append(block in citing)
            _open_block(block, mark, copy, used)
    for group in _adjacent(citations):
        _cite(group, walk, lines, copy)
    return walk


def _around(marks: Iterable[HtmlElement]) -> set[HtmlElement]:
    """Everything that one of these marks stands in."""
    found: set[HtmlElement] = set()
    for mark in marks:
        for ancestor in mark.iterancestors():
            if ancestor in found:
                break
            found.add(ancestor)
    return found


def _open_block(block: HtmlElement, mark: BlockMark, copy: Copy, used: set[str]) -> None:
    if mark.name == Mark.ANSWER:
        _section(block, OwnHeading.ANSWER, "answer", "imp-answer", used)
    elif mark.name == Mark.SAFETY:
        _section(block, OwnHeading.SAFETY, "safety", "imp-safety", used)
    elif mark.name == Mark.EVIDENCE and mark.argument in set(EvidenceSection):
        section = EvidenceSection(mark.argument)
        _section(block, section.heading, f"evidence-{section}", "imp-evidence", used)
        block.set(_SECTION, section)
    elif mark.name == Mark.AUDIENCE:
        passage(block, mark.argument.split(), copy.policy)


def _section(block: HtmlElement, title: str, name: str, class_: str, used: set[str]) -> None:
    """Make a block a section under a heading, whose id tells it from others of its kind."""
    name = unique(name, used)
    block.tag = "section"
    block.set("class", class_)
    block.set("aria-labelledby", name)
    block.insert(0, element("h2", title, id=name))


def _adjacent(
    citations: Sequence[tuple[HtmlElement, CitationMark]],
) -> list[list[tuple[HtmlElement, CitationMark]]]:
    """Marks with nothing between them are one: ``[@a][@b]`` must not print as 12."""
    groups: list[list[tuple[HtmlElement, CitationMark]]] = []
    for each, mark in citations:
        last = groups[-1][-1][0] if groups else None
        joins = (
            last is not None
            and last.getnext() is each
            and not (last.tail or "").strip()
            and mark.citation is not None
            and not mark.citation.narrative
        )
        if joins:
            groups[-1].append((each, mark))
        else:
            groups.append([(each, mark)])
    return groups


def _cite(
    group: list[tuple[HtmlElement, CitationMark]],
    walk: Resolution,
    lines: SourceLines,
    copy: Copy,
) -> None:
    first, mark = group[0]
    found: list[tuple[CitedWork, int]] = []
    for _, each in group:
        line = lines.next(each.source)
        if each.citation is None:
            walk.malformed.append((line, each.source))
            return
        found.extend((work, line) for work in each.citation.works)
    first.tail = group[-1][0].tail
    for each, _ in group[1:]:
        each.getparent().remove(each)
    known = [work for work, _ in found if copy.bibliography.work(work.key)]
    figure = ""
    section, in_heading = walk.surroundings(first)
    if known:
        if mark.citation is not None and mark.citation.narrative:
            first.addprevious(element("span", _authors(known[0], copy), class_="imp-authors"))
        figure = place(first, superscript(known, walk.numbering))
    walk.cited.extend(
        Cited(key=work.key, line=line, section=section, in_heading=in_heading, figure=figure)
        for work, line in found
    )


def _authors(cited: CitedWork, copy: Copy) -> str:
    work = copy.bibliography.work(cited.key)
    return work.running_authors if work else cited.key


def _surroundings(mark: HtmlElement) -> tuple[EvidenceSection | None, bool]:
    section, in_heading = None, False
    for ancestor in mark.iterancestors():
        in_heading = in_heading or ancestor.tag in _HEADINGS
        if section is None and ancestor.get(_SECTION):
            section = EvidenceSection(ancestor.get(_SECTION))
    return section, in_heading
