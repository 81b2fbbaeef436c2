"""Of what files tell, only that which nothing that is published says, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.gate.headers import texts_for_servers
from imprimatur.gate.scan.content import decoded, said, unpacked
from imprimatur.gate.scan.lists import Lists
from imprimatur.gate.scan.packaged import search_words, templates
from imprimatur.gate.scan.withheld import secrets_in, text_of
from imprimatur.gate.scan.words import APART, plain
from imprimatur.press import topic_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.gate.plan import Plan
    from imprimatur.gate.scan.sheet import Sheet
    from imprimatur.gate.scan.withheld import Secret, Secrets, Told

_MARKS: Final = re.compile(r"[\[\]()|*_`]")
_WORDS: Final = {
    "run": "eight words in a row",
    "phrase": "a title, a heading or a name",
    "alone": "a heading, a topic or a name",
    "slug": "the address",
}


def told_in_secret(
    plan: Plan, secrets: Secrets, sheets: Mapping[str, Sheet]
) -> Iterator[tuple[str, str, str]]:
    """Each file that tells what it must not: its path, the slug of the text, and what, in words."""
    told: Told = frozenset().union(*(sheet.told for sheet in sheets.values()))
    if told:
        told = _kept(plan, secrets, told)
    if not told:
        return
    owners = _owners(plan, told)
    for path, sheet in sheets.items():
        found = {(slug, kind) for each in sheet.told & told for slug, kind in owners[each]}
        yield from ((path, slug, _WORDS[kind]) for slug, kind in sorted(found))


def _kept(plan: Plan, secrets: Secrets, told: Told) -> Told:
    """What is told without what is public."""
    for text in _public(plan):
        told -= secrets.told(text)
        if not told:
            break
    return told


def _public(plan: Plan) -> Iterator[str]:
    for each in plan.printed:
        shown = (each.title, each.summary, *(topic_label(one) for one in each.entry.topics))
        yield APART.join((said("article.html", each.html.encode()), *shown))
        # A search may name title and summary as a manuscript's head does.
        yield " ".join(text_of(each.source))
    for path, data in plan.files.items():
        yield said(path, data)
        yield " ".join(text_of(data))
        # What becomes an element of its own stands between marks in the source.
        yield plain(_MARKS.sub("\n", decoded(data)))
    yield from (plain(each) for each in templates())
    yield from (said(path, unpacked(data)) for path, data in search_words())
    yield from (said("headers", each.encode()) for each in texts_for_servers())
    lists = Lists(plan)
    yield from (plain(_MARKS.sub("\n", each)) for each in lists.generated.values())
    yield from (said("list.html", each.encode()) for each in lists.every())


def _owners(plan: Plan, told: Told) -> dict[Secret, list[tuple[str, str]]]:
    """The withheld texts of which each thing is told, each with the kind of the thing."""
    found: dict[Secret, list[tuple[str, str]]] = {each: [] for each in told}
    for withheld in plan.withheld:
        for each in told.intersection(secrets_in(withheld)):
            found[each].append((withheld.slug, each[0]))
    return found
