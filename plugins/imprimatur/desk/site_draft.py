"""The list of the site's own files as it would be signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprimatur.desk.common import git_at
from imprimatur.desk.uncommitted import commit_first
from imprimatur.editorial.history import uncommitted
from imprimatur.editorial.places import ARTICLES, BOARD, POLICY, RECORDS
from imprimatur.editorial.site_list import FOLDERS, SETTINGS, SITE, SITE_SLUG, site_list_text
from imprimatur.errors import CannotExamineError
from imprimatur.manuscript import MISSING

if TYPE_CHECKING:
    from imprimatur.editorial import Repository
    from imprimatur.editorial.site_record import SiteRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """A list of the files that are there.

    data: its bytes. is_new: whether another list lies there, or none.
    """

    version: int
    data: bytes
    is_new: bool


def draft_of(repository: Repository, record: SiteRecord) -> SiteDraft:
    """The list that lies there, if it is right; else a new one. Raises CannotExamineError.

    Its version grows only when something was changed since the protected branch received one.
    """
    unfit = [path for path, digest in record.present.items() if digest == MISSING]
    if unfit:
        raise CannotExamineError(
            f"these cannot be listed, since they are no plain files: {', '.join(unfit)}; put the "
            "files themselves there, or remove them"
        )
    highest, value = _highest(repository), record.listed.value
    if record.data is not None and value is not None and not record.change:
        is_last = value.version == highest and _is_tip(repository, record.data)
        if value.version > highest or is_last:
            return SiteDraft(version=value.version, data=record.data, is_new=False)
    elif repository.unproven and value is not None:
        highest = value.version
    text = site_list_text(highest + 1, record.present)
    return SiteDraft(version=highest + 1, data=text.encode(), is_new=True)


def demand_commit(repository: Repository) -> None:
    """Refuse where what is signed is not what others find in the commit."""
    own = f"{RECORDS}/{SITE_SLUG}"
    watched = (SETTINGS, *FOLDERS, BOARD, POLICY, own)
    found = [
        path
        for path in uncommitted(repository.root, watched)
        if not path.startswith(f"{ARTICLES}/")
    ]
    if found:
        raise CannotExamineError(commit_first(found, git_at(repository.root)))


def _highest(repository: Repository) -> int:
    """The highest version that the protected branch has received; 0 where there is none."""
    if repository.unproven:
        return 0
    return repository.dossiers.editions.version_before(SITE, b"") or 0


def _is_tip(repository: Repository, data: bytes) -> bool:
    if repository.unproven or not repository.trunk.tip:
        return False
    return repository.trunk.file(repository.trunk.tip, SITE) == data
