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


LESS = "data that is no still picture, such as notes, a place or a film"
ANEW = "export it anew, without metadata, and let it be one still picture"
SMALLER = "make it smaller"
NO_PICTURE = "it holds no picture"
CUT = "it ends before its picture does"


def said(data: bytes, ending: str) -> str:
    """What is said of a picture that has a flaw, which can be mended by exporting it anew."""
    flaw = picture_flaw(data, ending)
    assert flaw is not None
    assert (flaw.cure, flaw.line) == (ANEW, 0)
    return flaw.message


def jpeg_of(width: int, height: int, kind: int = 0xC2) -> bytes:
    """A JPEG that says so in a part of this kind that it has so many points."""
    at = JPEG.index(b"\xff\xc2")
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return JPEG[:at] + bytes([0xFF, kind]) + JPEG[at + 2 : at + 5] + size + JPEG[at + 9 :]


def webp_of(width: int, height: int) -> bytes:
    """A WebP with so many points, its uppermost bits included, which scale it."""
    return WEBP[:26] + width.to_bytes(2, "little") + height.to_bytes(2, "little") + WEBP[30:]


def lossless_of(width: int, height: int) -> bytes:
    """A lossless WebP with so many points."""
    bits = width - 1 | height - 1 << 14
    return LOSSLESS[:21] + bits.to_bytes(4, "little") + LOSSLESS[25:]


def icon_of(*pictures: bytes, between: bytes = b"") -> bytes:
    """An icon of pictures that follow each other."""
    at, entries = 6 + 16 * len(pictures), b""
    for each in pictures:
        at += len(between)
        entries += bytes(8) + len(each).to_bytes(4, "little") + at.to_bytes(4, "little")
        at += len(each)
    head = b"\0\0\1\0" + len(pictures).to_bytes(2, "little")
    return head + entries + b"".join(between + each for each in pictures)


@pytest.mark.parametrize(
    "part",
    [
        *("PLTE", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "pHYs", "sPLT", "hIST"),
        *("tIME", "cICP"),
    ],
)
def test_a_png_may_hold_its_colours_sizes_and_the_time_of_its_last_change(part: str):
    assert picture_flaw(png_with(part.encode(), b"x"), ".png") is None


def test_a_jpeg_may_hold_tables_sizes_scans_and_colours_and_nothing_else():
    fine = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0, 0xE2, 0xEE}
    for kind in set(range(256)) - {0xD9, 0xDA}:
        data = jpeg_with(kind, bytes(8))
        if kind in fine:
            assert picture_flaw(data, ".jpg") is None
        else:
            name = f"`{chr(kind)}`" if 0x20 <= kind < 0x7F else f"0x{kind:02x}"
            assert said(data, ".jpg") == f"its part {name} holds {LESS}"


@pytest.mark.parametrize("sign", [0x00, *range(0xD0, 0xD8)])
def test_within_the_points_of_a_jpeg_its_signs_may_stand(sign: int):
    at = JPEG.index(b"\xff\xda") + 14
    assert picture_flaw(JPEG[:at] + bytes([0xFF, sign]) + JPEG[at:], ".jpg") is None


@pytest.mark.parametrize("sign", [0x01, 0xCF, 0xD8])
def test_within_the_points_of_a_jpeg_nothing_else_stands(sign: int):
    at = JPEG.index(b"\xff\xda") + 14
    data = JPEG[:at] + bytes([0xFF, sign]) + JPEG[at:]
    assert said(data, ".jpg") == f"its part 0x{sign:02x} holds {LESS}"


@pytest.mark.parametrize("name", [b"VP8X", b"ALPH", b"ICCP"])
def test_a_webp_may_hold_its_colours_and_what_shines_through(name: bytes):
    assert picture_flaw(webp_with(name, b"xy"), ".webp") is None
    odd = webp_with(name, b"x")
    assert said(odd, ".webp") == CUT
    padded = odd[:4] + (len(odd) - 7).to_bytes(4, "little") + odd[8:] + b"\0"
    assert picture_flaw(padded, ".webp") is None


@pytest.mark.parametrize(
    ("data", "ending", "size"),
    [
        (png_of(5_000, 10_000), ".png", ""),
        (png_of(50_000_001, 1), ".png", "50000001 times 1"),
        (png_of(1, 0), ".png", "1 times 0"),
        (jpeg_of(50_000, 1_000), ".jpg", ""),
        (jpeg_of(50_000, 1_001), ".jpeg", "50000 times 1001"),
        (jpeg_of(50_000, 1_001, 0xC0), ".jpg", "50000 times 1001"),
        (jpeg_of(50_000, 1_001, 0xC1), ".jpg", "50000 times 1001"),
        (jpeg_of(0, 9), ".jpg", "0 times 9"),
        (JPEG[:2] + b"\xff\xd9", ".jpg", "0 times 0"),
        (webp_of(12_500, 4_000), ".webp", ""),
        (webp_of(12_500, 4_001), ".webp", "12500 times 4001"),
        (webp_of(0x4000 | 12_500, 0xC000 | 4_001), ".webp", "12500 times 4001"),
        (webp_of(0x3FFF, 0x3FFF), ".webp", "16383 times 16383"),
        (lossless_of(12_500, 4_000), ".webp", ""),
        (lossless_of(12_500, 4_001), ".webp", "12500 times 4001"),
        (lossless_of(0x4000, 0x4000), ".webp", "16384 times 16384"),
        (b"RIFF\4\0\0\0WEBP", ".webp", "0 times 0"),
        (icon_of(RED, png_of(50_000_000, 1)), ".ico", ""),
        (icon_of(png_of(50_000_001, 1), RED), ".ico", "50000001 times 1"),
        (
            icon_of(RED, bytes(4) + (7_500).to_bytes(4, "little") + (8_000).to_bytes(4, "little")),
            ".ico",
            "7500 times 8000",
        ),
        (icon_of(), ".ico", "0 times 0"),
    ],
)
def test_a_picture_has_up_to_fifty_million_points_and_at_least_one(
    data: bytes, ending: str, size: str
):
    flaw = picture_flaw(data, ending)
    if not size:
        assert flaw is None
        return
    assert flaw is not None
    assert flaw.message == f"it has {size} points; at most 50,000,000 are published"
    assert flaw.cure == SMALLER


def test_a_picture_has_up_to_five_million_bytes():
    room = 5_000_000 - len(png_with(b"iCCP", b""))
    assert picture_flaw(png_with(b"iCCP", bytes(room)), ".png") is None
    flaw = picture_flaw(png_with(b"iCCP", bytes(room + 1)), ".png")
    assert flaw is not None
    assert flaw.message == "it has 5,000,001 bytes; at most 5,000,000 are published"
    assert flaw.cure == SMALLER


def test_an_image_of_another_kind_is_told_which_are_known():
    flaw = picture_flaw(b"GIF89a", ".gif")
    assert flaw is not None
    assert flaw.message == "`.gif` is no kind of image known here"
    assert flaw.cure == "save it as .png, .jpg, .jpeg, .webp, .ico, .svg"


@pytest.mark.parametrize(
    ("data", "ending", "says"),
    [
        (b"", ".png", "its bytes are no PNG"),
        (b"\xff\xd8", ".jpg", "its bytes are no JPEG"),
        (b"RIFF\4\0\0\0WAVE", ".webp", "its bytes are no WebP"),
        (b"RIFX" + WEBP[4:], ".webp", "its bytes are no WebP"),
        (b"\0\0\2\0", ".ico", "its bytes are no icon"),
        (RED[:8] + RED[-12:], ".png", NO_PICTURE),
        (RED[:33] + RED[-12:], ".png", NO_PICTURE),
        (RED[:8] + RED[33:-12] + RED[8:33] + RED[-12:], ".png", NO_PICTURE),
        (WEBP.replace(b"\x9d\x01\x2a", b"\x9d\x01\x2b"), ".webp", NO_PICTURE),
        (LOSSLESS.replace(b"\x2f", b"\x2e", 1), ".webp", NO_PICTURE),
        (RED[:45] + b"\0" + RED[46:], ".png", "its part `IDAT` is damaged"),
        (RED[:-1] + b"\0", ".png", "its part `IEND` is damaged"),
        (png_with(b"\xe9XIf", b""), ".png", f"its part 0xe9584966 holds {LESS}"),
        (JPEG[:2] + b"\xff" + JPEG[2:], ".jpg", f"its part 0xff holds {LESS}"),
        (JPEG[:20] + b"x" + JPEG[20:], ".jpg", "it holds something between its parts"),
        (icon_of(RED, RED, between=b"x"), ".ico", "it holds something between its parts"),
        (WEBP[:4] + (len(WEBP) - 7).to_bytes(4, "little") + WEBP[8:], ".webp", CUT),
        (JPEG[: JPEG.index(b"\xff\xda") + 16], ".jpg", CUT),
        (RED[:-4], ".png", CUT),
        (RED + b"x" * 1_234, ".png", "1,234 bytes stand behind its end, where nobody sees them"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told_in_words(data: bytes, ending: str, says: str):
    assert said(data, ending) == says


SPARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'
PLAINLY = "save it as plain SVG, for example with SVGO, and look at it again"
ALIKE = (
    "give it fixed colours and sizes, as for a light page (in draw.io: appearance Light),"
    " save it as plain SVG, and look at it again; or export it as a PNG"
)


def drawn(written: str) -> tuple[int, str] | None:
    """Line and words of what is wrong with a drawing that holds this, if anything is."""
    flaw = drawing_flaw(SPARE % written.encode())
    if flaw is None:
        return None
    assert flaw.cure in {PLAINLY, ALIKE}
    return flaw.line, flaw.message


def shown_unlike(written: str) -> str:
    """Why a drawing that holds this does not look alike to every reader, or nothing."""
    flaw = drawing_flaw(SPARE % written.encode())
    if flaw is None:
        return ""
    assert (flaw.line, flaw.cure) == (1, ALIKE)
    return flaw.message


def test_every_element_that_only_draws_is_known():
    known = """
        circle clipPath defs desc ellipse filter g line linearGradient marker mask path pattern
        polygon polyline radialGradient rect stop style svg symbol text textPath title tspan use
        feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDropShadow feFlood
        feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset
        feTile
    """
    for name in known.split():
        assert drawn(f"<{name}/>") is None
        assert drawn(f"<{name}X/>") == (1, f"<{name}X> does more than draw")


@pytest.mark.parametrize(
    "written",
    [
        '<path xml:space="preserve"/>',
        '<path xml:lang="en"/>',
        '<use href="#a-b.c_1"/>',
        '<use xmlns:l="http://www.w3.org/1999/xlink" l:href="#a"/>',
        '<path fill="URL( #a )"/>',
        "<path fill=\"url('#a')\"/>",
        '<path data-note="@ and /* are only signs here"/>',
        "<text>url(https://other.example/x) image-set @ \\ /* expression</text>",
    ],
)
def test_what_leads_nowhere_else_is_fine_in_a_drawing(written: str):
    assert drawn(written) is None


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ("\n<script/>", 2, "<script> does more than draw"),
        ('<path onX="a"/>', 1, "`onX` of <path> does more than draw: 'a'"),
        ('<path requiredExtensions="a"/>', 1, "`requiredExtensions` of <path> does more than"),
        ('<path requiredFeatures="a"/>', 1, "`requiredFeatures` of <path> does more than draw"),
        ('<path src="a"/>', 1, "`src` of <path> does more than draw: 'a'"),
        ('<path xml:id="a"/>', 1, "`id` of <path> does more than draw: 'a'"),
        (f'<use href="{"x" * 41}"/>', 1, f"`href` of <use> does more than draw: '{'x' * 40}'"),
        ('<use href="#1"/>', 1, "`href` of <use> does more than draw: '#1'"),
        ('<use href="a#b"/>', 1, "`href` of <use> does more than draw: 'a#b'"),
        ('<path fill="url(#a) url(b)"/>', 1, "`fill` of <path> does more than draw"),
        ('<path fill="IMAGE-SET(a)"/>', 1, "`fill` of <path> does more than draw"),
        ("<style>a { /* x */ }</style>", 1, "its style does more than draw: a comment stands in"),
        ("<style>a { b: JavaScript:c }</style>", 1, "its style does more than draw: it calls a"),
        ("<style>a { b: url(c) }</style>", 1, "its style does more than draw: `url()` leads out"),
        ("<style>a { b: u<g/>rl(c) }</style>", 1, "its style does more than draw: an element"),
        ("\n\n<!-- x -->", 3, "a comment or an instruction stands in it, which readers would get"),
        ('<use id="a"/><use href="#a"/>', 1, "a <use> copies what holds a <use> itself"),
        ("<g>\n</h>", 2, "it is no XML: Opening and ending tag mismatch: g line 1 and h"),
    ],
)
def test_what_a_drawing_does_besides_is_told_with_its_line(written: str, line: int, says: str):
    found = drawn(written)
    assert found is not None
    assert found[0] == line
    assert found[1].startswith(says)


LOADS = ("image", "cross-fade", "src", "image-set", "-webkit-image-set", "element", "paint")
ASKS = ("light-dark", "if", "env", "clamp", "min", "calc", "attr", "random", "expression", "media")
SCREENS = """
    vw vh vmin vmax vi vb svw svh svmin lvw lvh lvmax dvw dvh dvb cqw cqh cqi cqb cqmin cqmax
    rem ch rch rex ic lh rlh cap dppx x
"""


@pytest.mark.parametrize(
    "written",
    [
        "<style>text { fill: %s(a) }</style>",
        "<style>text { --a: %s('https://other.example/x') }</style>",
        "<style>text { fill: rgb(1, 2, 3); stroke: %s\n(a) }</style>",
        '<path style="fill: %s(a, b)"/>',
        '<path style="--a: var(--b, %s(a))"/>',
        '<path fill="%s(a)"/>',
        '<path transform="scale(2) %s(a)"/>',
    ],
)
def test_27_a_drawing_calls_no_function_that_may_show_readers_different_things(written):
    for name in (*LOADS, *ASKS):
        for each in (name, name.upper()):
            why = shown_unlike(written % each)
            assert why.endswith(f"`{name}()` may not look alike to every reader")


@pytest.mark.parametrize("number", ["5", "-5", ".5", "1e2", "5-3", "0.5.5", "5."])
@pytest.mark.parametrize(
    "written",
    [
        '<text x="%s"/>',
        '<text style="stroke-width:%s"/>',
        "<style>text { x: %s }</style>",
        '<text transform="translate(%s)"/>',
    ],
)
def test_27_a_drawing_measures_nothing_by_the_screen_or_the_letters_of_its_reader(written, number):
    wanted = "is measured by something of the reader's"
    for unit in SCREENS.split():
        assert shown_unlike(written % f"{number}{unit}").endswith(wanted)
        assert shown_unlike(written % f"{number}{unit.upper()}").endswith(wanted)


@pytest.mark.parametrize(
    "selector",
    [
        *("text:hover", "text:target", "text:lang(de)", ":root", ":not(a)", "a::first-letter"),
        *("a:is(b)", ":host-context(a)", "a:active, b", "a { fill: red; &amp;:hover", "a{}b:focus"),
        *("a[b='c']:hover", "a{fill:red;b:hover", "a[b='{']:link"),
    ],
)
def test_27_no_selector_of_a_drawing_has_a_condition(selector):
    why = shown_unlike(f"<style>{selector} {{ fill: #fff }}</style>")
    assert why.startswith("its style does more than draw: the selector `")
    assert why.endswith("` has a condition, which its `:` begins")


def test_27_the_selector_that_has_a_condition_is_shown_in_part():
    why = shown_unlike(f"<style>\n a\n b:hover {'c' * 99} {{}}</style>")
    shown = "a b:hover " + "c" * 30
    assert f"the selector `{shown}` has" in why


@pytest.mark.parametrize(
    ("attribute", "shown"),
    [
        (
            'media="(max-width: 150px)"',
            "`media` of <style> does more than draw: '(max-width: 150px)'",
        ),
        ('title="dark"', "`title` of <style> does more than draw: 'dark'"),
        ('type="text/less"', "`type` of <style> does more than draw: 'text/less'"),
        ('class="a"', "`class` of <style> does more than draw: 'a'"),
    ],
)
def test_27_a_style_of_a_drawing_holds_on_every_screen(attribute, shown):
    why = shown_unlike(f"<style {attribute}>.a {{ display: none }}</style>")
    assert why == f"{shown}; a style has no attribute but `type`"


@pytest.mark.parametrize(
    "word",
    [
        *("Canvas", "CANVASTEXT", "LinkText", "highlight", "WindowText", "background"),
        *("-webkit-link", "-moz-default-color", "-apple-system-label", "-internal-light-dark"),
    ],
)
def test_27_a_drawing_has_no_colour_that_the_device_of_its_reader_chooses(word):
    wanted = f"`{word}` is a colour that the reader's device chooses"
    for written in (
        f'<path fill="{word}"/>',
        f'<path stop-color="url(#a) {word}"/>',
        f'<path style="font-size: 9px; stroke : {word}"/>',
        f"<style>a {{ --font: {word} }}</style>",
    ):
        assert shown_unlike(written).endswith(wanted)


@pytest.mark.parametrize("name", ["color-scheme", "Color-Scheme", "supported-color-schemes"])
def test_27_a_drawing_is_light_in_every_scheme(name):
    wanted = f"`{name}` lets the reader's device choose the colours"
    assert shown_unlike(f'<g style="{name}: light dark"/>').endswith(wanted)
    assert shown_unlike(f"<style>svg {{ {name}: dark }}</style>").endswith(wanted)


@pytest.mark.parametrize(
    ("style", "says"),
    [
        (r"fill: \6c ight-dark(red, blue)", "a backslash hides what it says"),
        ("fill: light/**/-dark(red, blue)", "a comment stands in it"),
        ("/* ' */ fill: light-dark(red, blue) /* ' */", "a comment stands in it"),
        ("fill: url(#a' ); fill: light-dark(red, blue); x: ' ", "`url()` leads out of the drawing"),
        ("a: 'b\n; fill: light-dark(red, blue); x: '", "a quotation mark is not closed"),
        ("a: 'b", "a quotation mark is not closed"),
        ("fill: (Canvas)", "`()` may not look alike"),
        ("fill: my-url(#a)", "`my-url()` may not look alike"),
        ("fill: url('#a\")", "a quotation mark is not closed"),
    ],
)
def test_27_nothing_in_a_style_hides_what_it_says(style, says):
    assert says in shown_unlike(f"<style>a {{ {style} }}</style>")
    if "\n" not in style:
        attribute = style.replace('"', "&quot;")
        assert says in shown_unlike(f'<path style="{attribute}"/>')


@pytest.mark.parametrize(
    "written",
    [
        # Inkscape
        '<path style="fill:none;stroke:#000000;stroke-width:0.26458332px;stroke-opacity:1"/>',
        """<text style="font-size:10.5833px;line-height:1.25;font-family:'Sans (TT)';
        -inkscape-font-specification:'Sans, Normal';white-space:pre" xml:space="preserve"/>""",
        '<g style="mix-blend-mode:normal"/><style id="style2" type="text/css"/>',
        # Illustrator
        '<style type="text/css">\n\t.st0{fill:#FFFFFF;clip-path:url(#a_1_);}\n</style>',
        '<g style="enable-background:new 0 0 512 512;"/>',
        # R with svglite, and with cairo
        """<style type='text/css'><![CDATA[
            .svglite line, .svglite path {
              fill: none;
              stroke-miterlimit: 10.00;
            }
            .svglite text { white-space: pre; }
            .svglite g.glyphgroup path { fill: inherit; stroke: none; }
          ]]></style>""",
        """<text style='font-size: 8.80px; fill: #4D4D4D; font-family: "Arial";'
        textLength='25.67px' lengthAdjust='spacingAndGlyphs'>5 mg</text>""",
        '<path style="stroke:rgb(0%,0%,0%);" transform="matrix(1,0,0,-1,0,1e-05)" d="M 0 0h5v3"/>',
        # matplotlib
        '<style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>',
        '<g transform="translate(7.2 25.8) scale(0.1 -0.1) rotate (90)"/>',
        # D3 and Plotly
        '<text dy="0.71em" x="-9" font-family="sans-serif" fill="currentColor">5</text>',
        '<text style="font-family: -apple-system, Menu, Arial; fill-opacity: 0.5; x: 50%"/>',
        '<rect fill="hsl(120deg, 50%, 50%)" transform="skewX(5) skewY(5)"/>',
        '<g style="--a: #123; fill: var(--a)"/>',
        # a name may be anything, and so may what a screen reader says
        '<g id="min(5vw)" class="canvas 5vw" aria-label="gene expression (5 vw)" role="img"/>',
    ],
)
def test_what_drawing_programs_write_is_fine(written):
    assert drawn(written) is None


@pytest.mark.parametrize(
    "unit", ["%", "px", "pt", "pc", "mm", "cm", "in", "Q", "em", "ex", "", "PX"]
)
def test_a_length_may_be_of_paper_or_of_the_letters_of_the_drawing(unit):
    assert drawn(f'<rect style="stroke-width: 5{unit}"/>') is None


@pytest.mark.parametrize(
    ("attributes", "is_fine"),
    [
        ('viewBox="0 0 40 30"', True),
        ('viewBox="-1.5,0,4e1 30" width="100%"', False),
        ('viewBox=" -1.5,-2e1, 40 .5 " width="100%"', True),
        ('width="9" height="9.5pt"', True),
        ('width="9" height="9" style="stroke-width: 2; line-height: 1"', True),
        ('width="9" height="9" style="width: 100%"', False),
        ('width="9"', False),
        ('height="9"', False),
        ("", False),
        ('width="9" height="100%"', False),
        ('width="9" height="9em"', False),
        ('viewBox="0 0 40"', False),
        ('viewBox="0 0 40 0"', False),
        ('viewBox="0 0 0.0 9"', False),
        ('viewBox="0 0 -4 9"', False),
        ('viewBox="0 0 inf inf"', False),
    ],
)
def test_27_a_drawing_is_never_cut_off_by_a_narrow_screen(attributes, is_fine):
    flaw = drawing_flaw(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    if is_fine:
        assert flaw is None
        return
    assert flaw is not None
    assert flaw.message == ("a narrow screen may cut it off: it has no `viewBox` and no fixed size")
    assert 'viewBox="0 0 400 300"' in flaw.cure


def test_27_a_style_sheet_does_not_undo_the_size_of_a_drawing():
    sheet = b"<style>svg { height: 50% }</style>"
    assert drawing_flaw(SPARE % sheet) is None
    flaw = drawing_flaw(SPARE.replace(b"viewBox=", b"data-box=") % sheet)
    assert flaw is not None
    assert "cut it off" in flaw.message


@pytest.mark.parametrize("sign", [":", "(", "'", '"', " ", "-", "a", "a ", "{", "url(", "#", "1e"])
def test_27_no_style_is_read_for_long(sign):
    for written in ("<style>%s</style>", "<path style='%s'/>"):
        spelt = (sign * 100_000).replace("'", "&apos;")
        started = time.process_time()
        drawing_flaw(SPARE % (written % spelt).encode())
        assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"\n" + DRAWING + b"<!-- x -->", 3, "a comment or an instruction stands outside"),
        (b"<!-- x -->\n" + DRAWING, 1, "a comment or an instruction stands outside the drawing"),
        (b'\n<svg xmlns="x"/>', 2, "its first element is no <svg>"),
        (b"\n<!DOCTYPE svg>" + DRAWING, 2, "it declares a document type or entities"),
        (
            b"<?xml version='1.0' encoding='latin-1'?>" + DRAWING,
            1,
            "it says that its letters are written in another way than UTF-8",
        ),
        (b"\n\n", 3, "it is no XML: Start tag expected"),
        (b"", 1, "it is no XML: Document is empty"),
    ],
)
def test_what_stands_around_a_drawing_is_told_with_its_line(data: bytes, line: int, says: str):
    flaw = drawing_flaw(data)
    assert flaw is not None
    assert (flaw.line, flaw.cure) == (line, PLAINLY)
    assert flaw.message.startswith(says)


def test_hidden_signs_of_a_drawing_are_told_with_their_line():
    for hidden in ("\u202e", "&#x202e;"):
        flaw = drawing_flaw(SPARE % f"\n<text>5{hidden}0 mg</text>".encode())
        assert flaw is not None
        assert flaw.line == 2
        assert "U+202E" in flaw.message


def test_a_drawing_has_up_to_so_many_elements_uses_and_bytes():
    assert drawn("<g/>" * 19_999) is None
    assert drawn("<g/>" * 20_000) == (
        1,
        "it has more than 20,000 elements, the most that are shown",
    )
    assert drawn('<use href="#a"/>' * 1_000) is None
    assert drawn('<use href="#a"/>' * 1_001) == (
        1,
        "it has more than 1,000 <use>, the most that are shown",
    )
    room = 1_000_000 - len(SPARE % b"")
    assert drawing_flaw(SPARE % (b" " * room)) is None
    flaw = drawing_flaw(SPARE % (b" " * (room + 1)))
    assert flaw is not None
    assert "1,000,001 bytes" in flaw.message


def test_the_elements_of_a_drawing_do_not_stand_in_each_other_without_end():
    assert drawn("<g>" * 100 + "</g>" * 100) is None
    found = drawn("<g>" * 3_000 + "</g>" * 3_000)
    assert found is not None
    assert "depth" in found[1]


@pytest.mark.parametrize(
    ("written", "is_fine"),
    [
        ('<g id="a"/><use href="#a"/><g><use href="#a"/></g>', True),
        ('<g id="b"><use href="#a"/></g><path id="a"/>', True),
        ('<g id="a"><use href="#b"/></g><use href="#a"/>', False),
        ('<g id="a"><g><use href="#b"/></g></g><path id="b"/><use href="#a"/>', False),
        ('<use id="a"/><use href="#a"/>', False),
    ],
)
def test_what_a_use_copies_is_told_alike_each_time_it_is_asked(written: str, *, is_fine: bool):
    """Asked among others: which objects lie where in memory must not decide."""
    others = ["<g/>" * 50, '<g id="a"><g/></g>' + '<g><use href="#a"/></g>' * 20]
    said = {drawn(each) for number in range(100) for each in (written, others[number % 2])}
    copies = (1, "a <use> copies what holds a <use> itself")
    assert said == ({None} if is_fine else {None, copies})
    assert {drawn(written) for _ in range(20)} == ({None} if is_fine else {copies})
