"""Images are whole pictures and plain drawings, and hold nothing that readers do not see."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from imprimatur.gate.drawings import drawing_flaw
from imprimatur.gate.image_rules import images_of
from imprimatur.gate.pictures import picture_flaw
from pictures import (
    DRAWING,
    ICON,
    JPEG,
    LOSSLESS,
    RED,
    WEBP,
    jpeg_with,
    png_of,
    png_with,
    webp_with,
)

if TYPE_CHECKING:
    from conftest import Shelf

PICTURES = [(".png", RED), (".jpg", JPEG), (".jpeg", JPEG), (".webp", WEBP), (".webp", LOSSLESS)]
PICTURES += [(".ico", ICON)]


@pytest.mark.parametrize(("ending", "data"), PICTURES)
def test_27_a_picture_of_each_kind_is_fine(ending: str, data: bytes):
    assert picture_flaw(data, ending) is None


@pytest.mark.parametrize(("ending", "data"), PICTURES)
def test_27_text_behind_the_end_of_a_picture_is_named(ending: str, data: bytes):
    flaw = picture_flaw(data + b"<script>alert(1)</script>", ending)
    assert flaw is not None
    assert "25 bytes stand behind its end" in flaw.message
    assert "metadata" in flaw.cure


@pytest.mark.parametrize(("ending", "data"), PICTURES)
def test_27_a_picture_that_is_cut_off_anywhere_is_named_and_no_fault(ending: str, data: bytes):
    assert all(picture_flaw(data[:length], ending) is not None for length in range(len(data)))


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp", ".ico"])
@pytest.mark.parametrize("data", [b"", b"<html><script>x</script>", b"GIF89a", DRAWING])
def test_27_bytes_of_another_kind_than_the_name_says_are_named(ending: str, data: bytes):
    flaw = picture_flaw(data, ending)
    assert flaw is not None
    assert "no " in flaw.message or "ends before" in flaw.message


@pytest.mark.parametrize(
    ("ending", "data", "says"),
    [
        (".png", png_with(b"tEXt", b"Comment\0give 50 mg"), "`tEXt`"),
        (".png", png_with(b"eXIf", b"MM"), "`eXIf`"),
        (".png", png_with(b"acTL", bytes(8)), "`acTL`"),
        (".png", RED[:45] + b"\0" + RED[46:], "damaged"),
        (".jpg", jpeg_with(0xE1, b"Exif\0\0"), "0xe1"),
        (".jpg", jpeg_with(0xFE, b"give 50 mg"), "0xfe"),
        (".webp", webp_with(b"EXIF", b"MM"), "`EXIF`"),
        (".webp", webp_with(b"ANIM", bytes(6)), "`ANIM`"),
        (".png", png_of(10_000, 10_000), "100"),
        (".png", png_of(0, 1), "0 times 1"),
        (".png", bytes(5_000_001), "5,000,001 bytes"),
        (".gif", b"GIF89a", "no kind of image"),
    ],
)
def test_27_what_a_picture_holds_beside_one_still_picture_is_named(
    ending: str, data: bytes, says: str
):
    flaw = picture_flaw(data, ending)
    assert flaw is not None
    assert says in flaw.message


PLAIN = [
    DRAWING,
    b'<?xml version="1.0" encoding="UTF-8"?>\n' + DRAWING,
    DRAWING.replace(b"<path", b'<defs><linearGradient id="a"/></defs><path fill="url(#a)"'),
    DRAWING.replace(b"<path", b'<g id="a"/><use href="#a"/><path style="fill:#f00"'),
    DRAWING.replace(b"<path", b"<style>.a { fill: red; clip-path: url(#b) }</style><path"),
    DRAWING.replace(b"<path", b'<text x="1">5\xc2\xa0mg</text><title>Dose</title><path'),
]


@pytest.mark.parametrize("data", PLAIN)
def test_27_a_drawing_that_only_draws_is_fine(data: bytes):
    assert drawing_flaw(data) is None


HOSTILE = [
    ("<script>alert(1)</script>", "<script>"),
    ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT>"),
    ('<path onclick="alert(1)"/>', "`onclick`"),
    ('<path ONLOAD="alert(1)"/>', "`ONLOAD`"),
    ("<foreignObject/>", "<foreignObject>"),
    ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "<script>"),
    ('<a href="#b"/>', "<a>"),
    ('<image href="https://other.example/x.png"/>', "<image>"),
    ('<use href="other.svg#a"/>', "`href`"),
    ('<use href="data:image/svg+xml,x"/>', "`href`"),
    ('<use xmlns:l="http://www.w3.org/1999/xlink" l:href="javascript:x"/>', "`href`"),
    ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate>"),
    ('<set attributeName="href" to="x"/>', "<set>"),
    ("<switch/>", "<switch>"),
    ('<path systemLanguage="de"/>', "`systemLanguage`"),
    ('<path fill="url(https://other.example/x)"/>', "`fill`"),
    ('<path fill="image-set(&quot;x.png&quot; 1x)"/>', "`fill`"),
    ('<path fill="expression(x)"/>', "`fill`"),
    ('<path fill="javascript:x"/>', "`fill`"),
    ('<path fill="url( &quot;//other.example/x#a&quot; )"/>', "`fill`"),
    ('<path style="fill:\\75rl(//other.example)"/>', "`style`"),
    ('<path xml:base="https://other.example"/>', "`base`"),
    ("<style>@import 'https://other.example/x.css';</style>", "style"),
    ("<style>@media print { * { display: none } }</style>", "style"),
    ("<style>path { fill: u\\72l(//other.example) }</style>", "style"),
    ("<style><g/>@import 'x';</style>", "style"),
    ("<style><![CDATA[@import 'x';]]></style>", "style"),
    ("<!-- a draft: give 50 mg -->", "comment"),
    ("<?xml-stylesheet href='x'?>", "instruction"),
    ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x"/>', "<include>"),
    ("<metadata>x</metadata>", "<metadata>"),
    ("<text>5&#x202e;0 mg</text>", "U+202E"),
    ("<text>5\u200b0 mg</text>", "U+200B"),
    ("<g>", "no XML"),
    ("<text>&give;</text>", "no XML"),
    ('<g id="a"><use href="#b"/></g><use href="#a"/>', "<use>"),
]


@pytest.mark.parametrize(("written", "says"), HOSTILE, ids=[each[0][:40] for each in HOSTILE])
def test_27_a_drawing_that_does_more_than_draw_is_named(written: str, says: str):
    flaw = drawing_flaw(DRAWING.replace(b"<path", written.encode() + b"<path"))
    assert flaw is not None
    assert says in flaw.message


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING,
        b'<!doctype svg SYSTEM "file:///etc/passwd">' + DRAWING,
        b'<?xml version="1.0" encoding="UTF-7"?>' + DRAWING,
        b'<?xml-stylesheet href="https://other.example/x.css"?>' + DRAWING,
        DRAWING + b"<!-- behind -->",
        DRAWING + b"<svg/>",
        b"<svg/>",
        b"<html><body/></html>",
        b"",
        b"\xff\xfe",
        DRAWING.decode().encode("utf-16"),
        b"<svg" * 100_000,
        DRAWING.replace(b"<path", b"<g>" * 10_000 + b"<path"),
        DRAWING.replace(b"<path", b"<g/>" * 20_001 + b"<path"),
        DRAWING.replace(b"<path", b'<use href="#a"/>' * 1_001 + b"<path"),
        b" " * 1_000_001,
    ],
    ids=range(16),
)
def test_27_no_drawing_is_read_with_entities_or_for_long(data: bytes):
    started = time.process_time()
    assert drawing_flaw(data) is not None
    assert time.process_time() - started < 2


@pytest.mark.parametrize("path", ["docs/assets/logo.svg", "docs/articles/dose.SVG"])
def test_27_every_image_below_docs_is_looked_at(path: str, shelf: Shelf):
    shelf.put(path, DRAWING.replace(b"<path", b"<script/><path"))
    findings = [each for each in shelf.findings(path) if each.rule == "image-is-plain"]
    assert [(each.line, "<script>" in each.message) for each in findings] == [(1, True)]


@pytest.mark.parametrize(
    ("printed", "images"),
    [
        ("<p>no image: &lt;img src='a.png'&gt;</p>", []),
        ('<p><img src="a.png"> and <img alt="" src="b.png"></p>', ["a.png", "b.png"]),
        ('<p><img alt="taken out"></p>', []),
    ],
)
def test_the_images_of_a_page_are_those_a_browser_asks_for(printed, images):
    assert list(images_of(printed)) == images
