"""The short way through an entry that holds nothing but values between braces, as most do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.bibliography.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprimatur.bibliography.chunks import Chunk

MONTHS: Final = {
    name[:3].lower(): name
    for name in (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
}
"""What BibTeX's own abbreviations stand for, where a file gives them no other meaning."""

_BLANK: Final = r"[ \t\n]*+"
_HEAD: Final = re.compile(rf"@[A-Za-z]++\{{{_BLANK}([A-Za-z0-9][A-Za-z0-9:_-]*+){_BLANK},")
_TEXT: Final = r"[^{}@\\\"%#\x00-\x08\x0b-\x1f]"
_FIELD: Final = re.compile(
    rf"{_BLANK}([A-Za-z][A-Za-z_]*+){_BLANK}={_BLANK}"
    rf"(?:\{{((?:{_TEXT}++|\{{{_TEXT}*+\}})*+)\}}|([0-9]++|[a-z]{{3}})){_BLANK}(,?)"
)
_END: Final = re.compile(rf"{_BLANK}\}}")


def plain_source(chunk: Chunk, words: Mapping[str, str]) -> Source | None:
    """What such an entry says, to the letter what pybtex reads; None where it takes pybtex.

    words: abbreviations, by their names.
    """
    head = _HEAD.match(chunk.text)
    if head is None or head[1] != chunk.key:
        return None
    fields: dict[str, str] = {}
    at, more = head.end(), ","
    while more and (field := _FIELD.match(chunk.text, at)):
        name, more, at = field[1].lower(), field[4], field.end()
        bare = field[3]
        if name in fields or (bare and not bare.isdecimal() and bare not in words):
            return None
        fields[name] = words.get(bare, bare) if bare else " ".join(field[2].split())
    whole = _END.fullmatch(chunk.text, at)
    return Source(chunk=chunk, fields=fields) if whole and fields else None
