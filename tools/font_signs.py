"""Signs that a font lacks, made of its family's own: ≤ is its < and a bar, as heavy as they are."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from math import radians, tan
from typing import TYPE_CHECKING

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph


@dataclass(frozen=True, slots=True)
class Part:
    """A sign of the family as a part of another.

    sign: which one.
    rise: how far up it is moved, in units of the font.
    stretch: by what its height is multiplied before that.
    flush: whether its left edge, not its middle, stands where that of the first part stands.
    """

    sign: str
    rise: int = 0
    stretch: float = 1
    flush: bool = False


Recipes = dict[str, tuple[Part, ...]]


def compose(font: TTFont, recipes: Recipes, others: list[TTFont], *, lean: bool) -> None:
    """Add the signs to a font whose weight varies between two ends, or does not vary.

    others: fonts of the same face, where a part is sought that this one does not hold.
    lean: whether an italic's mathematical signs lean too; else they stand upright in it.
    """
    slope = tan(radians(-font["post"].italicAngle)) if lean else 0
    varies = "fvar" in font
    light, bold = (
        [_end(each, heaviest=heaviest) if varies else each for each in (font, *others)]
        for heaviest in (False, True)
    )
    # A table is read with as many glyphs in mind as there are: so before there are more.
    font.ensureDecompiled()
    for sign, parts in recipes.items():
        name = f"uni{ord(sign):04X}"
        glyph, advance = _drawn(light, parts, slope)
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = glyph
        font["hmtx"][name] = (advance, glyph.xMin)
        for table in font["cmap"].tables:
            table.cmap[ord(sign)] = name
        if varies:
            heavy, wider = _drawn(bold, parts, slope)
            font["gvar"].variations[name] = [_growth(glyph, heavy, wider - advance)]
    if varies:
        # Made anew, since it tells widths by the glyphs' numbers.
        del font["HVAR"]
        add_HVAR(font)


def _end(font: TTFont, *, heaviest: bool) -> TTFont:
    """Return the font at one end of its weights."""
    (axis,) = font["fvar"].axes
    weight = axis.maxValue if heaviest else axis.minValue
    return instantiateVariableFont(copy.deepcopy(font), {axis.axisTag: weight})


def _drawn(fonts: list[TTFont], parts: tuple[Part, ...], slope: float) -> tuple[Glyph, int]:
    """Return the sign and its advance width, which is that of its first part."""
    pen = TTGlyphPen(None)
    advances = []
    aim: dict[bool, float] = {}
    for part in parts:
        font = next(each for each in fonts if ord(part.sign) in each.getBestCmap())
        name = font.getBestCmap()[ord(part.sign)]
        advances.append(font["hmtx"][name][0])
        drawing = DecomposingRecordingPen(font.getGlyphSet())
        font.getGlyphSet()[name].draw(drawing)
        points = font["glyf"][name].getCoordinates(font["glyf"])[0]
        across = [x - slope * y for x, y in points]
        stands = {True: min(across), False: (min(across) + max(across)) / 2}
        aim = aim or stands
        shift = aim[part.flush] - stands[part.flush] + slope * part.rise
        # A part that is stretched upwards keeps the slope of its stems.
        stems = slope * (part.stretch - 1)
        drawing.replay(TransformPen(pen, (1, 0, stems, part.stretch, shift, part.rise)))
    glyph = pen.glyph()
    glyph.coordinates.toInt()
    glyph.recalcBounds(None)
    # Parts that overlap are one sign; without the mark some systems leave a gap there.
    glyph.flags[0] |= 0x40
    return glyph, advances[0]


def _growth(light: Glyph, heavy: Glyph, wider: int) -> TupleVariation:
    """Return what moves from the lighter drawing to the heavier one."""
    if light.endPtsOfContours != heavy.endPtsOfContours:
        message = "the two ends of a font draw a sign with different points"
        raise ValueError(message)
    pairs = zip(light.coordinates, heavy.coordinates, strict=True)
    moves = [(x - a, y - b) for (a, b), (x, y) in pairs]
    # The last four are the edges of the space that the sign takes: left, right, top, bottom.
    return TupleVariation({"wght": (0, 1, 1)}, [*moves, (0, 0), (wider, 0), (0, 0), (0, 0)])
