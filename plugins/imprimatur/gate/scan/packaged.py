"""What installed packages bring to a built site: the theme's files and scripts, and ours."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from functools import lru_cache
from importlib.resources import files as package_files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from imprimatur.press import STYLESHEET, stylesheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_THEMES: Final = ("material", "zensical")
"""Packages whose templates and assets a site may be made with."""

_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FILLED: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_PATH: Final = r"(?:(?!//)[A-Za-z0-9._~/-])*"
"""What may be filled in: a path, never the address of a host."""

_LANGUAGES: Final = "languages"
_LANGUAGE: Final = re.compile(r"[A-Za-z-]{2,20}")

_WORD: Final = (
    "<!doctype html><html lang={}><body data-pagefind-body><h1 id=word>word</h1>"
    "<p data-pagefind-filter=word data-pagefind-meta=word>word</p></body></html>"
)


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=1)
def theme_folders() -> tuple[Path, ...]:
    """The templates of each theme that is installed, and ours."""
    specs = (find_spec(name) for name in _THEMES)
    places = (place for spec in specs if spec for place in spec.submodule_search_locations or ())
    own = Path(str(package_files("imprimatur.press"))) / "theme"
    return (own, *(Path(place) / "templates" for place in places))


@lru_cache(maxsize=1)
def assets() -> dict[str, frozenset[str]]:
    """The digests that a file may have, by its path in the built site."""
    found: dict[str, set[str]] = {STYLESHEET: {digest(stylesheet().encode())}}
    for folder in theme_folders():
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found.setdefault(name, set()).add(digest(path.read_bytes()))
    return {path: frozenset(digests) for path, digests in found.items()}


@lru_cache(maxsize=1)
def templates() -> tuple[str, ...]:
    """The text of every template of the themes."""
    return tuple(_templates().values())


@lru_cache(maxsize=1)
def template_files() -> tuple[str, ...]:
    """The text of every template of the themes but for the words of their languages."""
    return tuple(text for path, text in _templates().items() if path.parent.name != _LANGUAGES)


@lru_cache(maxsize=1)
def _templates() -> dict[Path, str]:
    return {
        path: path.read_text("utf-8", errors="replace")
        for folder in theme_folders()
        for path in sorted(folder.rglob("*.html"))
    }


def languages(names: Iterable[str]) -> tuple[str, ...]:
    """The templates that hold the words of these languages, in each theme that has them."""
    places = (
        folder / "partials" / _LANGUAGES / f"{name}.html"
        for folder in theme_folders()
        for name in dict.fromkeys(names)
        if _LANGUAGE.fullmatch(name)
    )
    return tuple(each.read_text("utf-8", errors="replace") for each in places if each.is_file())


def theme_scripts() -> Iterator[str]:
    """The scripts that the themes write into a page to run at once, as their templates hold them.

    Those that call another host, or lead a reader away, stand elsewhere and are not among them.
    """
    for folder in theme_folders():
        for path in sorted((folder / "partials" / "javascripts").glob("*.html")):
            yield from _INLINE.findall(path.read_text("utf-8"))


def inline_pattern(scripts: Iterable[str]) -> re.Pattern[str]:
    """What matches these scripts as a page holds them, whatever path is filled in."""
    made = sorted({_PATH.join(re.escape(each) for each in _FILLED.split(one)) for one in scripts})
    return re.compile("|".join(made) or r"(?!)")


def inline_scripts(template: str) -> list[str]:
    """The scripts within one template of a site's own."""
    return _INLINE.findall(template)


def search_program(language: str = "en") -> dict[str, frozenset[str]]:
    """The digest of each file of the search's program, by its path, as it writes them anywhere.

    Nothing where the program is not installed: then no file of it is claimed. language: of the
    pages that are searched, for which the program has a part of its own.
    """
    known = language if _LANGUAGE.fullmatch(language) else "en"
    return {
        path: frozenset({digest(data)})
        for path, data in index_of_a_word(known).items()
        if path.endswith((".js", ".css", ".pagefind"))
    }


def search_words() -> tuple[tuple[str, bytes], ...]:
    """What the search writes of its own into every index: the names of what it holds.

    Each file of an index of one word, by its path, as it lies in a site.
    """
    files = index_of_a_word("en").items()
    return tuple((path, data) for path, data in files if path.endswith((".json", ".pf_fragment")))


@lru_cache(maxsize=2)
def index_of_a_word(language: str) -> dict[str, bytes]:
    """Each file that the search writes for a site of one word, by its path; none without it."""
    with TemporaryDirectory(prefix="imprimatur-") as folder:
        page = Path(folder) / "index.html"
        page.write_text(_WORD.format(language), encoding="utf-8")
        command = [sys.executable, "-m", "pagefind_bin", "--silent", "--site", folder]
        kept = {name: value for name, value in os.environ.items() if "PAGEFIND" not in name}
        subprocess.run(command, capture_output=True, check=False, cwd=folder, env=kept)
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted((Path(folder) / "pagefind").rglob("*"))
            if path.is_file()
        }
