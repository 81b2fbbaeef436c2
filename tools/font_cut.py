"""Cut a font down: to some signs, to the weights in use, to what makes letters stand well."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

if TYPE_CHECKING:
    from pathlib import Path

# Kerning, ligatures, accents, letters as a language wants them, and figures of one width.
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
# Copyright, family, style, unique name, full name, version, PostScript name, licence, its address:
# what the licence wants kept, and what a font without would be rejected for.
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]
VERSION = 5
# Help for coarse screens, and what only programs with a menu of fonts read.
UNUSED = ["gasp", "prep", "STAT", "MVAR", "DSIG"]


def opened(path: Path, weights: tuple[int, int]) -> TTFont:
    """Return the font, its weight between two ends or, where they are one, fixed."""
    # Times stay as they are: the same font gives the same bytes on every day.
    font = TTFont(path, recalcTimestamp=False)
    light, bold = weights
    font = instantiateVariableFont(font, {"wght": light if light == bold else weights})
    if "fvar" in font:
        font["fvar"].instances = []
    return reread(font)


def cut(font: TTFont, signs: set[int]) -> bytes:
    """Return, as WOFF2, the font with no more than these signs."""
    options = Options(
        layout_features=FEATURES,
        name_IDs=NAMES,
        drop_tables=[*Options().drop_tables, *UNUSED],
        hinting=False,
        notdef_outline=True,
    )
    font = reread(font)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    for name in font["name"].names:
        if name.nameID == VERSION:
            name.string = f"{name.toUnicode()}; cut for the web, signs added"
    font.flavor = "woff2"
    return written(font)


def reread(font: TTFont) -> TTFont:
    """Return a copy as a reader of its file would see it."""
    font.flavor = None
    return TTFont(BytesIO(written(font)), recalcTimestamp=False)


def written(font: TTFont) -> bytes:
    """Return the file."""
    file = BytesIO()
    font.save(file)
    return file.getvalue()
