"""The acts of the protected branch as they came to it, whatever else its last commit holds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from imprimatur.editorial.blobs import contents
from imprimatur.editorial.dossier import Dossiers
from imprimatur.editorial.git import git_bytes
from imprimatur.editorial.ledger import Ledger
from imprimatur.editorial.places import BIBLIOGRAPHY, LARGEST, RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from imprimatur.editorial import Repository
    from imprimatur.editorial.trunk import Trunk


class Arrived:
    """The files of the records, each as it first came to the protected branch, and nothing else.

    They are looked for in the history and not in a commit: no file beside them, however large, and
    no path that nobody can read keeps an act from being known. One that is larger than any act may
    be says nothing.
    """

    def __init__(self, trunk: Trunk) -> None:
        self._trunk = trunk

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self._trunk.root

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the records, or None if none ever came there."""
        return self._contents.get(self._blobs.get(path, ""))

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Nothing: all of them are read at once."""

    def holds(self, path: str, blob: str, data: bytes | None = None) -> bool:
        """Whether it is the file that Git names so, also where it is too large to be read."""
        del data
        return self._blobs.get(path) == blob

    def under(self, folder: str) -> Iterator[str]:
        """Every file of the records below a folder."""
        return (path for path in sorted(self._blobs) if path.startswith(f"{folder}/"))

    def is_link(self, path: str) -> bool:
        """Nothing here is a link."""
        del path
        return False

    @cached_property
    def _blobs(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for each in self._trunk.editorial:
            if each.blob and each.path.startswith(f"{RECORDS}/"):
                found.setdefault(each.path, each.blob)
        return found

    @cached_property
    def _contents(self) -> Mapping[str, bytes]:
        asked = "".join(f"{blob}\n" for blob in dict.fromkeys(self._blobs.values()))
        form = "--batch-check=%(objectname) %(objectsize)"
        said = git_bytes(self.root, "cat-file", form, given=asked.encode()).decode()
        sizes = (line.split(" ") for line in said.splitlines())
        # What is missing has no size, and is told as such where it is read.
        fit = [blob for blob, size in sizes if not size.isdigit() or int(size) <= LARGEST]
        return contents(self.root, fit)


def arrived(present: Repository) -> tuple[Ledger, Dossiers]:
    """Every act of the protected branch, and what Git knows of each article.

    Raises CannotExamineError where the history itself cannot be read.
    """
    ledger = Ledger(Arrived(present.trunk), present.trunk, present.cache)
    return ledger, Dossiers(present.root, present.trunk, ledger, BIBLIOGRAPHY, present.cache)
