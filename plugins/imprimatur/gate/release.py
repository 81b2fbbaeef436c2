"""Writes down what a built site consists of, and holds a deployed copy against it."""

from __future__ import annotations

import hashlib
import os
import platform
import stat
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError, Finding, RuleName, one_line
from imprimatur.gate.headers import FOR_SERVERS
from imprimatur.gate.release_file import (
    RELEASE,
    Release,
    ReleasedArticle,
    ReleasedFile,
    Tools,
    read_release,
    written,
)
from imprimatur.gate.verdict import Unchecked, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.plan import Plan, Printed

RELEASE_IS_WHOLE: Final = RuleName("release-is-whole")
"""A published folder holds what was published, to the byte, and nothing else."""

_THEMES: Final = {"mkdocs": "mkdocs-material", "properdocs": "mkdocs-material"}


def write_release(site: Path, plan: Plan, host: str) -> None:
    """Write the file, last of all: of whatever is in the folder now.

    host: the package that built it. Raises CannotExamineError, OSError.
    """
    articles = sorted(map(_article, plan.printed), key=lambda each: each.slug)
    release = Release(
        format=1,
        commit=plan.commit,
        at=plan.at,
        tools=_tools(host),
        articles=tuple(articles),
        files=dict(sorted(_plain_files(site))),
    )
    (site / RELEASE).write_bytes(written(release))


def verify_release(site: Path) -> Verdict:
    """Hold a folder against what it says of itself: missing, changed and extra files.

    What a server keeps to itself may be missing from a copy that was fetched from it, and is then
    not checked. Raises CannotExamineError where the folder says nothing, or cannot be read.
    """
    release = read_release(site)
    try:
        found = dict(_files(site))
    except OSError as error:
        raise CannotExamineError(f"{error.filename}: {error.strerror}") from None
    kept = tuple(path for path in FOR_SERVERS if path in release.files and path not in found)
    # Of a file that is not here the folder may be.
    folders = {f"{above}/" for path in release.files for above in PurePosixPath(path).parents}
    found = {path: file for path, file in found.items() if path not in folders}
    return Verdict(
        findings=tuple(
            _finding(path, release.files.get(path), is_here=path in found)
            for path in sorted(release.files.keys() | found.keys())
            if path not in kept and not _is_same(release.files.get(path), found.get(path))
        ),
        unchecked=tuple(Unchecked(rule=RELEASE_IS_WHOLE, reason=_kept(path)) for path in kept),
        articles=len(release.articles),
    )


def unnamed(release: Release) -> Iterator[Finding]:
    """What every release holds and this one does not name, so that it may be gone."""
    for path in release.unnamed:
        message = f"{RELEASE} does not name it, and every release holds it"
        cure = "find out who changed that file, and publish anew"
        yield Finding(path=path, line=0, rule=RELEASE_IS_WHOLE, message=message, cure=cure)


def _article(printed: Printed) -> ReleasedArticle:
    return ReleasedArticle(
        slug=printed.slug,
        standing=printed.entry.state,
        manifest=printed.digest,
        commit=printed.commit,
        update=printed.entry.update,
    )


def _tools(host: str) -> Tools:
    return Tools(
        host=f"{host} {version(host)}",
        imprimatur=version("mkdocs-imprimatur"),
        markdown=version("markdown"),
        pagefind=_version("pagefind-bin"),
        pybtex=version("pybtex"),
        python=platform.python_version(),
        theme=_version(_THEMES.get(host)),
    )


def _version(package: str | None) -> str | None:
    try:
        return f"{package} {version(package)}" if package else None
    except PackageNotFoundError:
        return None


def _plain_files(site: Path) -> Iterator[tuple[str, ReleasedFile]]:
    for path, file in _files(site):
        if file is None:
            raise CannotExamineError(f"{site / path} is no plain file; remove it from the site")
        yield path, file


def _files(site: Path) -> Iterator[tuple[str, ReleasedFile | None]]:
    """Every file but the one that names them all; None for what is no plain file.

    An empty folder is none, and its path ends in `/`.
    Raises OSError, and CannotExamineError for a name that is no text.
    """
    for root, folders, names in os.walk(site, onerror=_raise):
        if not (folders or names) and Path(root) != site:
            yield f"{Path(root).relative_to(site).as_posix()}/", None
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in (*names, *links):
            place = Path(root, name)
            path = place.relative_to(site).as_posix()
            if not path.isprintable():
                raise CannotExamineError(
                    f"the name of {one_line(str(place))} is no plain text; rename the file"
                )
            if path != RELEASE:
                yield path, _file(place)


def _file(place: Path) -> ReleasedFile | None:
    about = place.lstat()
    if not stat.S_ISREG(about.st_mode):
        return None
    with place.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return ReleasedFile(sha256=digest, size=opened.tell())


def _is_same(released: ReleasedFile | None, found: ReleasedFile | None) -> bool:
    return found is not None and found == released


def _finding(path: str, released: ReleasedFile | None, *, is_here: bool) -> Finding:
    if released is None:
        message, cure = "this was not published", "find out who put it there, and publish anew"
    elif is_here:
        message, cure = (
            "this is not what was published",
            "find out who changed it, and publish anew",
        )
    else:
        message, cure = (
            "this was published and is not here",
            "copy the whole folder, or publish anew",
        )
    return Finding(path=path, line=0, rule=RELEASE_IS_WHOLE, message=message, cure=cure)


def _kept(path: str) -> str:
    return f"{path} is not here; a server keeps it to itself, so look at it on the server"


def _raise(error: OSError) -> None:
    raise error
