"""Rules about whom the parts of an article are for, and whether these readers can read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.bibliography import EvidenceSection
from imprimatur.gate.sentence_lines import SentenceLines
from imprimatur.manuscript import Mark
from imprimatur.press.passages import addressed, sentences_for
from imprimatur.press.readability import hardest, reading_grade, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprimatur.errors import Finding
    from imprimatur.gate.examination import ArticleProof
    from imprimatur.manuscript import MarkLine

_HARDEST: Final = 5
_SHOWN: Final = 60


def every_audience_is_addressed(article: ArticleProof) -> Iterator[Finding]:
    """The answer and each evidence section hold words for every audience of the front matter.

    Words for everybody will do; what an audience falls back on in the policy will not. And no
    passage names an audience that the front matter does not list.

    Bad: audiences: [clinician, patient], and an answer with only /// audience | clinician in it
    Good: the same answer with /// audience | patient in it, too
    """
    rule, listed = "every-audience-is-addressed", article.copy.manuscript.front.audiences
    readers = addressed(article.proof.passages)
    for block in _blocks(article):
        named = readers.get(block.place)
        missing = [each for each in listed if named is not None and each not in named]
        if missing:
            message = f"`{block}` holds no words for {_quoted(missing)}"
            cure = (
                f"write `/// audience | {' '.join(missing)}` in it, with a slash more on the block "
                "around it, or words for everybody"
            )
            yield article.finding(block.mark.line, rule, message, cure)
        strange = [each for each in block.named if each not in listed]
        if any(article.copy.policy.audience(each) for each in strange):
            message = f"the front matter does not list {_quoted(strange)}: this is shown to no such"
            message += " reader"
            cure = "add it to `audiences` there, or take it out here"
            yield article.finding(block.mark.line, rule, message, cure)


def safety_is_shown_to_all(article: ArticleProof) -> Iterator[Finding]:
    """A safety block holds words, and no choice of an audience hides one of them.

    Bad: /// audience | clinician inside /// safety, or the other way round
    Good: /// safety by itself, in words that every reader understands
    """
    passages = article.proof.passages
    spoken = {
        place
        for at, each in enumerate(passages)
        if each.prose or each.has_table
        for place in (at, *each.inside)
    }
    for block in _blocks(article):
        if block.mark.name == Mark.SAFETY and block.place not in spoken:
            message, cure = f"`{block}` holds no words", "say in it what every reader must know"
            yield article.finding(block.mark.line, "safety-is-shown-to-all", message, cure)
        for outer in block.around:
            if {block.mark.name, outer.name} == {Mark.SAFETY, Mark.AUDIENCE}:
                message = f"`{block}` stands inside `{_opening(outer)}`"
                cure = f"{_close(outer)}: all readers are shown the same words on safety"
                yield article.finding(block.mark.line, "safety-is-shown-to-all", message, cure)
                break


def block_stands_in_its_place(article: ArticleProof) -> Iterator[Finding]:
    """The answer and evidence sections stand in no other block, a passage in no other passage.

    Bad: /// evidence | research inside /// audience | clinician
    Good: /// audience | clinician inside /// evidence | research
    """
    for block in _blocks(article):
        name = block.mark.name
        is_section = name in {Mark.ANSWER, Mark.EVIDENCE}
        outer = [each for each in block.around if is_section or name == each.name == Mark.AUDIENCE]
        if outer:
            message = f"`{block}` stands inside `{_opening(outer[-1])}`"
            cure = _close(outer[-1])
            if not is_section:
                cure += "; one passage may name several audiences, with a blank between them"
            yield article.finding(block.mark.line, "block-stands-in-its-place", message, cure)


def reading_grade_fits_audience(article: ArticleProof) -> Iterator[Finding]:
    """The text for an audience needs no higher school grade than editorial/policy.yml allows it.

    Measured is what the passages for it hold together and, where an answer or evidence section has
    none, its text for everybody; without headings, tables, notes and citations. A short text is
    measured like a long one: its figure is rough, but what is not measured is never clean.

    Bad: Nephrogenic systemic fibrosis necessitates discontinuation.
    Good: Some people get hard skin. Then the drug must stop.
    """
    readers = addressed(article.proof.passages)
    for name in article.copy.manuscript.front.audiences:
        audience = article.copy.policy.audience(name)
        if audience is None or audience.reading_grade is None:
            continue
        own = sentences_for(article.proof.passages, name)
        if own:
            yield from _too_hard(article, name, audience.reading_grade, own)
            continue
        for block in _blocks(article):
            named = readers.get(block.place, frozenset())
            if named is None or name in named:
                message = f"`{block}` holds no sentence by which to measure the text for `{name}`"
                cure = "say it in sentences, and not in tables alone"
                line = block.mark.line
                yield article.finding(line, "reading-grade-fits-audience", message, cure)


def _too_hard(
    article: ArticleProof, name: str, most: int, own: Sequence[tuple[int, str]]
) -> Iterator[Finding]:
    texts = [text for _, text in own]
    grade = reading_grade(texts)
    if grade is None or grade <= most:
        return
    words = sum(len(words_of(text)) for text in texts)
    message = (
        f"the text for `{name}` needs school grade {grade} (words measured: {words}), "
        f"and editorial/policy.yml allows {most}"
    )
    begins = {block.place: block.mark.line for block in _blocks(article)}
    lines = SentenceLines(article.copy.manuscript)
    # There is one: but for rounding, a whole needs no higher grade than the hardest of its parts.
    hard = [
        (lines.find(texts[at], begins.get(own[at][0], 0)), each, texts[at])
        for each, at in hardest(texts, _HARDEST)
        if each >= most
    ]
    told = ", ".join(f"line {line} (grade {each}) {_begin(text)!r}" for line, each, text in hard)
    cure = f"choose shorter words and sentences, in the hardest first: {told}"
    yield article.finding(hard[0][0], "reading-grade-fits-audience", message, cure)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A block as written and as printed.

    place: its position among the passages. around: the blocks it stands in, the outermost first.
    """

    place: int
    mark: MarkLine
    around: tuple[MarkLine, ...]

    @property
    def named(self) -> list[str]:
        """The audiences it is for, if it is for some only."""
        return self.mark.argument.split() if self.mark.name == Mark.AUDIENCE else []

    def __str__(self) -> str:
        return _opening(self.mark)


def _blocks(article: ArticleProof) -> Iterator[_Block]:
    """Each block; none where those printed are not those written, which another rule finds."""
    passages = article.proof.passages
    marks = [
        each
        for each in article.marks
        if each.name in set(Mark)
        and (each.name != Mark.EVIDENCE or each.argument in set(EvidenceSection))
    ]
    if [each.name for each in marks] == [each.mark for each in passages[1:]]:
        for place, mark in enumerate(marks, start=1):
            around = tuple(marks[outer - 1] for outer in passages[place].inside if outer)
            yield _Block(place=place, mark=mark, around=around)


def _opening(mark: MarkLine) -> str:
    return f"/// {mark.name} | {mark.argument}" if mark.argument else f"/// {mark.name}"


def _close(mark: MarkLine) -> str:
    return f"close the block of line {mark.line} first"


def _begin(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}\u2026"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)
