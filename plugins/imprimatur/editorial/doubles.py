"""What only one person on the board can have, and stands there twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic_core import InitErrorDetails, ValidationError

from imprimatur.editorial.names import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprimatur.editorial.board import Contributor, Person

_SAID: Final = {
    "id": "{claim.value} stands twice, first with {first}; give one of the two another id",
    "name": (
        "it reads like the name of {first}; if they are one person, keep one entry; if they are "
        "two, print a middle name or initial with one of them"
    ),
    "orcid": "it is the ORCID of {first}, too; an ORCID belongs to one person",
    "git": "it is an address of {first}, too; leave it with the one whose commits it marks",
    "keys": "it is a key of {first}, too; a key stands once, with the one person who holds it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """One thing that an entry of the board claims for itself.

    where: path within the board. value: as written. same: by which two claims are compared.
    holder: path of the entry; name: of the entry, in words.
    """

    what: str
    where: tuple[str | int, ...]
    value: str
    same: str
    holder: tuple[str, int]
    name: str


def refuse_doubles(people: Sequence[Person], contributors: Sequence[Contributor]) -> None:
    """Raise one ValidationError for all that stands twice: ids, names, ORCIDs, addresses, keys.

    Members and contributors are compared with each other, too.
    """
    claims = [*_claims("people", people), *_claims("contributors", contributors)]
    errors = [
        InitErrorDetails(
            type="value_error",
            loc=claim.where,
            input=claim.value,
            ctx={"error": ValueError(_SAID[claim.what].format(claim=claim, first=first.name))},
        )
        for claim, first in _doubles(claims)
    ]
    if errors:
        raise ValidationError.from_exception_data("Board", errors)


def _doubles(claims: list[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    """Each claim to what was claimed before, with the claim that came first."""
    seen: dict[tuple[str, str], _Claim] = {}
    for claim in claims:
        first = seen.setdefault((claim.what, claim.same), claim)
        # One person may write an address in two ways; one key would have two times to count in.
        is_harmless = claim.what == "git" and first.holder == claim.holder
        if first is not claim and not is_harmless:
            yield claim, first


def _claims(group: str, entries: Sequence[Person | Contributor]) -> Iterator[_Claim]:
    for number, entry in enumerate(entries):
        name = f"{entry.name} (`{group}.{number}`, id `{entry.id}`)"
        for where, value, same in _facts(entry):
            yield _Claim(
                what=str(where[0]),
                where=(group, number, *where),
                value=value,
                same=same,
                holder=(group, number),
                name=name,
            )


def _facts(entry: Person | Contributor) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What may stand once on the board: where, as written, and by what it is compared."""
    yield ("id",), entry.id, entry.id
    yield ("name",), entry.name, skeleton(entry.name)
    for number, address in enumerate(entry.git):
        yield ("git", number), address, address.casefold()
    orcid = getattr(entry, "orcid", None)
    if orcid is not None:
        yield ("orcid",), orcid, orcid
    for number, key in enumerate(getattr(entry, "keys", ())):
        yield ("keys", number, "public"), key.public, key.bare
