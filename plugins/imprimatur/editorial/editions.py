"""The board and the policy through time: which edition was in force when."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from imprimatur.editorial.board import Board
from imprimatur.editorial.differences import PLAIN
from imprimatur.editorial.git import git
from imprimatur.editorial.landing import PROPOSED
from imprimatur.editorial.places import (
    BOARD,
    BOARD_IS_READABLE,
    LARGEST,
    POLICY,
    POLICY_IS_READABLE,
)
from imprimatur.editorial.policy import Policy
from imprimatur.strict import read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.editorial.trunk import Trunk
    from imprimatur.errors import RuleName

NOBODY: Final = Board(version=1, people=())

Edition = TypeVar("Edition", Board, Policy)

_VERSION: Final = re.compile(rb"^version:[ ]*([0-9]{1,9})[ ]*(?:#.*)?\r?$", re.MULTILINE)


def version_of(data: bytes) -> int | None:
    """The version that an edition of a file names; None where nobody can read it."""
    found = _VERSION.search(data)
    return int(found[1]) if found else None


class Editions:
    """Every edition of board and policy on the protected branch."""

    def __init__(self, trunk: Trunk) -> None:
        self._trunk = trunk

    @property
    def policy(self) -> Policy | None:
        """The policy in force; None where there is none, or nobody can read it."""
        return self._of_policy[-1][1] if self._of_policy else None

    @property
    def board(self) -> Board | None:
        """The board in force; None where there is none, or nobody can read it."""
        return self._of_board[-1][1] if self._of_board else None

    @property
    def readable(self) -> tuple[Policy | None, Board | None]:
        """The last policy and board in force that somebody could read; None where none ever was.

        By them what was shown is taken down, which no file that nobody can read may keep up.
        """
        return self.policy_before(PROPOSED), _last(self._of_board)

    @cached_property
    def _of_policy(self) -> Sequence[tuple[int, Policy | None]]:
        return self._in_force(Policy, POLICY, POLICY_IS_READABLE)

    @cached_property
    def _of_board(self) -> Sequence[tuple[int, Board | None]]:
        return self._in_force(Board, BOARD, BOARD_IS_READABLE)

    @property
    def boards(self) -> tuple[Board, ...]:
        """Every board that was ever in force, the oldest first."""
        return tuple(board for _, board in self._boards)

    @cached_property
    def _boards(self) -> tuple[tuple[int, Board], ...]:
        """Every board that was in force, with the order of its arrival.

        While nobody can read the file, the board before it goes on: else whoever breaks it for a
        moment could disarm an act that arrives then. What is published needs a readable one.
        """
        return tuple((order, board) for order, board in self._of_board if board is not None)

    def _in_force(
        self, model: type[Edition], path: str, rule: RuleName
    ) -> list[tuple[int, Edition | None]]:
        """Every edition of a file that was in force, with the order of its arrival.

        None stands for one that nobody can read. One whose version did not grow changes nothing:
        an old board that is put back gives nobody back what they lost. The last one that was in
        force may come back after it was deleted or could not be read.
        """
        found: list[tuple[int, Edition | None]] = []
        highest, last = 0, ""
        for each in self._trunk.editorial:
            if each.path != path:
                continue
            data = self._trunk.content(each.blob) if each.blob else b""
            edition = read_file(model, data, path, rule, limit=LARGEST).value
            if edition is None:
                found.append((each.order, None))
            elif edition.version > highest or each.blob == last:
                highest, last = edition.version, each.blob
                found.append((each.order, edition))
        return found

    def board_before(self, order: int) -> Board:
        """The board in force when something arrived: the last one that had come before it."""
        board = NOBODY
        for edition, found in self._boards:
            if edition < order:
                board = found
        return board

    def policy_before(self, order: int) -> Policy | None:
        """The policy in force when something arrived, as the board; None where there was none."""
        return _last([(edition, found) for edition, found in self._of_policy if edition < order])

    def sites_before(self, order: int) -> frozenset[str]:
        """Every address that a policy gave to the site before something arrived."""
        found = (policy for since, policy in self._of_policy if since < order)
        return frozenset(policy.site for policy in found if policy is not None)

    def version_before(self, path: str, present: bytes) -> int | None:
        """The highest version of a file on the protected branch before its present content."""
        blobs = self._editions(path)
        found = self._trunk.contents(blobs)
        contents = [found[blob] for blob in blobs]
        while contents and contents[-1] == present:
            contents.pop()
        versions = [version_of(each) for each in contents]
        return max((each for each in versions if each is not None), default=None)

    def version_behind(self, path: str) -> int:
        """The highest version of a file that any commit behind the protected branch holds; else 0.

        Where the branch was merged into an older one, its first parents hold none of what it held.
        """
        if not self._trunk.tip:
            return 0
        arguments = ["--full-history", "-m", "--no-renames", "--raw", "--no-abbrev", "--format="]
        log = git(self._trunk.root, "log", *arguments, self._trunk.tip, "--", path)
        found = (line.split(" ") for line in log.split("\n") if line.startswith(":"))
        blobs = {blob for _, mode, _, blob, *_ in found if mode in PLAIN}
        versions = map(version_of, self._trunk.contents(sorted(blobs)).values())
        return max((each for each in versions if each is not None), default=0)

    def _editions(self, path: str) -> list[str]:
        return [each.blob for each in self._trunk.editorial if each.path == path and each.blob]


def _last(editions: Sequence[tuple[int, Edition | None]]) -> Edition | None:
    return next((each for _, each in reversed(editions) if each is not None), None)
