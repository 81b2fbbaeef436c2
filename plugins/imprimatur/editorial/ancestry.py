"""Which commits lie behind which: what a text held when it was handed in, what acts got lost."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.landing import PROPOSED
from imprimatur.editorial.places import RECORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from imprimatur.editorial.cache import Cache
    from imprimatur.editorial.trunk import Trunk

_ACT: Final = re.compile(rf"{RECORDS}/[^/]+/[^/]+\.yml")


class Ancestry:
    """The commits that made acts, and what lies behind each."""

    def __init__(self, trunk: Trunk, cache: Cache) -> None:
        self._trunk, self._cache = trunk, cache

    def behind(self, path: str, commits: Iterable[str]) -> frozenset[str]:
        """Of some commits, those that a submission followed on every branch on which it was made.

        None where no commit is known to have made it: then nothing is known to lie behind it.
        """
        made = self._made.get(path, ())
        if not made:
            return frozenset()
        return frozenset(
            each for each in commits if all(self._is_behind(each, later) for later in made)
        )

    def astray(self, arrived: Collection[str]) -> Iterator[tuple[str, str]]:
        """Acts behind the protected branch that never came to it, each with a commit that made it.

        Where a branch is merged the wrong way round, or a merge takes one side whole, an act is in
        the history and was never among what the first parents hold. arrived: the acts that came.
        """
        for path, commits in self._made.items():
            if path not in arrived:
                for commit in commits:
                    if self._trunk.order(commit) != PROPOSED:
                        yield path, commit

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
    def _made(self) -> Mapping[str, list[str]]:
        """The commits that added each act."""
        tips = [each for each in (self._trunk.tip, self._trunk.head) if each]
        if not tips:
            return {}
        parts = (str(self._trunk.root).encode(), *(each.encode() for each in tips))
        stored = self._cache.get("made", *parts)
        if stored is not None:
            known: dict[str, list[str]] = json.loads(stored)
            return known
        found: dict[str, list[str]] = {}
        for name, commit in (*self._on_line(), *self._beside()):
            found.setdefault(name, []).append(commit)
        self._cache.put_many("made", {parts: json.dumps(found)})
        return found

    def _on_line(self) -> Iterator[tuple[str, str]]:
        """What the commits of the line added, but for merges, which made nothing."""
        for each in self._trunk.editorial:
            commit = self._trunk.commits[each.order]
            if each.is_new and _ACT.fullmatch(each.path) and commit not in self._trunk.graph.merges:
                yield each.path, commit

    def _beside(self) -> Iterator[tuple[str, str]]:
        """What the others added, but for merges."""
        for commit in self._trunk.graph.beside:
            if commit not in self._trunk.graph.merges:
                (found,) = self._trunk.graph.changed(commit)
                for each in found:
                    if each.is_new and _ACT.fullmatch(each.path):
                        yield each.path, commit
