"""As much of CBOR as a search index holds is taken apart and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.hosts.cbor import CborError, array, parts

TEXT = b"\x65hello"  # of RFC 8949's appendix A, as the others here
NUMBERS = [b"\x00", b"\x17", b"\x18\x18", b"\x19\x03\xe8", b"\x1a\x00\x0f\x42\x40"]


def test_lists_are_taken_apart_as_they_are_written():
    assert parts(b"\x83\x01\x82\x02\x03\x82\x04\x05") == [b"\x01", b"\x82\x02\x03", b"\x82\x04\x05"]
    assert parts(array([TEXT, *NUMBERS])) == [TEXT, *NUMBERS]


@pytest.mark.parametrize("count", [0, 1, 23, 24, 255, 256, 65_535, 65_536])
def test_a_list_of_any_length_comes_back(count):
    assert parts(array([b"\x05"] * count)) == [b"\x05"] * count


@pytest.mark.parametrize(
    "data",
    [
        b"",
        TEXT,  # no list
        b"\x82\x01",  # one item too few
        b"\x81\x01\x01",  # one too many
        b"\x81\x65hell",  # a text that ends too early
        b"\x81\x18",  # a number that does
        b"\x81\xa0",  # a map
        b"\x9f\x01\xff",  # a list of no stated length
        b"\x9b" + b"\xff" * 8,  # longer than any file
        b"\x81" * 40 + b"\x01",  # deeper than any index
    ],
)
def test_anything_else_is_refused(data):
    with pytest.raises(CborError):
        parts(data)


@given(st.binary(max_size=40))
def test_whatever_the_bytes_are_they_are_a_list_or_refused(data):
    try:
        found = parts(data)
    except CborError:
        return
    assert b"".join(found) == data[len(data) - sum(map(len, found)) :]
