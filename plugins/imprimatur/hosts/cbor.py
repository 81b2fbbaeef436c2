"""As much of CBOR (RFC 8949) as an index of pagefind holds: numbers, texts and lists of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER, _TEXT, _LIST = 0, 3, 4
_SMALL: Final = 24
_SIZES: Final = {24: 1, 25: 2, 26: 4, 27: 8}
_DEEPEST: Final = 16


class CborError(Exception):
    """These bytes are no CBOR, or more of it than is known here."""


def parts(data: bytes) -> list[bytes]:
    """The items of a list, each as it is written."""
    count, at = begun(data, 0)
    found = []
    for _ in range(count):
        behind = end(data, at)
        found.append(data[at:behind])
        at = behind
    if at != len(data):
        raise CborError("something stands behind the end of a list")
    return found


def array(items: Sequence[bytes]) -> bytes:
    """A list of items that are written already."""
    return number(len(items), _LIST) + b"".join(items)


def number(count: int, kind: int = _NUMBER) -> bytes:
    """A number, as short as it can be written."""
    if count < _SMALL:
        return bytes([kind << 5 | count])
    mark, size = next(each for each in _SIZES.items() if count < 1 << 8 * each[1])
    return bytes([kind << 5 | mark]) + count.to_bytes(size, "big")


def numbers(data: bytes) -> list[int]:
    """A list of numbers."""
    found = [head(each, 0) for each in parts(data)]
    if any(kind != _NUMBER for kind, _, _ in found):
        raise CborError("there is no number where one should be")
    return [value for _, value, _ in found]


def begun(data: bytes, at: int) -> tuple[int, int]:
    """How many items the list has that begins here, and where the first one stands."""
    kind, count, at = head(data, at)
    if kind != _LIST:
        raise CborError("there is no list where one should be")
    return count, at


def end(data: bytes, at: int, depth: int = 0) -> int:
    """Where the item that begins here ends."""
    kind, number, at = head(data, at)
    if kind == _TEXT:
        at += number
    elif kind == _LIST and depth < _DEEPEST:
        for _ in range(number):
            at = end(data, at, depth + 1)
    elif kind != _NUMBER:
        raise CborError(f"an item of kind {kind} is not known")
    if at > len(data):
        raise CborError("it ends too early")
    return at


def head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and number of an item, and where the rest of it begins."""
    if at >= len(data):
        raise CborError("it ends too early")
    kind, mark = data[at] >> 5, data[at] & 31
    if mark < _SMALL:
        return kind, mark, at + 1
    if mark not in _SIZES:
        raise CborError(f"a length of the form {mark} is not known")
    behind = at + 1 + _SIZES[mark]
    if behind > len(data):
        raise CborError("it ends too early")
    return kind, int.from_bytes(data[at + 1 : behind], "big"), behind
