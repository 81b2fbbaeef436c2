"""Whether an edit is light: so surely harmless that one earlier approver may sign its diff."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript.edit import changed_fields, changed_others
from imprimatur.manuscript.manifest import IMAGE
from imprimatur.manuscript.passages import PARAGRAPH, frame_of
from imprimatur.manuscript.tokens import SEALED, Gap, Paragraph, Token, read_paragraph
from imprimatur.manuscript.word_diff import changes
from imprimatur.manuscript.words import turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from imprimatur.manuscript.edit import Text

_MOST_REASONS: Final = 12
_LONGEST: Final = 60
_NEAR: Final = 40
_CLOSING: Final = frozenset(",.?!")  # not ";", which may end an entity
_NO_WORD: Final = Token("", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How heavy an edit is.

    reasons: why it needs a whole review, in words; the first few, in the order of the text.
    """

    reasons: tuple[str, ...]

    @property
    def is_light(self) -> bool:
        """Whether nothing that bears on care was touched."""
        return not self.reasons


def weigh(old: Text, new: Text) -> Weight:
    """Judge an edit; whatever is not surely harmless makes it heavy.

    Light are, within a paragraph or list item outside the safety passage, and nothing else:

    - other blanks or line breaks where there were some, none of them a forced line break;
    - a blank before a comma or a stop, and the full stop at the end, where no number, unit or other
      word of the tables stands beside;
    - straight for curved quotation marks;
    - an article (a, an, the) added, removed or swapped, again with no word of the tables beside;
    - a misspelling, a second spelling, or is/are, was/were, has/have and this/these from the short
      list in ``words``.

    No other word may be put in, left out, moved or replaced, however alike the two look: nobody
    can tell by rule that `asprin` was aspirin, and a new sentence is a new claim. A comma is no
    trifle either: it parts the drugs of a list. The tables thus never decide alone that a word is
    harmless; they say why a change is not, and what an article may not stand beside.

    Paragraphs are paired by their place in an unchanged frame, so edits in different paragraphs
    are judged apart, and two edits together are never lighter than one.
    """
    found = dict.fromkeys([*_other_reasons(old, new), *_body_reasons(old.body, new.body)])
    reasons = tuple(found)
    if len(reasons) > _MOST_REASONS:
        more = len(reasons) - _MOST_REASONS
        reasons = (*reasons[:_MOST_REASONS], f"and {more} more of this kind")
    return Weight(reasons=reasons)


def _other_reasons(old: Text, new: Text) -> Iterator[str]:
    if old.path != new.path or old.parts.get("path") != new.parts.get("path"):
        yield "the path was touched"
    for name in changed_fields(old.front, new.front):
        yield f"the {name.replace('_', ' ')} was touched"
    if old.front == new.front and old.parts.get("front matter") != new.parts.get("front matter"):
        yield "the front matter was touched"
    if old.body == new.body and old.parts.get("body") != new.parts.get("body"):
        yield "the body was touched"
    for part in changed_others(old, new):
        article = "an" if part.startswith(IMAGE) else "a"
        sort, _, name = part.partition(" ")
        yield f"{article} {sort} was touched: {name}"


def _body_reasons(old: str, new: str) -> Iterator[str]:
    if old == new:
        return
    before, after = frame_of(old), frame_of(new)
    if before.items != after.items:
        yield from _frame_reasons(before.items, after.items)
        return
    for one, other in zip(before.paragraphs, after.paragraphs, strict=True):
        if one != other:
            yield from _paragraph_reasons(read_paragraph(one), read_paragraph(other))


def _frame_reasons(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Which sorts of things differ; the same things in another order are a move."""
    counts, new_counts = Counter(old), Counter(new)
    differ = [*(counts - new_counts), *(new_counts - counts)]
    for name in dict.fromkeys(name for name, _ in differ):
        if name == PARAGRAPH:
            yield "a paragraph was added, removed, parted or joined"
        else:
            yield f"{name} was touched"
    if not differ:
        yield "a paragraph, block or list was moved"


def _paragraph_reasons(old: Paragraph, new: Paragraph) -> Iterator[str]:
    forms, new_forms = [one.form for one in old.tokens], [one.form for one in new.tokens]
    if forms != new_forms:
        for start, stop, new_start, new_stop in changes(forms, new_forms):
            yield _word_reason(old.tokens[start:stop], new.tokens[new_start:new_stop])
        return
    for place, (gap, new_gap) in enumerate(zip(old.gaps, new.gaps, strict=True)):
        if gap != new_gap:
            yield from _gap_reasons(
                gap,
                new_gap,
                old.tokens[max(0, place - _NEAR) : place],
                old.tokens[place : place + _NEAR],
            )


def _word_reason(old: Sequence[Token], new: Sequence[Token]) -> str:
    removed, added = _shown(old), _shown(new)
    kind = next((one.kind for one in (*old, *new) if one.kind), "")
    if not kind and len(old) == len(new) == 1 and turns(old[0].text, new[0].text):
        kind = "the first part of a word"
    if not kind:
        are_signs = not any(sign.isalnum() for sign in removed + added)
        kind = "punctuation" if are_signs else "a word"
    if old and new:
        return f"{kind} was touched: {removed} → {added}"
    return f"{kind} was added: {added}" if new else f"{kind} was taken away: {removed}"


def _shown(tokens: Sequence[Token]) -> str:
    text = " ".join(one.text for one in tokens)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _gap_reasons(
    old: Gap, new: Gap, left: Sequence[Token], right: Sequence[Token]
) -> Iterator[str]:
    """Why what stands between these two runs of tokens may not change so."""
    before, after = (left or [_NO_WORD])[-1], (right or [_NO_WORD])[0]
    beside = (*_up_to_a_word(reversed(left)), *_up_to_a_word(right))
    risky = next((one for one in beside if one.kind), None)
    if old.breaks != new.breaks:
        yield f"a forced line break was touched before: {after.text}"
    if old.articles != new.articles and risky is not None and risky.kind != SEALED:
        articles = " or ".join(sorted({*old.articles, *new.articles}))
        yield f"an article ({articles}) was touched beside {risky.kind}: {risky.text}"
    if old.blank != new.blank and (risky is not None or after.text not in _CLOSING):
        yield f"a blank was added or taken away between {before.text} and {after.text}"
    if before.kind == after.kind == SEALED and old != new:
        yield f"a blank was touched between {before.text} and {after.text}"


def _up_to_a_word(tokens: Iterable[Token]) -> Iterator[Token]:
    """The signs that stand next, and the word behind them."""
    for one in tokens:
        yield one
        if any(sign.isalnum() for sign in one.text):
            return
