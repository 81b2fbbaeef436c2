"""The fonts that the site ships: whole, licensed, and holding the signs that it prints."""

# ruff: noqa: RUF001 - signs that look alike are what this is about.

from __future__ import annotations

import ast
import hashlib
import html
import json
import re
from itertools import chain

import pytest
from fontTools.ttLib import TTFont

from imprimatur.bibliography import format_reference, read_bibliography

FAMILIES = {
    "Imprimatur Serif": "stix-two-text",
    "Imprimatur Sans": "atkinson-hyperlegible-next",
}
# What medicine is written with, whether or not an article uses it today.
MEDICAL = "0123456789.,;:!?%()[]/+<=>±×÷−≤≥≠≈°µμ²³½¼¾–—‘’“”…·•§†©™"
# No file of either family draws these: the reader's system shows them in a font of its own.
LEFT_TO_THE_SYSTEM = "↩→"


@pytest.fixture(scope="module")
def assets(repository_root):
    return repository_root / "plugins/imprimatur/press/theme/assets"


@pytest.fixture(scope="module")
def signs(assets):
    """What each file holds."""
    paths = (assets / "fonts").glob("*.woff2")
    return {path.name: set(map(chr, TTFont(path).getBestCmap())) for path in paths}


@pytest.fixture(scope="module")
def used(repository_root):
    """Signs that a page may show, each with a file where it stands.

    The words of the site stand in the rooms that write pages. Of the bibliography, which reads
    far more than it writes, the references count, as they are printed.
    """
    root, package = repository_root, repository_root / "plugins/imprimatur"
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in chain(
            root.glob("docs/**/*.md"),
            root.glob("editorial/**/*.yml"),
            *(package.glob(f"press/theme/**/*.{ending}") for ending in ("html", "css", "js")),
        )
    }
    for path in chain(*(package.glob(f"{room}/**/*.py") for room in ("press", "editorial"))):
        # Its signs are those that names are told apart by; it prints none of them.
        if path.name == "names.py":
            continue
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        strings = (node.value for node in nodes if isinstance(node, ast.Constant))
        texts[path] = "".join(each for each in strings if isinstance(each, str))
    path = root / "bibliography.bib"
    bibliography = read_bibliography(path.read_bytes(), path.name)
    works = filter(None, map(bibliography.work, bibliography.keys))
    texts[path] = "".join(format_reference(work).plain for work in works)
    # Python-Markdown's own, which leads from an author's note back to its place.
    found = {"↩": "a note"}
    for path, text in texts.items():
        shown = filter(str.isprintable, html.unescape(text))
        found |= dict.fromkeys(shown, str(path.relative_to(root)))
    return found


def test_each_file_is_what_make_fonts_wrote(assets):
    written = json.loads((assets / "fonts/fonts.json").read_text(encoding="utf-8"))
    there = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (assets / "fonts").iterdir()
        if path.name != "fonts.json"
    }
    assert there == written


@pytest.mark.parametrize("package", FAMILIES.values())
def test_each_family_carries_its_licence_and_is_named_as_it_allows(assets, package):
    licence = (assets / f"fonts/OFL-{package}.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    # Where a name is reserved, a changed font needs another one.
    assert "Reserved Font Name" not in licence.split("-----")[0]
    for path in (assets / "fonts").glob(f"{package}-*.woff2"):
        names = TTFont(path)["name"]
        assert names.getDebugName(0).startswith("Copyright"), path
        assert names.getDebugName(14).endswith(("/OFL", "openfontlicense.org")), path
        assert "cut for the web, signs added" in names.getDebugName(5), path


@pytest.mark.parametrize("style", ["normal", "italic"])
@pytest.mark.parametrize("package", FAMILIES.values())
def test_every_sign_in_use_is_in_both_families(signs, used, package, style):
    held = set().union(*(signs[name] for name in signs if name.startswith(f"{package}-{style}-")))
    missing = {sign: place for sign, place in used.items() if sign not in held}
    assert set(missing) == set(LEFT_TO_THE_SYSTEM), (
        f"{missing}: type another sign, add a recipe to tools/fonts.py, or list it here"
    )


@pytest.mark.parametrize("name", [f"{each}-normal-core.woff2" for each in FAMILIES.values()])
def test_the_core_holds_what_medicine_is_written_with(signs, name):
    assert set(MEDICAL) - signs[name] == set()
    assert set(map(chr, range(0x20, 0x7F))) - signs[name] == set()


def test_a_first_visit_has_room_for_the_core(assets):
    size = {path.name: path.stat().st_size for path in (assets / "fonts").glob("*-core.woff2")}
    assert size["stix-two-text-normal-core.woff2"] <= 22_000
    assert size["atkinson-hyperlegible-next-normal-core.woff2"] <= 15_000
    assert size["stix-two-text-italic-core.woff2"] <= 14_000


def test_the_style_sheet_sends_each_sign_to_the_one_file_that_holds_it(assets, signs):
    sheet = (assets / "fonts.css").read_text(encoding="utf-8")
    rules = re.findall(r"@font-face \{(.*?)\}", sheet, flags=re.DOTALL)
    sent: dict[str, list[str]] = {}
    for rule in rules:
        if 'url("' not in rule:
            continue
        (family,) = re.findall(r'font-family: "([^"]+)"', rule)
        (style,) = re.findall(r"font-style: (\w+)", rule)
        (name,) = re.findall(r'url\("fonts/([^"]+)"\)', rule)
        (ranges,) = re.findall(r"unicode-range: ([^;]+)", rule)
        assert name.startswith(f"{FAMILIES[family]}-{style}-")
        ends = (each.removeprefix("U+").split("-") for each in ranges.split(", "))
        runs = (range(int(run[0], 16), int(run[-1], 16) + 1) for run in ends)
        sent[name] = [chr(sign) for run in runs for sign in run]
    assert {name: set(held) for name, held in sent.items()} == signs
    for package in FAMILIES.values():
        for style in ("normal", "italic"):
            files = [held for name, held in sent.items() if name.startswith(f"{package}-{style}-")]
            together = list(chain(*files))
            assert len(together) == len(set(together))


def test_a_local_font_stands_in_with_the_room_of_its_family(assets):
    sheet = (assets / "fonts.css").read_text(encoding="utf-8")
    for family in FAMILIES:
        rules = [
            rule
            for rule in re.findall(r"@font-face \{(.*?)\}", sheet, flags=re.DOTALL)
            if f'"{family} Fallback"' in rule
        ]
        assert rules
        for rule in rules:
            assert "local(" in rule
            assert "size-adjust" in rule
            assert "ascent-override" in rule
