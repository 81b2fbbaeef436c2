"""What an appointment, a lost key or the end of a term changes in the board's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imprimatur.desk.proof import public_key
from imprimatur.desk.yaml_edit import Change
from imprimatur.editorial.ssh_key import canonical, fingerprint
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from imprimatur.desk.yaml_text import Plain
    from imprimatur.editorial import Board, Person
    from imprimatur.editorial.board import Key


def appointed(
    identifier: str, told: Mapping[str, tuple[str, ...]], public: str, start: date, end: date | None
) -> list[Change]:
    """One more person.

    told: answers by option. start, end: of the term.
    """
    key = _key(public, start)
    person: dict[str, Plain] = {
        "id": identifier,
        **{name: told[name][0] for name in ("name", "credentials", "affiliation")},
        "roles": list(told["role"]),
        "specialties": list(told["specialty"]),
        "term": {"from": start.isoformat(), **({"to": end.isoformat()} if end else {})},
        "interests": told["interests"][0],
        **({"orcid": told["orcid"][0]} if told["orcid"] else {}),
        "git": list(told["git"]),
        "keys": [key],
    }
    return [Change(where=("people",), value=person, adds=True)]


def contributing(identifier: str, told: Mapping[str, tuple[str, ...]]) -> list[Change]:
    """One more author or helper, who gets no rights."""
    person = {"id": identifier, "name": told["name"][0], "git": list(told["git"])}
    return [Change(where=("contributors",), value=person, adds=True)]


def key_ended(
    board: Board, person: Person, old: str, today: date, since: datetime | None
) -> list[Change]:
    """The end of one key, as ``held_key`` names it.

    since: from when on it may have been in other hands, if it may.
    """
    key = held_key(person, old)
    where = (*_place(board, person), "keys", person.keys.index(key))
    changes = []
    if key.valid_to is None or key.valid_to > today:
        # A key that was not valid yet is valid on one day; the model knows no shorter time.
        end = max(today, key.valid_from)
        changes.append(Change(where=(*where, "valid_to"), value=end.isoformat()))
    if since is not None:
        _demand_earlier(since, key.revoked_from, "this key")
        changes.append(Change(where=(*where, "revoked_from"), value=_instant(since)))
    return changes


def key_added(board: Board, person: Person, public: str, today: date) -> list[Change]:
    """One more key of somebody who is on the board."""
    where = (*_place(board, person), "keys")
    return [Change(where=where, value=_key(public, today), adds=True)]


def term_ended(board: Board, person: Person, end: date) -> list[Change]:
    """The last day of somebody's term."""
    return [Change(where=(*_place(board, person), "term", "to"), value=end.isoformat())]


def revoked(board: Board, person: Person, since: datetime) -> list[Change]:
    """That nothing counts which somebody did from an instant on."""
    _demand_earlier(since, person.revoked_from, f"`{person.id}`")
    return [Change(where=(*_place(board, person), "revoked_from"), value=_instant(since))]


def held_key(person: Person, old: str) -> Key:
    """The key of a person by its fingerprint, its .pub file or its line.

    Raises CannotExamineError, with the keys there are, where they have no such key.
    """
    wanted = old.strip()
    if Path(wanted).expanduser().is_file():
        wanted = public_key(Path(wanted).expanduser())
    if wanted.startswith(("ssh-", "sk-", "ecdsa-")):
        try:
            wanted = fingerprint(canonical(wanted))
        except ValueError as error:
            raise CannotExamineError(f"{old!r}: {error}") from None
    for key in person.keys:
        if fingerprint(key.public) == wanted:
            return key
    known = ", ".join(fingerprint(each.public) for each in person.keys) or "none"
    raise CannotExamineError(
        f"`{person.id}` has no key {old!r} on the board; name it by its .pub file or by its "
        f"fingerprint; there are: {known}"
    )


def _key(public: str, start: date) -> dict[str, Plain]:
    # Without the comment behind it, which often names somebody's computer.
    return {"public": canonical(public), "valid_from": start.isoformat()}


def _place(board: Board, person: Person) -> tuple[str | int, ...]:
    return ("people", board.people.index(person))


def _demand_earlier(since: datetime, before: datetime | None, what: str) -> None:
    """What was void stays so."""
    if before is not None and before < since:
        raise CannotExamineError(
            f"{what} is revoked from {_instant(before)} on already, and a later instant would make "
            "acts count again that are void now; nothing was written"
        )


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
