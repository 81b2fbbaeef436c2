"""Rules about what Git itself may hide: files that are none, and a history that was replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.blobs import LINK, SUBMODULE
from imprimatur.editorial.files import shown
from imprimatur.editorial.git import git
from imprimatur.editorial.places import DOCS, PUBLISHED, RECORDS
from imprimatur.errors import Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.editorial import Repository
    from imprimatur.editorial.blobs import Blobs, Entry
    from imprimatur.gate.examination import Examination

_POINTERS: Final = (b"version https://git-lfs.", b"version https://hawser.")
_LONGEST_POINTER: Final = 1024


def file_stands_in_the_commit(examination: Examination) -> Iterator[Finding]:
    """Every file that is published or decides about it stands in the commit itself, as it is.

    Bad: docs/assets as a submodule; an image of which Git holds only a pointer to its large-file
    store; editorial/board.yml as a symbolic link
    Good: the files themselves
    """
    commit = examination.repository.committed
    if commit is None:
        return
    for path, entry in commit.entries.items():
        message = _elsewhere(commit, path, entry) if is_published(path) else ""
        if message:
            cure = "commit the file itself in its place"
            yield _finding(shown(path), "file-stands-in-the-commit", message, cure)


def history_is_not_replaced(examination: Examination) -> Iterator[Finding]:
    """The clone shows the history as it was made, from its own store: nothing covers it up.

    What stands in place of commits is not believed here, but everybody who looks with Git itself
    is shown it.

    Bad: git replace COMMIT OTHER; a file .git/info/grafts; objects borrowed from another clone
    Good: a fresh clone
    """
    rule, cure = "history-is-not-replaced", "clone the repository anew, and ask there"
    for path, message in covers(examination.repository):
        yield _finding(path, rule, message, cure)


def is_published(path: str) -> bool:
    """Whether a path is among what readers are shown, or what decides about that."""
    return path.partition("/")[0] in PUBLISHED


def _elsewhere(commit: Blobs, path: str, entry: Entry) -> str:
    """Why a file's content is not in the commit; empty if it is."""
    if entry.mode == SUBMODULE:
        return "this is a submodule, another repository that nobody approved"
    if entry.mode == LINK:
        # Below docs/ each link is found by its name.
        return "" if path.startswith(f"{DOCS}/") else "this is a symbolic link"
    if not entry.is_plain:
        return f"this is no plain file: Git calls it {entry.mode}"
    # An act is read strictly, and is no pointer if it can be read.
    if entry.size > _LONGEST_POINTER or path.startswith(f"{RECORDS}/"):
        return ""
    content = commit.read(path) or b""
    is_pointer = content.startswith(_POINTERS)
    return "this is a pointer to Git's large-file store, not the file" if is_pointer else ""


def covers(repository: Repository) -> Iterator[tuple[str, str]]:
    """What covers up the history in this clone: where each stands, and what it does."""
    listed = git(repository.root, "for-each-ref", "--format=%(refname)", "refs/replace")
    for name in listed.split():
        yield f".git/{name}", "another object is shown in place of this one"
    common = git(repository.root, "rev-parse", "--git-common-dir").removesuffix("\n")
    store = repository.root / Path(common)
    files = {
        "info/grafts": "other parents are shown in place of those that commits have",
        "objects/info/alternates": "objects are borrowed from another clone, which may change",
    }
    for path, message in files.items():
        file = store / path
        if file.is_file() and file.read_bytes().strip():
            yield f".git/{path}", message


def _finding(path: str, rule: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=0, rule=RuleName(rule), message=message, cure=cure)
