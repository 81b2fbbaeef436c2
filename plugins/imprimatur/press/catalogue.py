"""All that is listed, in order, once for a whole edition; each page of a list is a slice of it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from imprimatur.press.wording import CURRENT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from imprimatur.editorial import State

PER_PAGE: Final = 25

_ARGUMENT: Final = re.compile(
    r"(?:topic=(?P<topic>[a-z0-9-]{1,64}))?(?:(?:^| +)page=(?P<page>[1-9][0-9]{0,6}))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a list says of one article.

    reviewed: when the whole text was last reviewed. update: whether a newer text is waiting.
    """

    slug: str
    title: str
    summary: str
    topics: tuple[str, ...]
    state: State
    reviewed: datetime | None = None
    update: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """One page of one list. topic: what the list is about, or all articles; number: from 1."""

    topic: str = ""
    number: int = 1

    @classmethod
    def read(cls, argument: str) -> ListPlace | None:
        """The place that a block's argument names, or None if it names none."""
        found = _ARGUMENT.fullmatch(argument)
        return cls(topic=found["topic"] or "", number=int(found["page"] or 1)) if found else None

    @property
    def argument(self) -> str:
        """What the page's block says after its bar."""
        topic = [f"topic={self.topic}"] if self.topic else []
        return " ".join([*topic, f"page={self.number}"])

    @property
    def source(self) -> str:
        """The page's file below ``docs/``. The first page of all articles is the home page."""
        folder = f"topics/{self.topic}" if self.topic else "all"
        if self.number > 1:
            return f"{folder}/{self.number}.md"
        return f"{folder}/index.md" if self.topic else "index.md"


class Catalogue:
    """Every article whose text is shown, by title, and the same by topic.

    An article in whose place a notice stands is not listed.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        known = tuple(entries)
        self._all = tuple(sorted((each for each in known if each.state in CURRENT), key=_order))
        self._is_emptied = bool(known) and not self._all
        by_topic: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self._all:
            for topic in entry.topics:
                by_topic[topic].append(entry)
        self._by_topic = {topic: tuple(by_topic[topic]) for topic in sorted(by_topic)}

    @property
    def is_emptied(self) -> bool:
        """Whether there are articles, and a notice stands in place of each."""
        return self._is_emptied

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that a listed article names, in order."""
        return tuple(self._by_topic)

    def count(self, topic: str = "") -> int:
        """How many articles a list holds."""
        return len(self._list(topic))

    def pages(self, topic: str = "") -> int:
        """How many pages a list has; an empty one has its first."""
        return max(1, ceil(self.count(topic) / PER_PAGE))

    def page(self, place: ListPlace) -> tuple[Entry, ...]:
        """The articles on one page."""
        end = place.number * PER_PAGE
        return self._list(place.topic)[end - PER_PAGE : end]

    def _list(self, topic: str) -> tuple[Entry, ...]:
        return self._by_topic.get(topic, ()) if topic else self._all


def topic_label(topic: str) -> str:
    """A topic in words: ``infectious-diseases`` is Infectious diseases."""
    words = topic.replace("-", " ")
    return words[:1].upper() + words[1:]


def _order(entry: Entry) -> tuple[str, str]:
    # An accent does not send a title behind the last letter.
    parts = unicodedata.normalize("NFKD", entry.title.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each)), entry.slug
