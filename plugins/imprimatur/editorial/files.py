"""Files of a repository by their path from its root, and nothing outside it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from imprimatur.editorial.git import blob_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


# A link at the end of a path is never followed, nor is a pipe waited for. Windows has neither.
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_AS_IT_IS: Final = (
    os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
_PIECE: Final = 65_536


class Source(Protocol):
    """Files by their path from a root: those of the working tree, or those of a commit."""

    @property
    def root(self) -> Path:
        """The site's folder."""
        ...

    def read(self, path: str) -> bytes | None:
        """The bytes of a plain file, or None if there is none."""
        ...

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Read some files at once where that is quicker; they are asked for next."""
        ...

    def holds(self, path: str, blob: str, data: bytes | None = None) -> bool:
        """Whether a plain file has the bytes that Git names so. data: those that were read."""
        ...

    def under(self, folder: str) -> Iterator[str]:
        """Every file below a folder, links included."""
        ...

    def is_link(self, path: str) -> bool:
        """Whether the path is a symbolic link."""
        ...


def within(path: str) -> tuple[str, ...] | None:
    """The parts of a path below a root, or None where it leads out of it."""
    parts = tuple(part for part in path.split("/") if part not in {"", "."})
    return None if path.startswith("/") or ".." in parts else parts


def shown(path: str) -> str:
    """A path as text: bytes in a name that are no UTF-8 are written as escapes."""
    return path.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class Files:
    """The working tree below a root. Paths are relative, with forward slashes."""

    root: Path
    _folders: dict[tuple[str, ...], str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def read(self, path: str) -> bytes | None:
        """The bytes of a plain file, or None if none that may be read lies inside the root."""
        # Text, not paths, which take ten times as long; a large site has 50,000 files.
        parts = within(path)
        try:
            return None if parts is None else self._plain(parts)
        except (OSError, ValueError):
            # Too long for the disk, not encodable, or forbidden: for a reader it is not there.
            return None

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Nothing: a disk gives one file as quickly as many."""

    def holds(self, path: str, blob: str, data: bytes | None = None) -> bool:
        """Whether a plain file has the bytes that Git names so. data: those that were read."""
        data = self.read(path) if data is None else data
        return data is not None and blob == blob_name(data, blob)

    def under(self, folder: str) -> Iterator[str]:
        """Every file below a folder, links included, in the order of their names.

        Bytes in a name that are no UTF-8 are written as escapes: no file is read by that name.
        """
        parts = within(folder)
        waiting = [] if parts is None else ["/".join(parts)]
        while waiting:
            inside = waiting.pop()
            before = f"{inside}/" if inside else ""
            names, folders = _listed(f"{self.root}/{inside}")
            for name in names:
                yield shown(f"{before}{name}")
            waiting += [f"{before}{name}" for name in reversed(folders)]

    def is_link(self, path: str) -> bool:
        """Whether the path is a symbolic link."""
        return (self.root / path).is_symlink()

    def _plain(self, parts: tuple[str, ...]) -> bytes | None:
        """The bytes of a file that is reached by no link, however deep."""
        folder = self._folder(parts[:-1]) if parts else ""
        if not folder:
            return None
        place = f"{folder}/{parts[-1]}"
        if not _NO_LINK and stat.S_ISLNK(os.lstat(place).st_mode):
            return None
        opened = os.open(place, _AS_IT_IS)
        try:
            about = os.fstat(opened)
            return _content(opened, about.st_size) if stat.S_ISREG(about.st_mode) else None
        finally:
            os.close(opened)

    def _folder(self, parts: tuple[str, ...]) -> str:
        """Where a folder is, looked at once; empty if a link leads there."""
        if parts not in self._folders:
            place = str(self.root)
            for part in parts:
                place = f"{place}/{part}"
                if not stat.S_ISDIR(os.lstat(place).st_mode):
                    place = ""
                    break
            self._folders[parts] = place
        return self._folders[parts]


def _listed(place: str) -> tuple[list[str], list[str]]:
    """What lies in a folder: files, with links among them, and folders; each in order."""
    names: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(place) as entries:
            for each in entries:
                # A link to a folder is listed, never entered.
                is_folder = each.is_dir(follow_symlinks=False)
                (folders if is_folder else names).append(each.name)
    except OSError:
        # It is not there, or nobody may look: then it holds nothing for us.
        return [], []
    return sorted(names), sorted(folders)


def _content(opened: int, size: int) -> bytes:
    """All bytes of an open file. size: as many as it is expected to hold."""
    pieces = []
    while piece := os.read(opened, max(size + 1, _PIECE)):
        pieces.append(piece)
    return b"".join(pieces)
