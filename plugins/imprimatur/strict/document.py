"""What strict YAML says, and on which line it says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Where a value stands: ``("authors", 0, "name")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML document as plain values, and the line of each.

    value: dict, list, str, int, bool or None. Only ``true``, ``false``, ``null`` and plain decimal
        integers are read as anything but text, so ``no``, ``012`` and ``1:30`` stay what they are.
    lines: path of a value, or of a mapping's key, to its line in the file, counted from 1.
    """

    path: str
    value: object
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Line of the nearest enclosing value that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)
