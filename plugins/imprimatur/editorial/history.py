"""What Git knows: when a file was last edited, and what is not committed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.git import demand_whole_history, git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LAST: Final = 253_402_300_799


def seconds_of(written: str) -> int:
    """The date of a commit as Git tells it, in seconds since 1970; 0 where it names none.

    A committer writes any figure they like, or none; the calendar ends in the year 9999.
    """
    return min(int(written[:15]), _LAST) if written.isascii() and written.isdigit() else 0


def edited_dates(root: Path, folder: str, commit: str = "") -> Mapping[str, datetime]:
    """Last committer date of every file below a folder, in one reading of the history.

    commit: the one to look back from; by default the one that is checked out.
    Raises CannotExamineError where there is no Git, no repository or no whole history.
    """
    demand_whole_history(root)
    # One pass for all files: a call for each would cost minutes at 10,000 articles.
    arguments = ["--format=%x00%ct", "--name-only", "--relative", *filter(None, [commit])]
    log = git(root, "log", *arguments, "--", folder)
    dates: dict[str, datetime] = {}
    moment = None
    # Not splitlines: a name may hold other line ends, and the name of another file behind one.
    for line in log.split("\n"):
        if line.startswith("\0"):
            moment = datetime.fromtimestamp(seconds_of(line[1:]), tz=UTC)
        elif line and moment is not None:
            dates.setdefault(line, moment)
    return dates


def uncommitted(root: Path, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Files below these paths that are not, or not surely, what the commit holds.

    They differ from it, Git ignores or does not know them, or was told not to look.
    """
    prefix = git(root, "rev-parse", "--show-prefix").strip()
    # Without renames, which are written as two names: each entry is one file.
    arguments = ["--porcelain=v1", "-z", "--ignored", "-uall", "--no-renames"]
    entries = git(root, "status", *arguments, "--", *paths).split("\0")
    found = {entry[3:].removeprefix(prefix) for entry in entries if entry}
    return tuple(sorted(found | set(_unwatched(root, paths))))


def _unwatched(root: Path, paths: tuple[str, ...]) -> Iterator[str]:
    """Files that Git was told to take for unchanged, whatever they hold."""
    for entry in git(root, "ls-files", "-v", "-z", "--", *paths).split("\0"):
        if entry and (entry[0] == "S" or entry[0].islower()):
            yield entry[2:]
