"""What every command needs: the repository it works in, and the time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imprimatur.editorial import Repository
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path


def open_repository(root: Path) -> Repository:
    """The repository at a root, which must look like one."""
    if not (root / "mkdocs.yml").is_file():
        raise CannotExamineError(
            f"{root} holds no mkdocs.yml; go to the root of the site, or name it with -C"
        )
    return Repository(root)


def clock() -> datetime:
    """Now, to the second, in UTC."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def require_article(repository: Repository, slug: str) -> None:
    """Refuse a slug that no manuscript has, and name those there are."""
    if slug not in repository.slugs:
        known = ", ".join(repository.slugs) or "none"
        raise CannotExamineError(f"there is no article `{slug}`; there are: {known}")
