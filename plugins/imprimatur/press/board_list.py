"""The people of the board as readers are told of them; no keys, no addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.press.catalogue import topic_label
from imprimatur.press.elements import append, day, element

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lxml.html import HtmlElement

    from imprimatur.editorial import Board, Person

_NOBODY = (
    "Nobody has been appointed to the board yet.",
    " So nobody may approve an article in the name of this site.",
)


def board_list(board: Board, today: date, level: int) -> HtmlElement:
    """Who serves, who will, and who served. level: of the headings above the latter two."""
    made = element("div", class_="imp-board")
    if not board.people:
        made.append(element("p", element("strong", _NOBODY[0]), _NOBODY[1]))
        return made
    former = [each for each in board.people if _has_left(each, today)]
    serving = [each for each in board.people if each.serves(today) and each not in former]
    coming = [each for each in board.people if each not in former and each not in serving]
    made.append(_people(serving) if serving else element("p", "Nobody serves on the board now."))
    for title, people in (("Members to come", coming), ("Former members", former)):
        if people:
            append(made, [element(f"h{level}", title), _people(people)])
    words = f"The list of members has version {board.version}. Each change gives it a higher one."
    made.append(element("p", words, class_="imp-version"))
    return made


def _has_left(person: Person, today: date) -> bool:
    revoked = person.revoked_from is not None and person.revoked_from.date() <= today
    return revoked or (person.term.end is not None and person.term.end < today)


def _people(people: Iterable[Person]) -> HtmlElement:
    return element("ul", *(_person(each) for each in people), class_="imp-people")


def _person(person: Person) -> HtmlElement:
    name = element("strong", person.name, class_="imp-person-name")
    about = element("dl", class_="imp-person")
    rows: tuple[tuple[str, HtmlElement | str], ...] = (
        ("Affiliation", person.affiliation),
        ("May act as", _words(person.roles)),
        ("Specialties", _words(person.specialties) or "none named"),
        ("Term", _term(person)),
        ("Interests declared", person.interests),
    )
    for term, value in rows:
        about.append(element("div", element("dt", term), element("dd", value)))
    if person.revoked_from is not None:
        # Not what took something down: nobody who is struck from the board puts that back.
        said = element("dd", "No approval by this person counts from ", day(person.revoked_from))
        append(said, [" on."])
        about.append(element("div", element("dt", "Revoked"), said, class_="imp-revoked"))
    line = element("p", name, f", {person.credentials}")
    return element("li", line, about)


def _term(person: Person) -> HtmlElement:
    term = element("span", "from ", day(person.term.start))
    if person.term.end is not None:
        append(term, [" to ", day(person.term.end)])
    return term


def _words(names: Iterable[str]) -> str:
    """Names of the board's files in words: ``Editor in chief, reviewer``."""
    said = ", ".join(each.replace("-", " ") for each in names)
    return topic_label(said)
