"""What Git knows: when a file was last edited, and what is not committed."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LAST: Final = 253_402_300_799


def edited_dates(root: Path, folder: str) -> Mapping[str, datetime]:
    """Last committer date of every file below a folder, in one reading of the history.

    Raises CannotExamineError where there is no Git, no repository or no whole history.
    """
    _demand_whole_history(root)
    # One pass for all files: a call for each would cost minutes at 10,000 articles.
    log = _git(root, "log", "--format=%x00%ct", "--name-only", "--relative", "--", folder)
    dates: dict[str, datetime] = {}
    moment = None
    # Not splitlines: a name may hold other line ends, and the name of another file behind one.
    for line in log.split("\n"):
        if line.startswith("\0"):
            # A committer writes any figure they like; the calendar ends in the year 9999.
            seconds = min(max(int(line[1:]), 0), _LAST)
            moment = datetime.fromtimestamp(seconds, tz=UTC)
        elif line and moment is not None:
            dates.setdefault(line, moment)
    return dates


def uncommitted(root: Path, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Files below these paths that are not, or not surely, what the commit holds.

    They differ from it, Git ignores or does not know them, or was told not to look.
    """
    prefix = _git(root, "rev-parse", "--show-prefix").strip()
    # Without renames, which are written as two names: each entry is one file.
    arguments = ["--porcelain=v1", "-z", "--ignored", "-uall", "--no-renames"]
    entries = _git(root, "status", *arguments, "--", *paths).split("\0")
    found = {entry[3:].removeprefix(prefix) for entry in entries if entry}
    return tuple(sorted(found | set(_unwatched(root, paths))))


def rewritten(root: Path, folder: str) -> tuple[str, ...]:
    """Files below a folder whose content is not the one they were first committed with.

    Edited or deleted since, along the line of first parents, so that what happened on a branch
    before it was merged does not count. Restoring a file mends it.
    Raises CannotExamineError where there is no Git, no repository or no whole history.
    """
    _demand_whole_history(root)
    arguments = ["--first-parent", "--diff-merges=first-parent", "--no-renames", "--diff-filter=A"]
    arguments += ["--raw", "--no-abbrev", "--format=", "-z", "--relative"]
    log = _git(root, "log", *arguments, "--", folder)
    if not log:
        return ()
    added = log.split("\0")
    # The newest comes first, so the oldest addition is what stays.
    first = {
        path: about.split(" ")[3] for about, path in zip(added[::2], added[1::2], strict=False)
    }
    now = {}
    for entry in _git(root, "ls-tree", "-r", "-z", "HEAD", "--", folder).split("\0"):
        about, _, path = entry.partition("\t")
        now[path] = about.rpartition(" ")[2]
    return tuple(sorted(path for path, blob in first.items() if now.get(path) != blob))


def _demand_whole_history(root: Path) -> None:
    """A shallow clone takes every file for one that its oldest commit added just so."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise CannotExamineError(
            "only the newest part of the history is here; fetch the rest: git fetch --unshallow"
        )


def _unwatched(root: Path, paths: tuple[str, ...]) -> Iterator[str]:
    """Files that Git was told to take for unchanged, whatever they hold."""
    for entry in _git(root, "ls-files", "-v", "-z", "--", *paths).split("\0"):
        if entry and (entry[0] == "S" or entry[0].islower()):
            yield entry[2:]


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "core.quotepath=off", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise CannotExamineError("Git is not installed; install git and try again") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else "no reason given"
        if arguments[0] == "log" and "does not have any commits" in reason:
            return ""
        raise CannotExamineError(
            f"Git cannot read this repository ({reason}); "
            "run the command inside a Git repository, or make one with `git init`"
        )
    return done.stdout.decode(errors="replace")
