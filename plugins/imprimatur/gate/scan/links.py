"""Addresses on a page that lead to a place within its site."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from imprimatur.gate.scan.claims import Claims

_ADDRESS: Final = re.compile(
    r"(?P<path>/(?!/)[^?#]*|(?![A-Za-z][A-Za-z0-9+.-]*:|/)[^?#]*)(?:\?[^#]*)?(?:#(?P<anchor>.*))?",
    re.DOTALL,
)
"""An address without a scheme and a host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address within the site. written: on the page; path: from the root; anchor: in it."""

    line: int
    written: str
    path: str
    anchor: str


def internal(written: str, page: str, claims: Claims, line: int = 0) -> Link | None:
    """Where an address on a page leads within the site; None if it leads out of it.

    One that no browser can take apart leads nowhere within it: to an empty path above the root.
    """
    address = _ADDRESS.fullmatch(written)
    if address is None:
        return _elsewhere(written, page, claims, line)
    path, anchor = unquote(address["path"]), unquote(address["anchor"] or "")
    if path.startswith("/"):
        inside = path.startswith(claims.base)
        path = path.removeprefix(claims.base) if inside else f"../{path.lstrip('/')}"
    elif path:
        path = f"{posixpath.dirname(page)}/{path}".removeprefix("/")
    else:
        path = page
    return Link(line=line, written=written, path=_tidied(path), anchor=anchor)


def _tidied(path: str) -> str:
    """A path from the root without detours; empty for the root, with `/` behind a folder."""
    folder = "/" if path.endswith(("/", "/.", "/..")) or path in {".", ".."} else ""
    tidy = posixpath.normpath(path) if path else "."
    return "" if tidy == "." else tidy + folder


def _elsewhere(written: str, page: str, claims: Claims, line: int) -> Link | None:
    """As ``internal``, of an address that names a host or a way to get there."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return Link(line=line, written=written, path="..", anchor="")
    if not claims.host or parts.netloc.lower() != claims.host:
        return None
    inside = urlunsplit(("", "", parts.path or "/", "", parts.fragment))
    found = internal(inside, page, claims, line)
    return replace(found, written=written) if found else None
