"""A notice stands at its address and nowhere else: what a host lists pages in is told so.

Hosts list every page they build: in the sitemap, in feeds, in what their search reads.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from imprimatur.gate.plan import Plan

_ENTRY: Final = re.compile(rb"[ \t]*<(url|item|entry)\b.*?</\1>[ \t]*\r?\n?", re.DOTALL)
"""One page in a sitemap, an RSS or an Atom feed; none of them holds another."""

_NAMES: Final = ("location", "url", "id")
"""Under which a search's or a feed's JSON names the address of a page."""


def unlist(site: Path, plan: Plan) -> None:
    """Take every notice out of the lists of a built site. Raises OSError where the disk refuses."""
    notices = [f"articles/{each.slug}/" for each in plan.printed if each.is_notice]
    if not notices:
        return
    for place in _lists(site):
        data = place.read_bytes()
        changed = _without(place.name, notices, data)
        if changed != data:
            place.write_bytes(changed)


def _lists(site: Path) -> Iterator[Path]:
    for pattern in ("*.xml", "*.xml.gz", "*.json"):
        for place in sorted(site.rglob(pattern)):
            if place.is_file() and "pagefind" not in place.relative_to(site).parts:
                yield place


def _without(name: str, notices: Sequence[str], data: bytes) -> bytes:
    if name.endswith(".gz"):
        try:
            plain = gzip.decompress(data)
        except (OSError, EOFError):
            return data
        changed = _without(name.removesuffix(".gz"), notices, plain)
        return gzip.compress(changed, mtime=0) if changed != plain else data
    if name.endswith(".json"):
        return _json_without(data, notices)
    words = [each.encode() for each in notices]
    return _ENTRY.sub(lambda found: b"" if _names(found[0], words) else found[0], data)


def _names(entry: bytes, addresses: Iterable[bytes]) -> bool:
    return any(b"/" + each in entry for each in addresses)


def _json_without(data: bytes, notices: Sequence[str]) -> bytes:
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return data
    if not isinstance(plain, dict):
        return data
    changed = {key: _kept(value, notices) for key, value in plain.items()}
    if changed == plain:
        return data
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode()


def _kept(value: object, notices: Sequence[str]) -> object:
    if not isinstance(value, list):
        return value
    return [each for each in value if not _is_of(each, notices)]


def _is_of(entry: object, notices: Iterable[str]) -> bool:
    """Whether an entry of a search or of a feed is of one of these pages, or of a part of it."""
    if not isinstance(entry, dict):
        return False
    addresses = (str(entry.get(name, "")).partition("#")[0] for name in _NAMES)
    return any(f"/{each}".endswith(f"/{notice}") for each in addresses for notice in notices)
