"""What a file of a built site says, whatever its kind: what is packed, escaped or hidden in it."""

from __future__ import annotations

import gzip
import zlib

import pytest

from imprimatur.gate.scan.content import TooLargeError, decoded, said, unpacked
from imprimatur.gate.scan.words import APART, EDGE

MOST = 512 * 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"
MIB = 1024 * 1024


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + b"sum."


def picture(*chunks: bytes) -> str:
    """What a picture says beside its name."""
    path, _, text = said("a.png", PNG + b"".join(chunks)).partition(APART)
    assert path == "a.png"
    return text


def test_half_a_gigabyte_is_read_of_a_file_and_not_one_byte_more():
    # Zeros that nobody looks at take no memory.
    assert len(unpacked(bytes(MOST))) == MOST
    with pytest.raises(TooLargeError):
        unpacked(bytes(MOST + 1))


def test_what_is_packed_and_what_the_search_marks_is_read_as_it_was_written():
    long = b"word " * 200_000
    assert unpacked(b"plain") == b"plain"
    assert unpacked(gzip.compress(long)) == long
    assert unpacked(gzip.compress(b"pagefind_dcd{}")) == b"{}"
    assert unpacked(b"pagefind_dcd{}") == b"{}"
    assert unpacked(b"\x1f plain") == b"\x1f plain"


@pytest.mark.parametrize(
    "data",
    [
        b"\x1f\x8b broken",
        gzip.compress(b"word " * 99)[:-9],
        gzip.compress(b"5 mg") + gzip.compress(b"50 mg"),
        gzip.compress(b"5 mg") + b"50 mg",
    ],
    ids=["broken", "cut off", "two in one", "more behind it"],
)
def test_what_is_packed_and_broken_is_read_by_nobody(data):
    with pytest.raises(zlib.error):
        unpacked(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("größer".encode(), "größer"),
        (b"\xef\xbb\xbf" + "größer".encode(), "größer"),
        (b"\xff\xfe" + "größer".encode("utf-16-le"), "größer"),
        (b"\xfe\xff" + "größer".encode("utf-16-be"), "größer"),
        (b"a\xffb", "a\ufffdb"),
        (b"\xff\xfea\x00b", "a\ufffd"),
    ],
)
def test_a_text_is_read_in_the_letters_that_its_mark_names(data, text):
    assert decoded(data) == text


@pytest.mark.parametrize("ending", ["html", "htm", "xml", "xml.gz", "svg", "rss", "atom"])
def test_markup_says_its_texts_its_attributes_and_its_comments(ending):
    markup = (
        b"<p title='Not 50 mg' lang = \"en\" id=a class='x'>Take <!--or leave--> it &amp; eat</p>"
    )
    assert said(f"x.{ending}", markup) == APART.join(
        (
            f"x.{ending}",
            f"{EDGE}Take {EDGE}or leave{EDGE} it & eat{EDGE}",
            f"Not 50 mg{APART}en",
        )
    )


def test_what_is_no_markup_has_no_attributes():
    assert said("x.js", b"a = 'Not 50 mg'") == f"x.js{APART}a = 'Not 50 mg'"
    assert said("x.json", b'<p title="Not 50 mg">it') == f"x.json{APART}{EDGE}it"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"gr\u00f6\u00DFer", "größer"),
        (r"5\nmg\tof\rit", "5 mg of it"),
        (r"a \"word\"", 'a "word"'),
        (r"a \/ b \\ c", r"a / b \ c"),
        (r"\u003cb\u003eword", f"{EDGE}word"),
        ("5\\\nmg", "5 mg"),
    ],
)
def test_escapes_of_json_are_read_as_what_they_stand_for(written, meant):
    assert said("x.json", written.encode()) == f"x.json{APART}{meant}"
    # In markup they are no escapes.
    assert said("x.html", written.encode()) != f"x.html{APART}{meant}{APART}"


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt"])
def test_a_picture_says_every_text_in_it(kind):
    first, second = chunk(kind, b"Title\0A first"), chunk(kind, b"Title\0A second")
    assert picture(chunk(b"IHDR", b"1234567890"), first, chunk(b"IDAT", b"pixels"), second) == (
        f"Title\0A first{APART}Title\0A second"
    )


def test_a_picture_says_nothing_of_what_is_no_text_of_it():
    assert picture(chunk(b"IDAT", b"A text"), chunk(b"eXIf", b"A text")) == ""
    assert picture(b"\0\0\0\x09tEX") == ""
    assert picture(b"\0\0\0\x09tEXt123") == "123"
    assert picture(b"\0\0\0\x00tEXt") == ""


def test_a_packed_text_of_a_picture_is_read_wherever_its_first_300_bytes_begin_it():
    packed = zlib.compress(b"A packed text")
    for before in (b"", b"x", b"xx", b"Title\0\0", b"." * 299, b"x" + b"." * 298):
        assert picture(chunk(b"zTXt", before + packed)).split(APART)[-1] == "A packed text", before
    for before in (b"." * 300, b"x" + b"." * 299):
        assert "A packed text" not in picture(chunk(b"zTXt", before + packed)), before


def test_of_a_packed_text_a_mebibyte_is_read():
    just = zlib.compress(b"." * (MIB - 5) + b"later")
    over = zlib.compress(b"." * MIB + b"later")
    assert picture(chunk(b"zTXt", just)).endswith(".later")
    text = picture(chunk(b"zTXt", over)).split(APART)[-1]
    assert text == "." * MIB
