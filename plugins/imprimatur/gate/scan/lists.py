"""What the lists of a site say, which the press makes and no file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.board import Board
from imprimatur.editorial.places import (
    BOARD,
    BOARD_IS_READABLE,
    LARGEST,
    POLICY,
    POLICY_IS_READABLE,
)
from imprimatur.editorial.policy import Policy
from imprimatur.press import LISTS, Catalogue, SiteAddress, SiteLists, generated_pages
from imprimatur.press.catalogue import ListPlace
from imprimatur.press.elements import serialise
from imprimatur.press.stash import BlockMark
from imprimatur.strict import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.plan import Plan


def pages_of_lists(plan: Plan) -> Iterator[str]:
    """The source of each page that is made for a list."""
    yield from generated_pages(Catalogue(each.entry for each in plan.printed)).values()


def lists_of(plan: Plan) -> Iterator[str]:
    """Each list that a page can hold, as HTML."""
    catalogue = Catalogue(each.entry for each in plan.printed)
    files = plan.files
    lists = SiteLists(
        catalogue=lambda: catalogue,
        board=lambda: read_file(
            Board, files.get(BOARD, b""), BOARD, BOARD_IS_READABLE, limit=LARGEST
        ),
        policy=lambda: read_file(
            Policy, files.get(POLICY, b""), POLICY, POLICY_IS_READABLE, limit=LARGEST
        ),
        here=SiteAddress(url="", directories=True),
        today=plan.at.date(),
    )
    marks = [BlockMark(name=each, argument="") for each in LISTS if each != "articles"]
    marks += [
        BlockMark(name="articles", argument=ListPlace(topic=topic, number=number).argument)
        for topic in ("", *catalogue.topics)
        for number in range(1, catalogue.pages(topic) + 1)
    ]
    yield from (serialise(lists.made(mark, 2)) for mark in marks)
