"""Zensical runs no plugin of ours: the extension learns the page from what Zensical leaves."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from markdown.postprocessors import Postprocessor

from imprimatur.editorial import Repository
from imprimatur.editorial.protected_branch import TRUST
from imprimatur.gate.stage_file import STAGE
from imprimatur.hosts.edition import Edition
from imprimatur.hosts.staged import StagedEdition
from imprimatur.press.elements import parse, serialise_inside

if TYPE_CHECKING:
    from markdown import Markdown

    from imprimatur.hosts.edition import Pages
    from imprimatur.press import Sheet

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
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
        if str(page.url).endswith("/"):
            md.postprocessors.register(_Unmoved(md, Path(source).stem), "imp-unmoved", -2000)
    return edition.sheet(source, _seen_from(source, str(page.url)))


def _seen_from(source: str, url: str) -> str:
    """The address from which links are written, so that they are right once Zensical moved them.

    Behind every extension it rewrites each relative address of a page that becomes a folder, as if
    all had been written beside the source.
    """
    path = PurePosixPath(source)
    is_moved = url.endswith("/") and path.stem.lower() not in {"index", "readme"}
    return "".join(f"{folder}/" for folder in path.parts[:-1]) if is_moved else url


class _Unmoved(Postprocessor):
    """Writes the addresses of an article so that Zensical moves them to where they led before."""

    def __init__(self, md: Markdown, stem: str) -> None:
        super().__init__(md)
        self._stem = stem

    def run(self, text: str) -> str:
        """Run behind the press, which wrote them for where the page stands."""
        root = parse(text)
        for name in ("href", "src"):
            for element in root.xpath(f".//*[@{name}]"):
                element.set(name, self._moved_back(element.get(name)))
        return serialise_inside(root)

    def _moved_back(self, address: str) -> str:
        if address[:1] in {"", "#", "/", "?"} or _SCHEME.match(address):
            return address
        above = "../"
        inside = f"{self._stem}/{address}"
        return address.removeprefix(above) if address.startswith(above) else inside


# A clean build prints every page in one process, so the repository is read once. A cached build
# misses changes outside docs/ in any case, and is not supported.
@lru_cache(maxsize=1)
def _edition(root: Path, directories: bool) -> Pages:  # noqa: FBT001 - part of the cache's key
    if STAGE in os.environ:
        return StagedEdition(os.environ[STAGE], root, directories=directories)
    repository = Repository(root, os.environ.get(TRUST))
    return Edition(repository, datetime.now(tz=UTC), directories=directories)
