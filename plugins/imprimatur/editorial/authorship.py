"""Who changed which text: the commits behind every manuscript, image and cited work."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.git import git
from imprimatur.editorial.landing import Change
from imprimatur.editorial.touched_works import ANY_WORK, touched_works
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from imprimatur.editorial.cache import Cache, Parts
    from imprimatur.editorial.trunk import Trunk

_KIND: Final = "authorship"
_TEXTS: Final = "docs/"
_TRAILERS: Final = "%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x02)"
_PEOPLE: Final = f"--format=%H%x02%ae%x02%ce%x02{_TRAILERS}"
_ADDRESS: Final = re.compile(r"<([^<>]*)>")

_AROUND: Final = 40
"""Unchanged lines to look back over for the entry that a changed line belongs to."""


class Authorship:
    """Every commit that changed a file below ``docs/`` or the bibliography, with its people."""

    def __init__(self, root: Path, trunk: Trunk, bibliography: str, cache: Cache) -> None:
        self.root, self._trunk, self._bibliography, self._cache = root, trunk, bibliography, cache

    def changes(
        self,
        paths: Iterable[str],
        keys: Iterable[str],
        really: Callable[[str, tuple[str, ...]], bool] = lambda _commit, _addresses: True,
    ) -> tuple[Change, ...]:
        """The commits that changed one of these files or cited works, in the order of arrival.

        really: whether a commit, by these people, that may have changed one of the works did so.
        """
        commits: set[str] = set()
        for path in paths:
            commits.update(self._files.get(path, ()))
        for key in (*keys, ANY_WORK):
            perhaps = set(self._works.get(key, ())) - commits
            commits.update(
                each for each in perhaps if really(each, tuple(self._people.get(each, ())))
            )
        found = [
            Change(
                commit=commit,
                order=self._trunk.order(commit),
                addresses=tuple(self._people.get(commit, ())),
            )
            for commit in commits
        ]
        return tuple(sorted(found, key=lambda each: (each.order, each.commit)))

    def read(self) -> None:
        """Read the history of all texts, or what is remembered of it."""
        self._known  # noqa: B018 - asked for what it remembers

    @property
    def is_remembered(self) -> bool:
        """Whether it need not be read from Git."""
        return self._cache.get(_KIND, *self._parts) is not None

    @property
    def _files(self) -> Mapping[str, list[str]]:
        return self._known["files"]

    @property
    def _works(self) -> Mapping[str, list[str]]:
        return self._known["works"]

    @property
    def _people(self) -> Mapping[str, list[str]]:
        return self._known["people"]

    @cached_property
    def _known(self) -> dict[str, dict[str, list[str]]]:
        tips = self._tips
        if not tips:
            return {"files": {}, "works": {}, "people": {}}
        stored = self._cache.get(_KIND, *self._parts)
        if stored is not None:
            found: dict[str, dict[str, list[str]]] = json.loads(stored)
            return found
        files, works = self._read_files(tips), self._read_works(tips)
        commits = {each for found in (files, works) for some in found.values() for each in some}
        people = self._read_people(tips, commits)
        known = {"files": files, "works": works, "people": people}
        self._cache.put_many(_KIND, {self._parts: json.dumps(known)})
        return known

    @property
    def _tips(self) -> list[str]:
        return [each for each in (self._trunk.tip, self._trunk.head) if each]

    @property
    def _parts(self) -> Parts:
        return tuple(each.encode() for each in (self._bibliography, str(self.root), *self._tips))

    def _read_files(self, tips: list[str]) -> dict[str, list[str]]:
        files: dict[str, list[str]] = defaultdict(list)
        for commit in self._trunk.graph.parents:
            for path in self._typed(commit):
                files[path].append(commit)
        for path, commit in self._merged(tips):
            files[path].append(commit)
        return dict(files)

    def _read_people(self, tips: list[str], commits: Container[str]) -> dict[str, list[str]]:
        people: dict[str, list[str]] = {}
        for line in git(self.root, "log", _PEOPLE, *tips, "--").split("\n"):
            commit, *rest = line.split("\2")
            if commit in commits:
                people[commit] = sorted(set(_addresses(rest)))
        return people

    def _typed(self, commit: str) -> Iterator[str]:
        """Texts that a commit left unlike all its parents: what was typed, also while merging."""
        against = self._trunk.graph.changed(commit)
        common = set.intersection(*({each.path for each in found} for found in against))
        for path in common:
            if path.startswith(_TEXTS) or path == self._bibliography:
                yield path

    def _merged(self, tips: list[str]) -> Iterator[tuple[str, str]]:
        """The files below ``docs/`` that a merge left otherwise than Git would have merged them.

        Who takes one side whole is found by nothing else. Of the bibliography it is not asked: two
        works added at its end are a conflict that somebody must settle, and no authorship.
        """
        if not self._trunk.graph.merges:
            return
        arguments = ["--merges", "--full-history", "--sparse", "--remerge-diff", "--name-only"]
        arguments += ["--no-renames", "--relative", "-z", "--format=%x01%H", *tips]
        try:
            log = git(self.root, "log", *arguments, "--", _TEXTS)
        except CannotExamineError as error:
            if "remerge-diff" not in str(error):
                raise
            raise CannotExamineError(
                "this Git cannot tell what somebody typed while merging; install Git 2.35 or newer"
            ) from None
        commit = ""
        for field in log.split("\0"):
            if field.startswith("\1"):
                commit = field[1:]
            elif path := field.removeprefix("\n"):
                yield path, commit

    def _read_works(self, tips: list[str]) -> dict[str, list[str]]:
        arguments = ["--full-history", "-c", "--no-renames", "-p", f"-U{_AROUND}", "--text"]
        arguments += ["--no-ext-diff", "--no-textconv", "--no-color", "--format=%x01%H", *tips]
        log = git(self.root, "log", *arguments, "--", self._bibliography)
        patches: dict[str, list[str]] = {}
        commit = ""
        for line in log.split("\n"):
            # No line of a patch begins so: each has a sign of its own before it.
            if line.startswith("\1"):
                commit = line[1:]
            else:
                patches.setdefault(commit, []).append(line)
        works: dict[str, list[str]] = defaultdict(list)
        for commit, patch in patches.items():
            for key in touched_works(patch):
                works[key].append(commit)
        return dict(works)


def _addresses(fields: list[str]) -> Iterator[str]:
    """Author, committer and whoever a trailer names, in lower case."""
    for position, field in enumerate(fields):
        found = [field] if position < 2 else _ADDRESS.findall(field)  # noqa: PLR2004 - the two
        yield from (address.strip().casefold() for address in found)
