"""The author's HTML on its way through Python-Markdown, which keeps blocks of it unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.htmlparser import HTMLExtractor
from markdown.preprocessors import Preprocessor

from imprimatur.press.citations import BRACKETED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown


class RawHtml(Preprocessor):
    """Puts blocks of HTML by, as Python-Markdown does, but moves nothing that stands behind them.

    Python-Markdown prints ``<!-- x --> up to &lt;5 mg`` as "up to 5 mg", and the sign at the end
    of the page.
    """

    def run(self, lines: list[str]) -> list[str]:
        """Return the text with a placeholder for each block of HTML."""
        extractor = _Extractor(self.md)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _Extractor(HTMLExtractor):
    def handle_empty_tag(self, data: str, is_block: bool) -> None:  # noqa: FBT001 - the parser's
        if self.intail and not self.inraw:
            self.cleandoc.append(data)
        else:
            super().handle_empty_tag(data, is_block)


def unread_citations(markdown: Markdown) -> Iterator[str]:
    """Citations inside the author's HTML, which Markdown hands on unread; code aside."""
    for raw in markdown.htmlStash.rawHtmlBlocks:
        if isinstance(raw, str) and not raw.startswith(("<pre", "<!--")):
            yield from (found[0] for found in BRACKETED.finditer(raw))
