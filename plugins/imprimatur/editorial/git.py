"""Git, asked so that neither its settings nor its files can change the answer."""

from __future__ import annotations

import hashlib
import os
import subprocess
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS: Final = (
    # A graph that somebody wrote may give a commit other parents than it has itself.
    "core.commitGraph=false",
    "core.quotepath=off",
    "core.fsmonitor=false",
    "color.ui=false",
    f"diff.orderFile={os.devnull}",
    "i18n.logOutputEncoding=UTF-8",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "trailer.separators=:",
)

_APART: Final = {
    # Replaced and grafted objects would show another history than the one that was signed for.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    # A name that an author wrote is that name, and no pattern.
    "GIT_LITERAL_PATHSPECS": "1",
    # What a partial clone lacks would be fetched from wherever its settings say. Git before 2.44
    # knows only the second of these: no way of fetching has that name.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}

_ELSEWHERE: Final = frozenset((
    "GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_PREFIX",
))  # fmt: skip
"""What would lead Git to another repository than the one that is looked at, or to parts of one.
Git itself sets some of them for a hook, of this same repository."""


def git(root: Path, *arguments: str, given: bytes = b"") -> str:
    """What Git prints, as text; bytes that are no text are replaced. given: what it is to read.

    Raises CannotExamineError where there is no Git or no repository, or it refuses.
    """
    return git_bytes(root, *arguments, given=given).decode(errors="replace")


def git_bytes(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What Git prints, to the byte. given: what it is to read. Raises as ``git`` does."""
    options = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = ["git", *options, "-C", str(root), *arguments]
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    environment = kept | _APART
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, check=False, env=environment
        )
    except FileNotFoundError:
        raise CannotExamineError("Git is not installed; install git and try again") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else "no reason given"
        if arguments[0] == "log" and "does not have any commits" in reason:
            return b""
        if "promisor" in reason or "lazy fetching" in reason:
            raise CannotExamineError(
                "this clone lacks parts of the history; clone it again whole, without --filter"
            )
        raise CannotExamineError(
            f"Git cannot read this repository ({reason}); "
            "run the command inside a Git repository, or make one with `git init`"
        )
    return done.stdout


def resolved(root: Path, name: str) -> str:
    """The commit that a name stands for, or an empty text where it stands for none."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", "--").split()[0]
    except (CannotExamineError, IndexError):
        return ""


def demand_whole_history(root: Path) -> None:
    """Refuse a shallow clone, which takes every file for one that its oldest commit added so.

    Raises CannotExamineError.
    """
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise CannotExamineError(
            "only the newest part of the history is here; fetch the rest: git fetch --unshallow"
        )


def blob_name(data: bytes, like: str) -> str:
    """Git's name of some bytes, by the hash of another name."""
    header = f"blob {len(data)}\0".encode()
    if len(like) == hashlib.sha256().digest_size * 2:
        return hashlib.sha256(header + data).hexdigest()
    return hashlib.sha1(header + data, usedforsecurity=False).hexdigest()
