"""The text of an article that was approved last, while a newer one waits or cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial import standing
from imprimatur.editorial.git import git
from imprimatur.editorial.past import Past
from imprimatur.editorial.places import ARTICLES, BIBLIOGRAPHY
from imprimatur.editorial.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from imprimatur.editorial import Repository, Standing
    from imprimatur.editorial.past import PastText


def last_approved(
    repository: Repository, slug: str, found: Standing, now: datetime
) -> PastText | None:
    """The text that was approved last; None if there is none, or no newer one.

    found: how the article stands. Whether the text may still be shown is asked elsewhere.
    """
    newer = repository.subject(slug)
    if newer is None:
        return _before_unreadable(repository, slug, now)
    # Without a newer text it is the approval itself that no longer holds.
    if found.granted is None or found.granted == newer.manifest.digest:
        return None
    return repository.dossiers.earlier.find(newer, found.granted, repository.record(slug, now))


def _before_unreadable(repository: Repository, slug: str, now: datetime) -> PastText | None:
    """As if the newest text that can be read were the present one, or approved itself."""
    policy, board = repository.law
    if policy is None or board is None:
        return None
    acts = repository.records(slug).value or ()
    for past in readable_texts(repository, slug):
        text = subject_of(past)
        record = repository.dossiers.record(acts, text, now)
        granted = standing(past.manifest, record, board, policy, now).granted
        if granted == past.manifest.digest:
            return past
        if granted is not None:
            return repository.dossiers.earlier.find(text, granted, record)
    return None


def readable_texts(repository: Repository, slug: str) -> Iterator[PastText]:
    """Every text of an article that history holds and that can be read, the newest first."""
    path = f"{ARTICLES}/{slug}.md"
    arguments = ["--full-history", "--topo-order", "--format=%H", repository.trunk.head]
    commits = git(repository.root, "log", *arguments, "--", path).split()
    yield from Past(repository.trunk, BIBLIOGRAPHY).readable(path, commits)


def subject_of(past: PastText) -> Subject:
    """An earlier text as the law is asked about it."""
    return Subject(
        manuscript=past.manuscript, bibliography=past.bibliography, manifest=past.manifest
    )
