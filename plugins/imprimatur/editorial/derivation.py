"""How articles stand, derived for many at once: remembered where possible, else by all cores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import Signature
from imprimatur.editorial.derived import Derived
from imprimatur.editorial.remembered import Remembered
from imprimatur.editorial.standing import standing
from imprimatur.editorial.state import Standing, State, Successor
from imprimatur.strict.spread import aside, spread_batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from imprimatur.editorial.cache import Parts
    from imprimatur.editorial.repository import Repository

_IMAGE: Final = "image "
_CERTAIN: Final = frozenset({Signature.VALID, Signature.ABSENT})
_MANY: Final = 100
"""Articles for which a second process is worth its start."""


def derive(repository: Repository, slugs: Sequence[str], now: datetime) -> dict[str, Derived]:
    """The standing of each article: a draft wherever something needed for more is unreadable."""
    if repository.unproven or not repository.trunk.tip:
        return _derive_all(repository, slugs, now)
    memory = Remembered(repository.files, repository.trunk, repository.cache)
    # The history is read and remembered meanwhile; where it was before, that costs nobody time.
    with aside(repository.dossiers.read_history, worth=len(slugs) >= _MANY):
        sources = dict(_sources(repository, slugs))
        known = memory.recall(sources, now)
    fresh = _derive_all(repository, [slug for slug in slugs if slug not in known], now)
    memory.keep(sources, fresh, now)
    return known | fresh


def _sources(repository: Repository, slugs: Sequence[str]) -> Iterator[tuple[str, Parts]]:
    """What each standing depends on, where all of it has reached the protected branch."""
    ledger = repository.ledger
    for slug in slugs:
        record = ledger.sources(slug)
        parts: list[bytes] = []
        for path, data in record.items():
            if data is None or path not in ledger.first:
                break
            parts += [path.encode(), data]
        else:
            yield slug, (*repository.source(slug), *parts)


def _derive_all(repository: Repository, slugs: Sequence[str], now: datetime) -> dict[str, Derived]:
    """Derive each article, many by all cores: each process reads what its articles need."""
    if not slugs:
        return {}

    def work(some: Sequence[str]) -> list[Derived]:
        repository.read_ahead(some)
        return [_derived(repository, slug, now) for slug in some]

    # One here, so that what all need of the history is read before the processes part.
    first, rest = work(slugs[:1]), slugs[1:]
    return dict(zip(slugs, [*first, *spread_batches(work, rest, _MANY)], strict=True))


def _derived(repository: Repository, slug: str, now: datetime) -> Derived:
    found, manifest = _derive(repository, slug, now), repository.manifest(slug)
    acts, parts = repository.records(slug).value or (), manifest.parts if manifest else {}
    return Derived(
        standing=found,
        manifest=manifest.digest if manifest else None,
        acts=tuple(each.path for each in acts),
        images={
            name.removeprefix(_IMAGE): digest
            for name, digest in parts.items()
            if name.startswith(_IMAGE)
        },
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
