"""Cut the two families of the site from what npm holds of them: `make fonts`.

Writes the fonts, their licences, a list of what was written, and the style sheet. What npm gave
was checked against the hashes of its lock when it was installed.
"""

# ruff: noqa: RUF001 - signs that look alike are what this is about.

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from font_css import Local, face, stand_in
from font_cut import cut, opened
from font_signs import Part, Recipes, compose

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools/npm/fonts/node_modules/@fontsource-variable"
ASSETS = ROOT / "plugins/imprimatur/press/theme/assets"

# What nearly every article needs. All else is in files that are loaded when a sign asks for them.
SPACES = {0x20, 0xA0, 0xAD, 0x2009, 0x200B}
CORE = {*range(0x21, 0x7F), *SPACES, *map(ord, "–—−‘’“”…·•×÷±≤≥≠≈°µμ²³¹½¼¾′″§†©®™«»‹›")}
LATIN = {*range(0x250), *range(0x2000, 0x2300)}
# Of the letters beyond, those of Europe's names apart from the rest; none of phonetics.
EUROPEAN = {*range(0x100, 0x180), *range(0x218, 0x21C), *range(0x2000, 0x2300)}
OTHERS = {*range(0x180, 0x250), *range(0x1E00, 0x1EA0), *range(0x1EF2, 0x1F00)}
VIETNAMESE = {*range(0x1EA0, 0x1EF2)}
GREEK = {*range(0x370, 0x400)}

# The files of a family that a font is cut from, what is cut from each, and how that is called.
CUTS = (
    ("latin", "core", CORE),
    ("latin", "latin", LATIN),
    ("latin-ext", "european", EUROPEAN),
    ("latin-ext", "others", OTHERS),
    ("vietnamese", "vietnamese", VIETNAMESE),
    ("greek", "greek", GREEK),
)

WEIGHTS = {"normal": (400, 700), "italic": (400, 400)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of the site.

    name: what style sheets call it; package: where it comes from.
    recipes: signs that its first file is given; lean: whether they lean in its italic.
    locals: what stands in until it is there, the likeliest last: the last that is there is taken.
    """

    name: str
    package: str
    recipes: Recipes
    lean: bool
    locals: tuple[Local, ...]


SERIF = Family(
    name="Imprimatur Serif",
    package="stix-two-text",
    recipes={
        "†": (Part("†"),),
        "≤": (Part("<", 60), Part("−", -323)),
        "≥": (Part(">", 60), Part("−", -323)),
        "≠": (Part("="), Part("/", 10, 0.8)),
        "≈": (Part("~", 115), Part("~", -115)),
        # The Greek letter, which many type for the sign of a millionth, looks the same.
        "μ": (Part("µ"),),
    },
    lean=False,
    # Widths as tools/font_css.py measures them, in fonts of the same width where one is not free.
    locals=(
        Local(("DejaVu Serif",), ("DejaVu Serif Bold",), 0.5111, 0.5644),
        Local(("Noto Serif", "NotoSerif-Regular"), ("Noto Serif Bold",), 0.4780, 0.5070),
        Local(
            ("Times New Roman", "Liberation Serif", "Tinos", "NimbusRoman-Regular"),
            ("Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold", "NimbusRoman-Bold"),
            0.3992,
            0.4249,
        ),
    ),
)
SANS = Family(
    name="Imprimatur Sans",
    package="atkinson-hyperlegible-next",
    recipes={
        "†": (Part("†"),),
        "≤": (Part("<", 90), Part("−", -258)),
        "≥": (Part(">", 90), Part("−", -258)),
        "≠": (Part("="), Part("/", 10, 0.8)),
        "≈": (Part("~", 120), Part("~", -120)),
        "µ": (Part("u"), Part("|", -97, 0.4, flush=True)),
        "μ": (Part("u"), Part("|", -97, 0.4, flush=True)),
    },
    lean=True,
    locals=(
        Local(("DejaVu Sans",), ("DejaVu Sans Bold",), 0.5057, 0.5711),
        Local(("Roboto", "Roboto-Regular"), ("Roboto Bold", "Roboto-Bold"), 0.4418, 0.4480),
        Local(
            ("Arial", "Helvetica", "Liberation Sans", "Arimo", "Nimbus Sans"),
            (
                "Arial Bold",
                "Helvetica Bold",
                "Liberation Sans Bold",
                "Arimo Bold",
                "Nimbus Sans Bold",
            ),
            0.4405,
            0.4764,
        ),
    ),
)


def main() -> int:
    """Write all of it and say how large it is."""
    # The tables of which a font's cutter knows nothing hold nothing that a browser reads.
    logging.disable(logging.WARNING)
    folder = ASSETS / "fonts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rules = [rule for family in (SERIF, SANS) for rule in write(family, folder)]
    (ASSETS / "fonts.css").write_text(
        "/* Written by `make fonts` from the fonts themselves: change tools/fonts.py. */\n"
        + "".join(rules),
        encoding="utf-8",
    )
    digests = {}
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        digests[file.name] = hashlib.sha256(content).hexdigest()
        print(f"{len(content):>7,}  {file.name}")
    (folder / "fonts.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
    return 0


def write(family: Family, folder: Path) -> list[str]:
    """Write a family's fonts and its licence, and return its rules."""
    rules = []
    source = SOURCES / family.package
    shutil.copyfile(source / "LICENSE", folder / f"OFL-{family.package}.txt")
    for style, weights in WEIGHTS.items():
        stem = f"{family.package}-{{}}-wght-{style}.woff2"
        paths = {part: source / "files" / stem.format(part) for part, _, _ in CUTS}
        fonts = {part: opened(path, weights) for part, path in paths.items() if path.exists()}
        main, *others = fonts.values()
        compose(main, family.recipes, others, lean=family.lean)
        written: set[int] = set()
        for part, name, wanted in CUTS:
            signs = set(fonts[part].getBestCmap()) & wanted - written if part in fonts else set()
            if signs:
                written |= signs
                file = f"{family.package}-{style}-{name}.woff2"
                (folder / file).write_bytes(cut(fonts[part], signs))
                rules.append(face(family.name, file, style, weights, signs))
    return rules + stand_ins(family)


def stand_ins(family: Family) -> list[str]:
    """Return the rules of the fonts that a reader has at once."""
    file = SOURCES / f"{family.package}/files/{family.package}-latin-wght-normal.woff2"
    regular, bold = (opened(file, (weight, weight)) for weight in WEIGHTS["normal"])
    return [
        stand_in(family.name, font, local, bold=font is bold)
        for local in family.locals
        for font in (regular, bold)
    ]


if __name__ == "__main__":
    sys.exit(main())
