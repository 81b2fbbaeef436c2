"""Every change between two texts, word by word, in one form that can be signed."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript.manifest import Digest, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from imprimatur.manuscript.edit import Text

Range = tuple[int, int, int, int]
"""From and to in the old, from and to in the new."""

_UNIT: Final = re.compile(r"(?:\w+|[^\w\s])\s*|\s+")
_CONTEXT_WORDS: Final = 5
_CONTEXT_SIGNS: Final = 100
# Beyond these a comparison of each with each would take minutes; the diff is coarser, not wrong.
_MOST_PAIRS: Final = 2_500
_MOST_SIGNS: Final = 10_000
_DEEPEST: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """One place where words differ.

    part: as in a manifest: ``body``, ``front matter``, ``reference KEY`` and so on.
    start: signs of the old part before it. removed, added: with every blank and line break.
    line: of the body in the file of the new text, of another part within it; not signed, because
        a comment in the head moves it. before, after: a few words around it, for the reader.
    """

    part: str
    start: int
    removed: str
    added: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDiff:
    """All hunks, by part and place: applied to the old text they give the new one exactly."""

    hunks: tuple[Hunk, ...]

    @property
    def digest(self) -> Digest:
        """What a signature under the diff binds."""
        return digest_of([[one.part, one.start, one.removed, one.added] for one in self.hunks])


def word_diff(old: Text, new: Text) -> WordDiff:
    """Compare all parts of two texts; the same two always give the same diff."""
    before, after = sections(old), sections(new)
    hunks: list[Hunk] = []
    for part in sorted({*before, *after}):
        first = new.body_line if part == "body" else 1
        hunks.extend(_hunks(part, before.get(part, ""), after.get(part, ""), first))
    return WordDiff(hunks=tuple(hunks))


def file_diff(path: str, old: str, new: str) -> WordDiff:
    """Compare two versions of one file that is no manuscript."""
    return WordDiff(hunks=tuple(_hunks(path, old, new, 1)))


def sections(text: Text) -> dict[str, str]:
    """The parts of a text as words: a mapping as one line a field, an image as its digest."""
    found = {name: f"{digest}\n" for name, digest in text.parts.items()}
    found |= {f"reference {key}": _lines(fields) for key, fields in text.references.items()}
    head = {"path": f"{text.path}\n", "front matter": _lines(text.front), "body": text.body}
    return found | head


def _lines(fields: Mapping[str, object]) -> str:
    return "".join(f"{name}: {shown(fields[name])}\n" for name in sorted(fields))


def shown(value: object) -> str:
    """A value as one line: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _hunks(part: str, old: str, new: str, first_line: int) -> Iterator[Hunk]:
    ends = [match.end() for match in re.finditer("\n", new)]
    for start, stop, new_start, new_stop in text_changes(old, new):
        yield Hunk(
            part=part,
            start=start,
            removed=old[start:stop],
            added=new[new_start:new_stop],
            line=first_line + bisect_right(ends, new_start),
            before=" ".join(old[max(0, start - _CONTEXT_SIGNS) : start].split()[-_CONTEXT_WORDS:]),
            after=" ".join(old[stop : stop + _CONTEXT_SIGNS].split()[:_CONTEXT_WORDS]),
        )


def text_changes(old: str, new: str) -> Iterator[Range]:
    """Where two strings differ, in signs: by lines first, then by words within these."""
    rows = old.splitlines(keepends=True), new.splitlines(keepends=True)
    places = _places(rows[0]), _places(rows[1])
    for block in changes(*rows):
        for a, b, c, d in _by_line(block, *places):
            olds, news = places[0][a], places[1][c]
            yield from _word_changes(old[olds : places[0][b]], new[news : places[1][d]], olds, news)


def _by_line(block: Range, old: Sequence[int], new: Sequence[int]) -> Iterator[Range]:
    """Pair the lines of a long block where both sides have as many, so that each pair is short."""
    a, b, c, d = block
    signs = old[b] - old[a] + new[d] - new[c]
    if signs <= _MOST_SIGNS or b - a != d - c:
        yield block
    else:
        yield from ((a + each, a + each + 1, c + each, c + each + 1) for each in range(b - a))


def _word_changes(old: str, new: str, old_start: int, new_start: int) -> Iterator[Range]:
    units = _UNIT.findall(old), _UNIT.findall(new)
    olds, news = _places(units[0]), _places(units[1])
    for a, b, c, d in changes(*units):
        yield old_start + olds[a], old_start + olds[b], new_start + news[c], new_start + news[d]


def _places(pieces: Sequence[str]) -> list[int]:
    """Where each piece begins, and where the last one ends."""
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return places


def changes(old: Sequence[str], new: Sequence[str], depth: int = 0) -> Iterator[Range]:
    """Where two sequences differ.

    Anchored on what stands once in each; only short stretches without an anchor are compared each
    with each, and long ones are taken to be changed as a whole. So the time stays in proportion.
    """
    least = min(len(old), len(new))
    head = next((each for each in range(least) if old[each] != new[each]), least)
    tail = 0
    while tail < least - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    for found in _inner(a, b, depth):
        yield found[0] + head, found[1] + head, found[2] + head, found[3] + head


def _inner(old: Sequence[str], new: Sequence[str], depth: int) -> Iterator[Range]:
    anchors = _anchors(old, new) if old and new and depth < _DEEPEST else []
    if anchors:
        for (a, c), (b, d) in pairwise([(-1, -1), *anchors, (len(old), len(new))]):
            for found in changes(old[a + 1 : b], new[c + 1 : d], depth + 1):
                yield found[0] + a + 1, found[1] + a + 1, found[2] + c + 1, found[3] + c + 1
    elif old and new and len(old) * len(new) <= _MOST_PAIRS:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, *place in matcher.get_opcodes():
            if tag != "equal":
                yield place[0], place[1], place[2], place[3]
    elif old or new:
        yield 0, len(old), 0, len(new)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of pairs, in order on both sides, of what stands once in each."""
    counts, new_counts = Counter(old), Counter(new)
    there = {word: place for place, word in enumerate(new) if new_counts[word] == 1}
    pairs = [
        (place, there[word])
        for place, word in enumerate(old)
        if counts[word] == 1 and word in there
    ]
    lasts: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(lasts, place)
        lasts[pile : pile + 1], tops[pile : pile + 1] = [place], [index]
        before.append(tops[pile - 1] if pile else -1)
    chain = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
