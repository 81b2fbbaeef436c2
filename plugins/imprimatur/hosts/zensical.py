"""Zensical runs no plugin of ours: the extension learns the page from what Zensical leaves."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from imprimatur.editorial import Repository
from imprimatur.editorial.protected_branch import TRUST
from imprimatur.gate.stage_file import STAGE
from imprimatur.hosts.edition import Edition
from imprimatur.hosts.staged import StagedEdition

if TYPE_CHECKING:
    from markdown import Markdown

    from imprimatur.hosts.edition import Pages
    from imprimatur.press import Sheet

_CONTEXT: Final = "rendering_context"
"""The name under which Zensical registers the page being rendered."""


def sheet(md: Markdown) -> Sheet | None:
    """The sheet of the page that Zensical is rendering; None under any other host."""
    if _CONTEXT not in md.preprocessors:
        return None
    context: Any = md.preprocessors[_CONTEXT]
    page, config = context.page, context.config
    root = Path(config["docs_dir"]).resolve().parent
    edition = _edition(root, bool(config.get("use_directory_urls", True)))
    source = str(page.path)
    if edition.is_among_articles(source):
        head = edition.head(source)
        # In place, because this is what goes on to the templates.
        page.meta.clear()
        page.meta.update(head)
        page.title = head["title"]
    return edition.sheet(source, str(page.url))


# A clean build prints every page in one process, so the repository is read once. A cached build
# misses changes outside docs/ in any case, and is not supported.
@lru_cache(maxsize=1)
def _edition(root: Path, directories: bool) -> Pages:  # noqa: FBT001 - part of the cache's key
    if STAGE in os.environ:
        return StagedEdition(os.environ[STAGE], root, directories=directories)
    repository = Repository(root, os.environ.get(TRUST))
    return Edition(repository, datetime.now(tz=UTC), directories=directories)
