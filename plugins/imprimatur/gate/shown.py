"""Which text of an article readers see: the present one, an earlier one, a notice, or none."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import ActName, Standing, standing
from imprimatur.editorial.dossier import Subject
from imprimatur.editorial.history import edited_dates
from imprimatur.editorial.places import BIBLIOGRAPHY
from imprimatur.editorial.policy import Pending
from imprimatur.gate.earlier import broken_by_authors, broken_by_images, broken_by_text
from imprimatur.gate.examination import copy_at
from imprimatur.press import headline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from imprimatur.editorial import FiledAct, Repository
    from imprimatur.errors import RuleName
    from imprimatur.manuscript import Manifest
    from imprimatur.press import Copy

_IMAGE: Final = "image "
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
    copy, manifest = copy_at(repository, slug, found, now), repository.manifest(slug)
    if copy is None or manifest is None or policy is None:
        return None
    if not found.is_published and not found.is_notice:
        return _earlier(repository, copy, now) if policy.pending is Pending.LAST_APPROVED else None
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


def _earlier(repository: Repository, newer: Copy, now: datetime) -> Shown | None:
    """The text that was approved last, while a newer one waits, as far as it still may be shown."""
    policy, board = repository.law
    granted, slug = newer.standing.granted, newer.manuscript.slug
    subject = repository.subject(slug)
    # Without a newer text it is the approval itself that no longer holds.
    if (
        subject is None
        or policy is None
        or board is None
        or granted is None
        or granted == newer.digest
    ):
        return None
    past = repository.dossiers.past(subject, granted, repository.record(slug, now))
    if past is None:
        return None
    then = Subject(
        manuscript=past.manuscript, bibliography=past.bibliography, manifest=past.manifest
    )
    record = repository.dossiers.record(newer.history, then, now)
    found = standing(past.manifest, record, board, policy, now)
    if not found.is_published and not found.is_notice:
        return None
    found = repository.dossiers.told(found, record, then)
    path, commit = past.manuscript.path, past.commit

    def read(each: str) -> bytes | None:
        return repository.trunk.file(commit, each)

    text = Shown(
        copy=replace(
            newer,
            manuscript=past.manuscript,
            bibliography=past.bibliography,
            standing=replace(found, update=True),
            digest=past.manifest.digest,
            edited=edited_dates(repository.root, path, commit).get(path),
            history=tuple(each for each in record.acts if _belongs(each, found)),
        ),
        manifest=past.manifest,
        works=read(BIBLIOGRAPHY) or b"",
        source=read(path) or b"",
        images=_images(past.manifest, read),
        commit=commit,
    )
    if found.is_notice:
        return as_notice(text, found)
    broken = (
        *broken_by_text(past, text.source, now),
        *broken_by_images(text.images),
        *broken_by_authors(repository, past, record, found),
    )
    return replace(text, broken=tuple(dict.fromkeys(broken)))


def _belongs(filed: FiledAct, found: Standing) -> bool:
    """Whether an act is of the text that is shown: what is said of a newer one may quote it."""
    return filed.act.act not in _REVIEWING or filed.act.round <= found.round


def _images(manifest: Manifest, read: Callable[[str], bytes | None]) -> Mapping[str, bytes]:
    """The images of a manifest that can be published at all: those below ``docs/``."""
    names = (part.removeprefix(_IMAGE) for part in manifest.parts if part.startswith(_IMAGE))
    found = {path: read(path) for path in names if path.startswith(_DOCS)}
    return {path: data for path, data in found.items() if data is not None}
