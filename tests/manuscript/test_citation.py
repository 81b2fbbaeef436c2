"""Citations as authors write them; printing and reading them agree."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imprimatur.bibliography.key_index import index_of
from imprimatur.manuscript import Citation, CitedWork, parse_citation, whole_keys
from imprimatur.manuscript.citation import cited_keys


@pytest.mark.parametrize(
    ("mark", "works"),
    [
        ("@park2019spinal", [CitedWork(key="park2019spinal")]),
        ("@a; @b", [CitedWork(key="a"), CitedWork(key="b")]),
        ("@a, p. 12", [CitedWork(key="a", locator="p. 12")]),
        ("@a, pp. 12-14, 20", [CitedWork(key="a", locator="pp. 12-14, 20")]),
        ("@a p. 12", [CitedWork(key="a", locator="p. 12")]),
        ("@a, 12", [CitedWork(key="a", locator="12")]),
        ("@a, S361\u2013S379", [CitedWork(key="a", locator="S361\u2013S379")]),
        ("@a, table 3", [CitedWork(key="a", locator="table 3")]),
        ("@a, chap. iv", [CitedWork(key="a", locator="chap. iv")]),
        ("see @a, fig. 2", [CitedWork(key="a", prefix="see", locator="fig. 2")]),
        ("-@a", [CitedWork(key="a")]),
        ("@a, with reservations", [CitedWork(key="a", suffix="with reservations")]),
        ("@a, p. 12, abstract", [CitedWork(key="a", locator="p. 12", suffix="abstract")]),
        ("see, e.g., @a; and\n@b, p. 3", [
            CitedWork(key="a", prefix="see, e.g.,"),
            CitedWork(key="b", prefix="and", locator="p. 3"),
        ]),
        ("@10.1000/x_y-z:1", [CitedWork(key="10.1000/x_y-z:1")]),
    ],
)  # fmt: skip
def test_a_mark_cites_works_and_places_in_them(mark: str, works: list[CitedWork]):
    assert parse_citation(mark) == Citation(works=tuple(works))


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "see",
        "@",
        "@a; see",
        "@a;",
        ";",
        "@a @b",
        "@a, @b",
        "a@b",
        "@a.",
        "@-a",
        "@a!",
        "@\u00e4",
    ],
)
def test_a_part_that_cites_nothing_makes_no_shorter_citation(mark: str):
    assert parse_citation(mark) is None


def test_a_narrative_citation_is_printed_as_one():
    work = CitedWork(key="a", locator="p. 12")
    assert str(Citation(works=(work,), narrative=True)) == "@a [p. 12]"
    assert str(Citation(works=(CitedWork(key="a"),), narrative=True)) == "@a"


_KEYS = st.from_regex(r"[A-Za-z0-9_]([A-Za-z0-9_:.#-]{0,6}[A-Za-z0-9_])?", fullmatch=True)
_PREFIXES = st.sampled_from(["", "see", "see also", "e.g.,", "cf.", "contrast"])
_LOCATORS = st.sampled_from(
    ["", "p. 12", "pp. 12-14", "table 3", "12", "fig. 2", "pp. 1, 3", "S361\u2013S379", "chap. iv"]
)
_SUFFIXES = st.sampled_from(
    ["", "with reservations", "abstract", "3 tables", "- 3", "& others", "iv"]
)
_WORKS = st.builds(CitedWork, key=_KEYS, prefix=_PREFIXES, locator=_LOCATORS, suffix=_SUFFIXES)


@given(st.lists(_WORKS, min_size=1, max_size=4))
def test_what_is_printed_is_read_as_it_was_meant(works: list[CitedWork]):
    # Without a locator a suffix that begins like one is one.
    assume(all(work.locator or work.suffix not in {"3 tables", "iv"} for work in works))
    citation = Citation(works=tuple(works))
    assert parse_citation(str(citation)[1:-1]) == citation


_BEGINNINGS = st.sampled_from(["", "@a", "@a, p. 1", "see @b 2", "@a, p. 3; -@b"])


@given(st.builds(str.__add__, _BEGINNINGS, st.text("@ab12,;. -p&ivx\n") | st.text(max_size=9)))
def test_what_was_read_is_printed_and_read_again_the_same(text: str):
    citation = parse_citation(text)
    if citation is not None:
        assert parse_citation(str(citation)[1:-1]) == citation


def test_every_known_key_behind_an_at_sign_belongs_to_the_text_wherever_it_stands():
    source = "`@a` <!-- @b --> x@c.de [see @d, p. 1] @e. \\@f @gg @unknown @\u00e4 @"
    assert cited_keys(source, index_of("abcdefgh")) == tuple("abcdefg")


def test_an_address_is_no_key_that_it_begins_with():
    assert whole_keys("@nice says: info@nice.org.uk", ("nice", "n")) == ("nice",)


@given(st.text("@ab.: ]", max_size=60))
def test_keys_are_found_whatever_follows_them(source: str):
    known = {"a", "ab", "a.b", "b:a"}
    found = cited_keys(source, index_of(known))
    assert set(found) == {
        key
        for key in known
        if any(
            source[at + 1 :].startswith(key)
            and not any(
                source[at + 1 :].startswith(longer) and len(longer) > len(key) for longer in known
            )
            for at, sign in enumerate(source)
            if sign == "@"
        )
    }


@pytest.mark.parametrize(
    "line",
    [
        "a " * 100_000,
        "@a, " + "1," * 100_000 + "x",
        "@a, " + "11111 - " * 30_000,
        "@a, p. " + "i" * 200_000 + "z",
        "@a" + ":" * 200_000,
        " " * 200_000 + "@a",
        "-" * 200_000 + "@",
        "@a" * 100_000,
        "@" + "a" * 200_000,
    ],
    ids=range(9),
)
def test_no_line_takes_long(line: str):
    started = time.process_time()
    parse_citation(line)
    cited_keys(line, index_of(("b", "aa" * 50)))
    assert time.process_time() - started < 2
