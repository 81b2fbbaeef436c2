"""Cases for the law as a doctor would tell them: who did what, on which day."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from imprimatur.editorial import (
    PROPOSED,
    Act,
    ActName,
    Board,
    Change,
    Decision,
    Edit,
    FiledAct,
    Landing,
    Person,
    Policy,
    Record,
    Seal,
    Signature,
    Standing,
    standing,
)
from imprimatur.manuscript import Digest, Manifest, digest_of

SITE = "tests.example"
SLUG = "contrast"
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
NOW = START + timedelta(days=200)

POLICY = Policy.model_validate_json("""{
  "version": 1, "site": "tests.example",
  "audiences": [{"id": "clinician", "label": "Clinician", "disclaimer": "It informs."}],
  "classes": {"general": {"quorum": 2, "valid_months": 36, "grace_days": 90}},
  "acts": {
    "assign": ["editor", "editor-in-chief"],
    "review": ["editor", "editor-in-chief", "reviewer"],
    "overrule": ["editor-in-chief"], "waive": ["editor-in-chief"],
    "concern": ["editor", "reviewer"], "withdraw": ["editor", "editor-in-chief", "reviewer"],
    "retract": ["editor", "editor-in-chief"], "supersede": ["editor"],
    "reinstate": ["editor", "editor-in-chief"]
  },
  "pending": "block", "signatures": "required", "light_review": true, "style": "ama"
}""")


def key_of(who: str) -> str:
    """A real public key's form for somebody, another for everybody."""
    raw = hashlib.sha256(who.encode()).digest()
    blob = b"\0\0\0\x0bssh-ed25519" + b"\0\0\0\x20" + raw
    return f"ssh-ed25519 {base64.b64encode(blob).decode()}"


def person(identifier: str, *roles: str, **changes: object) -> Person:
    """A member of the board who serves from the start of the year."""
    plain: dict[str, object] = {
        "id": identifier,
        "name": identifier,
        "credentials": "MD",
        "affiliation": "Nowhere",
        "roles": roles or ("reviewer",),
        "specialties": (),
        "term": {"from": "2026-01-01"},
        "interests": "none",
        "git": (f"{identifier}@tests.example",),
        "keys": ({"public": key_of(identifier), "valid_from": "2026-01-01"},),
    }
    return Person.model_validate_json(json.dumps({**plain, **changes}, default=str))


CHIEF = person("demo-chief", "editor-in-chief")
EDITOR = person("demo-editor", "editor")
SECOND = person("demo-second", "editor")
ANA = person("demo-ana")
BEN = person("demo-ben")
CAI = person("demo-cai")
BOARD = Board(version=1, people=(CHIEF, EDITOR, SECOND, ANA, BEN, CAI))

ROLES = {each.id: str(each.roles[0]) for each in BOARD.people}


def text(words: str = "It helps.", **changes: object) -> Manifest:
    """A text of the article."""
    plain: dict[str, object] = {
        "slug": SLUG,
        "article_class": "general",
        "audiences": ("clinician",),
        "authors": frozenset({"An Author"}),
        "parts": {"body": digest_of(words)},
    }
    return Manifest(**{**plain, **changes})  # type: ignore[arg-type] - the table above is right


TEXT = text()
OTHER = text("It harms.")


@dataclass
class Story:
    """Acts in the order in which they reach the protected branch, a day apart.

    texts: all that any act was about. forgotten: of these, what history does not hold (None) or
    nobody looked for (...).
    """

    manifest: Manifest = TEXT
    board: Board = BOARD
    acts: list[FiledAct] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    texts: dict[Digest, Manifest] = field(default_factory=dict, repr=False)
    forgotten: dict[Digest, Any] = field(default_factory=dict, repr=False)
    day: int = 0

    def act(self, name: str, by: str = "demo-editor", **more: object) -> FiledAct:
        """Somebody does something the next day; it is returned, and stands in the record."""
        self.day += int(str(more.pop("after", 1)))
        self.texts[self.manifest.digest] = self.manifest
        at = START + timedelta(days=self.day)
        behind = (each.commit for each in self.changes if each.order <= self.day)
        holds = frozenset(behind) if name == "submit" else frozenset()
        landing = Landing(at=at, order=self.day, board=self.board, holds=holds)
        landing = replace(landing, **more.pop("landing", {}))  # type: ignore[arg-type]
        seal = more.pop("seal", None)
        if seal is None:
            signed = Seal(signature=Signature.VALID, key=key_of(by))
            seal = signed if name != "submit" else Seal(signature=Signature.ABSENT)
        filed = FiledAct(
            act=self._act(name, by, at, **more),
            path=f"{self.day:05}-{len(self.acts)}-{name}-{by}.yml",
            digest=digest_of([self.day, len(self.acts), name, by]),
            seal=seal,  # type: ignore[arg-type]
            landing=landing,
        )
        self.acts.append(filed)
        return filed

    def _act(self, name: str, by: str, at: datetime, **more: object) -> Act:
        digest = more.pop("manuscript", self.manifest.digest)
        fields: dict[str, object] = {
            "act": ActName(name),
            "site": SITE,
            "article": SLUG,
            "round": self.round(),
            "manuscript": digest,
            "by": by,
            "role": ROLES.get(by, "author"),
            "printed_name": by,
            "meaning": "I do this.",
            "signed_at": at,
        }
        if name == "review":
            decision = Decision(str(more.pop("decision", "approve")))
            fields |= {
                "decision": decision,
                "audiences": self.manifest.audiences,
                "conflict_of_interest": {"declared": True, "none": True},
                "previous": self.last("submit"),
            }
        if name not in {"submit", "assign"}:
            fields["reason"] = "Because."
        return Act.model_validate({**fields, **more}, strict=False)

    def round(self) -> int:
        """The number of the round that was begun last."""
        numbers = [filed.act.round for filed in self.acts if filed.act.act is ActName.SUBMIT]
        return max(numbers, default=1)

    def last(self, name: str) -> Digest | None:
        """Digest of the last act of a kind."""
        found = [filed.digest for filed in self.acts if filed.act.act == name]
        return found[-1] if found else None

    def submit(self, **more: object) -> FiledAct:
        """An author hands the text in, for the next round."""
        begun = any(filed.act.act is ActName.SUBMIT for filed in self.acts)
        more.setdefault("round", self.round() + begun)
        return self.act("submit", "an-author", **more)

    def approve(self, *people: str, **more: object) -> None:
        """People approve, one after the other."""
        for by in people:
            self.act("review", by, **more)

    def approved(self) -> Story:
        """The text is handed in and two reviewers approve it."""
        self.submit()
        self.act("assign", reviewers=("demo-ana", "demo-ben"))
        self.approve("demo-ana", "demo-ben")
        return self

    def edit(self, words: str = "It harms.") -> Manifest:
        """The text is changed, and all that follows is about the new one."""
        self.manifest = replace(self.manifest, parts={"body": digest_of(words)})
        return self.manifest

    @property
    def record(self) -> Record:
        """Everything so far."""
        known = self.texts | self.forgotten
        return Record(
            acts=tuple(self.acts),
            changes=tuple(self.changes),
            edits=tuple(self.edits),
            texts={text: found for text, found in known.items() if found is not ...},
        )

    def standing(
        self, now: datetime = NOW, board: Board | None = None, policy: Policy = POLICY
    ) -> Standing:
        """What the law says of it."""
        return standing(self.manifest, self.record, board or self.board, policy, now)


def without(*people: str, board: Board = BOARD) -> Board:
    """The board after some people have left it."""
    return board.model_copy(
        update={"people": tuple(each for each in board.people if each.id not in people)}
    )


def having(changed: Person, board: Board = BOARD) -> Board:
    """The board with another entry for one of its people."""
    people = tuple(changed if each.id == changed.id else each for each in board.people)
    return board.model_copy(update={"people": people})


def on(day: str | date) -> datetime:
    """Noon of a day."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def proposed(filed: FiledAct) -> FiledAct:
    """The same act on a proposal branch."""
    assert filed.landing is not None
    return replace(filed, landing=replace(filed.landing, order=PROPOSED, at=NOW))
