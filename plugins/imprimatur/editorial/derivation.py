"""How articles stand, derived for many at once: remembered where possible, else by all cores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.derived import Derived
from imprimatur.editorial.remembered import Remembered
from imprimatur.editorial.standing import standing
from imprimatur.editorial.state import Standing, State, Successor
from imprimatur.strict.spread import aside, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from imprimatur.editorial.cache import Parts
    from imprimatur.editorial.repository import Repository

_MANY: Final = 100
"""Articles for which a second process is worth its start."""


def derive(repository: Repository, slugs: Sequence[str], now: datetime) -> dict[str, Derived]:
    """The standing of each article: a draft wherever something needed for more is unreadable."""
    if repository.unproven or not repository.trunk.tip:
        return _derive_all(repository, slugs, now)
    memory = Remembered(repository.files, repository.trunk, repository.cache)
    sources = dict(_sources(repository, slugs))
    known = memory.recall(sources, now)
    new = [slug for slug in slugs if slug not in known]
    # The history is read and remembered meanwhile.
    with aside(repository.dossiers.read_history, worth=len(new) >= _MANY):
        repository.read_ahead(new)
    fresh = _derive_all(repository, new, now)
    found = (
        (slug, each, manifest, repository.records(slug).value or ())
        for slug, each in fresh.items()
        if slug in sources and (manifest := repository.manifest(slug))
    )
    memory.keep(sources, found, now)
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
    if not slugs:
        return {}
    repository.read_ahead(slugs)
    # One here, so that what all need of the history is read before the processes part.
    found = {slugs[0]: _derive(repository, slugs[0], now)}
    rest = slugs[1:]
    standings = spread(lambda slug: _derive(repository, slug, now), rest, _MANY)
    found |= zip(rest, standings, strict=True)
    return {slug: _derived(repository, slug, each) for slug, each in found.items()}


def _derived(repository: Repository, slug: str, found: Standing) -> Derived:
    manifest, acts = repository.manifest(slug), repository.records(slug).value or ()
    digest = manifest.digest if manifest else None
    return Derived(standing=found, manifest=digest, acts=tuple(each.path for each in acts))


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
