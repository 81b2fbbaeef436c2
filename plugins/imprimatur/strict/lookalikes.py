"""Signs that pass for others: a digit of another script in a dose, a line struck through "not".

A reader sees the one, a search, a screen reader and whoever compares two texts the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Letters and digits that Unicode has again for formulas, for wide and for narrow columns.
_AGAIN: Final = ("<font>", "<wide>", "<narrow>")
# Strokes and rings that are laid over a sign, and so can strike it out.
_OVERLAYS: Final = frozenset("\u0334\u0335\u0336\u0337\u0338\u20d2\u20d3\u20d8\u20d9\u20da\u20e5"
                             "\u20e6\u20ea\u20eb")  # fmt: skip
_CAPITALS: Final = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
_FOREIGN: Final = rf"[{_CAPITALS}\u03bf\u0400-\u058f\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff]"
_MIXED: Final = re.compile(
    rf"(?<=[A-Za-z0-9])(?P<after>{_FOREIGN})|(?P<before>{_FOREIGN})(?=[A-Za-z0-9]|[.,][0-9])"
)
_POINT: Final = re.compile(r"(?<=[0-9])[\u02d9\u066b\u066c\u201a\u2024\ua4f8](?=[0-9])")
_ON_DIGIT: Final = re.compile(r"(?<=[0-9])[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_SUSPECT: Final = re.compile(
    rf"{_FOREIGN}|[\u02d9\u066b\u066c\u201a\u2024\ua4f8\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
_TYPED: Final = b"\t" + bytes(range(0x20, 0x7F))
_BETWEEN: Final = (_MIXED, _POINT, _ON_DIGIT)


def lookalikes(line: str) -> Iterator[tuple[int, str]]:
    """The signs of a line that pass for others, each with its column."""
    if line.isascii():
        return
    others = {sign for sign in untyped(line) if not sign.isascii()}
    false = {sign for sign in others if is_lookalike(sign)}
    found = {at: sign for at, sign in enumerate(line) if sign in false} if false else {}
    # To look at what stands beside each sign takes long; most texts hold none of those it is about.
    for pattern in _BETWEEN if any(map(_SUSPECT.match, others)) else ():
        found.update((each.start(), each[0]) for each in pattern.finditer(line))
    yield from ((at + 1, found[at]) for at in sorted(found))


def untyped(text: str) -> frozenset[str]:
    """The signs of a text that are not of an ordinary keyboard, each once."""
    # By bytes, which is twenty times as fast as sign by sign: of UTF-8, none stands within another.
    data = text.encode("utf-8", "surrogatepass").translate(None, _TYPED)
    return frozenset(data.decode("utf-8", "surrogatepass"))


@cache
def is_lookalike(sign: str) -> bool:
    """Whether a sign passes for another wherever it stands."""
    if sign in _OVERLAYS or (unicodedata.category(sign) == "Nd" and not sign.isascii()):
        return True
    is_again = unicodedata.decomposition(sign).startswith(_AGAIN)
    plain = unicodedata.normalize("NFKC", sign) if is_again else ""
    return plain.isascii() and plain.isalnum()
