"""The line of authors or editors at the head of a reference."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprimatur.bibliography.people import People, Person
    from imprimatur.bibliography.style import Settings

_MOST = 6
_NLM_SUFFIXES = {"II": "2nd", "III": "3rd", "IV": "4th", "V": "5th"}


def byline(people: People, settings: Settings) -> str:
    """Return the names, with ``et al.`` where some are left out; empty if there are none.

    Up to six are all named, a group counting as one; of seven or more, as many as the style says.
    ``and others`` counts as one more.
    """
    if not people:
        return ""
    many = len(people.named) + people.others > _MOST
    shown = people.named[: settings.first] if many else people.named
    text = _name(shown[0], settings)
    for before, one in pairwise(shown):
        text += ("; " if before.group or one.group else ", ") + _name(one, settings)
    cut = people.others or len(shown) < len(people.named)
    return f"{text}, et al." if cut else text


def editors(people: People, settings: Settings) -> str:
    """Return the editors with their title: ``Roe JP, ed``, ``Doe A, Roe JP, editors``."""
    names = byline(people, settings)
    several = len(people.named) > 1 or people.others
    return f"{names}, {settings.editors if several else settings.editor}" if names else ""


def _name(one: Person, settings: Settings) -> str:
    suffix = _NLM_SUFFIXES.get(one.suffix, one.suffix) if settings.nlm else one.suffix
    return " ".join(filter(None, (one.surname, one.initials, suffix)))
