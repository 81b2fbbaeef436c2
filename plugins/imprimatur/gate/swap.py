"""The live folder: a symbolic link to a release, replaced in one step, so that it is always whole.

Beside ``live`` lies ``live.releases/``, with the last releases and the one that is being made.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError
from imprimatur.gate.disk import flush, settle
from imprimatur.gate.lock import hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEPT: Final = 3
"""Releases that remain, the live one among them, and the one before it, whatever its number: there
is one to go back to."""

_RELEASE: Final = re.compile(r"release-([0-9]{6}|[1-9][0-9]{6,})")
_LEFT_OVER: Final = re.compile(r"(?:build|link|gone)-[0-9a-f]{16}")
_LOCK: Final = "lock"


@contextmanager
def workshop(live: Path) -> Iterator[Path]:
    """An empty folder to build the next release in, on the file system of the live folder.

    While it is open nobody else publishes there. What is not swapped in is removed at the end, and
    what killed runs left behind is removed at the beginning. Raises CannotExamineError.
    """
    _demand_link(live)
    releases = releases_of(live)
    with _told(live):
        live.parent.mkdir(parents=True, exist_ok=True)
        _demand_folder(releases)
        lock = hold(releases / _LOCK)
    if lock is None:
        raise CannotExamineError(
            f"another run is publishing to {live} right now; wait until it has ended, and try again"
        )
    try:
        with _told(live):
            _remove_left_overs(releases)
            folder = releases / _name("build")
            folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.release()


def swap(built: Path, live: Path) -> None:
    """Make what was built in the workshop the live folder, in one step.

    It is on the disk before readers are led to it. Whatever fails raises CannotExamineError and
    leaves the live folder as it was.
    """
    releases = releases_of(live)
    if built.parent != releases or not _LEFT_OVER.fullmatch(built.name):
        raise CannotExamineError(f"{built} was not built in the workshop of {live}")
    _demand_link(live)
    before = Path(os.path.realpath(live)).name
    with _told(live):
        settle(built)
        release = releases / f"release-{_next(releases):06}"
        built.rename(release)
        try:
            flush(releases)
            _lead(live, release)
        except OSError:
            # Back to where whoever opened the workshop removes it.
            release.rename(built)
            raise
    # Readers see the new release; whether old ones can be removed does not change that.
    with suppress(OSError):
        _remove_old(releases, {before, release.name})


def _lead(live: Path, release: Path) -> None:
    """Replace the link by one to this release."""
    link = release.with_name(_name("link"))
    # Seen from where the link will lie, so that the folders can be moved together.
    link.symlink_to(Path(release.parent.name, release.name), target_is_directory=True)
    if live.is_dir() and not live.is_symlink():
        live.rmdir()
    # The one step: before it readers see the old release, behind it the new one.
    link.replace(live)
    # Done is done: a disk that cannot say so at once does not take it back.
    with suppress(OSError):
        flush(live.parent)


def releases_of(live: Path) -> Path:
    """Where the releases of a live folder lie. Raises CannotExamineError where it has no name."""
    if live.name in {"", ".."}:
        raise CannotExamineError(f"{live} has no name of its own; name the folder to publish to")
    return live.with_name(f"{live.name}.releases")


def _name(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(8)}"


@contextmanager
def _told(live: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or live
        raise CannotExamineError(
            f"{where}: {error.strerror or error}; {live} is as it was: see that the folder beside "
            "it can be written and the disk has room, and publish again"
        ) from None


def _demand_link(live: Path) -> None:
    """Refuse a place where something lies that no run of ours put there.

    Raises CannotExamineError.
    """
    releases = releases_of(live)
    try:
        if live.is_symlink():
            _demand_own(live, releases)
        elif live.is_dir():
            if any(live.iterdir()):
                raise CannotExamineError(
                    f"{live} is a folder with files in it, and publishing makes a link of that "
                    f"name; name another place, or move it away: mv {live} {live}.before"
                )
        elif live.exists():
            raise CannotExamineError(
                f"{live} is a file; name a folder to publish to, or move the file away"
            )
    except OSError as error:
        raise CannotExamineError(f"{live} cannot be looked at: {error.strerror}") from None


def _demand_own(live: Path, releases: Path) -> None:
    target = live.readlink()
    release = live.parent / target
    # A real path is one even where links lead in a circle.
    is_beside = os.path.realpath(release.parent) == os.path.realpath(releases)
    if not (is_beside and _RELEASE.fullmatch(target.name)):
        raise CannotExamineError(
            f"{live} is a link to {target}, which is no release of ours; name another place, or "
            f"remove the link: rm {live}"
        )
    if not release.is_dir():
        raise CannotExamineError(
            f"{live} is a link to {target}, which is not there; lead it to a release that is "
            f"(ls {releases}), or remove the link: rm {live}"
        )


def _demand_folder(releases: Path) -> None:
    """Make the folder of releases. One that others hold, or a link to it, is refused."""
    with suppress(FileExistsError):
        releases.mkdir()
    if not stat.S_ISDIR(releases.lstat().st_mode):
        raise CannotExamineError(f"{releases} is no folder, and releases lie there; move it away")


def _remove_left_overs(releases: Path) -> None:
    """Remove what killed runs left; the lock is held, so no other run needs it.

    A host that outlives its run may still write there: what cannot be removed waits for the next.
    """
    for each in releases.iterdir():
        if _LEFT_OVER.fullmatch(each.name):
            with suppress(OSError):
                _remove(each)


def _remove_old(releases: Path, kept: set[str]) -> None:
    numbers = _numbers(each for each in releases.iterdir() if stat.S_ISDIR(each.lstat().st_mode))
    for number in sorted(numbers, reverse=True)[KEPT:]:
        old = releases / f"release-{number:06}"
        if old.name not in kept:
            # Under another name first: what is called a release is whole.
            gone = releases / _name("gone")
            old.rename(gone)
            _remove(gone)


def _remove(path: Path) -> None:
    if stat.S_ISDIR(path.lstat().st_mode):
        shutil.rmtree(path)
    else:
        path.unlink()


def _numbers(places: Iterable[Path]) -> list[int]:
    found = (_RELEASE.fullmatch(each.name) for each in places)
    return [int(match[1]) for match in found if match]


def _next(releases: Path) -> int:
    return max(_numbers(releases.iterdir()), default=0) + 1
