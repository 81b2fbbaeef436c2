"""The files that the board publishes from: manuscripts, bibliography, policy and board."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from imprimatur.bibliography import Bibliography, read_bibliography
from imprimatur.editorial.blobs import Blobs
from imprimatur.editorial.board import Board
from imprimatur.editorial.files import Files, Source
from imprimatur.editorial.places import (
    ARTICLES,
    BIBLIOGRAPHY,
    BIBLIOGRAPHY_IS_READABLE,
    BOARD,
    BOARD_IS_READABLE,
    LARGEST,
    POLICY,
    POLICY_IS_READABLE,
)
from imprimatur.editorial.policy import Policy
from imprimatur.editorial.subject import Subject
from imprimatur.editorial.texts import Texts
from imprimatur.errors import Finding, RuleName
from imprimatur.strict import Closed, Reading, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.editorial.cache import Cache, Parts
    from imprimatur.manuscript import Manifest, Manuscript

Model = TypeVar("Model", bound=Closed)


class Tree:
    """The working tree at a root, or a commit, each part read once and only when asked for.

    Nothing here raises for what a file holds: every reading says what is wrong with it.
    commit: whose files are read; empty for those of the working tree.
    Raises CannotExamineError where there is no such commit.
    """

    def __init__(self, root: Path, cache: Cache, commit: str) -> None:
        self.root, self.cache = root, cache
        self.files: Source = Blobs(root, commit) if commit else Files(root)
        self.texts = Texts(self.files, lambda: self.bibliography, BIBLIOGRAPHY, cache)

    @property
    def commit(self) -> str:
        """The commit whose files are read; empty where it is the working tree."""
        return self.files.commit if isinstance(self.files, Blobs) else ""

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """Slug of every manuscript, readable or not."""
        inside = (path.removeprefix(f"{ARTICLES}/") for path in self.files.under(ARTICLES))
        names = (name for name in inside if "/" not in name and name.endswith(".md"))
        return tuple(slug for name in names if (slug := name.removesuffix(".md")))

    @cached_property
    def docs(self) -> frozenset[str]:
        """Every file below ``docs/``."""
        return frozenset(self.files.under("docs"))

    @cached_property
    def bibliography(self) -> Bibliography:
        """All works; empty, with a finding beside it, where there is no file."""
        return read_bibliography(self.files.read(BIBLIOGRAPHY) or b"", BIBLIOGRAPHY)

    @cached_property
    def bibliography_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the bibliography, every entry examined."""
        data = self.files.read(BIBLIOGRAPHY) or b""
        if self.missing or self.cache.get("works", data) is not None:
            return self.missing
        found = self.bibliography.examine()
        if not found:
            # What is wrong is looked for anew each time.
            self.cache.put_many("works", {(data,): ""})
        return found

    @cached_property
    def missing(self) -> tuple[Finding, ...]:
        """That there is no bibliography, if there is none; each article then says it once."""
        is_there = self.files.read(BIBLIOGRAPHY) is not None
        return () if is_there else (_missing(BIBLIOGRAPHY, BIBLIOGRAPHY_IS_READABLE),)

    @cached_property
    def policy(self) -> Reading[Policy]:
        """The board's rules."""
        return self._typed(Policy, POLICY, POLICY_IS_READABLE)

    @cached_property
    def board(self) -> Reading[Board]:
        """The board's people."""
        return self._typed(Board, BOARD, BOARD_IS_READABLE)

    def manuscript(self, slug: str) -> Reading[Manuscript]:
        """The manuscript of an article."""
        return self.texts.manuscript(path_of(slug))

    def manifest(self, slug: str) -> Manifest | None:
        """What an approval of an article would cover; None if it cannot be read."""
        return self.texts.manifest(path_of(slug))

    def subject(self, slug: str) -> Subject | None:
        """An article as it stands in the tree; None if it cannot be read."""
        manuscript, manifest = self.manuscript(slug).value, self.manifest(slug)
        if manuscript is None or manifest is None:
            return None
        works = self.bibliography
        return Subject(manuscript=manuscript, bibliography=works, manifest=manifest)

    def source(self, slug: str) -> Parts:
        """All bytes that an article's manifest is made from, but those of images."""
        return self.texts.source(path_of(slug))

    def _typed(self, model: type[Model], path: str, rule: RuleName) -> Reading[Model]:
        data = self.files.read(path)
        if data is None:
            return Reading(value=None, findings=(_missing(path, rule),))
        return read_file(model, data, path, rule, limit=LARGEST)


def path_of(slug: str) -> str:
    """Where the manuscript of an article lies."""
    return f"{ARTICLES}/{slug}.md"


def _missing(path: str, rule: RuleName) -> Finding:
    message, cure = "there is no such file", "restore it from history or write it"
    return Finding(path=path, line=0, rule=rule, message=message, cure=cure)
