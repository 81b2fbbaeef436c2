"""The entry point ``imprimatur`` of Python-Markdown, for every host that runs extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension

from imprimatur.errors import Finding, RuleName
from imprimatur.hosts import zensical
from imprimatur.press import PressExtension, RefusedSheet, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown

PAGE_IS_KNOWN = RuleName("page-is-known")


class HostedPress(Extension):
    """Finds out which page is printed, and prints it.

    sheet: given by a host's plugin. Without it the page is the one that Zensical names; where no
    host names any, the page is refused, because a text whose standing is unknown is not shown.
    """

    def __init__(self, sheet: Callable[[], Sheet] | None = None) -> None:
        super().__init__()
        self._sheet = sheet

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the press for this page."""
        sheet = self._sheet() if self._sheet else zensical.sheet(md)
        PressExtension(sheet or _unknown()).extendMarkdown(md)


def makeExtension(  # noqa: N802 - Python-Markdown's name
    **options: Any,  # noqa: ANN401 - whatever the host's configuration holds
) -> HostedPress:
    """Make the extension from a host's configuration."""
    return HostedPress(**options)


def _unknown() -> RefusedSheet:
    finding = Finding(
        path="mkdocs.yml",
        line=0,
        rule=PAGE_IS_KNOWN,
        message="no host says which page this is",
        cure="add `imprimatur` under `plugins:` beside `markdown_extensions:`",
    )
    return RefusedSheet(path="mkdocs.yml", findings=(finding,))
