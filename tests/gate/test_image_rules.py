"""Which images an approval covers, and where one that it cannot cover is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprimatur.gate.image_rules import flawed, is_image, unbound
from imprimatur.manuscript import read_manuscript
from pictures import DRAWING, RED

if TYPE_CHECKING:
    from conftest import Shelf

ANSWER = "/// answer\nYes [@park2019spinal].\n///\n\n"
"""Stands on lines 12 to 15, so that what follows begins on line 16."""

CURE = "put the file there, and write its path in plain letters"
NAMES = (
    *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".apng", ".svg", ".svgz", ".ico"),
    *(".bmp", ".tif", ".tiff"),
)


@pytest.mark.parametrize(
    ("mark", "line", "source", "path"),
    [
        ("![Dose](dose.png)", 18, "dose.png", "docs/articles/dose.png"),
        ("![Dose](../a%20b.png)", 18, "../a%20b.png", "docs/a b.png"),
        ("![Dose](/dose.png)", 18, "/dose.png", "/dose.png"),
        ("![Dose](dose.png?x)", 18, "dose.png?x", "docs/articles/dose.png"),
        # What is written as an entity stands nowhere in the text as browsers are told it.
        ("![Dose](dose&#46;png)", 0, "dose.png", "docs/articles/dose.png"),
    ],
)
def test_an_image_that_is_not_there_is_told_where_it_is_named_and_where_it_would_lie(
    shelf: Shelf, mark: str, line: int, source: str, path: str
):
    message = f"an approval could not cover the image `{source}`, which is {path}"
    told = shelf.told(f"{ANSWER}Text.\n\n{mark}\n")
    assert told == [(line, "image-is-bound", message, CURE)]


def test_an_address_that_is_none_is_told_as_it_is(shelf: Shelf):
    shelf.article()
    data = (shelf.root / "docs/articles/contrast.md").read_bytes()
    manuscript = read_manuscript(data, "docs/articles/contrast.md").value
    assert manuscript is not None
    (finding,) = unbound(manuscript, None, ["http://[x"])
    assert (finding.path, finding.line) == ("docs/articles/contrast.md", 0)
    assert finding.message == (
        "an approval could not cover the image `http://[x`, which is docs/articles/http:/[x"
    )


@pytest.mark.parametrize("ending", NAMES)
def test_whatever_is_named_like_an_image_is_looked_at(ending: str, shelf: Shelf):
    assert is_image(f"a/b{ending}")
    assert is_image(f"a/b{ending.upper()}")
    shelf.put(f"docs/assets/a{ending}", "text")
    (finding,) = (each for each in shelf.findings() if each.rule == "image-is-plain")
    assert finding.path == f"docs/assets/a{ending}"


@pytest.mark.parametrize("path", ["a.md", "png", "a.png.txt", "a.xpng", ".png/a"])
def test_nothing_else_is_named_like_an_image(path: str):
    assert not is_image(path)


def test_a_drawing_is_told_by_its_line_and_a_picture_by_none():
    (drawn,) = flawed("docs/a.SVG", DRAWING.replace(b"<path", b"\n<script/><path"))
    assert (drawn.path, drawn.line, drawn.rule) == ("docs/a.SVG", 2, "image-is-plain")
    assert drawn.message == "<script> does more than draw"
    assert drawn.cure == "save it as plain SVG, for example with SVGO, and look at it again"
    (pictured,) = flawed("docs/a.png", RED + b"x")
    assert (pictured.path, pictured.line, pictured.rule) == ("docs/a.png", 0, "image-is-plain")
    assert pictured.message == "1 bytes stand behind its end, where nobody sees them"
    assert pictured.cure == "export it anew, without metadata, and let it be one still picture"
    assert not list(flawed("docs/a.svg", DRAWING))
    assert not list(flawed("docs/a.PNG", RED))
