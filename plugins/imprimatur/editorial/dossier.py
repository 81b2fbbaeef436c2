"""What Git knows of each article, put together for the law."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from imprimatur.editorial.act import Signature
from imprimatur.editorial.ancestry import Ancestry
from imprimatur.editorial.authorship import Authorship
from imprimatur.editorial.earlier_texts import EarlierTexts
from imprimatur.editorial.editions import NOBODY, Editions
from imprimatur.editorial.forgery import forgery
from imprimatur.editorial.landing import PROPOSED, Landing, Record
from imprimatur.editorial.lost import Lost
from imprimatur.editorial.past import Past
from imprimatur.editorial.site_list import SITE_SLUG
from imprimatur.editorial.site_standing import site_policy
from imprimatur.editorial.state import State
from imprimatur.editorial.vocabulary import ActName
from imprimatur.editorial.word import is_against, is_approval
from imprimatur.manuscript import changed_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.cache import Cache
    from imprimatur.editorial.landing import Change
    from imprimatur.editorial.ledger import Ledger
    from imprimatur.editorial.past import PastText
    from imprimatur.editorial.state import Standing
    from imprimatur.editorial.subject import Subject
    from imprimatur.editorial.trunk import Trunk


class Dossiers:
    """The record of every article, as the protected branch received it."""

    def __init__(self, root: Path, trunk: Trunk, ledger: Ledger, works: str, cache: Cache) -> None:
        self._trunk, self._ledger = trunk, ledger
        self._authorship = Authorship(root, trunk, works, cache)
        self._past = Past(trunk, works)
        self.earlier = EarlierTexts(trunk, self._past)
        self._ancestry = Ancestry(trunk, cache)
        self.editions = Editions(trunk)
        self.lost = Lost(trunk, ledger, self._ancestry, self.editions)

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
        past = dict(self.earlier.approved(record, subject))
        record = replace(
            record,
            texts={digest: each.manifest if each else None for digest, each in past.items()},
            made={digest: self._changes(each) for digest, each in past.items() if each},
        )
        record = replace(record, stood=dict(self.earlier.stood(record, subject, self._own)))
        record = replace(record, acts=tuple(self._with_holds(record)))
        return replace(record, edits=tuple(self.earlier.edits(record, subject)))

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
        landing = Landing(at=now, order=PROPOSED, board=NOBODY)
        if order is not None:
            at, dated = self._trunk.at(order, now), self._trunk.dated(order)
            landing = replace(landing, at=at, order=order, dated=dated if dated < at else None)
        if filed.signature is Signature.ABSENT and filed.act.act is not ActName.SUBMIT:
            author, merged_by = self._hands(filed.path, order)
            landing = replace(landing, author=author, merged_by=merged_by)
        before = self._judged(landing, landing.order)
        if not is_against(filed):
            return before
        # Where the branch was merged into an older one, the board that knows a signer came with it.
        along = self._judged(landing, landing.order + 1)
        found = along if not _is_proven(filed, before) and _is_proven(filed, along) else before
        return replace(found, sites=along.sites)

    def _judged(self, landing: Landing, order: int) -> Landing:
        """A landing with all by which an act is judged that had come before something else."""
        return replace(
            landing,
            board=self.editions.board_before(order),
            policy=self.editions.policy_before(order),
            sites=self.editions.sites_before(order),
        )

    def _hands(self, path: str, order: int | None) -> tuple[str, str]:
        """Addresses of who committed an act and of who merged it, as far as that is known."""
        if order is None:
            return self._trunk.author(path, self._trunk.head), ""
        return self._trunk.hands(path, order)

    def told(self, found: Standing, record: Record, subject: Subject) -> Standing:
        """A standing with what only history tells: what was changed, which title was approved."""
        if found.granted is None:
            return found
        if found.granted == subject.manifest.digest:
            return replace(found, approved_title=subject.manuscript.front.title)
        past = self.earlier.find(subject, found.granted, record)
        if past is None:
            return found
        title = past.manuscript.front.title
        if found.state is not State.LAPSED:
            return replace(found, approved_title=title)
        changed = changed_parts(past.text, subject.text)
        return replace(found, approved_title=title, changed=changed)


def _is_proven(filed: FiledAct, landing: Landing) -> bool:
    """Whether an act is proven, judged so."""
    judged, policy = replace(filed, landing=landing), landing.policy
    if policy is not None and filed.act.article == SITE_SLUG:
        policy = site_policy(policy)
    return policy is not None and forgery(judged, policy) is None


def _commits(record: Record) -> dict[str, None]:
    """Every commit that made the present text, or an earlier one."""
    made = (*record.made.values(), record.changes)
    return dict.fromkeys(each.commit for changes in made for each in changes)
