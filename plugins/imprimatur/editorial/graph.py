"""All commits behind the protected branch and what is looked at, and what each of them changed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from imprimatur.editorial.differences import differences
from imprimatur.editorial.git import git

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from imprimatur.editorial.differences import Difference, Edge


class Graph:
    """Commits and their parents.

    line: the first-parent line of the protected branch, the oldest first; it may be empty.
    tips: behind which all commits lie that are known here.
    """

    def __init__(self, root: Path, line: Sequence[str], tips: Sequence[str]) -> None:
        self._root, self._line, self._tips = root, line, tips

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """The parents of each commit, in the order in which Git walks: the newest first."""
        if not self._tips:
            return {}
        lines = git(self._root, "rev-list", "--parents", *self._tips, "--").split("\n")
        found = (line.split(" ") for line in lines if line)
        return {commit: tuple(parents) for commit, *parents in found}

    @cached_property
    def merges(self) -> frozenset[str]:
        """Every commit with more than one parent."""
        return frozenset(each for each, parents in self.parents.items() if len(parents) > 1)

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """Every commit that is not on the line itself, the newest first."""
        line = set(self._line)
        return tuple(commit for commit in self.parents if commit not in line)

    @cached_property
    def reached(self) -> Mapping[str, int]:
        """The order with which each commit came to the line, of those that have."""
        order: dict[str, int] = {}
        for position, commit in enumerate(self._line):
            waiting = [commit]
            while waiting:
                each = waiting.pop()
                if each not in order:
                    order[each] = position
                    waiting.extend(self.parents.get(each, ()))
        return order

    @cached_property
    def along(self) -> tuple[tuple[Difference, ...], ...]:
        """What each commit of the line changed against the one before it, the oldest first."""
        edges = list(zip(self._line, ("", *self._line), strict=False))
        found = differences(self._root, edges)
        return tuple(found[edge] for edge in edges)

    def changed(self, commit: str) -> tuple[tuple[Difference, ...], ...]:
        """What a commit changed against each of its parents, or against nothing where it has none.

        All of them are read at once, and none is remembered from one run to the next.
        """
        across = tuple(self._across[edge] for edge in self._edges(commit))
        order = self._orders.get(commit)
        return across if order is None else (self.along[order], *across)

    @cached_property
    def _across(self) -> Mapping[Edge, tuple[Difference, ...]]:
        """What the line does not tell: of others, and against the further parents of a merge."""
        edges = (edge for commit in self.parents for edge in self._edges(commit))
        return differences(self._root, edges)

    @cached_property
    def _orders(self) -> Mapping[str, int]:
        return {commit: order for order, commit in enumerate(self._line)}

    def _edges(self, commit: str) -> tuple[Edge, ...]:
        """What a commit is compared with, but for the one before it on the line."""
        edges = tuple((commit, parent) for parent in self.parents[commit] or ("",))
        return edges[1:] if commit in self._orders else edges
