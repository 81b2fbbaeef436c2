"""One order for the index that pagefind writes, so that one site has one index to the byte.

Pagefind numbers the pages as the file system happens to list them, which differs from one to the
next, and draws lots for the order of filters and of their values. Files are named by what is in
them, so their names differ, too. What is found does not depend on that order.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Final

from imprimatur.hosts.cbor import CborError, array, number, numbers, parts
from imprimatur.hosts.search_words import renumbered
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MAGIC: Final = b"pagefind_dcd"
_ENTRY: Final = "pagefind-entry.json"
_PAGES, _WORDS, _FILTERS, _SORTS = 1, 2, 3, 4
"""Where each stands in the part of the index that leads to all others."""
_PARTS: Final = 6
_LEVEL: Final = 7
"""At 9 it takes five times as long, and readers load two bytes of a hundred less."""
_MANY: Final = 20
"""Parts of the words that are worth the start of processes; each is of some ten thousand places."""


class UnknownIndexError(Exception):
    """Pagefind has written something other than release 1.5 does."""


def put_in_order(index: Path) -> None:
    """Sort the index of a built site. Raises UnknownIndexError, and OSError where it cannot."""
    entry = index / _ENTRY
    try:
        about = json.loads(entry.read_bytes())
        languages = sorted(about["languages"].items())
        for code, language in languages:
            language["hash"] = _sort_language(index, code, language["hash"])
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        EOFError,
        IndexError,
        CborError,
    ) as error:
        raise UnknownIndexError(str(error)) from None
    about["languages"] = dict(languages)
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    entry.write_text(text, encoding="utf-8", newline="\n")


def _sort_language(index: Path, code: str, name: str) -> str:
    """Sort what is indexed in one language; the new name of the part that leads to the rest."""
    leading = index / f"pagefind.{name}.pf_meta"
    whole = _read(leading)
    about = parts(whole)
    if len(about) != _PARTS:
        raise CborError(f"{leading.name} has {len(about)} parts")
    pages = parts(about[_PAGES])
    order = sorted(range(len(pages)), key=pages.__getitem__)
    places = sorted(range(len(pages)), key=order.__getitem__)
    about[_PAGES] = array([pages[old] for old in order])
    filters = sorted(parts(about[_FILTERS]))
    renamed = dict(_sort_filters(index / "filter", code, places))
    about[_FILTERS] = _renamed(array(filters), renamed)
    about[_WORDS] = _renamed(about[_WORDS], dict(_renumber(index / "index", code, places)))
    if parts(about[_SORTS]):
        raise CborError(f"{leading.name} holds an order of its own")
    return _replace(leading, array(about), f"{code}_", "pagefind.")


def _renumber(folder: Path, code: str, places: Sequence[int]) -> list[tuple[bytes, bytes]]:
    """Give pages their places in each part of the words; the old and the new name of each file."""

    def work(path: Path) -> tuple[bytes, bytes]:
        data = renumbered(_read(path), places)
        return path.stem.encode(), _replace(path, data, f"{code}_").encode()

    return spread(work, sorted(folder.glob(f"{code}_*.pf_index")), _MANY)


def _sort_filters(folder: Path, code: str, places: Sequence[int]) -> list[tuple[bytes, bytes]]:
    """Sort the values of each filter; the old and the new name of each file."""
    renamed = []
    for path in sorted(folder.glob(f"{code}_*.pf_filter")):
        name, values = parts(_read(path))
        data = array([name, array(sorted(_value(each, places) for each in parts(values)))])
        renamed.append((path.stem.encode(), _replace(path, data, f"{code}_").encode()))
    return renamed


def _value(data: bytes, places: Sequence[int]) -> bytes:
    text, pages = parts(data)
    return array([text, array([number(new) for new in sorted(places[e] for e in numbers(pages))])])


def _renamed(data: bytes, names: dict[bytes, bytes]) -> bytes:
    """The same with new names, which are as long as the old ones."""
    for old, new in names.items():
        if data.count(old) != 1:
            raise CborError(f"{old.decode()} is named {data.count(old)} times")
        data = data.replace(old, new)
    return data


def _read(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_MAGIC):
        raise CborError(f"{path.name} does not begin as it should")
    return data.removeprefix(_MAGIC)


def _replace(path: Path, data: bytes, prefix: str, before: str = "") -> str:
    """Write a file anew, named by what is in it; the name without what stands before it."""
    old = path.stem.removeprefix(before)
    digest = hashlib.sha256(_MAGIC + data).hexdigest()
    name = prefix + digest[: len(old) - len(prefix)]
    new = path.with_name(f"{before}{name}{path.suffix}")
    if new != path and new.exists():
        raise CborError(f"two parts of the index would be named {new.name}")
    path.unlink()
    new.write_bytes(gzip.compress(_MAGIC + data, compresslevel=_LEVEL, mtime=0))
    return name
