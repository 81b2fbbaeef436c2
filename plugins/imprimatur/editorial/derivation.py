"""How articles stand, derived for many at once: remembered where possible, else by all cores."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from imprimatur.editorial.act import Signature
from imprimatur.editorial.derived import Derived
from imprimatur.editorial.places import ARTICLES
from imprimatur.editorial.remembered import Remembered
from imprimatur.editorial.standing import standing
from imprimatur.editorial.state import Standing, State, Successor
from imprimatur.strict.crew import Crew
from imprimatur.strict.spread import aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from imprimatur.editorial.cache import Parts
    from imprimatur.editorial.repository import Repository

Look = TypeVar("Look")

_CERTAIN: Final = frozenset({Signature.VALID, Signature.ABSENT})
_MANY: Final = 100
"""Articles for which a second process is worth its start."""


def derive(repository: Repository, slugs: Sequence[str], now: datetime) -> dict[str, Derived]:
    """The standing of each article: a draft wherever something needed for more is unreadable."""
    task: _Task[None] = _Task(repository=repository, now=now, at=lambda _slug, _derived: None)
    return {slug: derived for slug, (derived, _) in task.done(slugs).items()}


def look(
    repository: Repository,
    slugs: Sequence[str],
    now: datetime,
    at: Callable[[str, Derived], Look],
    meanwhile: Callable[[], None],
) -> dict[str, tuple[Derived, Look]]:
    """The standing of each article, and what is seen of it where its text and acts are read.

    at: looks at an article; what it finds is pickled. meanwhile: is done beside it.
    """
    task = _Task(repository=repository, now=now, at=at, beside=meanwhile, reads_all=True)
    return task.done(slugs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task(Generic[Look]):
    """The derivation of some articles.

    at, beside: as for ``look``. reads_all: whether the texts and acts are read of those, too, whose
    standings are remembered.
    """

    repository: Repository
    now: datetime
    at: Callable[[str, Derived], Look]
    beside: Callable[[], None] = lambda: None
    reads_all: bool = False
    sources: dict[str, Parts] = field(default_factory=dict)
    known: dict[str, Derived] = field(default_factory=dict)

    def done(self, slugs: Sequence[str]) -> dict[str, tuple[Derived, Look]]:
        """Do it for each, many by all cores: each process reads what its articles need."""
        if not slugs:
            return {}
        # One here, so that what all need is known before the processes part.
        first, rest = slugs[:1], slugs[1:]
        asks_git = self._asks_git(slugs)
        if asks_git:
            # So is this, by the process aside as well.
            self.repository.trunk.editorial  # noqa: B018 - asked for what it reads
            self.repository.trunk.graph.reached  # noqa: B018 - as said
        with aside(self._read_history, worth=asks_git) as wait:
            self.gather(first)
            if self.reads_all or first[0] not in self.known:
                self._prepare()

            def meanwhile() -> None:
                self.beside()
                wait()

            crew = Crew(gather=self.gather, meanwhile=meanwhile, judge=self.judge)
            found = crew.work(rest, _MANY)
        return dict(zip(slugs, [*self.judge(first), *found], strict=True))

    def _read_history(self) -> None:
        self.repository.dossiers.read_history()

    def _asks_git(self, slugs: Sequence[str]) -> bool:
        """Whether the history of many is to be read, and can be handed on by being remembered."""
        repository = self.repository
        return (
            len(slugs) >= _MANY
            and self._memory is not None
            and repository.cache.file is not None
            and not repository.dossiers.is_history_remembered
        )

    def gather(self, some: Sequence[str]) -> None:
        """Recall what is remembered of some articles, and read what the rest are derived from."""
        if self._memory is not None:
            sources = dict(_sources(self.repository, some))
            self.sources.update(sources)
            self.known.update(self._memory.recall(sources, self.now))
        self.repository.read_ahead(
            slug for slug in some if self.reads_all or slug not in self.known
        )

    def judge(self, some: Sequence[str]) -> list[tuple[Derived, Look]]:
        """Derive, and remember, the standings of articles that were gathered, and look at each."""
        new = [slug for slug in some if slug not in self.known]
        fresh = {slug: _derived(self.repository, slug, self.now) for slug in new}
        if self._memory is not None:
            self._memory.keep(self.sources, fresh, self.now)
        found = {slug: self.known.get(slug) or fresh[slug] for slug in some}
        return [(each, self.at(slug, each)) for slug, each in found.items()]

    def _prepare(self) -> None:
        """Learn what all processes need, which would cost each as much as one."""
        repository = self.repository
        repository.law  # noqa: B018 - asked for what it reads
        if self._memory is None:
            return
        repository.trunk.graph.reached  # noqa: B018 - as said
        repository.dossiers.editions.boards  # noqa: B018 - as said
        if repository.cache.file is None:
            # They would not hear of it otherwise.
            repository.dossiers.read_history()

    @property
    def _memory(self) -> Remembered | None:
        """What is remembered of standings: nothing where nothing is proven."""
        repository = self.repository
        if repository.unproven or not repository.trunk.tip:
            return None
        return Remembered(repository.files, repository.trunk, repository.cache)


def _sources(repository: Repository, slugs: Sequence[str]) -> Iterator[tuple[str, Parts]]:
    """What each standing depends on, where all of it has reached the protected branch."""
    ledger = repository.ledger
    repository.files.read_ahead(
        path for slug in slugs for path in (f"{ARTICLES}/{slug}.md", *ledger.paths.get(slug, ()))
    )
    for slug in slugs:
        record = ledger.sources(slug)
        parts: list[bytes] = []
        for path, data in record.items():
            if data is None or path not in ledger.first:
                break
            parts += [path.encode(), data]
        else:
            yield slug, (*repository.source(slug), *parts)


def _derived(repository: Repository, slug: str, now: datetime) -> Derived:
    found, manifest = _derive(repository, slug, now), repository.manifest(slug)
    acts = repository.records(slug).value or ()
    return Derived(
        standing=found,
        manifest=manifest.digest if manifest else None,
        acts=tuple(each.path for each in acts),
        images=manifest.images if manifest else {},
        is_certain=all(each.signature in _CERTAIN for each in acts),
    )


def _derive(repository: Repository, slug: str, now: datetime) -> Standing:
    subject, (policy, board) = repository.subject(slug), repository.law
    if subject is None or policy is None or board is None:
        parts = {"manuscript": subject, "policy": policy, "board": board}
        lacking = [name for name, part in parts.items() if part is None]
        waits = f"a readable {' and '.join(lacking)}"
        return Standing(state=State.DRAFT, waits_for=(waits,))
    record = repository.record(slug, now)
    found = standing(subject.manifest, record, board, policy, now)
    if repository.unproven:
        return found
    return _succeeded(repository, repository.dossiers.told(found, record, subject), now)


def _succeeded(repository: Repository, found: Standing, now: datetime) -> Standing:
    """A notice leads to the successor only if that one is approved itself."""
    if found.successor is None:
        return found
    slug = found.successor.slug
    manuscript = repository.manuscript(slug).value if slug in repository.slugs else None
    policy, board = repository.law
    subject = repository.subject(slug) if manuscript else None
    if subject is None or policy is None or board is None:
        return replace(found, successor=None)
    other = standing(subject.manifest, repository.record(slug, now), board, policy, now)
    title = subject.manuscript.front.title
    shown = Successor(slug=slug, title=title) if other.is_published else None
    return replace(found, successor=shown)
