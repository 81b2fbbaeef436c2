"""Files of a repository by their path from its root, and nothing outside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Files:
    """The working tree below a root. Paths are relative, with forward slashes."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """The bytes of a plain file, or None if none that may be read lies inside the root."""
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return None
        place = self.root / path
        try:
            plain = place.is_file() and not self._is_linked(place)
            return place.read_bytes() if plain else None
        except (OSError, ValueError):
            # Too long for the disk, not encodable, or forbidden: for a reader it is not there.
            return None

    def under(self, folder: str) -> Iterator[str]:
        """Every file below a folder, links included, in the order of their names.

        Bytes in a name that are no UTF-8 are written as escapes: no file is read by that name.
        """
        top = self.root / folder
        for here, folders, names in os.walk(top):
            # A link to a folder is listed, never entered.
            links = [name for name in folders if (Path(here) / name).is_symlink()]
            folders[:] = sorted(set(folders) - set(links))
            for name in sorted([*names, *links]):
                path = (Path(here) / name).relative_to(self.root).as_posix()
                yield path.encode("utf-8", "backslashreplace").decode()

    def is_link(self, path: str) -> bool:
        """Whether the path is a symbolic link."""
        return (self.root / path).is_symlink()

    def _is_linked(self, place: Path) -> bool:
        inside = place.relative_to(self.root).parts
        steps = (self.root.joinpath(*inside[: depth + 1]) for depth in range(len(inside)))
        return any(step.is_symlink() for step in steps)
