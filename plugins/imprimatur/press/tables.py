"""Tables, of which Python-Markdown drops without a word what stands beyond the last column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions.tables import TableProcessor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from markdown.blockparser import BlockParser


class Tables(TableProcessor):
    """Tables as usual. too_long: the rows with more cells than their table has columns."""

    def __init__(self, parser: BlockParser) -> None:
        # As an attribute, which the press turns into a class; a style would be taken out.
        super().__init__(parser, {"use_align_attribute": True})
        self.too_long: list[str] = []

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        if len(self._split_row(row)) > len(align):  # type: ignore[attr-defined]  # in no stub
            self.too_long.append(row.strip())
        super()._build_row(row, parent, align)  # type: ignore[misc]  # in no stub
