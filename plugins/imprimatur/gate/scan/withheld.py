"""What must not be told: the words of every text that is withheld, to be found in any file."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from imprimatur.gate.scan.content import decoded
from imprimatur.gate.scan.words import APART, EDGE, RUN, phrase, plain, runs, words
from imprimatur.manuscript import read_manuscript
from imprimatur.press import topic_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from imprimatur.gate.plan import Plan, Withheld

Phrase = tuple[str, ...]
Secret = tuple[str, Any]
"""A part of a withheld text: its kind, and of that kind which."""

Told = frozenset[Secret]
"""The parts that a text tells."""

_KEY: Final = 3
"""Words by which a phrase is looked up."""

_LONG: Final = 3
"""Words from which a heading is told from any other text; a shorter one counts only by itself."""

_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LINE: Final = re.compile(r"^[ \t-]*\{?(?:title|summary|name):[ \t]*(.+)$", re.MULTILINE)
_CITATION: Final = re.compile(r"\[[^\[\]]{0,1000}@[^\[\]]{0,1000}\]|\[\^[^\[\]\s]{1,100}\]")
_TARGET: Final = re.compile(
    r"\]\([^()\n]{0,1000}\)|^ {0,3}///.*$|\{:[^{}\n]{0,1000}\}", re.MULTILINE
)
_ADDRESS: Final = re.compile(r"articles/([a-z0-9-]{1,64})")
_HYPHENATED: Final = re.compile(r"(?<![a-z0-9-])[a-z0-9]{1,62}-[a-z0-9-]{1,62}")
_SEGMENT: Final = re.compile(rf'[<>":\n{APART}{EDGE}]')
_SHORT: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Everything that may be said of no withheld text.

    runs: of eight words, as numbers. phrases: titles, names and long headings, by their first
    words. alone: short headings and topics, which count only where nothing stands beside them.
    slugs: the addresses.
    """

    runs: frozenset[int]
    phrases: Mapping[int, Mapping[Phrase, tuple[Phrase, ...]]]
    alone: frozenset[Phrase]
    slugs: frozenset[str]

    @property
    def are_none(self) -> bool:
        """Whether nothing is withheld."""
        return not (self.runs or self.phrases or self.alone or self.slugs)

    def told(self, text: str) -> Told:
        """What a text tells, in time that grows with its length alone."""
        if self.are_none:
            return frozenset()
        row = words(text)
        found: set[Secret] = {("run", each) for each in self.runs.intersection(runs(row))}
        found.update(("phrase", each) for each in self._phrases(row))
        low = text.lower()
        slugs = {*_ADDRESS.findall(low), *_HYPHENATED.findall(low)} & self.slugs
        found.update(("slug", each) for each in slugs)
        if self.alone:
            segments = {_alone(each) for each in _SEGMENT.split(text) if 0 < len(each) <= _SHORT}
            found.update(("alone", each) for each in segments & self.alone)
        return frozenset(found)

    def _phrases(self, row: list[str]) -> Iterator[Phrase]:
        for size, known in self.phrases.items():
            begun = known.keys() & set(zip(*(row[start:] for start in range(size)), strict=False))
            for key in begun:
                yield from (each for each in known[key] if len(each) == size or _holds(row, each))


def secrets_of(plan: Plan) -> Secrets:
    """Everything that no file may tell, as far as no title, heading or topic is published, too."""
    shown = {phrase(each.title) for each in plan.printed}
    shown |= {phrase(one.text) for each in plan.printed for one in each.headings}
    shown |= {phrase(topic) for each in plan.printed for topic in each.entry.topics}
    found: defaultdict[str, set[Any]] = defaultdict(set)
    for withheld in plan.withheld:
        for kind, what in secrets_in(withheld):
            found[kind].add(what)
    return Secrets(
        runs=frozenset(found["run"]),
        phrases=_by_beginning(found["phrase"] - shown),
        alone=frozenset(found["alone"] - shown),
        slugs=frozenset(found["slug"] - {each.slug for each in plan.printed}),
    )


def secrets_in(withheld: Withheld) -> Iterator[Secret]:
    """All that one withheld text consists of, each with its kind."""
    yield "slug", withheld.slug
    yield from (("run", each) for each in runs(text_of(withheld.source)))
    body = decoded(withheld.source)
    names, marks = _head(withheld)
    marks |= {phrase(each) for each in _HEADING.findall(_CITATION.sub(" ", body))}
    yield from (("phrase", each) for each in names if each)
    for each in marks - {()}:
        if len(each) >= _LONG:
            yield "phrase", each
        elif not withheld.is_known:
            # What was public is not told by a word or two, and no take-down may fail by them.
            yield "alone", each


def text_of(source: bytes) -> list[str]:
    """The words of a manuscript as a reader would see them, its marks left out."""
    text = _CITATION.sub(" ", decoded(source))
    return words(plain(_TARGET.sub(" ", text)))


def _head(withheld: Withheld) -> tuple[set[Phrase], set[Phrase]]:
    """What counts wherever it stands, and what counts as far as it is long enough."""
    manuscript = read_manuscript(withheld.source, f"docs/articles/{withheld.slug}.md").value
    if manuscript is None:
        # A head that cannot be read is told by its lines.
        return {phrase(each) for each in _LINE.findall(decoded(withheld.source))}, set()
    front = manuscript.front
    people = {phrase(each.name) for each in front.authors}
    single = {each for each in people if len(each) == 1}
    summary = phrase(front.summary)
    names = {phrase(front.title)} | (people - single)
    marks = {phrase(topic_label(each)) for each in front.topics} | single
    return names | ({summary} if len(summary) < RUN else set()), marks


def _by_beginning(phrases: Iterable[Phrase]) -> dict[int, dict[Phrase, tuple[Phrase, ...]]]:
    found: dict[int, defaultdict[Phrase, list[Phrase]]] = {}
    for each in phrases:
        size = min(_KEY, len(each))
        found.setdefault(size, defaultdict(list))[each[:size]].append(each)
    return {
        size: {key: tuple(sorted(known)) for key, known in keys.items()}
        for size, keys in found.items()
    }


@lru_cache(maxsize=50_000)
def _alone(segment: str) -> Phrase:
    """A short text as a phrase; those of a theme are the same on every page."""
    return phrase(segment)


def _holds(row: list[str], wanted: Phrase) -> bool:
    """Whether words stand in a row somewhere."""
    size = len(wanted)
    return any(
        tuple(row[place : place + size]) == wanted
        for place, word in enumerate(row)
        if word == wanted[0]
    )
