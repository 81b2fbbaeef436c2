"""What Git knows of each article, put together for the law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from imprimatur.editorial.act import Signature
from imprimatur.editorial.ancestry import Ancestry
from imprimatur.editorial.authorship import Authorship
from imprimatur.editorial.editions import Editions
from imprimatur.editorial.landing import PROPOSED, Edit, Landing, Record
from imprimatur.editorial.past import Past
from imprimatur.editorial.records import read_act
from imprimatur.editorial.signature import verify
from imprimatur.editorial.state import State
from imprimatur.editorial.vocabulary import TAKE_DOWN, ActName
from imprimatur.editorial.word import is_approval, is_objection
from imprimatur.manuscript import changed_parts, text_of, weigh, word_diff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from imprimatur.bibliography import Bibliography
    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.cache import Cache
    from imprimatur.editorial.landing import Change
    from imprimatur.editorial.ledger import Ledger
    from imprimatur.editorial.past import PastText
    from imprimatur.editorial.state import Standing
    from imprimatur.editorial.trunk import Trunk
    from imprimatur.manuscript import Digest, Manifest, Manuscript, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An article as it stands in the tree, with the works it cites."""

    manuscript: Manuscript
    bibliography: Bibliography
    manifest: Manifest

    @property
    def text(self) -> Text:
        """What can be compared with an earlier text."""
        return text_of(self.manuscript, self.bibliography, self.manifest)


class Dossiers:
    """The record of every article, as the protected branch received it."""

    def __init__(self, root: Path, trunk: Trunk, ledger: Ledger, works: str, cache: Cache) -> None:
        self._trunk, self._ledger = trunk, ledger
        self._authorship = Authorship(root, trunk, works, cache)
        self._past = Past(trunk, works)
        self._ancestry = Ancestry(trunk, cache)
        self.editions = Editions(trunk)

    @property
    def is_history_remembered(self) -> bool:
        """Whether most of it need not be read from Git."""
        return self._authorship.is_remembered

    def read_history(self) -> None:
        """Read, and remember, who changed what and what lies behind what: it takes a while."""
        self._authorship.read()
        self._ancestry.read()

    def read_ahead(self, asked: Iterable[tuple[str, FiledAct]]) -> None:
        """Read at once the manuscripts that approvals were about. asked: path and act of each."""
        places = {
            (path, filed.act.manuscript): self._trunk.commits[order]
            for path, filed in asked
            if is_approval(filed)
            for order in (self._ledger.order(filed.path),)
            if order is not None
        }
        self._past.read_ahead((commit, path) for (path, _), commit in places.items())

    def record(self, acts: Iterable[FiledAct], subject: Subject, now: datetime) -> Record:
        """The record of one article. acts: all of them, as they lie there."""
        landed = tuple(replace(each, landing=self.landing(each, now)) for each in acts)
        record = Record(acts=landed, changes=self._changes(subject))
        past = dict(self._approved_texts(record, subject))
        record = replace(
            record,
            texts={digest: each.manifest if each else None for digest, each in past.items()},
            made={digest: self._changes(each) for digest, each in past.items() if each},
        )
        record = replace(record, stood=dict(self._stood(record, subject)))
        record = replace(record, acts=tuple(self._with_holds(record)))
        return replace(record, edits=tuple(self._edits(record, subject)))

    def _changes(self, text: Subject | PastText) -> tuple[Change, ...]:
        """The commits that changed what an approval of a text covers."""
        keys = tuple(text.manifest.references)
        return self._authorship.changes(
            [text.manuscript.path, *text.manifest.images],
            # Whoever changes a parent changes what is printed of the work that is cited.
            text.bibliography.with_parents(keys),
            lambda commit, people: self._wrote(commit, people, keys),
        )

    def _with_holds(self, record: Record) -> Iterator[FiledAct]:
        """The acts, each submission with the commits that had changed a text when it was made."""
        commits = _commits(record)
        for filed in record.acts:
            if filed.act.act is ActName.SUBMIT and filed.landing:
                holds = self._ancestry.behind(filed.path, commits)
                yield replace(filed, landing=replace(filed.landing, holds=holds))
            else:
                yield filed

    @property
    def lost(self) -> tuple[str, ...]:
        """Signed acts that take down or object, and got lost on their way to the branch."""
        return tuple(
            sorted(
                path
                for path, commit in self._ancestry.astray(self._ledger.first)
                if self._takes_down(path, commit)
            )
        )

    def _takes_down(self, path: str, commit: str) -> bool:
        data, armour = (self._trunk.file(commit, each) for each in (path, f"{path}.sig"))
        filed = read_act(data or b"", path, signed=True).value
        if filed is None or data is None or armour is None:
            return False
        speaks_against = filed.act.act in TAKE_DOWN or is_objection(filed)
        return speaks_against and verify(data, armour).signature is Signature.VALID

    def _wrote(self, commit: str, people: Iterable[str], keys: Iterable[str]) -> bool:
        """Whether a commit of the bibliography changed what a reader sees of one of these works.

        Looked at closely only where that would bar a member from the review: it takes time.
        """
        return not self._members.intersection(people) or self._past.changed(commit, keys)

    @cached_property
    def _members(self) -> frozenset[str]:
        """Every commit address that a member of the board has or had."""
        return frozenset(address for own in self._own.values() for address in own)

    @cached_property
    def _own(self) -> Mapping[str, set[str]]:
        """The same by the member."""
        found: dict[str, set[str]] = {}
        for board in self.editions.boards:
            for person in board.people:
                found.setdefault(person.id, set()).update(map(str.casefold, person.git))
        return found

    def landing(self, filed: FiledAct, now: datetime) -> Landing:
        """How an act came to the protected branch, or that it is only proposed."""
        order = self._ledger.order(filed.path)
        is_told_by_hands = (
            filed.signature is Signature.ABSENT and filed.act.act is not ActName.SUBMIT
        )
        landing = Landing(
            at=now if order is None else self._trunk.at(order, now),
            order=PROPOSED if order is None else order,
            board=self.editions.board_before(PROPOSED if order is None else order),
            policy=self.editions.policy_before(PROPOSED if order is None else order),
            sites=self.editions.sites_before(PROPOSED if order is None else order),
        )
        if order is None:
            author = self._trunk.author(filed.path, self._trunk.head) if is_told_by_hands else ""
            return replace(landing, author=author)
        if not is_told_by_hands:
            return landing
        author, merged_by = self._trunk.hands(filed.path, order)
        return replace(landing, author=author, merged_by=merged_by)

    def told(self, found: Standing, record: Record, subject: Subject) -> Standing:
        """A standing with what only history tells: what was changed, which title was approved."""
        if found.granted is None:
            return found
        if found.granted == subject.manifest.digest:
            return replace(found, approved_title=subject.manuscript.front.title)
        past = self.past(subject, found.granted, record)
        if past is None:
            return found
        title = past.manuscript.front.title
        if found.state is not State.LAPSED:
            return replace(found, approved_title=title)
        changed = changed_parts(past.text, subject.text)
        return replace(found, approved_title=title, changed=changed)

    def past(self, subject: Subject, digest: Digest, record: Record) -> PastText | None:
        """The text of an article that had this digest, if history holds it."""
        commits = [*self._named(digest, record), *(each.commit for each in record.changes)]
        path = subject.manuscript.path
        return self._past.find(path, digest, dict.fromkeys(reversed(commits)))

    def _named(self, digest: Digest, record: Record) -> list[str]:
        """The commits by which the acts about a text came to the protected branch."""
        orders = (e.landing.order for e in record.acts if e.act.manuscript == digest and e.landing)
        return [self._trunk.commits[order] for order in orders if order != PROPOSED]

    def _approved_texts(
        self, record: Record, subject: Subject
    ) -> Iterator[tuple[Digest, PastText | None]]:
        """The earlier texts that were approved, or for which somebody cleared the way.

        Whether one was approved, and by whom it could be, was decided by its own class, readers,
        authors, pictures and works.
        """
        texts = {filed.act.manuscript for filed in record.acts if is_approval(filed)}
        # And who wrote a text clears no way for it.
        texts |= {each for filed in record.acts for each in _cleared(record, filed)}
        path, changes = subject.manuscript.path, [each.commit for each in record.changes]
        for digest in sorted(texts - {subject.manifest.digest}):
            # Where its acts came it mostly still stood, and each commit takes a while to look at.
            commits = [*changes, *sorted(self._named(digest, record), key=self._trunk.order)]
            found = dict.fromkeys(reversed(commits))
            yield digest, self._past.known(path, digest, found, subject.bibliography)

    def _stood(self, record: Record, subject: Subject) -> Iterator[tuple[Digest, int]]:
        """When the protected branch first held each text that its own judge changed since then.

        They may have put back what they had approved, or brought it themselves after approving it.
        """
        present = subject.manifest.digest
        texts: set[Digest] = set()
        for filed in record.acts:
            answered = _cleared(record, filed)
            if answered or is_approval(filed):
                own = self._own.get(filed.act.by, set())
                order = filed.landing.order if filed.landing else PROPOSED
                judged = {present, *record.texts} if answered else {filed.act.manuscript}
                texts |= {
                    text
                    for text in judged
                    for each in record.made.get(text, record.changes)
                    if each.order > order and own & {*each.addresses}
                }
        arrived = {filed.landing.order for filed in record.acts if filed.landing}
        for text in sorted(texts):
            made = {each.order for each in record.made.get(text, record.changes)}
            orders = sorted((arrived | made) - {PROPOSED})
            commits = {self._trunk.commits[order]: order for order in orders}
            found = self._past.find(subject.manuscript.path, text, commits)
            yield text, commits[found.commit] if found else PROPOSED

    def _edits(self, record: Record, subject: Subject) -> Iterator[Edit]:
        """What lies between the two texts of every review that calls itself light."""
        pairs = {
            (filed.act.light.since, filed.act.manuscript)
            for filed in record.acts
            if filed.act.light is not None
        }
        for since, to in sorted(pairs):
            old, new = (self._text(digest, record, subject) for digest in (since, to))
            if old is not None and new is not None:
                diff, light = word_diff(old, new).digest, weigh(old, new).is_light
                yield Edit(since=since, to=to, diff=diff, is_light=light)

    def _text(self, digest: Digest, record: Record, subject: Subject) -> Text | None:
        if digest == subject.manifest.digest:
            return subject.text
        past = self.past(subject, digest, record)
        return past.text if past else None


def _commits(record: Record) -> dict[str, None]:
    """Every commit that made the present text, or an earlier one."""
    made = (*record.made.values(), record.changes)
    return dict.fromkeys(each.commit for changes in made for each in changes)


def _cleared(record: Record, filed: FiledAct) -> set[Digest]:
    """The text for which an act overrules or waives something; nothing of any other act."""
    if filed.act.act not in {ActName.OVERRULE, ActName.WAIVE}:
        return set()
    return {each.act.manuscript for each in record.acts if each.digest == filed.act.previous}
