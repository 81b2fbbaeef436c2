"""The board's file, changed by hand as little as possible and never half."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any, Final

from imprimatur.desk.yaml_edit import Change, edited, meant
from imprimatur.editorial import Board
from imprimatur.editorial.places import BOARD, BOARD_IS_READABLE
from imprimatur.errors import CannotExamineError
from imprimatur.strict import Document, read_file, read_yaml, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imprimatur.editorial.files import Source
    from imprimatur.errors import Finding

_LIMIT: Final = 1_000_000
_CONFLICT: Final = re.compile(rb"^(?:<{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE)

_PLACE: Final = re.compile(r"`(?:people|contributors)\.\d+\.([a-z]+)(?:\.\d+)?`")
_OPTIONS: Final = {
    "name": "--name",
    "credentials": "--credentials",
    "affiliation": "--affiliation",
    "interests": "--interests",
    "orcid": "--orcid",
    "specialties": "--specialty",
    "git": "--git",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFile:
    """The board as it stands in the working tree.

    data: the file's bytes. board: what they say.
    """

    data: bytes
    board: Board

    def changed(self, changes: Sequence[Change]) -> tuple[bytes, Board]:
        """The file with these changes and a version one higher, and what it then says.

        Raises CannotExamineError where the board would not be valid, or not what was meant.
        """
        grown = Change(where=("version",), value=self.board.version + 1)
        every = (grown, *changes)
        board = _validated(meant(_plain(self.data), every))
        data = edited(self.data.decode(), every).encode()
        read = read_file(Board, data, BOARD, BOARD_IS_READABLE, limit=_LIMIT)
        if read.value != board:
            raise CannotExamineError(
                f"{BOARD} is written in a way that this command cannot change safely; nothing was "
                "written; write it as the file of a new site is written, one key on each line"
            )
        return data, board

    def replace(self, root: Path, data: bytes) -> None:
        """Put other bytes in the file's place, whole or not at all."""
        place = root / BOARD
        handle, name = mkstemp(dir=place.parent, prefix=".board-", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(place.stat().st_mode & 0o777)
            if place.read_bytes() != self.data:
                raise CannotExamineError(f"{BOARD} was changed meanwhile; look at it and try again")
            part.replace(place)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()


def read_board(files: Source) -> BoardFile:
    """The board's file. Raises CannotExamineError, with all that is wrong with it."""
    data = files.read(BOARD)
    if data is None:
        raise CannotExamineError(
            f"there is no file {BOARD}; restore it from history, or begin with `version: 1` and "
            "`people: []`"
        )
    if _CONFLICT.search(data):
        raise CannotExamineError(
            f"{BOARD} holds the marks of a merge conflict (<<<<<<<); settle the conflict, keep the "
            "entries of both sides, and commit it first"
        )
    read = read_file(Board, data, BOARD, BOARD_IS_READABLE, limit=_LIMIT)
    if read.value is None:
        raise CannotExamineError("mend the board first:" + _listed(map(str, read.findings)))
    return BoardFile(data=data, board=read.value)


def _plain(data: bytes) -> object:
    document = read_yaml(data.decode(), BOARD, BOARD_IS_READABLE).value
    return document.value if document else None


def _validated(value: Any) -> Board:  # noqa: ANN401 - whatever YAML holds
    document = Document(path=BOARD, value=value, lines={})
    read = validate(Board, document, BOARD_IS_READABLE)
    if read.value is None:
        raise CannotExamineError("nothing was written:" + _listed(map(_told, read.findings)))
    return read.value


def _told(finding: Finding) -> str:
    """What is wrong, by the option that gave it: nobody has written the file's lines yet."""
    place = _PLACE.search(finding.message)
    option = _OPTIONS.get(place[1]) if place else None
    if place is None or option is None:
        return f"{finding.message}; {finding.cure}"
    return finding.message.replace(place[0], option)


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"\n  {line}" for line in lines)
