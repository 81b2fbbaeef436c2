"""What a file of a built site says, whatever its kind: one text in which words are looked for."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from imprimatur.gate.scan.words import APART, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 512 * 1024 * 1024
"""Bytes that are read at most of one file, packed or not."""

_GZIP: Final = b"\x1f\x8b"
_OF_GZIP: Final = zlib.MAX_WBITS | 16
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_ZLIB: Final = b"\x78"
_PAGEFIND: Final = b"pagefind_dcd"
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_VALUE: Final = re.compile(r"""=\s?(?:"([^"<>]{2,})"|'([^'<>]{2,})')""")
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_CHUNKS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})


class TooLargeError(Exception):
    """A file, or what is packed in it, is larger than is read."""


def is_packed_astray(path: str, data: bytes) -> bool:
    """Whether a file is packed that browsers would show as it lies there.

    Its packed content could be the approved page, and the bytes around it another one.
    """
    is_known = path.endswith(".gz") or path.startswith("pagefind/")
    return not is_known and data.startswith((_GZIP, _PAGEFIND))


def is_unpacked_astray(path: str, data: bytes) -> bool:
    """Whether a file lies there plainly that pagefind packs: browsers would show what it says."""
    return path.startswith("pagefind/") and ".pf_" in path and not data.startswith(_GZIP)


def unpacked(data: bytes) -> bytes:
    """The bytes themselves, out of gzip, and behind the mark that pagefind sets before its own.

    Raises TooLargeError where there are too many, and zlib.error where they are broken, or where
    more follows, which some unpack, too, and others leave out.
    """
    if data.startswith(_GZIP):
        packed = zlib.decompressobj(_OF_GZIP)
        data = packed.decompress(data, LARGEST + 1)
        if len(data) <= LARGEST and (not packed.eof or packed.unused_data):
            raise zlib.error
    if len(data) > LARGEST:
        raise TooLargeError
    return data.removeprefix(_PAGEFIND)


def decoded(data: bytes) -> str:
    """Bytes as text; what is none becomes a sign that no word holds."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    return data.decode(encoding, errors="replace")


def said(path: str, data: bytes) -> str:
    """All that a file says, its name, its attributes and its comments included.

    data: its bytes, unpacked.
    """
    if data.startswith(_PNG):
        return APART.join((path, *_texts_of_png(data)))
    text = decoded(data)
    if path.endswith((".html", ".htm", ".xml", ".xml.gz", ".svg", ".rss", ".atom")):
        values = APART.join("".join(pair) for pair in _VALUE.findall(text))
        return APART.join((path, plain(text), plain(values)))
    return APART.join((path, plain(_ESCAPE.sub(_meant, text) if "\\" in text else text)))


def _meant(found: re.Match[str]) -> str:
    """What an escape of JSON stands for; line ends and their like are blanks here."""
    code, sign = found.groups()
    if code:
        return chr(int(code, 16))
    return sign if sign in '"\\/' else " "


def _texts_of_png(data: bytes) -> Iterator[str]:
    place = len(_PNG)
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if kind in _CHUNKS:
            yield decoded(body)
            yield from _packed_in(body)
        place += length + 12


def _packed_in(body: bytes) -> Iterator[str]:
    """What is packed in a chunk, behind a keyword and marks of at most some 300 bytes."""
    start = body.find(_ZLIB, 0, 300)
    while start >= 0:
        with suppress(zlib.error):
            yield decoded(zlib.decompressobj().decompress(body[start:], 1 << 20))
        start = body.find(_ZLIB, start + 1, 300)
