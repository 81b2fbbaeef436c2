"""Which text of an article readers see: the present one, an earlier one, a notice, or none."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import ActName, Standing, Successor, standing
from imprimatur.editorial.arrival import arrival
from imprimatur.editorial.history import edited_dates
from imprimatur.editorial.places import BIBLIOGRAPHY
from imprimatur.editorial.policy import Pending
from imprimatur.gate.earlier import broken_by_authors, broken_by_images, broken_by_text
from imprimatur.gate.examination import copy_at, pages_of
from imprimatur.gate.last_approved import last_approved, subject_of
from imprimatur.press import Copy, headline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from imprimatur.editorial import FiledAct, Repository
    from imprimatur.editorial.past import PastText
    from imprimatur.errors import RuleName
    from imprimatur.manuscript import Manifest

_DOCS: Final = "docs/"
_REVIEWING: Final = frozenset(
    {ActName.SUBMIT, ActName.ASSIGN, ActName.REVIEW, ActName.OVERRULE, ActName.WAIVE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text, or a notice, and what it is printed from.

    works: the bytes of its bibliography. source: what is staged as its manuscript.
    images: those of its manifest that lie below ``docs/``, by their path from the root.
    commit: which holds it. broken: of an earlier text, the rules for which it would be refused if
    it were the present one.
    """

    copy: Copy
    manifest: Manifest
    works: bytes
    source: bytes
    images: Mapping[str, bytes]
    commit: str
    broken: tuple[RuleName, ...] = ()

    @property
    def is_present(self) -> bool:
        """Whether it is the text itself, as it stands now: no earlier one, and no notice."""
        return not self.copy.standing.update and not self.copy.standing.is_notice


def shown(
    repository: Repository, slug: str, found: Standing, now: datetime, commit: str
) -> Shown | None:
    """What readers are shown of an article, of which this is the standing; None for nothing.

    commit: the one that the repository is read from.
    """
    policy = repository.law[0]
    if policy is None:
        return None
    copy, manifest = copy_at(repository, slug, found, now), repository.manifest(slug)
    is_settled = found.is_published or found.is_notice
    if copy is None or manifest is None or not is_settled:
        is_kept = policy.pending is Pending.LAST_APPROVED
        past = last_approved(repository, slug, found, now) if is_kept else None
        return None if past is None else _earlier(repository, past, now)
    path = copy.manuscript.path
    read = repository.files.read
    text = Shown(
        copy=copy,
        manifest=manifest,
        works=read(BIBLIOGRAPHY) or b"",
        source=read(path) or b"",
        images=_images(manifest, read),
        commit=commit,
    )
    return as_notice(text, found) if found.is_notice else text


def as_notice(text: Shown, found: Standing) -> Shown:
    """The notice in place of a text: nothing of that stays in it but a title once approved."""
    manuscript = text.copy.manuscript
    title = headline(found, manuscript.front.title)
    nothing = {"title": title, "summary": "", "topics": (), "authors": (), "audiences": ()}
    front = manuscript.front.model_copy(update=nothing)
    bare = replace(manuscript, front=front, body="")
    # A host that reads it without the press must have something to print, and may have no more.
    source = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\nNotice.\n"
    return replace(
        text,
        copy=replace(text.copy, manuscript=bare, standing=found),
        source=source.encode(),
        images={},
    )


def _earlier(repository: Repository, past: PastText, now: datetime) -> Shown | None:
    """The text that was approved last, as far as it still may be shown."""
    policy, board = repository.law
    printed_by, slug = repository.policy.value, past.manuscript.slug
    if policy is None or board is None or printed_by is None:
        return None
    then = subject_of(past)
    record = repository.dossiers.record(repository.records(slug).value or (), then, now)
    found = standing(past.manifest, record, board, policy, now)
    if not found.is_published and not found.is_notice:
        return None
    found = repository.dossiers.told(found, record, then)
    path, commit = past.manuscript.path, past.commit

    def read(each: str) -> bytes | None:
        return repository.trunk.file(commit, each)

    edited = edited_dates(repository.root, path, commit).get(path)
    text = Shown(
        copy=Copy(
            manuscript=past.manuscript,
            bibliography=past.bibliography,
            policy=printed_by,
            standing=replace(found, update=True),
            digest=past.manifest.digest,
            edited=None if edited is None else min(edited, now),
            history=tuple(sorted((e for e in record.acts if _belongs(e, found)), key=arrival)),
            pages=pages_of(repository),
        ),
        manifest=past.manifest,
        works=read(BIBLIOGRAPHY) or b"",
        source=read(path) or b"",
        images=_images(past.manifest, read),
        commit=commit,
    )
    if found.is_notice:
        return as_notice(text, replace(found, successor=_successor(repository, found, now)))
    broken = (
        *broken_by_text(past, text.source, now),
        *broken_by_images(text.images),
        *broken_by_authors(repository, past, record, found),
    )
    return replace(text, broken=tuple(dict.fromkeys(broken)))


def _successor(repository: Repository, found: Standing, now: datetime) -> Successor | None:
    """What a notice leads to, if that is approved itself."""
    slug = found.successor.slug if found.successor else ""
    manuscript = repository.manuscript(slug).value if slug in repository.slugs else None
    if manuscript is None or not repository.standing(slug, now).is_published:
        return None
    return Successor(slug=slug, title=manuscript.front.title)


def _belongs(filed: FiledAct, found: Standing) -> bool:
    """Whether an act is of the text that is shown: what is said of a newer one may quote it."""
    return filed.act.act not in _REVIEWING or filed.act.round <= found.round


def _images(manifest: Manifest, read: Callable[[str], bytes | None]) -> Mapping[str, bytes]:
    """The images of a manifest that can be published at all: those below ``docs/``."""
    found = {path: read(path) for path in manifest.images if path.startswith(_DOCS)}
    return {path: data for path, data in found.items() if data is not None}
