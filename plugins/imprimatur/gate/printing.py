"""Every article printed once, or remembered as it was printed from the same copy."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from imprimatur.gate.image_rules import ABOVE, images_of
from imprimatur.gate.judged import MANY, parts_of
from imprimatur.gate.rules import judge
from imprimatur.manuscript.citation import cited_keys
from imprimatur.press import Heading, print_copy
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprimatur.editorial.cache import Cache
    from imprimatur.errors import Finding
    from imprimatur.press import Copy

_KIND: Final = "printed"
# To copy each as a dictionary would take longer than all the rest of remembering it.
_FIELDS: Final = attrgetter("level", "id", "text", "own", "audiences")


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """What the press made of one copy, and what the rules about an article found in it.

    images: the address of each image, as seen from the manuscript.
    """

    html: str
    headings: tuple[Heading, ...]
    images: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def print_all(copies: Sequence[Copy], works: Sequence[bytes], cache: Cache) -> tuple[Print, ...]:
    """Print every copy, or remember it if nothing was found in it.

    works: the bytes of the bibliography that each is printed with.
    """
    digests = {data: hashlib.sha256(data).digest() for data in set(works)}
    parts = [parts_of(copy, digests[data]) for copy, data in zip(copies, works, strict=True)]
    stored = cache.get_many(_KIND, parts)
    new = [number for number, part in enumerate(parts) if part not in stored]
    if len(new) >= MANY:
        _format_ahead([copies[each] for each in new])
    fresh = dict(zip(new, spread(_print, [copies[each] for each in new], MANY), strict=True))
    clean = {parts[each]: told for each, (_, told) in fresh.items() if told}
    cache.put_many(_KIND, clean)
    return tuple(
        fresh[number][0] if number in fresh else _remembered(stored[part])
        for number, part in enumerate(parts)
    )


def _format_ahead(copies: Iterable[Copy]) -> None:
    """Format what is cited before the processes part: each would format nearly every work."""
    bodies: dict[int, list[str]] = defaultdict(list)
    works = {}
    for copy in copies:
        works[id(copy.bibliography)] = copy.bibliography
        bodies[id(copy.bibliography)].append(copy.manuscript.body)
    for number, bibliography in works.items():
        keys = (cited_keys(body, bibliography.index) for body in bodies[number])
        bibliography.format_ahead(chain.from_iterable(keys))


def _print(copy: Copy) -> tuple[Print, str]:
    """Print a copy and judge it, and say how it is remembered: not at all if anything was found.

    Of a notice there is no text that could break a rule.
    """
    proof = print_copy(copy)
    found = images_of(proof.html)
    made = Print(
        html=proof.html,
        headings=proof.headings,
        images=tuple(each.removeprefix(ABOVE) for each in found),
        findings=() if copy.standing.is_notice else judge(copy, proof),
    )
    return made, "" if made.findings else _told(made)


def _told(made: Print) -> str:
    headings = [_FIELDS(each) for each in made.headings]
    return json.dumps([made.html, headings, made.images])


def _remembered(stored: str) -> Print:
    html, headings, images = json.loads(stored)
    return Print(
        html=html,
        headings=tuple(
            Heading(level=level, id=name, text=text, own=own, audiences=tuple(audiences))
            for level, name, text, own, audiences in headings
        ),
        images=tuple(images),
    )
