"""Everything the board publishes from: manuscripts, bibliography, policy, board and records."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from imprimatur.editorial.blobs import Blobs
from imprimatur.editorial.cache import users_cache
from imprimatur.editorial.derivation import derive, look
from imprimatur.editorial.dossier import Dossiers
from imprimatur.editorial.editions import NOBODY
from imprimatur.editorial.git import resolved
from imprimatur.editorial.history import edited_dates, uncommitted
from imprimatur.editorial.landing import PROPOSED, Landing, Record
from imprimatur.editorial.ledger import Ledger
from imprimatur.editorial.places import ARTICLES, BIBLIOGRAPHY
from imprimatur.editorial.protected_branch import protected
from imprimatur.editorial.tree import Tree, path_of
from imprimatur.editorial.trunk import Trunk
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.board import Board
    from imprimatur.editorial.cache import Cache
    from imprimatur.editorial.derived import Derived
    from imprimatur.editorial.policy import Policy
    from imprimatur.editorial.state import Standing
    from imprimatur.strict import Reading


Look = TypeVar("Look")


class Repository(Tree):
    """A tree of files, and what Git knows of it.

    trust: the ref of the protected branch, where it is named explicitly. A commit of that branch,
    named in its place, gives all answers as of when it was the last one.
    cache: what may be remembered from one run to the next; by default the user's own.
    commit: whose files are read; empty for those of the working tree.
    Raises CannotExamineError where there is no such commit.
    """

    def __init__(
        self, root: Path, trust: str | None = None, cache: Cache | None = None, *, commit: str = ""
    ) -> None:
        super().__init__(root, users_cache(root) if cache is None else cache, commit)
        self.trust = trust
        self._derived: dict[tuple[str, datetime], Derived] = {}
        self._records: dict[tuple[str, datetime], Record] = {}

    @cached_property
    def committed(self) -> Blobs | None:
        """The files of the commit that is looked at, or that is checked out; None without one."""
        if isinstance(self.files, Blobs):
            return self.files
        head = resolved(self.root, "HEAD")
        return Blobs(self.root, head) if head else None

    @cached_property
    def edited(self) -> Mapping[str, datetime] | None:
        """When each manuscript was last committed; without those that were edited since.

        None where Git cannot say.
        """
        try:
            dates = edited_dates(self.root, ARTICLES, self.commit)
            since = set(() if self.commit else uncommitted(self.root, (ARTICLES,)))
        except CannotExamineError:
            return None
        return {path: date for path, date in dates.items() if path not in since}

    @cached_property
    def trunk(self) -> Trunk:
        """The protected branch.

        Raises CannotExamineError where there is no Git, no whole history or no such branch.
        """
        return Trunk(self.root, protected(self.root, self.trust), self.cache, self.commit)

    @cached_property
    def unproven(self) -> str:
        """Why nothing of the protected branch is known; empty if it is."""
        try:
            self.trunk.commits  # noqa: B018 - asked for what it raises
        except CannotExamineError as error:
            return str(error)
        return ""

    @cached_property
    def ledger(self) -> Ledger:
        """Every act of every article."""
        return Ledger(self.files, None if self.unproven else self.trunk, self.cache)

    @property
    def record_paths(self) -> Mapping[str, tuple[str, ...]]:
        """Files of the records by slug; what lies beside the folders stands under ``""``."""
        return self.ledger.paths

    def read_ahead(self, slugs: Iterable[str]) -> None:
        """Read the texts and records of many articles at once, which is far quicker."""
        wanted = tuple(slugs)
        self.texts.read(path_of(slug) for slug in wanted)
        self.ledger.read(wanted)
        if not self.unproven:
            self.dossiers.read_ahead(self._about_earlier_texts(wanted))

    def _about_earlier_texts(self, slugs: Iterable[str]) -> Iterator[tuple[str, FiledAct]]:
        """The acts about another text than the present one, each with the path of its article."""
        for slug in slugs:
            acts, manifest = self.records(slug).value or (), self.manifest(slug)
            for filed in acts:
                if manifest is not None and filed.act.manuscript != manifest.digest:
                    yield path_of(slug), filed

    def records(self, slug: str) -> Reading[tuple[FiledAct, ...]]:
        """The acts of one article."""
        return self.ledger.acts(slug)

    @cached_property
    def law(self) -> tuple[Policy | None, Board | None]:
        """The policy and the board in force: those of the protected branch, if it holds any."""
        if self.unproven or not self.trunk.tip:
            return self.policy.value, self.board.value
        editions = self.dossiers.editions
        return editions.policy, editions.board

    def record(self, slug: str, now: datetime) -> Record:
        """The acts of an article and who changed its text; nothing that cannot be read."""
        if (slug, now) not in self._records:
            self._records[slug, now] = self._record(slug, now)
        return self._records[slug, now]

    def _record(self, slug: str, now: datetime) -> Record:
        acts, subject = self.records(slug).value or (), self.subject(slug)
        if subject is None:
            return Record()
        if self.unproven:
            board = self.law[1] or NOBODY
            landing = Landing(at=now, order=PROPOSED, board=board)
            return Record(acts=tuple(replace(each, landing=landing) for each in acts))
        return self.dossiers.record(acts, subject, now)

    def standing(self, slug: str, now: datetime) -> Standing:
        """The standing of an article: a draft wherever something needed for more is unreadable."""
        return self.standings((slug,), now)[slug]

    def standings(self, slugs: Iterable[str], now: datetime) -> dict[str, Standing]:
        """The standings of many articles at once, which is far quicker."""
        return {slug: each.standing for slug, each in self.derived(slugs, now).items()}

    def derived(self, slugs: Iterable[str], now: datetime) -> dict[str, Derived]:
        """The standings of many articles, and what each is the standing of."""
        wanted = tuple(dict.fromkeys(slugs))
        new = [slug for slug in wanted if (slug, now) not in self._derived]
        found = derive(self, new, now) if new else {}
        self._derived.update(((slug, now), each) for slug, each in found.items())
        return {slug: self._derived[slug, now] for slug in wanted}

    def looked_at(
        self,
        slugs: Iterable[str],
        now: datetime,
        at: Callable[[str, Derived], Look],
        meanwhile: Callable[[], None],
    ) -> dict[str, Look]:
        """What is seen of many articles where each is read, by all cores; as ``derivation.look``.

        How they stand is then known here, too.
        """
        found = look(self, tuple(dict.fromkeys(slugs)), now, at, meanwhile)
        self._derived.update(((slug, now), derived) for slug, (derived, _) in found.items())
        return {slug: seen for slug, (_, seen) in found.items()}

    @cached_property
    def dossiers(self) -> Dossiers:
        """What Git knows of each article. Raises as ``trunk`` does."""
        return Dossiers(self.root, self.trunk, self.ledger, BIBLIOGRAPHY, self.cache)
