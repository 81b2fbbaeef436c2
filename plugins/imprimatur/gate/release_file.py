"""``release.json``: what a published folder holds, made from which commit by which programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field, StringConstraints, ValidationError

from imprimatur.editorial.act import DigestText
from imprimatur.editorial.moment import Moment
from imprimatur.editorial.state import State
from imprimatur.errors import CannotExamineError
from imprimatur.manuscript.front_matter import Identifier
from imprimatur.strict import Closed

if TYPE_CHECKING:
    from pathlib import Path

RELEASE: Final = "release.json"
"""The name of the file, at the top of the published folder."""

Version = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_.+-]{1,40}( [A-Za-z0-9_.+-]{1,40})?$")
]
Commit = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
Sum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


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


class Release(Closed):
    """One release, but for the file that says all this.

    at: the instant for which standings held. articles: sorted by slug.
    files: by path from the top of the folder.
    """

    format: Literal[1]
    commit: Commit
    at: Moment
    tools: Tools
    articles: tuple[ReleasedArticle, ...]
    files: dict[str, ReleasedFile]


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
        data = file.read_bytes()
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
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ValueError(f"{where}: {first['msg'].lower()}") from None
    if written(release) != data:
        raise ValueError("its keys or blanks are not where they belong")
    return release


def _unknown(file: Path, reason: str) -> CannotExamineError:
    return CannotExamineError(
        f"{file} is not as `imprimatur publish` writes it ({reason}); publish anew"
    )
