"""What the lists of a site say, which the press makes and no file holds."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

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
from imprimatur.strict import Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.gate.plan import Plan

DOCS: Final = "docs/"
_INDEX: Final = frozenset({"index", "README"})
_PAGE: Final = "index.html"
_LINE_END: Final = re.compile(r"\r\n?")


class Lists:
    """The lists of one plan, made anew from it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every article that is listed."""
        return Catalogue(each.entry for each in self._plan.printed)

    @cached_property
    def generated(self) -> Mapping[str, str]:
        """The source of each page that is made for a list, by its file below ``docs/``."""
        return generated_pages(self.catalogue)

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The source of each page that is no article, by its file below ``docs/``."""
        written = {
            path.removeprefix(DOCS): _LINE_END.sub("\n", data.decode("utf-8-sig", errors="replace"))
            for path, data in self._plan.files.items()
            if path.startswith(DOCS) and path.endswith(".md")
        }
        return {**written, **self.generated}

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The source of each page that is no article, by the files it may be published as."""
        return {path: text for name, text in self.sources.items() for path in addresses(name)}

    def prepare(self) -> None:
        """Read here what each process would read by itself."""
        _ = (self.pages, self._board, self._policy)

    def printed(self, mark: BlockMark, path: str, level: int) -> str:
        """A list as the press prints it on a page, as HTML. level: of the headings in it."""
        return serialise(self.on(path).made(mark, level))

    def every(self) -> Iterator[str]:
        """Each list that a page can hold, as HTML."""
        marks = [BlockMark(name=each, argument="") for each in LISTS if each != "articles"]
        marks += [
            BlockMark(name="articles", argument=ListPlace(topic=topic, number=number).argument)
            for topic in ("", *self.catalogue.topics)
            for number in range(1, self.catalogue.pages(topic) + 1)
        ]
        yield from (self.printed(mark, _PAGE, 2) for mark in marks)

    def on(self, path: str) -> SiteLists:
        """What the lists of a page say. path: of its file."""
        return SiteLists(
            catalogue=lambda: self.catalogue,
            board=lambda: self._board,
            policy=lambda: self._policy,
            here=SiteAddress(url=path.removesuffix(_PAGE), directories=True),
            today=self._plan.at.date(),
        )

    @cached_property
    def _board(self) -> Reading[Board]:
        data = self._plan.files.get(BOARD, b"")
        return read_file(Board, data, BOARD, BOARD_IS_READABLE, limit=LARGEST)

    @cached_property
    def _policy(self) -> Reading[Policy]:
        data = self._plan.files.get(POLICY, b"")
        return read_file(Policy, data, POLICY, POLICY_IS_READABLE, limit=LARGEST)


def addresses(source: str) -> tuple[str, ...]:
    """Where a host publishes a Markdown file: as a folder, or as a file beside it."""
    path = PurePosixPath(source)
    if path.stem in _INDEX:
        return (str(path.with_name(_PAGE)),)
    return (str(path.with_suffix("") / _PAGE), str(path.with_suffix(".html")))
