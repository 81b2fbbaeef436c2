"""What every command needs: the repository it works in, and the time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import Repository
from imprimatur.errors import CannotExamineError, one_line

if TYPE_CHECKING:
    from pathlib import Path

_MOST: Final = 20
"""Articles named in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a command works.

    root: of the site. trust: the protected branch, where it was named by hand.
    """

    root: Path
    trust: str | None = None


def find_root(folder: Path) -> Path:
    """The nearest folder, this one or one above it, that is a site's root; else the folder."""
    above = (folder, *folder.parents)
    return next((each for each in above if (each / "mkdocs.yml").is_file()), folder)


def open_repository(place: Place) -> Repository:
    """The repository at a place, which must look like one."""
    if not (place.root / "mkdocs.yml").is_file():
        raise CannotExamineError(
            f"neither {place.root} nor a folder above it holds mkdocs.yml; "
            "go to the root of the site, or name it with -C"
        )
    return Repository(place.root, place.trust)


def clock() -> datetime:
    """Now, to the second, in UTC."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def git_at(root: Path) -> str:
    """How a person calls Git for the site from where they are."""
    here = os.path.relpath(root)
    return "git" if here == "." else f"git -C {quote(here)}"


def require_article(repository: Repository, slug: str) -> None:
    """Refuse a slug that no manuscript has, and name those there are."""
    if slug not in repository.slugs:
        stem = PurePosixPath(slug).stem.lower().replace(" ", "-")
        near = get_close_matches(stem, repository.slugs, n=1)
        known = ", ".join(repository.slugs[:_MOST]) or "none"
        hint = f"did you mean `{near[0]}`?" if near else f"there are: {known}"
        raise CannotExamineError(one_line(f"there is no article `{slug}`; {hint}"))
