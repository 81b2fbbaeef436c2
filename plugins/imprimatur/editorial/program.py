"""Which program remembers: what another one found out may be wrong by this one's rules."""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import imprimatur

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE: Final = "mkdocs-imprimatur"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")


@cache
def program() -> bytes:
    """Digest of this program's own source, of all it is built on, and of the Python it runs on.

    Raises OSError where its source cannot be read.
    """
    digest = hashlib.sha256()
    for part in (*_versions(), *_sources()):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _versions() -> Iterator[bytes]:
    yield f"{sys.version} {unicodedata.unidata_version}".encode()
    for name in (_PACKAGE, *_needed()):
        try:
            yield f"{name} {version(name)}".encode()
        except PackageNotFoundError:
            yield name.encode()


def _needed() -> Iterator[str]:
    """What the package depends on, by name."""
    try:
        lines = requires(_PACKAGE) or ()
    except PackageNotFoundError:
        return
    for line in lines:
        found = _NAME.match(line)
        if found and "extra ==" not in line:
            yield found[0]


def _sources() -> Iterator[bytes]:
    for folder in sorted(imprimatur.__path__):
        for file in sorted(Path(folder).rglob("*.py")):
            yield file.relative_to(folder).as_posix().encode()
            yield file.read_bytes()
