"""Which commits lie behind which: what a text held when it was handed in, what acts got lost."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from imprimatur.editorial.landing import PROPOSED
from imprimatur.editorial.places import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from imprimatur.editorial.cache import Cache
    from imprimatur.editorial.differences import Difference
    from imprimatur.editorial.trunk import Trunk

_ACT: Final = re.compile(rf"{RECORDS}/[^/]+/[^/]+\.yml(?:\.sig)?")


class Made(NamedTuple):
    """That a commit behind the protected branch added an act.

    blob, seal: Git's names of its bytes, and of the signature that it added beside it, if it did.
    """

    path: str
    commit: str
    blob: str
    seal: str


class Ancestry:
    """The commits that made acts, and what lies behind each."""

    def __init__(self, trunk: Trunk, cache: Cache) -> None:
        self._trunk, self._cache = trunk, cache

    def behind(self, path: str, commits: Iterable[str]) -> frozenset[str]:
        """Of some commits, those that a submission followed on every branch on which it was made.

        None where no commit is known to have made it: then nothing is known to lie behind it.
        """
        made = [commit for commit, _ in self._made.get(path, ())]
        if not made:
            return frozenset()
        return frozenset(
            each for each in commits if all(self._is_behind(each, later) for later in made)
        )

    def made(self) -> Iterator[Made]:
        """Every act behind the protected branch, by each commit that added it there."""
        for path, commits in self._made.items():
            if path.endswith(".yml"):
                seals = dict(self._made.get(f"{path}.sig", ()))
                for commit, blob in commits:
                    if self._trunk.order(commit) != PROPOSED:
                        yield Made(path, commit, blob, seals.get(commit, ""))

    def read(self) -> None:
        """Read the history of all acts, or what is remembered of it."""
        self._made  # noqa: B018 - asked for what it remembers

    def _is_behind(self, earlier: str, later: str) -> bool:
        """Whether a commit is another one, or one of its ancestors."""
        order, seen = self._trunk.order(earlier), set[str]()
        waiting = [later]
        while waiting:
            each = waiting.pop()
            place = self._trunk.order(each)
            if each == earlier or (self._trunk.is_on_line(each) and order <= place):
                return True
            # What came earlier holds nothing that came later, and all of the line is behind it.
            if each not in seen and place >= order and not self._trunk.is_on_line(each):
                seen.add(each)
                waiting.extend(self._trunk.graph.parents.get(each, ()))
        return False

    @cached_property
    def _made(self) -> Mapping[str, list[tuple[str, str]]]:
        """The commits that added each act or signature, each with Git's name of its bytes."""
        tips = [each for each in (self._trunk.tip, self._trunk.head) if each]
        if not tips:
            return {}
        parts = (str(self._trunk.root).encode(), *(each.encode() for each in tips))
        stored = self._cache.get("made", *parts)
        if stored is not None:
            known: dict[str, list[tuple[str, str]]] = json.loads(stored)
            return known
        found: dict[str, list[tuple[str, str]]] = {}
        for commit in (*self._trunk.commits, *self._trunk.graph.beside):
            for each in self._added(commit):
                found.setdefault(each.path, []).append((commit, each.blob))
        self._cache.put_many("made", {parts: json.dumps(found)})
        return found

    def _added(self, commit: str) -> Iterator[Difference]:
        """What a commit added that none of its parents held: of a merge, what was typed then."""
        first, *others = self._trunk.graph.changed(commit)
        elsewhere = [{each.path for each in found if each.is_new} for found in others]
        for each in first:
            is_new = each.is_new and all(each.path in found for found in elsewhere)
            if is_new and _ACT.fullmatch(each.path):
                yield each
