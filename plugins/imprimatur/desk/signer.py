"""Who signs an act: which member of the board, in which role, with which key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from imprimatur.editorial.git import git
from imprimatur.editorial.places import BOARD
from imprimatur.editorial.signing import find_key
from imprimatur.editorial.ssh_key import fingerprint
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from imprimatur.editorial import ActName, Board, Person, Policy, Repository
    from imprimatur.editorial.board import Key


class Law(Protocol):
    """Under which somebody acts, and when."""

    @property
    def board(self) -> Board:
        """The people."""
        ...

    @property
    def policy(self) -> Policy:
        """The rules."""
        ...

    @property
    def now(self) -> datetime:
        """The instant."""
        ...


class Occasion(Protocol):
    """What somebody acts on: an article, or the site's own files."""

    @property
    def repository(self) -> Repository:
        """Where it lies."""
        ...

    @property
    def case(self) -> Law:
        """The law."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A member who may do the act.

    key: as ``signing.sign`` takes it. public: a key of theirs that is valid today, not always the
        one that signs.
    """

    person: Person
    role: str
    key: Path | str
    public: str


def own_identity(occasion: Occasion) -> str:
    """The member whose commit address Git is set to here; empty if none is."""
    arguments = ("config", "--default", "", "--get", "user.email")
    address = git(occasion.repository.root, *arguments).strip().casefold()
    for person in occasion.case.board.people:
        if address and address in {each.casefold() for each in person.git}:
            return person.id
    return ""


def demand_board(occasion: Occasion) -> None:
    """Refuse where nobody could sign. Raises CannotExamineError."""
    if not occasion.case.board.people:
        raise CannotExamineError(
            "nobody is on the board of the protected branch, so nobody can sign; "
            "appoint somebody first: imprimatur appoint ID"
        )


def find_signer(
    occasion: Occasion, name: ActName, identifier: str, role: str | None, key: Path | None
) -> Signer:
    """The member, if they may do this act today. Raises CannotExamineError.

    role: the one to act in; else the first of theirs that may. key: a file; else looked for.
    """
    case = occasion.case
    person = _member(occasion, identifier)
    _demand_service(person, case.now)
    acting = _role(person, name, case.policy, role)
    keys = [each for each in person.keys if _counts(each, case.now)]
    if not keys:
        raise CannotExamineError(
            f"the board knows no key of `{identifier}` that is valid today; {_renewal(person)}"
        )
    publics = (each.public for each in keys)
    if key is not None and not key.exists():
        raise CannotExamineError(f"there is no key file {key}; name the file of the private key")
    root = occasion.repository.root
    found = find_key(publics, root=root, option="--key FILE") if key is None else key
    return Signer(person=person, role=acting, key=found, public=keys[0].bare)


def demand_own_key(person: Person, used: str, board: Board, now: datetime) -> None:
    """Refuse a signature with a key that is not a valid one of theirs. Raises CannotExamineError.

    used: the public key, without comment.
    """
    key = person.key(used)
    holder = next((each for each in board.people if each.key(used)), None)
    if key is None and holder is not None:
        raise CannotExamineError(
            f"this key is one of `{holder.id}`, not of `{person.id}`; sign with one of "
            f"`{person.id}`, or as the person who holds it: --by {holder.id}"
        )
    if key is None:
        raise CannotExamineError(
            f"this key is not one of `{person.id}` on the board; sign with one of theirs, or "
            f"{_renewal(person)}"
        )
    if not _counts(key, now):
        raise CannotExamineError(
            f"this key of `{person.id}` is not valid today; sign with another of theirs, or "
            f"{_renewal(person)}"
        )


def may(person: Person, name: ActName, policy: Policy) -> tuple[str, ...]:
    """The roles of a member in which the policy lets them do an act."""
    allowed = policy.acts.get(name, ())
    return tuple(str(role) for role in person.roles if role in allowed)


def listed(words: Iterable[str]) -> str:
    """Words for a message: ``a, b`` or ``nobody``."""
    return ", ".join(words) or "nobody"


def _member(occasion: Occasion, identifier: str) -> Person:
    board: Board = occasion.case.board
    person = board.person(identifier)
    if person is not None:
        return person
    proposed = occasion.repository.board.value
    if proposed is not None and proposed.person(identifier) is not None:
        raise CannotExamineError(
            f"`{identifier}` is on the board here, and not on that of the protected branch yet; "
            "merge the change of the board first, by itself"
        )
    there = listed(each.id for each in board.people)
    raise CannotExamineError(f"`{identifier}` is not on the board; there are: {there}")


def _demand_service(person: Person, now: datetime) -> None:
    if person.revoked_from is not None and now >= person.revoked_from:
        raise CannotExamineError(
            f"`{person.id}` was revoked from {person.revoked_from:%Y-%m-%d %H:%M}Z on; "
            "somebody else must do this"
        )
    if not person.serves(now.date()):
        end = f" to {person.term.end}" if person.term.end else ""
        raise CannotExamineError(
            f"`{person.id}` does not serve today: the term is from {person.term.start}{end}; "
            "somebody else must do this, or the board must renew the term first"
        )


def _role(person: Person, name: ActName, policy: Policy, wanted: str | None) -> str:
    roles = may(person, name, policy)
    if wanted is not None and wanted in roles:
        return wanted
    if wanted is None and roles:
        return roles[0]
    allowed = listed(policy.acts.get(name, ()))
    held = listed(person.roles)
    raise CannotExamineError(
        f"`{person.id}` may not {name} as {wanted or held}: the policy lets {allowed} do it, and "
        f"they are {held}"
    )


def _renewal(person: Person) -> str:
    """How a new key of a member comes onto the board."""
    if not person.keys:
        return (
            f"write one into {BOARD} by hand, under `keys` of `{person.id}`, raise `version` there "
            "by one, and have it merged"
        )
    known = [fingerprint(each.public) for each in person.keys]
    others = f"; OLD is one of {', '.join(known)}" if known[1:] else ""
    return (
        "put a new one in place of the old one, and have that merged first: imprimatur appoint "
        f"{person.id} --replace-key {'OLD' if others else known[0]} --key NEW.pub{others}"
    )


def _counts(key: Key, now: datetime) -> bool:
    is_revoked = key.revoked_from is not None and now >= key.revoked_from
    return key.signs(now.date()) and not is_revoked
