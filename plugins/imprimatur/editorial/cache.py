"""What was found out before, so that it is not found out again: outside every repository."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from platformdirs import user_cache_path

from imprimatur.editorial.program import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Parts: TypeAlias = tuple[bytes, ...]
"""Everything that a remembered text depends on."""

Result = TypeVar("Result")

SWITCH: Final = "IMPRIMATUR_CACHE"
"""The environment variable that switches the cache off, or names another folder."""

# Raise it when what is kept under the same kind changes its meaning.
_FORMAT: Final = "2"
_SECONDS: Final = 2.0
# 256 MiB of SQLite's usual pages; behind that, everything is forgotten.
_PAGES: Final = 65_536
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH

_TABLE: Final = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT, proof TEXT)"
_FIND: Final = "SELECT name, value, proof FROM kept WHERE name IN (SELECT value FROM json_each(?))"
_PUT: Final = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)"
_SIZE: Final = "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """Texts by what they were made from. Several processes may use it at once.

    It never fails: where it is absent, locked, damaged or not safely the user's own, it remembers
    nothing. Who can write it can make the program believe what they like, so it is kept where only
    the user can, and what decides for others should run without it.

    file: the database; None remembers nothing.
    """

    file: Path | None

    def get(self, kind: str, *parts: bytes) -> str | None:
        """The text kept under these parts; for more than a few, ``get_many`` is far faster."""
        return self.get_many(kind, [parts]).get(parts)

    def get_many(self, kind: str, wanted: Iterable[Parts]) -> dict[Parts, str]:
        """The texts that are kept, of those wanted."""
        names = {_name(kind, parts): parts for parts in wanted}
        if not names:
            return {}
        asked = (json.dumps(list(names)),)
        rows = self._use(lambda database: database.execute(_FIND, asked).fetchall()) or []
        # A disk may give back other text than it was given.
        return {
            names[name]: value
            for name, value, proof in rows
            if name in names and proof == _proof(name, value)
        }

    def put_many(self, kind: str, found: Mapping[Parts, str]) -> None:
        """Keep these texts, all of them or, where that fails, none."""
        names = ((_name(kind, parts), value) for parts, value in found.items())
        rows = [(name, value, _proof(name, value)) for name, value in names]

        def put(database: sqlite3.Connection) -> None:
            if database.execute(_SIZE).fetchone()[0] > _PAGES:
                database.execute("DELETE FROM kept")
            database.executemany(_PUT, rows)

        if rows:
            self._use(put)

    def _use(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """What the work gives, or None where the database cannot be used."""
        if self.file is None:
            return None
        try:
            if not _is_ready(self.file):
                return None
            # A connection for each batch: none outlives a fork or goes to another thread.
            with closing(sqlite3.connect(self.file, timeout=_SECONDS)) as database, database:
                # After a power cut it may be damaged, which is noticed and costs no more than time.
                database.execute("PRAGMA synchronous = OFF")
                database.execute(_TABLE)
                return work(database)
        except (OSError, sqlite3.OperationalError, UnicodeError):
            return None
        except sqlite3.Error:
            # It is no database, or no whole one, and will not mend by itself.
            with suppress(OSError):
                self.file.unlink()
            return None


NO_CACHE: Final = Cache(file=None)
"""Remembers nothing."""


def users_cache(root: Path) -> Cache:
    """The cache in the user's own folder, or where IMPRIMATUR_CACHE says; ``off`` means none.

    root: the repository, inside which none is kept: what is committed there could be a forgery.
    """
    wish = os.environ.get(SWITCH, "")
    if wish.lower() == "off":
        return NO_CACHE
    try:
        folder = Path(wish).expanduser() if wish else user_cache_path("imprimatur")
        # Below wherever the command happens to run is nobody's own place.
        is_apart = folder.is_absolute() and not _is_inside(folder.resolve(), root.resolve())
    except (OSError, RuntimeError):
        # A home that nobody knows, or links that go round in a circle.
        return NO_CACHE
    return Cache(file=folder.resolve() / "cache.sqlite3") if is_apart else NO_CACHE


def _is_inside(folder: Path, root: Path) -> bool:
    """Whether it lies in the work tree of Git that the site is, or is a part of."""
    nearest = (each for each in (root, *root.parents) if (each / ".git").exists())
    return folder.is_relative_to(next(nearest, root))


def _is_ready(file: Path) -> bool:
    """Whether the file is there and nobody but the user can write it; made where it is absent."""
    if not hasattr(os, "geteuid"):
        # Where nobody can say whose a file is, none is trusted.
        return False
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_own(file.parent, stat.S_ISDIR):
        return False
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600))
    return _is_own(file, stat.S_ISREG)


def _is_own(path: Path, is_kind: Callable[[int], bool]) -> bool:
    about = path.lstat()
    is_safe = about.st_uid == os.geteuid() and not about.st_mode & _OTHERS_WRITE
    return is_safe and is_kind(about.st_mode)


def _name(kind: str, parts: Parts) -> str:
    """One name for these parts and no others: each is preceded by its length."""
    digest = _begun(kind).copy()
    digest.update(_counted(parts))
    return digest.hexdigest()


@cache
def _begun(kind: str) -> hashlib._Hash:
    """The digest of what all names of a kind begin with."""
    return hashlib.sha256(_counted((kind.encode(), _FORMAT.encode(), program())))


def _counted(parts: Parts) -> bytes:
    pieces = ((len(part).to_bytes(8, "big"), part) for part in parts)
    return b"".join(chain.from_iterable(pieces))


def _proof(name: str, value: str) -> str:
    return hashlib.sha256(f"{name} {value}".encode("utf-8", "surrogatepass")).hexdigest()
