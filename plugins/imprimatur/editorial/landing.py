"""How acts and changes of a text came to the protected branch, which alone gives them weight."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.board import Board
    from imprimatur.editorial.policy import Policy
    from imprimatur.manuscript import Digest, Manifest

SLACK: Final = timedelta(minutes=10)
"""How far one clock may be ahead of another."""

PROPOSED: Final = 2**62
"""The order of what is on a proposal branch, behind everything on the protected one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The arrival of an act on the protected branch.

    at: when, by the committer's date of the first first-parent commit that holds it, never before
        its parent's and never in the future; now for what is only proposed.
    order: its place among the first-parent commits, counted from 0; PROPOSED for a proposal.
    board, policy: those in force when it arrived, so none that arrived with it, unless they alone
        prove what is against a text; no policy where there was none yet.
    sites: every address that the site had until then.
    holds: of a submission, the commits that had changed the text when it was made.
    dated: the date that commit itself tells, if that is an earlier one.
    author: address of who committed the act; merged_by: of who merged that commit, empty where
        nobody else did. Known only of acts without a signature, which are proven by these.
    """

    at: datetime
    order: int
    board: Board
    dated: datetime | None = None
    holds: frozenset[str] = frozenset()
    author: str = ""
    merged_by: str = ""
    policy: Policy | None = None
    sites: frozenset[str] = frozenset()

    @property
    def is_provisional(self) -> bool:
        """Whether it is only proposed, and so grants nothing yet."""
        return self.order == PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A commit that changed the manifest of an article.

    order: as of a landing. addresses: of author, committer and co-authors, in lower case.
    """

    commit: str
    order: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What lies between two texts of an article.

    since, to: digests of their manifests. diff: digest of the word diff between them.
    is_light: whether nothing that bears on care was touched.
    """

    since: Digest
    to: Digest
    diff: Digest
    is_light: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All acts of one article, and what Git knows of its text.

    changes: every commit that changed what an approval would cover.
    edits: of those pairs of texts that an act calls light.
    texts: earlier texts that somebody approved, or for which something was overruled or waived, by
        their digests; None for one that history does not hold.
    made: the commits that changed what an approval of such a text would cover, which may hold other
        pictures and works than the present one.
    stood: when the protected branch first held a text, as the order of a landing, where it may
        matter; PROPOSED for one that it never held.
    """

    acts: tuple[FiledAct, ...] = ()
    changes: tuple[Change, ...] = ()
    edits: tuple[Edit, ...] = ()
    texts: Mapping[Digest, Manifest | None] = field(default_factory=dict)
    made: Mapping[Digest, tuple[Change, ...]] = field(default_factory=dict)
    stood: Mapping[Digest, int] = field(default_factory=dict)
