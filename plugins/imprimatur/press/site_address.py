"""Where a page of the site lies, seen from another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAddress:
    """The page from which links lead.

    url: its address below the site's root. directories: whether ``x.md`` is published as ``x/``.
    """

    url: str
    directories: bool

    def to(self, source: str) -> str:
        """The relative address of the page that is made from a file below ``docs/``."""
        folders = [each for each in self.url.split("/")[:-1] if each not in {"", "."}]
        return "../" * len(folders) + _published(source, directories=self.directories) or "./"


# A list asks for the same few topics with each of its articles.
@lru_cache(maxsize=4096)
def _published(source: str, *, directories: bool) -> str:
    path = PurePosixPath(source)
    if not directories:
        return str(path.with_suffix(".html"))
    inside = path.parent if path.stem == "index" else path.with_suffix("")
    return "".join(f"{part}/" for part in inside.parts)
