"""Git, asked so that neither its settings nor its files can change the answer."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS: Final = (
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


def git(root: Path, *arguments: str) -> str:
    """What Git prints, as text; bytes that are no text are replaced.

    Raises CannotExamineError where there is no Git or no repository, or it refuses.
    """
    return git_bytes(root, *arguments).decode(errors="replace")


def git_bytes(root: Path, *arguments: str) -> bytes:
    """What Git prints, to the byte. Raises as ``git`` does."""
    options = [part for setting in _SETTINGS for part in ("-c", setting)]
    # Replaced and grafted objects would show another history than the one that was signed for.
    environment = {**os.environ, "GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
    command = ["git", *options, "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
    except FileNotFoundError:
        raise CannotExamineError("Git is not installed; install git and try again") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else "no reason given"
        if arguments[0] == "log" and "does not have any commits" in reason:
            return b""
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
