"""A page of MkDocs whose article was printed before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from imprimatur.press import PrintedSheet


class PrintedPage(Page):
    """Framed as it was printed: no Markdown is read, nor its extensions made, for each of them."""

    def __init__(self, file: File, config: MkDocsConfig, sheet: PrintedSheet) -> None:
        super().__init__(None, file, config)
        self.sheet = sheet

    def read_source(self, config: MkDocsConfig) -> None:
        """Leave the manuscript alone: the host's own reader guesses where ours refuses."""
        del config
        self.markdown, self.meta = "", {}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take what was printed. Its links and anchors were judged by the gate."""
        del config, files
        self.content, self.toc = self.sheet.html, get_toc(self.sheet.contents)
