"""Makes the changes of the board's file that ``imprimatur appoint`` writes, each with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imprimatur.desk import appointment
from imprimatur.desk.asking import Question
from imprimatur.desk.proof import demand_own, demand_proof, public_key
from imprimatur.editorial import Role
from imprimatur.editorial.places import BOARD
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.desk.board_file import BoardFile
    from imprimatur.desk.wish import Wish
    from imprimatur.desk.yaml_edit import Change
    from imprimatur.editorial import Person

_NAME: Final = Question(option="--name", words="Name as readers will see it")
_GIT: Final = Question(option="--git", words="E-mail address in their commits", many=True)
_KEY: Final = Question(option="--key", words="Their public key, such as ~/.ssh/id_ed25519.pub")
_PERSON: Final = (
    _NAME,
    Question(option="--credentials", words="Credentials, such as MD"),
    Question(option="--affiliation", words="Where they work"),
    Question(option="--role", words=f"Role, of {', '.join(Role)}", many=True),
    Question(option="--specialty", words="Specialties, or nothing", many=True, optional=True),
    Question(option="--interests", words="Competing interests, or none"),
    Question(option="--orcid", words="ORCID, or nothing", optional=True),
    _GIT,
    _KEY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A board's file that may be written.

    version: of the board. told: what is new, for a person. summary: the same for a commit.
    """

    data: bytes
    version: int
    told: str
    summary: str


def appoint_person(file: BoardFile, wish: Wish, site: str) -> Done:
    """A new member, who has proven that the key is theirs. Raises CannotExamineError."""
    if file.board.person(wish.identifier) is not None:
        raise CannotExamineError(
            f"`{wish.identifier}` is on the board already; to change a name, role, specialty, "
            f"address or anything else of theirs, edit {BOARD} by hand, raise `version` there by "
            "one, and commit it by itself; for a key or the end of a term there are --replace-key, "
            "--end-key, --end-term and --revoke-from; give somebody else another id"
        )
    today = wish.now.date()
    start, end = wish.day("from") or today, wish.day("to")
    # A key that cannot be read is told before anything is asked.
    if given := wish.one("key"):
        public_key(Path(given).expanduser())
    told = wish.told(_PERSON)
    key = Path(told["key"][0]).expanduser()
    changes = appointment.appointed(wish.identifier, told, public_key(key), start, end)
    roles = ", ".join(told["role"])
    made = f"{told['name'][0]} (`{wish.identifier}`) as {roles} from {start} on."
    done = _done(file, changes, made, f"appoint {wish.identifier}")
    _demand_held(wish, site, key)
    return done


def new_contributor(file: BoardFile, wish: Wish) -> Done:
    """Somebody who writes and gets no rights. Raises CannotExamineError."""
    told = wish.told((_NAME, _GIT))
    changes = appointment.contributing(wish.identifier, told)
    made = f"{told['name'][0]} (`{wish.identifier}`) as an author, without rights on the board."
    return _done(file, changes, made, f"name the author {wish.identifier}")


def change_person(file: BoardFile, wish: Wish, site: str, mode: str) -> Done:
    """A member whose key or term ends, or whose acts are void. Raises CannotExamineError."""
    person = file.board.person(wish.identifier)
    if person is None:
        known = ", ".join(each.id for each in file.board.people) or "nobody"
        raise CannotExamineError(f"`{wish.identifier}` is not on the board; there are: {known}")
    if mode in {"replace_key", "end_key"}:
        return _key_changed(file, wish, site, person)
    if mode == "end_term":
        end = wish.day("end_term")
        changes = appointment.term_ended(file.board, person, end) if end else []
        made = f"the term of `{person.id}` ends with {end}. What was signed until then stays."
        return _done(file, changes, made, f"end the term of {person.id}")
    since = wish.instant("revoke_from")
    changes = appointment.revoked(file.board, person, since) if since else []
    made = (
        f"no approval counts that `{person.id}` signed from {wish.one('revoke_from')} on; what "
        "they took down stays down."
    )
    return _done(file, changes, made, f"revoke {person.id}")


def _key_changed(file: BoardFile, wish: Wish, site: str, person: Person) -> Done:
    replaced = wish.one("replace_key")
    old = replaced or wish.one("end_key") or ""
    since, today = wish.instant("revoked_from"), wish.now.date()
    changes = appointment.key_ended(file.board, person, old, today, since)
    void = (
        f" No approval signed with it from {wish.one('revoked_from')} on counts."
        if since
        else " What it signs until the day is over counts; if somebody else may have it, say "
        "--revoked-from, too."
    )
    if not replaced:
        made = f"a key of `{person.id}` ends today.{void}"
        return _done(file, changes, made, f"end a key of {person.id}")
    key = Path(wish.told((_KEY,))["key"][0]).expanduser()
    changes += appointment.key_added(file.board, person, public_key(key), today)
    made = f"the old key of `{person.id}` ends today, and the new one begins.{void}"
    done = _done(file, changes, made, f"replace a key of {person.id}")
    _demand_held(wish, site, key)
    return done


def _done(file: BoardFile, changes: Sequence[Change], told: str, summary: str) -> Done:
    data, board = file.changed(changes)
    return Done(data=data, version=board.version, told=told, summary=summary)


def _demand_held(wish: Wish, site: str, key: Path) -> None:
    proof = wish.one("proof")
    if proof is None:
        demand_own(site, wish.identifier, key)
        return
    try:
        text = Path(proof).expanduser().read_bytes()[:65536].decode()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no plain text"
        raise CannotExamineError(f"the proof {proof} cannot be read: {why}") from None
    demand_proof(text, site, wish.identifier, public_key(key))
