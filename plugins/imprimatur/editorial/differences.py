"""What commits changed, each against a parent, told by Git from their trees alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.git import git
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PLAIN: Final = frozenset({"100644", "100755"})
"""What Git writes of a plain file."""

Edge = tuple[str, str]
"""A commit, and the parent that it is compared with; that is empty for one without parents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A path at which a commit holds something else than its parent.

    blob: Git's name of its bytes; empty where the file was deleted, or something else than a plain
    file took its place. is_new: whether the parent held nothing there.
    """

    path: str
    blob: str
    is_new: bool


def differences(root: Path, edges: Iterable[Edge]) -> Mapping[Edge, tuple[Difference, ...]]:
    """Every difference below a folder, by the commit and its parent, in one reading.

    Without a path for Git to look for: at 10,000 articles it would compare each name in a folder of
    theirs with it, for each commit. In the order of the history, or against it: each tree is stored
    as what is new in another one, and most of the time goes into putting them together.
    Raises CannotExamineError where a commit is missing or damaged.
    """
    wanted = tuple(dict.fromkeys(edges))
    if not wanted:
        return {}
    arguments = ["--stdin", "--always", "--root", "-r", "--raw", "--no-renames", "--no-abbrev"]
    asked = "".join(f"{commit} {parent}".strip() + "\n" for commit, parent in wanted)
    said = git(root, "diff-tree", *arguments, "--relative", "-z", given=asked.encode())
    commits: list[str] = []
    found: list[list[Difference]] = []
    fields = iter(said.split("\0")[:-1])
    for field in fields:
        if field.startswith(":"):
            found[-1].append(_difference(field, next(fields)))
        else:
            # The name of each commit that was asked for, in that order.
            commits.append(field)
            found.append([])
    if commits != [commit for commit, _ in wanted]:
        # Git leaves out what it cannot read, and says nothing.
        raise CannotExamineError(
            "a commit of the history is missing or damaged; ask `git fsck`, and clone again"
        )
    return {edge: tuple(each) for edge, each in zip(wanted, found, strict=True)}


def _difference(about: str, path: str) -> Difference:
    _, mode, _, blob, status = about.split(" ")
    return Difference(path=path, blob=blob if mode in PLAIN else "", is_new=status == "A")
