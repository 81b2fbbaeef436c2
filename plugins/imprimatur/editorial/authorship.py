"""Who changed which text: the commits behind every manuscript, image and cited work."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.git import git
from imprimatur.editorial.landing import Change
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from imprimatur.editorial.cache import Cache, Parts
    from imprimatur.editorial.trunk import Trunk

ANY_WORK: Final = "*"
"""Stands for every work of the bibliography, where a commit cannot be told to have spared one."""

_KIND: Final = "authorship"
_TRAILERS: Final = "%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x02)"
_PEOPLE: Final = f"--format=%x01%H%x02%ae%x02%ce%x02{_TRAILERS}"
_ADDRESS: Final = re.compile(r"<([^<>]*)>")
# What the reader of bibliographies takes for the beginning of an entry, wherever it stands.
_OPENING: Final = re.compile(r"@[ \t]*[A-Za-z][\w:.+/*-]*\s*(?:[{(]|$)")
_HEADER: Final = re.compile(
    r"\s*@[ \t]*(?P<kind>[A-Za-z][\w:.+/*-]*)\s*"
    r"(?:\{\s*(?P<braced>[^\s,{}]+)|\(\s*(?P<round>[^\s,{}()]+))\s*(?:[,})]|$)"
)

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
        files, people = self._read_files(tips)
        known = {"files": files, "works": self._read_works(tips), "people": people}
        self._cache.put_many(_KIND, {self._parts: json.dumps(known)})
        return known

    @property
    def _tips(self) -> list[str]:
        return [each for each in (self._trunk.tip, self._trunk.head) if each]

    @property
    def _parts(self) -> Parts:
        return tuple(each.encode() for each in (self._bibliography, str(self.root), *self._tips))

    def _read_files(self, tips: list[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        # Combined merges list what differs from all parents: what somebody typed while merging.
        arguments = ["--full-history", "-c", "--no-renames", "--name-only", "--relative"]
        arguments += [_PEOPLE, *tips]
        log = git(self.root, "log", *arguments, "--", "docs", self._bibliography)
        files: dict[str, list[str]] = defaultdict(list)
        people: dict[str, list[str]] = {}
        commit = ""
        for line in f"{log}\n{self._merged(tips)}".split("\n"):
            if line.startswith("\1"):
                commit, *rest = line[1:].split("\2")
                people[commit] = sorted(set(_addresses(rest)))
            elif line:
                files[line].append(commit)
        return dict(files), people

    def _merged(self, tips: list[str]) -> str:
        """The files below ``docs/`` that a merge left otherwise than Git would have merged them.

        Who takes one side whole is found by nothing else. Of the bibliography it is not asked: two
        works added at its end are a conflict that somebody must settle, and no authorship.
        """
        if not self._trunk.merges:
            return ""
        arguments = ["--merges", "--full-history", "--sparse", "--remerge-diff", "--name-only"]
        arguments += ["--no-renames", "--relative", _PEOPLE, *tips]
        try:
            return git(self.root, "log", *arguments, "--", "docs")
        except CannotExamineError as error:
            if "remerge-diff" not in str(error):
                raise
            raise CannotExamineError(
                "this Git cannot tell what somebody typed while merging; install Git 2.35 or newer"
            ) from None

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


def touched_works(patch: Iterable[str]) -> frozenset[str]:
    """Keys of the entries in which the lines of a patch of a BibTeX file change something.

    ``ANY_WORK`` is among them where a changed line cannot be told to belong to one entry: in a
    string that others use, beyond the lines shown, or typed while two branches were merged.
    """
    found: set[str] = set()
    # The two sides of a patch are two texts: a line is of the entry above it on its own side.
    within: dict[str, str] = {}
    for line in patch:
        if line.startswith("@@@"):
            return frozenset({ANY_WORK})
        if line.startswith("@@"):
            within = {"-": ANY_WORK, "+": ANY_WORK}
        elif within and line[:1] in {" ", "+", "-"}:
            for side in "-+" if line[0] == " " else line[0]:
                entry = _entry(line[1:], within[side])
                if entry == ANY_WORK and within[side] in found:
                    # An entry that begins in the midst of a line is part of the one before it
                    # where a brace of that one is lost.
                    found.add(ANY_WORK)
                within[side] = entry
            # Fixed spaces are part of a field; a line of ordinary ones is part of nothing.
            if line[0] != " " and line[1:].strip(" \t\r"):
                found.add(within[line[0]])
    return frozenset(found)


def _entry(line: str, before: str) -> str:
    """Key of the entry that a line belongs to, or ANY_WORK. before: that of the line above."""
    openings = len(_OPENING.findall(line))
    if not openings:
        return before
    header = _HEADER.match(line)
    if header is None or openings > 1:
        return ANY_WORK
    plain = header["kind"].lower() not in {"string", "preamble", "comment"}
    return (header["braced"] or header["round"]) if plain else ANY_WORK


def _addresses(fields: list[str]) -> Iterator[str]:
    """Author, committer and whoever a trailer names, in lower case."""
    for position, field in enumerate(fields):
        found = [field] if position < 2 else _ADDRESS.findall(field)  # noqa: PLR2004 - the two
        yield from (address.strip().casefold() for address in found)
