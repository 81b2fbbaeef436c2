"""Addresses that a page defines by name, ``[name]: address``, which readers are not shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown.blockprocessors import BlockProcessor

from imprimatur.manuscript import prose_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from markdown.blockparser import BlockParser

UNUSED: Final = "a definition that no link and no image uses"
SECOND: Final = "another address for a name that has one"
BELOW_MARK: Final = "a definition right below the mark of a block"
INDENTED: Final = "an indented line right below the mark of a block"

_DEFINITION: Final = re.compile(
    # A citation at the beginning of a line defines nothing.
    r" {0,3}\[(?!\s*(?:-?@|\]))(?P<name>[^\[\]]*)\]:[ ]*(?:\n[ ]*)?"
    r"(?P<address><[^<>\n]*>|[^\s<]\S*)"
    r"(?:(?:[ ]+(?:\n[ ]*)?|\n[ ]*)"
    r"(?P<title>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?"
    r"[ ]*(?:\n|\Z)"
)
_INDENTED: Final = re.compile(r" {0,3}\t| {4}")
_SAYS_NOTHING: Final = re.compile(r"#|^\s*[^\s\w]")
_HIDDEN: Final = re.compile(r"^///.*\n(?: {0,3}\[| {0,3}\t| {4})", re.MULTILINE)
_BEGINS: Final = re.compile(r" {0,3}\[(?!\s*-?@|\^)[^\[\]]*\]:")


class Definitions(dict[str, tuple[str, str]]):
    """The addresses by name. used: the names that a link or an image asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> tuple[str, str]:
        self.used.add(name)
        return super().__getitem__(name)


class LinkDefinitions(BlockProcessor):
    """Takes definitions where CommonMark does: at the beginning of a paragraph, in its form.

    Python-Markdown takes any line of a paragraph for one that has a name in brackets and a colon
    behind it, so that words vanish which are shown in every other place; and of two definitions of
    a name it takes the last, where others take the first.
    """

    def __init__(self, parser: BlockParser, known: Definitions) -> None:
        super().__init__(parser)
        self._known = known
        self._first: dict[str, tuple[str, str]] = {}
        self._second: list[str] = []

    def test(self, parent: Element, block: str) -> bool:
        """Whether a block begins with a definition."""
        del parent
        return _DEFINITION.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the definitions that a block begins with, and leave the rest."""
        del parent
        block, end = blocks.pop(0), 0
        while found := _DEFINITION.match(block, end):
            self._define(found)
            end = found.end()
        if block[end:].strip():
            blocks.insert(0, block[end:])

    def _define(self, found: re.Match[str]) -> None:
        address, title = found["address"], found["title"]
        name = " ".join(found["name"].split())
        said = (
            address.removeprefix("<").removesuffix(">") if address[0] == "<" else address,
            title[1:-1] if title else "",
        )
        written = found[0].strip().partition("\n")[0]
        first, _ = self._first.setdefault(name.casefold(), (name.lower(), written))
        if self._known.setdefault(first, said) != said:
            self._second.append(written)

    def amiss(self) -> Iterator[tuple[str, str]]:
        """What readers see otherwise than its author meant it: in words, and as it was written.

        Asked when all links have been read.
        """
        for written in self._second:
            yield SECOND, written
        for name, written in self._first.values():
            if name not in self._known.used:
                yield UNUSED, written


def below_marks(body: str) -> Iterator[tuple[str, str]]:
    """Lines right below the mark of a block that would vanish, and that others show.

    They are definitions, and what is indented: that is read as options of the block, and a comment,
    a tag or an anchor says nothing there. Options that say something are found elsewhere.
    """
    if not _HIDDEN.search(body):
        return
    is_mark, is_option, last = False, False, 0
    for number, line in prose_lines(body, 1):
        # Code stands between where a number is left out.
        is_below = is_mark and number == last + 1
        is_option = (is_below or is_option) and _INDENTED.match(line) is not None
        if is_below and _BEGINS.match(line):
            yield BELOW_MARK, line.strip()
        elif is_option and _SAYS_NOTHING.search(line):
            yield INDENTED, line.strip()
        is_mark, last = line.startswith("///"), number
