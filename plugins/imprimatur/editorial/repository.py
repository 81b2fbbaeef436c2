"""Everything the board publishes from: manuscripts, bibliography, policy, board and records."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, TypeVar

from imprimatur.bibliography import Bibliography, read_bibliography
from imprimatur.editorial.board import Board
from imprimatur.editorial.files import Files
from imprimatur.editorial.history import edited_dates, uncommitted
from imprimatur.editorial.policy import Policy
from imprimatur.editorial.records import RECORDS, read_records
from imprimatur.editorial.standing import standing
from imprimatur.editorial.state import Standing, State
from imprimatur.errors import CannotExamineError, Finding, RuleName
from imprimatur.manuscript import Manifest, Manuscript, manifest_of, read_manuscript
from imprimatur.strict import Closed, Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from imprimatur.editorial.act import FiledAct

POLICY_IS_READABLE = RuleName("policy-is-readable")
BOARD_IS_READABLE = RuleName("board-is-readable")
BIBLIOGRAPHY_IS_READABLE = RuleName("bibliography-is-readable")

ARTICLES: Final = "docs/articles"
BIBLIOGRAPHY: Final = "bibliography.bib"
POLICY: Final = "editorial/policy.yml"
BOARD: Final = "editorial/board.yml"

_LIMIT: Final = 1_000_000

Model = TypeVar("Model", bound=Closed)


class Repository:
    """The working tree at a root, each part read at most once and only when asked for.

    Nothing here raises for what a file holds: every reading says what is wrong with it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = Files(root)
        self.manuscript = cache(self._manuscript)
        self.manifest = cache(self._manifest)
        self.records = cache(self._records)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """Slug of every manuscript, readable or not."""
        found = (PurePosixPath(path) for path in self.files.under(ARTICLES))
        return tuple(path.stem for path in found if path == PurePosixPath(_path(path.stem)))

    @cached_property
    def bibliography(self) -> Bibliography:
        """All works; empty, with a finding beside it, where there is no file."""
        return read_bibliography(self.files.read(BIBLIOGRAPHY) or b"", BIBLIOGRAPHY)

    @cached_property
    def bibliography_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the bibliography, every entry examined."""
        return self.missing or self.bibliography.examine()

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

    @cached_property
    def edited(self) -> Mapping[str, datetime] | None:
        """When each manuscript was last committed; without those that were edited since.

        None where Git cannot say.
        """
        try:
            dates = edited_dates(self.root, ARTICLES)
            since = set(uncommitted(self.root, (ARTICLES,)))
        except CannotExamineError:
            return None
        return {path: date for path, date in dates.items() if path not in since}

    @cached_property
    def record_paths(self) -> Mapping[str, tuple[str, ...]]:
        """Files of the records by slug; what lies beside the folders stands under ``""``."""
        found: dict[str, list[str]] = {}
        for path in self.files.under(RECORDS):
            inside = PurePosixPath(path).relative_to(RECORDS).parts
            found.setdefault(inside[0] if len(inside) > 1 else "", []).append(path)
        return {slug: tuple(paths) for slug, paths in found.items()}

    def standing(self, slug: str, now: datetime) -> Standing:
        """The standing of an article: a draft wherever something needed for more is unreadable."""
        manifest, policy, board = self.manifest(slug), self.policy.value, self.board.value
        if manifest is None or policy is None or board is None:
            parts = {"manuscript": manifest, "policy": policy, "board": board}
            lacking = [name for name, part in parts.items() if part is None]
            waits = f"a readable {' and '.join(lacking)}"
            return Standing(state=State.DRAFT, waits_for=(waits,))
        return standing(manifest, self.records(slug).value or (), board, policy, now)

    def _manuscript(self, slug: str) -> Reading[Manuscript]:
        data = self.files.read(_path(slug))
        return read_manuscript(data if data is not None else b"", _path(slug))

    def _manifest(self, slug: str) -> Manifest | None:
        manuscript = self.manuscript(slug).value
        if manuscript is None:
            return None
        return manifest_of(manuscript, self.bibliography, self.files.read)

    def _records(self, slug: str) -> Reading[tuple[FiledAct, ...]]:
        return read_records(self.files, self.record_paths.get(slug, ()))

    def _typed(self, model: type[Model], path: str, rule: RuleName) -> Reading[Model]:
        data = self.files.read(path)
        if data is None:
            return Reading(value=None, findings=(_missing(path, rule),))
        return read_file(model, data, path, rule, limit=_LIMIT)


def _path(slug: str) -> str:
    return f"{ARTICLES}/{slug}.md"


def _missing(path: str, rule: RuleName) -> Finding:
    message, cure = "there is no such file", "restore it from history or write it"
    return Finding(path=path, line=0, rule=rule, message=message, cure=cure)
