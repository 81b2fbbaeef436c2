"""The site's own files at one instant: what is there, what is listed, and how the list stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprimatur.editorial.editions import NOBODY
from imprimatur.editorial.landing import PROPOSED, Landing
from imprimatur.editorial.places import LARGEST
from imprimatur.editorial.site_list import (
    SITE,
    SITE_LIST_IS_READABLE,
    SITE_SLUG,
    SiteChange,
    SiteList,
    site_change,
    site_digest,
    site_digests,
)
from imprimatur.editorial.site_standing import SiteCase, SiteStanding, site_standing
from imprimatur.strict import Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.repository import Repository
    from imprimatur.manuscript import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """The site's own files, beside its list.

    data: the bytes of the list; None where there is none. listed: what they say.
    present: the digest of every file that is there.
    """

    data: bytes | None
    listed: Reading[SiteList]
    present: Mapping[str, Digest]
    standing: SiteStanding

    @property
    def change(self) -> SiteChange:
        """What became of the files since they were listed; nothing without a readable list."""
        value = self.listed.value
        return site_change(value.files, self.present) if value else SiteChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSite:
    """A list that was approved, and the commits that may hold its files."""

    listed: SiteList
    commits: tuple[str, ...]

    def file(self, repository: Repository, path: str) -> bytes | None:
        """The bytes of one of its files, if history holds just these."""
        for commit in self.commits:
            data = repository.trunk.file(commit, path)
            if data is not None and site_digest(data) == self.listed.files.get(path):
                return data
        return None


def read_site(repository: Repository, now: datetime) -> SiteRecord:
    """Read the list and the files of the site. Raises nothing for what they hold."""
    data = repository.files.read(SITE)
    listed: Reading[SiteList] = Reading(value=None)
    if data is not None:
        listed = read_file(SiteList, data, SITE, SITE_LIST_IS_READABLE, limit=LARGEST)
    return SiteRecord(
        data=data,
        listed=listed,
        present=site_digests(repository.files),
        standing=_standing(repository, data, listed.value, now),
    )


def weigh_site(
    repository: Repository,
    data: bytes,
    version: int,
    now: datetime,
    more: tuple[FiledAct, ...] = (),
) -> SiteStanding:
    """How a list would stand, with more acts that are only proposed."""
    policy, board = repository.law
    if policy is None or board is None:
        return SiteStanding(waits_for="a readable policy and board")
    acts = (*(repository.records(SITE_SLUG).value or ()), *more)
    case = SiteCase(
        version=version,
        digest=site_digest(data),
        acts=tuple(replace(each, landing=_landing(repository, each, now)) for each in acts),
        board=board,
        policy=policy,
        now=now,
        later=frozenset(_later(repository, acts, version)),
    )
    return site_standing(case)


def _later(
    repository: Repository, acts: Iterable[FiledAct], version: int
) -> Iterator[tuple[int, Digest]]:
    """The lists of a higher version that the protected branch held, of those that acts name."""
    named = {each.act.manuscript for each in acts if each.act.round > version}
    if not named or repository.unproven:
        return
    trunk = repository.trunk
    blobs = {each.blob for each in trunk.editorial if each.path == SITE and each.blob}
    for data in trunk.contents(sorted(blobs)).values():
        if site_digest(data) in named:
            listed = read_file(SiteList, data, SITE, SITE_LIST_IS_READABLE, limit=LARGEST).value
            if listed is not None:
                yield listed.version, site_digest(data)


def past_site(repository: Repository, standing: SiteStanding) -> PastSite | None:
    """The list that was approved last, as history holds it; None where there is none."""
    last = standing.last
    if last is None or last.landing is None or repository.unproven:
        return None
    trunk = repository.trunk
    for each in reversed([each for each in trunk.editorial if each.path == SITE and each.blob]):
        data = trunk.content(each.blob)
        listed = read_file(SiteList, data, SITE, SITE_LIST_IS_READABLE, limit=LARGEST).value
        if listed is not None and site_digest(data) == last.act.manuscript:
            orders = dict.fromkeys((last.landing.order, each.order))
            return PastSite(listed=listed, commits=tuple(trunk.commits[one] for one in orders))
    return None


def _standing(
    repository: Repository, data: bytes | None, listed: SiteList | None, now: datetime
) -> SiteStanding:
    # Without a list, too, it must be known which acts prove nothing.
    found = weigh_site(repository, data or b"", listed.version if listed else 0, now)
    if data is not None and listed is not None:
        return found
    lack = f"{SITE}, which is not there" if data is None else f"a readable {SITE}"
    return replace(found, approved=None, would_be=False, waits_for=lack)


def _landing(repository: Repository, filed: FiledAct, now: datetime) -> Landing:
    if repository.unproven:
        return Landing(at=now, order=PROPOSED, board=repository.law[1] or NOBODY)
    return repository.dossiers.landing(filed, now)
