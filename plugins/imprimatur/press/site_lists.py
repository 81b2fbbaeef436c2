"""The blocks of site pages: lists made from the repository, each where its mark stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markdown.postprocessors import Postprocessor

from imprimatur.press.board_list import board_list
from imprimatur.press.catalogue import ListPlace
from imprimatur.press.elements import element, parse, serialise_inside
from imprimatur.press.kind_list import kind_list
from imprimatur.press.listing import article_list, topic_list
from imprimatur.press.policy_list import policy_list
from imprimatur.press.stash import ATTRIBUTE, BlockMark, Stash

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from lxml.html import HtmlElement
    from markdown import Markdown

    from imprimatur.editorial import Board, Policy
    from imprimatur.press.catalogue import Catalogue
    from imprimatur.press.site_address import SiteAddress
    from imprimatur.strict import Reading

LISTS: Final = ("articles", "topics", "board", "policy", "kinds")
"""The blocks of site pages. Those that people write take no argument."""

_DEEPEST: Final = 6
_HEADING_BEFORE: Final = "preceding::*[self::h1|self::h2|self::h3|self::h4|self::h5|self::h6][1]"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLists:
    """What one site page may list, each asked for only if a block wants it.

    here: the page. today: on which the board is told from its former members.
    """

    catalogue: Callable[[], Catalogue]
    board: Callable[[], Reading[Board]]
    policy: Callable[[], Reading[Policy]]
    here: SiteAddress
    today: date

    def made(self, mark: BlockMark, level: int) -> HtmlElement:
        """What stands in place of a block. level: of the headings that it may hold."""
        if mark.name == "board":
            board = self.board()
            value = board.value
            return board_list(value, self.today, level) if value else _unreadable(board)
        if mark.name == "policy":
            policy = self.policy()
            return policy_list(policy.value, level) if policy.value else _unreadable(policy)
        if mark.name == "kinds":
            return kind_list(level)
        if mark.name == "topics":
            return topic_list(self.catalogue(), self.here)
        place = ListPlace.read(mark.argument)
        if place is None:
            return element("p", "This page names no list.", class_="imp-list-empty")
        return article_list(self.catalogue(), place, self.here)


class PrintLists(Postprocessor):
    """Puts each list of a site page where its block stood."""

    def __init__(self, md: Markdown, lists: SiteLists, stash: Stash) -> None:
        super().__init__(md)
        self._lists, self._stash = lists, stash

    def run(self, text: str) -> str:
        """Replace the blocks' tickets in the HTML of the whole page."""
        if ATTRIBUTE not in text:
            return text
        root = parse(text)
        for block in root.xpath(f".//div[@{ATTRIBUTE}]"):
            mark = self._stash.get(block.get(ATTRIBUTE))
            if isinstance(mark, BlockMark):
                made = self._lists.made(mark, _level(block))
                made.tail = block.tail
                block.getparent().replace(block, made)
        return serialise_inside(root)


def _level(block: HtmlElement) -> int:
    """One below the heading under which a block stands."""
    above = block.xpath(_HEADING_BEFORE)
    return min(_DEEPEST, int(above[0].tag[1]) + 1) if above else 2


def _unreadable(read: Reading[Any]) -> HtmlElement:
    """What a preview says instead; nothing is published while it must."""
    found = element("ul", *(element("li", str(finding)) for finding in read.findings))
    words = "This cannot be shown, because its file cannot be read:"
    return element("div", element("p", words), found, class_="imp-unreadable")
