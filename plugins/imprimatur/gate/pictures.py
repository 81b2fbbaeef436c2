"""Whether the bytes of a picture are a whole picture of its kind, and nothing besides.

A picture is bound by its bytes, so nothing is mended here: it is right, or it is refused. What
could stand in it unseen is text beside the picture, a second file behind its end, or a page of
HTML that calls itself a picture. A browser that takes a picture for a page is told not to by the
header ``X-Content-Type-Options: nosniff`` of the release.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST_BYTES: Final = 5_000_000
MOST_PIXELS: Final = 50_000_000

# What a picture may hold beside its points: colours, sizes, the time of its last change.
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs sPLT hIST tIME cICP".split()
)
_JPEG_SIZES = frozenset({0xC0, 0xC1, 0xC2})
_JPEG_PARTS: Final = frozenset({0xC4, 0xDB, 0xDD, 0xE0, 0xE2, 0xEE, 0xDA} | _JPEG_SIZES)
_JPEG_SCAN, _JPEG_END, _JPEG_RESTARTS = 0xDA, 0xD9, frozenset({0x00, *range(0xD0, 0xD8)})
_WEBP_PARTS: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
_PLAIN: Final = "export it anew, without metadata, and let it be one still picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with an image. line: of a drawing, which is text; otherwise 0."""

    message: str
    cure: str
    line: int = 0


class _FlawedError(Exception):
    """The picture is not whole, or more than a picture."""


def picture_flaw(data: bytes, ending: str) -> Flaw | None:
    """What is wrong with a picture, or None.

    ending: of its name, in lower case with the dot; one that names no kind we know is a flaw.
    """
    if len(data) > MOST_BYTES:
        message = f"it has {len(data):,} bytes; at most {MOST_BYTES:,} are published"
        return Flaw(message=message, cure="make it smaller")
    measure = _KINDS.get(ending)
    if measure is None:
        known = ", ".join((*_KINDS, ".svg"))
        return Flaw(
            message=f"`{ending}` is no kind of image known here", cure=f"save it as {known}"
        )
    try:
        width, height = measure(data)
    except _FlawedError as error:
        return Flaw(message=str(error), cure=_PLAIN)
    except (struct.error, IndexError):
        return Flaw(message="it ends before its picture does", cure=_PLAIN)
    if not 0 < width * height <= MOST_PIXELS:
        message = f"it has {width} times {height} points; at most {MOST_PIXELS:,} are published"
        return Flaw(message=message, cure="make it smaller")
    return None


def _png(data: bytes) -> tuple[int, int]:
    if not data.startswith(_PNG):
        raise _FlawedError("its bytes are no PNG")
    names = list(_png_parts(data))
    if names[:1] != [b"IHDR"] or b"IDAT" not in names:
        raise _FlawedError("it holds no picture")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _png_parts(data: bytes) -> Iterator[bytes]:
    """The name of each part, up to the last, behind which nothing may stand."""
    at, name = len(_PNG), b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        _require_part(name, name in _PNG_PARTS)
        (check,) = struct.unpack_from(">I", data, end - 4)
        if check != zlib.crc32(data[at + 4 : end - 4]):
            raise _FlawedError(f"its part {_shown(name)} is damaged")
        yield name
        at = end
    _require_end(data, at)


def _jpeg(data: bytes) -> tuple[int, int]:
    if not data.startswith(b"\xff\xd8\xff"):
        raise _FlawedError("its bytes are no JPEG")
    at, size = 2, (0, 0)
    while True:
        begin, kind = data[at], data[at + 1]
        if begin != 0xFF:  # noqa: PLR2004 - what every part begins with
            raise _FlawedError("it holds something between its parts")
        if kind == _JPEG_END:
            _require_end(data, at + 2)
            return size
        _require_part(bytes([kind]), kind in _JPEG_PARTS)
        (length,) = struct.unpack_from(">H", data, at + 2)
        if kind in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        at += 2 + length
        if kind == _JPEG_SCAN:
            at = _behind_scan(data, at)


def _behind_scan(data: bytes, at: int) -> int:
    """Where the points of a scan end and the next part begins."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise _FlawedError("it ends before its picture does")
        if data[at + 1] not in _JPEG_RESTARTS:
            return at
        at += 2


def _webp(data: bytes) -> tuple[int, int]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise _FlawedError("its bytes are no WebP")
    (size,) = struct.unpack_from("<I", data, 4)
    _require_end(data, 8 + size)
    at, found = 12, (0, 0)
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        _require_part(name, name in _WEBP_PARTS)
        if name in _WEBP_SIZES:
            found = _WEBP_SIZES[name](data[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    _require_end(data, at)
    return found


def _vp8(part: bytes) -> tuple[int, int]:
    if part[3:6] != b"\x9d\x01\x2a":
        raise _FlawedError("it holds no picture")
    width, height = struct.unpack_from("<HH", part, 6)
    return width & 0x3FFF, height & 0x3FFF


def _vp8l(part: bytes) -> tuple[int, int]:
    begin, bits = struct.unpack_from("<BI", part)
    if begin != 0x2F:  # noqa: PLR2004 - what such a part begins with
        raise _FlawedError("it holds no picture")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _require_part(name: bytes, is_known: bool) -> None:  # noqa: FBT001 - the question itself
    if not is_known:
        what = "data that is no still picture, such as notes, a place or a film"
        raise _FlawedError(f"its part {_shown(name)} holds {what}")


def _require_end(data: bytes, end: int) -> None:
    if len(data) > end:
        raise _FlawedError(
            f"{len(data) - end:,} bytes stand behind its end, where nobody sees them"
        )
    if len(data) < end:
        raise _FlawedError("it ends before its picture does")


def _shown(name: bytes) -> str:
    text = name.decode("ascii", "replace")
    return f"`{text}`" if text.isprintable() and text.isascii() else f"0x{name.hex()}"


def _icon(data: bytes) -> tuple[int, int]:
    """The size of the largest of its pictures, which follow each other and fill the file."""
    if not data.startswith(b"\x00\x00\x01\x00"):
        raise _FlawedError("its bytes are no icon")
    (count,) = struct.unpack_from("<H", data, 4)
    at, largest = 6 + 16 * count, (0, 0)
    for number in range(count):
        size, start = struct.unpack_from("<II", data, 6 + 16 * number + 8)
        if start != at:
            raise _FlawedError("it holds something between its parts")
        at += size
        part = data[start:at]
        is_png = part.startswith(_PNG)
        largest = max(largest, _png(part) if is_png else struct.unpack_from("<II", part, 4))
    _require_end(data, at)
    return largest


_WEBP_SIZES: Final[Mapping[bytes, Callable[[bytes], tuple[int, int]]]] = {
    b"VP8 ": _vp8,
    b"VP8L": _vp8l,
}
_KINDS: Final[Mapping[str, Callable[[bytes], tuple[int, int]]]] = {
    ".png": _png,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".webp": _webp,
    ".ico": _icon,
}
