"""Tables, of which Python-Markdown evens the rows without a word: it drops cells, and adds some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown.extensions.tables import TableProcessor

from imprimatur.press.elements import element

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement
    from markdown.blockparser import BlockParser


TOO_LONG: Final = "a cell beyond the last column of its table"
TOO_SHORT: Final = "a row with fewer cells than its table has columns"


class Tables(TableProcessor):
    """Tables as usual. uneven: what was dropped or lacks, with the row as it was written."""

    def __init__(self, parser: BlockParser) -> None:
        # As an attribute, which the press turns into a class; a style would be taken out.
        super().__init__(parser, {"use_align_attribute": True})
        self.uneven: list[tuple[str, str]] = []

    def test(self, parent: Element, block: str) -> bool:
        """Whether a block is a table, of which each row holds a bar."""
        return "|" in block and super().test(parent, block)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        cells = len(self._split_row(row))  # type: ignore[attr-defined]  # in no stub
        if cells != len(align):
            # A value that slipped under another head reads as well as a right one.
            self.uneven.append((TOO_LONG if cells > len(align) else TOO_SHORT, row.strip()))
        super()._build_row(row, parent, align)  # type: ignore[misc]  # in no stub


def set_tables(root: HtmlElement) -> None:
    """Let a table that is wider than the page scroll by itself, and align its cells by class."""
    for cell in root.iter("td", "th"):
        side = cell.attrib.pop("align", None)
        if side in {"left", "right", "center"}:
            cell.set("class", f"imp-align--{side}")
    for table in list(root.iter("table")):
        # A class also keeps the theme's script from wrapping it in boxes of its own.
        table.set("class", "imp-grid")
        frame = element("div", class_="imp-table")
        table.addprevious(frame)
        frame.tail, table.tail = table.tail, None
        frame.append(table)
