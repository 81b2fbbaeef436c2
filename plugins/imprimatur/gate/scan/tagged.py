"""Whether a text is written with the same tags as another one, so that browsers nest it alike.

Two sources of one tree here can be two trees in a browser: what stands behind ``<div hidden/>`` is
in it there, and what stands behind a link without an end is a part of it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from imprimatur.gate.scan.opened import TOKEN, VOID

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_tagged_alike(source: bytes, start: int, printed: str) -> bool:
    """Whether a text has the same tags as it was printed with, in their order.

    source: of the page, in small letters. start: where the text begins in it. printed: the text.
    """
    tags = list(_tags(printed.lower().encode(), 0))
    return list(islice(_tags(source, start), len(tags))) == tags


def _tags(source: bytes, start: int) -> Iterator[bytes]:
    """Each tag from there on, by its name; one that begins as one and is none, without."""
    depth = 0
    for tag in TOKEN.finditer(source, start):
        name, end = tag["name"], tag["end"]
        if name is None:
            if tag["odd"]:
                yield b""
            continue
        if name == b"svg":
            depth = max(0, depth - 1) if end else depth + (not tag["shut"])
        if name in VOID and not end:
            yield name
        elif tag["shut"] and (depth or name == b"svg") and not end:
            # In a drawing such a mark is an end.
            yield from (name, b"/" + name)
        else:
            yield (end or b"") + name + (tag["shut"] or b"")
