"""The short way through a plain entry reads what pybtex reads, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprimatur.bibliography import read_bibliography
from imprimatur.bibliography.parsing import read_source, read_strings
from imprimatur.bibliography.plain_entry import MONTHS, plain_source
from imprimatur.bibliography.scan import scan

if TYPE_CHECKING:
    from imprimatur.bibliography.chunks import Scan

VERIFIED = (Path(__file__).parent / "verified.bib").read_text(encoding="utf-8")
PLAIN = """@Article{park2019spinal,
  author = {Park, S. and {The Group}},
  Title  = {Spinal {MRI},
    on two lines},
  year = 2019, month = nov, pages={1--9},
}
"""


def differing(found: Scan) -> list[str]:
    """Keys of the entries that the two ways read differently."""
    strings, _ = read_strings(found)
    words = {} if found.strings else MONTHS
    short = {key: plain_source(chunk, words) for key, chunk in found.entries.items()}
    return [
        key
        for key, source in short.items()
        if source is not None and source != read_source(found.entries[key], strings)
    ]


def test_an_entry_of_values_between_braces_takes_the_short_way():
    found = scan(PLAIN, "a.bib")
    source = plain_source(found.entries["park2019spinal"], MONTHS)
    assert source is not None
    assert source.fields == {
        "author": "Park, S. and {The Group}",
        "title": "Spinal {MRI}, on two lines",
        "year": "2019",
        "month": "November",
        "pages": "1--9",
    }
    assert differing(found) == []


def test_a_month_is_left_to_pybtex_where_the_file_gives_it_another_meaning():
    bibliography = read_bibliography(f"@string{{nov = {{Nov.}}}}\n{PLAIN}".encode(), "a.bib")
    fields = bibliography.bound("park2019spinal")
    assert fields is not None
    assert fields["month"] == "Nov."


@pytest.mark.parametrize(
    "entry",
    [
        '@misc{a, title = "text"}',
        "@misc{a, title = text}",
        "@misc{a, title = any}",
        "@misc{a, month = Nov}",
        "@misc{a, year = 2019a}",
        "@misc{a, year = 2019 # 1}",
        "@misc{a, month = jan # {}}",
        "@misc{a, title = {one} # {two}}",
        "@misc{a, title = {one}, Title = {two}}",
        r"@misc{a, title = {\"u}}",
        "@misc{a, title = {a {b {c}}}}",
        "@misc(a, title = {text})",
        "@misc{a}",
        "@misc{a, {text}}",
        "@misc{a, title = {text} year = {2019}}",
        "@misc{a, = {text}}",
        "@misc{a,, title = {text}}",
        "@misc{a/b, title = {text}}",
        "@misc{a, title = {100%}}",
    ],
)
def test_all_else_is_left_to_pybtex(entry: str):
    found = scan(entry, "a.bib")
    assert [plain_source(chunk, MONTHS) for chunk in found.entries.values()] in ([None], [])


def test_most_verified_entries_take_the_short_way_and_read_the_same():
    found = scan(VERIFIED, "verified.bib")
    short = [key for key, chunk in found.entries.items() if plain_source(chunk, MONTHS)]
    assert len(short) > len(found.entries) / 2
    assert differing(found) == []


PIECES = st.sampled_from(
    [
        *("{", "}", '"', ",", "=", "#", "%", "\\", "$", "~", "@", " ", "\n", "\t", "\u00a0", "é"),
        *("title = {text},", "year = 2019,", "note = {a {b} c}", "a", "{{", "}}", "\u2028", "\r"),
        *("@misc{x,", "@string{s = {t}}", "@comment{", "crossref = {a},", " and ", "_", "-", "1"),
    ]
)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A stretch of the verified entries with things put in and taken out."""
    text = draw(st.sampled_from([VERIFIED, PLAIN]))
    start = draw(st.integers(0, len(text)))
    found = text[start : start + draw(st.integers(0, 2_000))]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(found)))
        found = found[:at] + draw(PIECES) + found[at + draw(st.integers(0, 8)) :]
    return found


@settings(max_examples=300)
@given(mangled() | st.lists(PIECES, max_size=20).map(lambda each: f"@misc{{a,{''.join(each)}}}"))
def test_whatever_is_read_so_pybtex_reads_the_same(text: str):
    assert differing(scan(text, "a.bib")) == []
