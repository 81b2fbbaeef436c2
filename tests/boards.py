"""A small site with a board of demonstration people, who hold real keys and sign real acts."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import yaml

from imprimatur.editorial import Act, ActName, Decision, Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.places import RECORDS
from imprimatur.editorial.records import act_name
from imprimatur.editorial.site_list import SITE_SLUG, site_digest, site_digests, site_list_text
from imprimatur.editorial.site_record import read_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Site
    from imprimatur.editorial import FiledAct, Standing
    from keys import Key

SITE: Final = "demonstration.example"
AUTHOR: Final = "nobody@demonstration.example"
"""Whoever commits in the tests, unless somebody is named; the board knows them as an author."""

CHECKLIST: Final = ("I read the text for every audience.", "I read every cited source.")

POLICY: Final = f"""\
version: 2
site: {SITE}
audiences:
  - {{id: clinician, label: Clinician, disclaimer: It informs; it does not decide.}}
  - {{id: patient, label: Patient, fallback: clinician, disclaimer: Ask your doctor.}}
classes:
  general:
    quorum: 2
    checklist: [{", ".join(CHECKLIST)}]
    valid_months: 36
    grace_days: 90
acts:
  assign: [editor-in-chief, editor]
  review: [editor-in-chief, editor, reviewer]
  overrule: [editor-in-chief]
  waive: [editor-in-chief]
  concern: [editor-in-chief, editor]
  withdraw: [editor-in-chief, editor, reviewer]
  retract: [editor-in-chief, editor]
  supersede: [editor-in-chief, editor]
  reinstate: [editor-in-chief, editor]
pending: block
signatures: required
light_review: true
style: ama
"""

_TAKE_DOWN: Final = {ActName.WITHDRAW, ActName.RETRACT, ActName.SUPERSEDE}
_OBJECT: Final = {Decision.REVISE, Decision.REJECT}


def address(identifier: str) -> str:
    """The commit address of a member."""
    return f"{identifier}@demonstration.example"


MADE: Final[list[BoardSite]] = []
"""The sites of the test that runs, each read by the independent verifier, too, when it is over."""


class BoardSite:
    """A site whose policy lets a board act, and the people who do.

    site: a committed one, of tests/conftest.py. keys: the fixture that gives each name its key.
    """

    def __init__(self, site: Site, keys: Callable[..., Key]) -> None:
        self.site, self.root, self.keys = site, site.root, keys
        self.people: dict[str, dict[str, Any]] = {}
        self.version = 1
        # A little before now, each act a second after the other: what a command writes comes last.
        self._time = datetime.now(tz=UTC).replace(microsecond=0) - timedelta(hours=1)
        MADE.append(self)
        self.policy(POLICY)

    def policy(self, text: str) -> None:
        """Put another policy into force; its version must be higher."""
        self.site.write("editorial/policy.yml", text)
        self.commit()

    def member(self, identifier: str, **fields: object) -> dict[str, Any]:
        """A member as the board's file holds them: a reviewer, unless the fields say otherwise."""
        key = {"public": self.keys(identifier).public, "valid_from": "2020-01-01"}
        plain: dict[str, Any] = {
            "id": identifier,
            "name": f"Demonstration {identifier.replace('-', ' ').title()}",
            "credentials": "MD",
            "affiliation": "Nowhere",
            "roles": ["reviewer"],
            "specialties": [],
            "term": {"from": "2020-01-01"},
            "interests": "none",
            "git": [address(identifier)],
            "keys": [key],
        }
        return plain | fields

    def appoint(self, *identifiers: str, **fields: object) -> None:
        """Put people onto the board, or change these fields of theirs, and commit it."""
        for each in identifiers:
            self.people[each] = self.people.get(each, self.member(each)) | fields
        self.write_board()
        self.commit()

    def write_board(self) -> None:
        """Write the next version of the board's file, without committing it."""
        self.version += 1
        author = {"id": "an-author", "name": "Some Contributor", "git": [AUTHOR]}
        plain = {
            "version": self.version,
            "people": list(self.people.values()),
            "contributors": [author],
        }
        self.site.write("editorial/board.yml", yaml.safe_dump(plain, sort_keys=False))

    def commit(self, author: str = "", date: datetime | None = None) -> str:
        """Commit everything, as a member or by an address, and name the commit."""
        email = author if "@" in author else address(author) if author else AUTHOR
        when = {} if date is None else {"GIT_COMMITTER_DATE": f"{date:%Y-%m-%dT%H:%M:%SZ}"}
        if date is not None:
            when["GIT_AUTHOR_DATE"] = when["GIT_COMMITTER_DATE"]
        person = ("-c", f"user.name={email.partition('@')[0]}", "-c", f"user.email={email}")
        self.git("add", "-A")
        self.git(*person, "commit", "-qm", "Demonstration", "--allow-empty", **when)
        return self.git("rev-parse", "HEAD").strip()

    def git(self, *arguments: str, **environment: str) -> str:
        """Run Git in it, and give what it prints."""
        command = ["git", "-c", "user.name=nobody", "-c", f"user.email={AUTHOR}", *arguments]
        done = subprocess.run(
            command,
            cwd=self.root,
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, **environment},
        )
        return done.stdout

    def act(self, name: str, by: str, slug: str = "contrast", **fields: object) -> Path:
        """Write one signed act by the library alone, and give its path; it is not committed.

        What is not given is what an honest command would write. Beside the fields of an act:
        key: the name whose key signs it, ``None`` for no signature.
        """
        key = fields.pop("key", by)
        act = self.draft(name, by, slug, **fields)
        plain = act.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        path = self.site.write(
            f"{RECORDS}/{act.article}/{act_name(act)}", yaml.safe_dump(plain, sort_keys=False)
        )
        if key is not None and act.act is not ActName.SUBMIT:
            armoured = self.keys(str(key)).sign(path.read_bytes())
            path.with_name(f"{path.name}.sig").write_bytes(armoured)
        return path

    def draft(self, name: str, by: str, slug: str = "contrast", **fields: object) -> Act:
        """The act that an honest command would write, without writing it."""
        self._time += timedelta(seconds=1)
        plain: dict[str, object] = {
            "act": name,
            "site": SITE,
            "article": slug,
            "by": by,
            "printed_name": self.people.get(by, self.member(by))["name"],
            "meaning": f"I {name} this.",
            "signed_at": self._time,
            **self._context(ActName(name), by, slug),
        }
        if name == "review":
            decision = Decision(str(fields.get("decision", Decision.APPROVE)))
            plain |= {"decision": decision, "checklist": CHECKLIST}
            plain["conflict_of_interest"] = {"declared": True, "none": True}
            plain["reason"] = None if decision is Decision.APPROVE else "Because."
        elif name not in {"submit", "assign"}:
            plain["reason"] = "Because."
        return Act.model_validate(plain | fields, strict=False)

    def submit(self, slug: str = "contrast", by: str = "an-author") -> Path:
        """Hand the present text in."""
        return self.act("submit", by, slug)

    def approve(self, *reviewers: str, slug: str = "contrast") -> None:
        """Let people approve the present text, and commit that."""
        for each in reviewers:
            self.act("review", each, slug)
        self.commit()

    def approved(self, *reviewers: str, slug: str = "contrast") -> None:
        """Hand the present text in and let people approve it, all committed in order."""
        self.submit(slug)
        self.commit()
        self.approve(*reviewers, slug=slug)

    def list_site(self) -> tuple[int, str]:
        """List the site's own files as they are, and give the list's version and digest."""
        listed = read_site(self.repository(), datetime.now(tz=UTC)).listed.value
        version = listed.version + 1 if listed else 1
        text = site_list_text(version, site_digests(self.repository().files))
        self.site.write("editorial/site.yml", text)
        return version, site_digest(text.encode())

    def sign_site(self, by: str, **fields: object) -> Path:
        """Let an editor approve the site's own files as they are; it is not committed."""
        version, digest = self.list_site()
        return self.act_on_site(by, round=version, manuscript=digest, **fields)

    def act_on_site(self, by: str, **fields: object) -> Path:
        """Write one signed review of the site's own files, as ``act`` does of an article."""
        own = {"conflict_of_interest": None, "checklist": (), "audiences": (), "previous": None}
        return self.act("review", by, SITE_SLUG, **own | {"role": "editor"} | fields)

    def edit(self, old: str, new: str, slug: str = "contrast") -> None:
        """Change words of a text, without committing it."""
        path = self.root / f"docs/articles/{slug}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def repository(self) -> Repository:
        """The site as it is now, nothing remembered."""
        return Repository(self.root, cache=NO_CACHE)

    def acts(self, slug: str = "contrast") -> tuple[FiledAct, ...]:
        """The acts of an article, the oldest first."""
        found = self.repository().records(slug).value or ()
        return tuple(sorted(found, key=self._written))

    def _written(self, filed: FiledAct) -> tuple[datetime, int]:
        """When an act was signed, and of those of one second, when its file was written."""
        path = self.root / filed.path
        return filed.act.signed_at, path.stat().st_mtime_ns if path.exists() else 0

    def standing(self, slug: str = "contrast", now: datetime | None = None) -> Standing:
        """How an article stands; a moment after the last commit, unless another time is given."""
        later = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
        return self.repository().standing(slug, now or later)

    def _context(self, name: ActName, by: str, slug: str) -> dict[str, object]:
        if slug == SITE_SLUG:
            return {}
        repository = self.repository()
        manifest, acts = repository.manifest(slug), self.acts(slug)
        assert manifest is not None
        submits = [each for each in acts if each.act.act is ActName.SUBMIT]
        number = submits[-1].act.round if submits else 0
        if name is ActName.SUBMIT:
            return {"role": "author", "round": number + 1, "manuscript": manifest.digest}
        policy = repository.policy.value
        allowed = policy.acts.get(name, ()) if policy else ()
        roles = self.people.get(by, self.member(by))["roles"]
        previous = list(self._answered(name, acts, number))
        return {
            "role": next((role for role in roles if role in allowed), roles[0]),
            "round": number or 1,
            "manuscript": submits[-1].act.manuscript if submits else manifest.digest,
            "audiences": manifest.audiences if name is ActName.REVIEW else (),
            "previous": previous[-1].digest if previous else None,
        }

    def _answered(
        self, name: ActName, acts: tuple[FiledAct, ...], number: int
    ) -> Iterator[FiledAct]:
        """What an act of this kind may answer, the best last."""
        for filed in acts:
            act = filed.act
            opens = act.act in {ActName.SUBMIT, ActName.ASSIGN} and act.round == number
            interests = act.conflict_of_interest
            if (
                (name is ActName.REVIEW and opens)
                or (name is ActName.OVERRULE and act.decision in _OBJECT)
                or (name is ActName.WAIVE and interests is not None and not interests.none)
                or (name is ActName.REINSTATE and act.act in _TAKE_DOWN)
            ):
                yield filed


def submitted_site(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with a board and a text that was submitted."""
    made = BoardSite(site, keys)
    made.appoint("chief", roles=["editor-in-chief"])
    made.appoint("ana", "ben")
    made.submit()
    made.commit()
    return made
