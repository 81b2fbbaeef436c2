"""The file that tells a host what to frame: beside the staged tree, never in it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field, StringConstraints, ValidationError

from imprimatur.editorial.moment import Moment
from imprimatur.editorial.state import State
from imprimatur.errors import CannotExamineError
from imprimatur.manuscript.front_matter import Identifier
from imprimatur.press import Entry, Heading, PrintedSheet
from imprimatur.strict import Closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imprimatur.gate.plan import Plan, Printed

STAGE: Final = "IMPRIMATUR_STAGE"
"""The environment variable that gives a host the place of the stage's file."""

TREE: Final = "tree"
FILE: Final = "stage.json"
"""The names of the staged tree and of the file beside it."""

_MADE: Final = frozenset({"site", ".cache"})
"""Folders of the tree that a host makes while it builds; none is read as a source."""

_CURE: Final = "run `imprimatur publish`, which makes both anew"

_Commit = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
_Sum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class StagedHeading(Closed):
    """A heading of a printed article, as ``press.Heading``."""

    level: Annotated[int, Field(ge=1, le=6)]
    id: str
    text: str
    own: bool
    audiences: tuple[str, ...]


class StagedArticle(Closed):
    """One printed article or notice, as ``gate.plan.Printed`` and its entry in lists."""

    slug: Identifier
    title: str
    summary: str
    html: str
    headings: tuple[StagedHeading, ...]
    topics: tuple[str, ...]
    state: State
    reviewed: Moment | None
    update: bool
    digest: Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
    commit: _Commit

    @property
    def sheet(self) -> PrintedSheet:
        """What a host frames."""
        headings = tuple(
            Heading(level=e.level, id=e.id, text=e.text, own=e.own, audiences=e.audiences)
            for e in self.headings
        )
        return PrintedSheet(title=self.title, html=self.html, headings=headings)

    @property
    def entry(self) -> Entry:
        """What lists say of it."""
        return Entry(
            slug=self.slug,
            title=self.title,
            summary=self.summary,
            topics=self.topics,
            state=self.state,
            reviewed=self.reviewed,
            update=self.update,
        )


class Stage(Closed):
    """Everything that a host is told of a release.

    at: the instant for which standings hold. files: the SHA-256 of each file of the tree.
    """

    format: Literal[1]
    commit: _Commit
    at: Moment
    articles: tuple[StagedArticle, ...]
    files: dict[str, _Sum]


def staged(each: Printed) -> StagedArticle:
    """An article of a plan, as the file holds it."""
    headings = tuple(
        StagedHeading(
            level=one.level, id=one.id, text=one.text, own=one.own, audiences=one.audiences
        )
        for one in each.headings
    )
    return StagedArticle(
        slug=each.slug,
        title=each.title,
        summary=each.summary,
        html=each.html,
        headings=headings,
        topics=each.entry.topics,
        state=each.entry.state,
        reviewed=each.entry.reviewed,
        update=each.entry.update,
        digest=each.digest,
        commit=each.commit,
    )


def stage_of(plan: Plan, files: dict[str, bytes]) -> Stage:
    """What a host is told of a plan. files: all that is staged, by its path in the tree."""
    return Stage(
        format=1,
        commit=plan.commit,
        at=plan.at,
        articles=tuple(staged(each) for each in plan.printed),
        files={path: _sum(files[path]) for path in sorted(files)},
    )


def read_stage(file: Path, tree: Path) -> Stage:
    """Read the file beside a tree, and hold the tree against it.

    Raises CannotExamineError where the file lies anywhere else, or inside a Git repository; where
    it is not what this program writes; where the tree differs from it by a byte or a file.
    """
    if not file.is_absolute() or file != tree.resolve().parent / FILE or tree.name != TREE:
        raise CannotExamineError(
            f"{STAGE} is {file}, but the tree that is built is {tree}; the file lies beside the "
            f"tree, as {FILE} beside {TREE}/; {_CURE}"
        )
    refuse_repository(file.parent)
    try:
        if file.is_symlink():
            raise CannotExamineError(f"{file} is a symbolic link; {_CURE}")
        stage = Stage.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else _first(error)
        raise CannotExamineError(f"{file} cannot be read: {reason}; {_CURE}") from None
    _refuse_other_tree(tree, stage)
    return stage


def refuse_repository(folder: Path) -> None:
    """Refuse a stage within a Git repository: whoever can write there could forge it.

    Raises CannotExamineError.
    """
    for each in (folder, *folder.resolve().parents):
        if (each / ".git").exists():
            raise CannotExamineError(
                f"a stage lies outside every Git repository, and {each} is one; set TMPDIR to a "
                "folder outside it"
            )


def _refuse_other_tree(tree: Path, stage: Stage) -> None:
    found = dict(_sums(tree))
    for path in sorted(stage.files.keys() | found.keys()):
        if found.get(path) != stage.files.get(path):
            what = "is missing" if path not in found else "was changed"
            what = "does not belong to it" if path not in stage.files else what
            raise CannotExamineError(f"the staged tree is not as it was staged: {path} {what}")


def _sums(tree: Path) -> Iterator[tuple[str, str]]:
    for place in tree.rglob("*"):
        path = place.relative_to(tree)
        if path.parts[0] in _MADE or (place.is_dir() and not place.is_symlink()):
            continue
        # A link leads out of what was staged, whatever it leads to.
        yield path.as_posix(), "" if place.is_symlink() else _sum(place.read_bytes())


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _first(error: ValidationError) -> str:
    detail = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in detail["loc"])
    return f"{where or 'the file'}: {detail['msg'].lower()}"
