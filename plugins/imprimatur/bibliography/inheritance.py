"""What an entry takes from the parent its ``crossref`` names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OWN = frozenset(
    [
        "abstract",
        "crossref",
        "doi",
        "evidence_kind",
        "file",
        "isbn",
        "keywords",
        "note",
        "pages",
        "pmcid",
        "pmid",
        "retracted",
        "subtitle",
        "superseded_by",
        "title",
        "url",
        "urldate",
        "verification_note",
        "verified",
    ]
)
_LONGEST_CHAIN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """The fields of an entry with its parents' put in.

    fault: why a parent could not be had, as ``its parent 'x' …``; empty when all is well.
    """

    fields: Mapping[str, str]
    fault: str = ""


def inherit(
    key: str, fields: Mapping[str, str], parent_of: Callable[[str], Mapping[str, str] | None]
) -> Inherited:
    """Return the fields of an entry, completed from its chain of parents; never raises.

    parent_of: gives the fields of an entry by key, or None. A parent's title becomes the
    child's ``booktitle``; what names or qualifies the parent alone is not taken over.
    """
    complete = dict(fields)
    seen = [key]
    name = fields.get("crossref", "").strip()
    while name:
        if name in seen:
            return Inherited(
                fields=complete, fault=f"its parents form a ring: {_chain(seen, name)}"
            )
        parent = parent_of(name)
        if parent is None:
            return Inherited(fields=complete, fault=f"its parent {name[:40]!r} can not be had")
        if len(seen) > _LONGEST_CHAIN:
            return Inherited(fields=complete, fault=f"it has more than {_LONGEST_CHAIN} parents")
        for field, value in parent.items():
            if field not in _OWN:
                complete.setdefault(field, value)
        if "title" in parent:
            complete.setdefault("booktitle", parent["title"])
        seen.append(name)
        name = parent.get("crossref", "").strip()
    return Inherited(fields=complete)


def _chain(seen: list[str], name: str) -> str:
    return " -> ".join([*seen, name])[:200]
