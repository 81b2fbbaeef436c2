"""What can be wrong with one entry, apart from what its own fields say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from imprimatur.bibliography.kinds import EvidenceKind
from imprimatur.bibliography.names import doubtful_names
from imprimatur.bibliography.rules import (
    COMPLETE,
    FIELD_SINGLE,
    KIND_KNOWN,
    READABLE,
    TYPE_KNOWN,
)
from imprimatur.bibliography.work import FORMS, Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.bibliography.rich import Rich
    from imprimatur.bibliography.source import Source
    from imprimatur.errors import RuleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A finding about an entry, before it is known where the entry stands."""

    rule: RuleName
    message: str
    cure: str


def check_source(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with an entry as written: its type, repeated fields, unknown strings."""
    kind = source.chunk.kind
    if kind not in FORMS:
        near = get_close_matches(kind, FORMS, n=1)
        yield Problem(
            rule=TYPE_KNOWN,
            message=f"expected a known entry type, found @{kind[:40]}",
            cure=f"write @{near[0] if near else 'misc'}, or another of: {', '.join(FORMS)}",
        )
    for name in source.repeated:
        yield Problem(
            rule=FIELD_SINGLE,
            message=f"expected each field once, found {name[:40]!r} more than once",
            cure="delete all but the right one",
        )
    for name in source.undefined:
        yield Problem(
            rule=READABLE,
            message=f"expected a defined @string, found {name[:40]!r}, which is not",
            cure=f"define it with @string{{{name[:40]} = {{...}}}}, or put the value in braces",
        )


def check_complete(form: Form, texts: Mapping[str, Rich]) -> Iterator[Problem]:
    """Yield the fields that a reference of this form can not do without."""
    for name in ("title", "journal") if form is Form.ARTICLE else ("title",):
        if name not in texts:
            yield Problem(
                rule=COMPLETE,
                message=f"expected a {name}, found none",
                cure=f"add a {name} field to the entry",
            )


def check_names(field: str, given: str) -> Iterator[Problem]:
    """Yield the names in a field that read differently from what was probably meant."""
    for name in doubtful_names(given):
        yield Problem(
            rule=READABLE,
            message=f"expected names joined by 'and' in {field!r}, found {name[:60]!r}",
            cure="write each as Surname, Given; put a group's name in double braces",
        )


def read_kind(given: str) -> EvidenceKind | None:
    """Return the evidence kind of that name, or None."""
    return EvidenceKind(given) if given in set(EvidenceKind) else None


def check_kind(given: str) -> Iterator[Problem]:
    """Yield a problem unless this names a kind of evidence; offer the nearest that does."""
    if read_kind(given) is None:
        found = repr(given[:40]) if given else "none"
        near = get_close_matches(given.lower(), list(EvidenceKind), n=1)
        yield Problem(
            rule=KIND_KNOWN,
            message=f"expected a known evidence_kind, found {found}",
            cure=f"write {near[0]}" if near else f"write one of: {', '.join(EvidenceKind)}",
        )
