"""``release.json``: what a published folder holds, made from which commit by which programs."""

from __future__ import annotations

import json
import stat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from imprimatur.editorial.act import DigestText
from imprimatur.editorial.moment import Moment
from imprimatur.editorial.state import State
from imprimatur.errors import CannotExamineError
from imprimatur.gate.headers import FOR_SERVERS
from imprimatur.manuscript.front_matter import Identifier
from imprimatur.strict import Closed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RELEASE: Final = "release.json"
"""The name of the file, at the top of the published folder."""

Version = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_.+-]{1,40}( [A-Za-z0-9_.+-]{1,40})?$")
]
Commit = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
Sum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

_CURE: Final = "publish anew"
_LARGEST: Final = 100_000_000
"""Bytes of such a file; that of 10,000 articles has some 10,000,000."""


class Tools(Closed):
    """The versions of what made it; None where it took no part.

    host: its name and version. theme: of the host, where it is a package of its own.
    """

    host: Version
    imprimatur: Version
    markdown: Version
    pagefind: Version | None
    pybtex: Version
    python: Version
    theme: Version | None


class ReleasedArticle(Closed):
    """One article as it was published, or the notice in its place.

    manifest: digest of what is shown. commit: which holds it.
    update: whether a newer text was waiting.
    """

    slug: Identifier
    standing: State
    manifest: DigestText
    commit: Commit
    update: bool


class ReleasedFile(Closed):
    """One file. sha256: of its bytes. size: their number."""

    sha256: Sum
    size: Annotated[int, Field(ge=0)]


def _once(articles: tuple[ReleasedArticle, ...]) -> tuple[ReleasedArticle, ...]:
    slugs = [each.slug for each in articles]
    if slugs != sorted(set(slugs)):
        raise ValueError("each article stands there once, sorted by slug")
    return articles


def _plain(files: Mapping[str, ReleasedFile]) -> Mapping[str, ReleasedFile]:
    for path in files:
        plain = PurePosixPath(path)
        is_inside = bool(plain.parts) and not plain.is_absolute() and ".." not in plain.parts
        if not (is_inside and path.isprintable() and str(plain) == path != RELEASE):
            raise ValueError(f"{path!r} is no plain path")
    return files


class Release(Closed):
    """One release, but for the file that says all this.

    at: the instant for which standings held. articles: sorted by slug.
    files: by path from the top of the folder.
    """

    format: Literal[1]
    commit: Commit
    at: Moment
    tools: Tools
    articles: Annotated[tuple[ReleasedArticle, ...], AfterValidator(_once)]
    files: Annotated[dict[str, ReleasedFile], AfterValidator(_plain)]

    @property
    def unnamed(self) -> tuple[str, ...]:
        """Files that every release holds, and of which this one is silent."""
        pages = (f"articles/{each.slug}/index.html" for each in self.articles)
        return tuple(path for path in (*FOR_SERVERS, *pages) if path not in self.files)


def written(release: Release) -> bytes:
    """The one way in which a release is written."""
    plain = release.model_dump(mode="json")
    return f"{json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False)}\n".encode()


def read_release(site: Path) -> Release:
    """What a folder says of itself.

    Raises CannotExamineError where it says nothing, or not as this program does.
    """
    file = site / RELEASE
    try:
        data = _content(file)
    except FileNotFoundError:
        raise CannotExamineError(
            f"{site} holds no {RELEASE}, so nothing tells what belongs there; name the folder that "
            "`imprimatur publish` made, or a copy of all of it"
        ) from None
    except OSError as error:
        raise CannotExamineError(f"{file} cannot be read: {error.strerror}") from None
    try:
        return release_in(data)
    except ValueError as error:
        raise _unknown(file, str(error)) from None


def release_in(data: bytes) -> Release:
    """What such a file says. Raises ValueError where it is not as this program writes it."""
    try:
        release = Release.model_validate_json(data)
    except ValidationError as error:
        raise ValueError(_first(error)) from None
    if written(release) != data:
        raise ValueError("its keys or blanks are not where they belong")
    return release


def _content(file: Path) -> bytes:
    """The bytes of a plain file. Raises OSError, and CannotExamineError for any other."""
    about = file.lstat()
    if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
        # What a link leads to was not published, and a pipe may never say anything.
        raise CannotExamineError(f"{file} cannot be read: it is no plain file; {_CURE}")
    if about.st_size > _LARGEST:
        raise CannotExamineError(f"{file} has more than {_LARGEST:,} bytes; {_CURE}")
    return file.read_bytes()


def _first(error: ValidationError) -> str:
    """What is wrong first, without a sign that a terminal would obey."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the file"
    own = first.get("ctx", {}).get("error")
    told = f"{where}: {own if isinstance(own, ValueError) else first['msg'].lower()}"
    return told if told.isprintable() else ascii(told)


def _unknown(file: Path, reason: str) -> CannotExamineError:
    return CannotExamineError(
        f"{file} is not as `imprimatur publish` writes it ({reason}); {_CURE}"
    )
