"""The blocks authors write, as Python-Markdown's generic blocks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from imprimatur.press.stash import ATTRIBUTE, BlockMark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown import Markdown

    from imprimatur.press.stash import Stash


class PressBlocks(BlocksExtension):  # type: ignore[misc]  # pymdown ships no types
    """Registers one block for each name; each leaves a ticket in the tree."""

    def __init__(self, stash: Stash, names: Iterable[str]) -> None:
        super().__init__()
        self._stash, self._names = stash, tuple(names)

    def extendMarkdownBlocks(  # noqa: N802 - Python-Markdown's name
        self,
        md: Markdown,
        block_mgr: Any,  # noqa: ANN401 - pymdown ships no types
    ) -> None:
        """Register the blocks."""
        del md
        for name in self._names:
            block_mgr.register(_block(name), {"stash": self._stash})


@cache
def _block(name: str) -> type[Block]:
    class PressBlock(Block):  # type: ignore[misc]  # pymdown ships no types
        NAME = name
        ARGUMENT = None

        def on_create(self, parent: Element) -> Element:
            mark = BlockMark(name=name, argument=(self.argument or "").strip())
            return SubElement(parent, "div", {ATTRIBUTE: self.config["stash"].put(mark)})

    return PressBlock
