"""The blocks authors write, as Python-Markdown's generic blocks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks import (
    BlocksExtension,
    BlocksMgrExtension,
    BlocksProcessor,
    BlocksTreeprocessor,
)
from pymdownx.blocks.block import Block

from imprimatur.press.stash import ATTRIBUTE, BlockMark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown import Markdown

    from imprimatur.press.stash import Stash


_SIGN: Final = "///"
"""What begins and ends each block."""


class QuickBlocks(BlocksProcessor):  # type: ignore[misc]  # pymdown ships no types
    """Looks for where a block begins or ends only in text that holds the sign, as few do."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether text begins a block, or stands in one."""
        if _SIGN not in block:
            return bool(self.stack) and self.get_parent(parent) is not None
        return bool(super().test(parent, block))

    def detab_by_length(self, text: str, length: int) -> tuple[str, str]:
        """What is indented by so many blanks, without them, and the rest."""
        return super().detab_by_length(text, length) if length else (text, "")

    def split_end(self, block: str, length: int) -> tuple[str | None, str | None, bool]:
        """What stands before the end of a block, what stands behind it, and whether it ends."""
        return super().split_end(block, length) if _SIGN in block else (block, None, False)


class _Manager(BlocksMgrExtension):  # type: ignore[misc]  # pymdown ships no types
    """Lets what is quick take the place of what pymdown registers."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register both, where pymdown registers its own."""
        super().extendMarkdown(md)
        self.extension = QuickBlocks(md.parser, md)
        md.parser.blockprocessors.register(self.extension, "blocks", 89.99)
        own = BlocksTreeprocessor(md, self.extension)
        md.treeprocessors.register(own, "blocks_on_inline_end", 19.99)


class PressBlocks(BlocksExtension):  # type: ignore[misc]  # pymdown ships no types
    """Registers one block for each name; each leaves a ticket in the tree."""

    def __init__(self, stash: Stash, names: Iterable[str]) -> None:
        super().__init__()
        self._stash, self._names = stash, tuple(names)

    def register_block_mgr(self, md: Markdown) -> BlocksProcessor:
        """Register what reads the blocks."""
        manager = _Manager()
        manager.extendMarkdown(md)
        return manager.extension

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
