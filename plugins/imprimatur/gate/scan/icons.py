"""The icons that a site's pages may show: those that something of it, or of the theme, names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.packaged import template_files, theme_folders
from imprimatur.gate.scan.site_words import MATTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_FOLDER: Final = ".icons"
_NAME: Final = re.compile(r"(?<![\w/-])(?:\.icons/)?([a-z0-9]+(?:/[a-z0-9-]+){1,3})(?![\w/-])")


def icons(texts: Iterable[str]) -> Iterator[str]:
    """Each icon that these texts name, and each that a theme names by itself, as it is drawn."""
    named = {name for text in texts for name in _NAME.findall(text)}
    yield from _usual()
    yield from (found for name in sorted(named) for found in _drawn(name))


def own_icons(files: Mapping[str, bytes]) -> Iterator[str]:
    """Each icon that a site brings beside its templates. files: by their path."""
    for path, data in files.items():
        if f"/{_FOLDER}/" in path and path.endswith(".svg"):
            yield data.decode("utf-8", errors="replace")


def matter_of(source: str) -> str:
    """What stands before the text of a page, in which its icon may be named."""
    found = MATTER.match(source)
    return found[0] if found else ""


@lru_cache(maxsize=1)
def _usual() -> tuple[str, ...]:
    # Zensical sets its own in its code.
    code = (path for folder in theme_folders() for path in sorted(folder.parent.glob("*.py")))
    texts = (*template_files(), *(path.read_text("utf-8") for path in code))
    named = {name for text in texts for name in _NAME.findall(text)}
    return tuple(found for name in sorted(named) for found in _drawn(name))


@lru_cache(maxsize=1_000)
def _drawn(name: str) -> tuple[str, ...]:
    places = (folder / _FOLDER / f"{name}.svg" for folder in theme_folders())
    return tuple(_read(place) for place in places if place.is_file())


def _read(place: Path) -> str:
    return place.read_text("utf-8", errors="replace")
