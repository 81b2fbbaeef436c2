"""Tables, of which Python-Markdown drops without a word what stands beyond the last column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions.tables import TableProcessor

from imprimatur.press.elements import element

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement
    from markdown.blockparser import BlockParser


class Tables(TableProcessor):
    """Tables as usual. too_long: the rows with more cells than their table has columns."""

    def __init__(self, parser: BlockParser) -> None:
        # As an attribute, which the press turns into a class; a style would be taken out.
        super().__init__(parser, {"use_align_attribute": True})
        self.too_long: list[str] = []

    def test(self, parent: Element, block: str) -> bool:
        """Whether a block is a table, of which each row holds a bar."""
        return "|" in block and super().test(parent, block)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        if len(self._split_row(row)) > len(align):  # type: ignore[attr-defined]  # in no stub
            self.too_long.append(row.strip())
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
