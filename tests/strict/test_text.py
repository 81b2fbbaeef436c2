"""Text is read whole, in one form, and nothing in it is hidden."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imprimatur.errors import RuleName
from imprimatur.strict import CONTROL, TEXT_IS_VISIBLE, Reading, has_control, read_text

RULE = RuleName("file-is-readable")


def read(data: bytes, limit: int = 2_000_000) -> Reading[str]:
    return read_text(data, "a.md", RULE, limit=limit)


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"dose\nKosovi\xe9\n", 2, "0xe9"),
        (b"\xef\xbb\xbfdose", 1, "byte-order mark"),
        ("dose".encode("utf-16"), 1, "byte-order mark"),
        (b"dose\n" + b"\xed\xa0\x80", 2, "0xed"),
        (b"12345678901", 0, "at most 10"),
        (("dose\no" + "\u0301\u0327" * 20).encode(), 2, "combining marks"),
    ],
    ids=["latin-1", "bom", "utf-16", "surrogate", "too long", "piled marks"],
)
def test_what_is_no_text_is_one_finding_with_its_line(data: bytes, line: int, says: str):
    reading = read(data, limit=10 if says == "at most 10" else 1000)
    assert reading.value is None
    (finding,) = reading.findings
    assert (finding.path, finding.line, finding.rule) == ("a.md", line, RULE)
    assert says in finding.message
    assert finding.cure


@pytest.mark.parametrize("sign", "\u202e\u2066\u200b\u00ad\u2028\u3164\u034f\ufe0f\u2800\ufeff")
def test_signs_that_nobody_sees_are_named_with_line_and_column(sign: str):
    reading = read(f"the dose\nis 5{sign}0 mg{sign}\n".encode())
    (finding,) = reading.findings
    assert (finding.line, finding.rule) == (2, TEXT_IS_VISIBLE)
    assert f"column 5 holds U+{ord(sign):04X}" in finding.message
    assert reading.value == f"the dose\nis 5{sign}0 mg{sign}\n"


@pytest.mark.parametrize("sign", "\x00\x07\x1b\x7f\x85\x9b\uffff")
def test_control_signs_leave_no_text(sign: str):
    reading = read(f"dose{sign}".encode())
    assert reading.value is None
    assert [each.rule for each in reading.findings] == [TEXT_IS_VISIBLE]


@pytest.mark.parametrize("sign", "\u00a0\u202f\u2009\u2007")
def test_a_space_keeps_a_number_and_its_unit_together_and_does_nothing_else(sign: str):
    assert not read(f"5{sign}mg".encode()).findings
    assert read(f"five{sign}mg".encode()).findings
    assert read(f"{sign}5 mg".encode()).findings


def test_letters_of_every_script_and_a_tab_are_text():
    text = (
        "Kosovi\u0107, \u03b1-blocker, \u4e2d\u6587, \u0645, \u2265 5\tmg, caf\u00e9, \U0001f600\n"
    )
    assert read(text.encode()) == Reading(value=text)


def test_text_has_one_form_however_it_was_saved():
    assert read(b"a\r\nb\rc\n").value == "a\nb\nc\n"
    assert read("cafe\u0301".encode()).value == "caf\u00e9"


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_raise_and_nothing_is_lost_without_a_word(data: bytes):
    reading = read(data)
    assert reading.value is not None or reading.findings
    if reading.value is not None:
        assert read(reading.value.encode()).value == reading.value


def test_a_megabyte_of_marks_or_hidden_signs_is_refused_at_once():
    started = time.process_time()
    assert read(("a" + "\u0301\u0327" * 250_000).encode()).findings
    assert read(("\u200b" * 300_000).encode()).findings
    assert time.process_time() - started < 2


@given(st.text(st.characters() | st.sampled_from("\x00\t\n\x1f\x7f\x80\x9f\xa0\ufffd\ufffe\uffff")))
@example("5 \u00b5g \u2013 \u00a0\u00c2")
@example("\ud800")
def test_a_control_character_is_found_in_bytes_as_in_text(text: str):
    assert has_control(text) == bool(CONTROL.search(text))
