"""The protected branch: when each file came to it, and what was there before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.blobs import contents, contents_at
from imprimatur.editorial.git import git, resolved
from imprimatur.editorial.graph import Graph
from imprimatur.editorial.history import seconds_of
from imprimatur.editorial.landing import PROPOSED, SLACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from imprimatur.editorial.cache import Cache

EDITORIAL: Final = "editorial"

_KIND: Final = "arrivals"
_PLAIN: Final = {"100644", "100755"}
_LONGEST: Final = 4_096
"""Bytes of a name of a file."""


Place = tuple[str, str]
"""A commit, and a path in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A version of a file on the protected branch.

    order: of the first-parent commit it came with, counted from 0. blob: Git's name of its bytes;
    empty where the file was deleted, or something else than a plain file took its place.
    is_new: whether the commit before held nothing there.
    """

    path: str
    order: int
    blob: str
    is_new: bool = False


class Trunk:
    """The first-parent line of the protected branch, and how all else came to it.

    tip: the commit it is at, empty before the first commit. head: the commit that is looked at; by
    default the one that is checked out.
    """

    def __init__(self, root: Path, tip: str, cache: Cache, head: str = "") -> None:
        self.root, self.tip, self._cache = root, tip, cache
        self.head = head or resolved(root, "HEAD")
        self._times: dict[int, Sequence[int]] = {}

    @cached_property
    def commits(self) -> tuple[str, ...]:
        """The first-parent commits, the oldest first."""
        return tuple(commit for commit, _ in self._line)

    @cached_property
    def latest(self) -> datetime:
        """The latest date that any commit of the line carries; that of 1970 where there is none."""
        return datetime.fromtimestamp(max((at for _, at in self._line), default=0), tz=UTC)

    @property
    def state(self) -> tuple[bytes, ...]:
        """What tells all that is known of the history here from all that is known of any other."""
        return (self._place, self.tip.encode(), self.head.encode())

    def at(self, order: int, now: datetime) -> datetime:
        """The effective time of a first-parent commit: never before its parent's, nor after now.

        A date that lies ahead of now is no evidence. The commit is then taken to have come with the
        next one whose date is: else all behind it would come ever later, and after a member's term.
        """
        second = int(now.timestamp())
        if second not in self._times:
            self._times[second] = _effective([at for _, at in self._line], second)
        return min(datetime.fromtimestamp(self._times[second][order], tz=UTC), now)

    def dated(self, order: int) -> datetime:
        """The date that a first-parent commit tells."""
        return datetime.fromtimestamp(self._line[order][1], tz=UTC)

    def newest(self, until: datetime, now: datetime) -> str:
        """The last commit that had arrived by an instant; empty where none had.

        A repository that trusts this commit in place of the branch knows what was known then, and
        nothing else. now: the present instant, by which it is told which dates are no evidence.
        """
        arrived = [
            commit for order, commit in enumerate(self.commits) if self.at(order, now) <= until
        ]
        return arrived[-1] if arrived else ""

    def clock_fault(self, now: datetime) -> str:
        """Why this instant cannot be the present one, as a clause; empty if it can."""
        # The last one alone: a date far ahead is mended by any commit that is made after it.
        made = datetime.fromtimestamp(self._line[-1][1] if self._line else 0, tz=UTC)
        if made <= now + SLACK:
            return ""
        return (
            f"the clock of this machine is behind: it says {now:%Y-%m-%d %H:%M}Z, and the last "
            f"commit of the protected branch was made at {made:%Y-%m-%d %H:%M}Z; set the clock. "
            "If it is right, that commit was made by a clock that is ahead: wait until then"
        )

    @cached_property
    def editorial(self) -> tuple[Arrival, ...]:
        """Every version of every file below ``editorial/``, the oldest first."""
        if not self.tip:
            return ()
        stored = self._cache.get(_KIND, self._place, self.tip.encode())
        if stored is None:
            found = tuple(self._arrivals())
            rows = [[each.path, each.order, each.blob, each.is_new] for each in found]
            self._cache.put_many(_KIND, {(self._place, self.tip.encode()): json.dumps(rows)})
            return found
        return tuple(
            Arrival(path=path, order=order, blob=blob, is_new=is_new)
            for path, order, blob, is_new in json.loads(stored)
        )

    @cached_property
    def graph(self) -> Graph:
        """Every commit behind the branch or what is looked at."""
        return Graph(self.root, self.commits, [each for each in (self.tip, self.head) if each])

    def is_on_line(self, commit: str) -> bool:
        """Whether a commit is one of the first-parent line itself."""
        order = self.order(commit)
        return order != PROPOSED and self.commits[order] == commit

    def order(self, commit: str) -> int:
        """When a commit came to the protected branch, or PROPOSED."""
        return self.graph.reached.get(commit, PROPOSED)

    def hands(self, path: str, order: int) -> tuple[str, str]:
        """Addresses of who committed a file that came with a commit, and of who merged that one.

        The first is empty where several people had their hands in the file. The second is empty
        unless that commit is a merge: else nobody else is known to have looked.
        """
        commit = self.commits[order]
        merger = git(self.root, "log", "-1", "--format=%ae", commit, "--").strip()
        return self.author(path, commit), merger if commit in self.graph.merges else ""

    def author(self, path: str, commit: str) -> str:
        """The address of who committed a file that a commit holds.

        Empty where several people had their hands in the file, or nobody committed it.
        """
        # Combined merges list what differs from all parents: what somebody typed while merging.
        arguments = ["--full-history", "-c", "--no-renames", "--name-only", "--format=%x01%ae"]
        log = git(self.root, "log", *arguments, commit, "--", path) if commit else ""
        parts = (part.partition("\n") for part in log.split("\1")[1:])
        authors = {author.strip() for author, _, names in parts if names.strip()}
        return authors.pop() if len(authors) == 1 else ""

    def content(self, blob: str) -> bytes:
        """The bytes of a blob. Raises CannotExamineError where it is missing or damaged."""
        return self.contents([blob])[blob]

    def contents(self, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """The bytes of some blobs, read at once. Raises as ``content`` does."""
        return contents(self.root, blobs) if blobs else {}

    def blob(self, commit: str, path: str) -> str:
        """Git's name of a plain file in a commit, or an empty text if there is none."""
        # No system has a longer name, and none takes it in a command; an author may write one.
        if path.startswith(("/", "../")) or len(path.encode(errors="replace")) > _LONGEST:
            return ""
        entry = git(self.root, "ls-tree", "-z", commit, "--", path)
        about = entry.partition("\t")[0].split(" ")
        return about[2] if about[0] in _PLAIN else ""

    def file(self, commit: str, path: str) -> bytes | None:
        """The bytes of a plain file in a commit, or None if there is none."""
        blob = self.blob(commit, path)
        return self.content(blob) if blob else None

    def at_once(self, places: Iterable[Place]) -> Mapping[Place, bytes]:
        """The bytes at some places of the history, read at once; nothing of one where none are.

        Whether a link lies there is not asked, as ``file`` does: of use only for what is known by
        its digest.
        """
        prefix = self._place.decode(errors="replace")
        names = {f"{commit}:{prefix}{path}": (commit, path) for commit, path in places}
        return {names[name]: data for name, data in contents_at(self.root, names).items()}

    @cached_property
    def _place(self) -> bytes:
        """Where the site lies within its repository."""
        return git(self.root, "rev-parse", "--show-prefix").strip().encode()

    @cached_property
    def _line(self) -> tuple[tuple[str, int], ...]:
        if not self.tip:
            return ()
        log = git(self.root, "log", "--first-parent", "--format=%H %ct", self.tip, "--")
        pairs = (line.split(" ") for line in log.split("\n") if line)
        return tuple((commit, seconds_of(at)) for commit, at in pairs)[::-1]

    def _arrivals(self) -> Iterator[Arrival]:
        for order, found in enumerate(self.graph.along):
            for each in found:
                if each.path.startswith(f"{EDITORIAL}/"):
                    yield Arrival(path=each.path, order=order, blob=each.blob, is_new=each.is_new)


def _effective(dates: Sequence[int], now: int) -> Sequence[int]:
    """Dates of commits in the order of a line, as times that neither go back nor exceed now."""
    times, following = list(dates), now
    for place in reversed(range(len(times))):
        if times[place] > now:
            times[place] = following
        following = times[place]
    return list(accumulate(times, max))
