"""The style sheet of the fonts, and what stands in their place until they are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fontTools.ttLib import TTFont

# How often each stands in English text, of a thousand: what a line of text is as wide as.
ENGLISH = (
    "e102 t75 a65 o62 i57 n57 s53 r50 h50 d34 l33 u23 c22 m20 f18 w19 g16 y16 p15 b12 v8 k6 "
    "x1 j1 q1 z1"
)
SPACES = 183


@dataclass(frozen=True, slots=True)
class Local:
    """Fonts of one width that stand in until a family is there.

    names: those fonts, of whichever a reader's system has one; bold: their bold faces.
    width, bold_width: of English text in them, of the height of the type, as `width` tells it.
    """

    names: tuple[str, ...]
    bold: tuple[str, ...]
    width: float
    bold_width: float


def width(font: TTFont) -> float:
    """Return how wide a letter of English text is on average, of the height of the type."""
    names, metrics = font.getBestCmap(), font["hmtx"]
    shares = [(each[0], int(each[1:])) for each in ENGLISH.split()] + [(" ", SPACES)]
    total = sum(share * metrics[names[ord(letter)]][0] for letter, share in shares)
    return total / sum(share for _, share in shares) / font["head"].unitsPerEm


def face(family: str, file: str, style: str, weights: tuple[int, int], signs: set[int]) -> str:
    """Return the rule of one file."""
    weight = str(weights[0]) if weights[0] == weights[1] else f"{weights[0]} {weights[1]}"
    return rule(
        family,
        {
            "font-style": style,
            "font-weight": weight,
            "font-display": "swap",
            "src": f'url("fonts/{file}") format("woff2")',
            "unicode-range": ranges(signs),
        },
    )


def stand_in(family: str, font: TTFont, local: Local, *, bold: bool) -> str:
    """Return the rule by which a local font takes the room that the family will take.

    font: the family's, at this weight.
    """
    adjust = width(font) / (local.bold_width if bold else local.width)
    lines, height = font["hhea"], font["head"].unitsPerEm * adjust
    return rule(
        family + " Fallback",
        {
            "font-weight": "600 700" if bold else "400 500",
            "src": ", ".join(f'local("{name}")' for name in (local.bold if bold else local.names)),
            "size-adjust": f"{adjust:.2%}",
            "ascent-override": f"{lines.ascent / height:.2%}",
            "descent-override": f"{-lines.descent / height:.2%}",
            "line-gap-override": f"{lines.lineGap / height:.2%}",
        },
    )


def rule(family: str, descriptors: dict[str, str]) -> str:
    """Return one rule."""
    lines = [f'  font-family: "{family}";']
    lines += [f"  {name}: {value};" for name, value in descriptors.items()]
    return "\n".join(["@font-face {", *lines, "}", ""])


def ranges(signs: Iterable[int]) -> str:
    """Return the signs as CSS names them."""
    runs: list[list[int]] = []
    for sign in sorted(signs):
        if runs and sign == runs[-1][1] + 1:
            runs[-1][1] = sign
        else:
            runs.append([sign, sign])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)
