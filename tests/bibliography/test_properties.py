"""What holds for every file there can be, tried on very many."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from imprimatur.bibliography import Bibliography, Style, format_reference, read_bibliography
from imprimatur.bibliography.latex import decode, in_full
from imprimatur.bibliography.names import parsed, read_people, usual
from imprimatur.bibliography.pages import expanded, shortened
from imprimatur.bibliography.rich import to_html

VERIFIED = (Path(__file__).parent / "verified.bib").read_bytes()
PIECES = st.sampled_from(
    [
        *(bytes([character]) for character in b'{}"@,=#()%\\$ \n\xff\x00'),
        b"@article{",
        b"@misc(x, title = {A})",
        b"@string{a = a # a}",
        b"@comment{",
        b'@preamble{"x"}',
        b"crossref = {park2019spinal},",
        b"title = {<script>},",
        b" and ",
        b"author = {{A}, B},",
        b"\n@book{park2019spinal,",
    ]
)
SCRAPS = st.lists(PIECES | st.binary(max_size=6), max_size=40).map(b"".join)
ALLOWED = re.compile(r'</?(?:i|sub|sup)>|<a href="https?://[^"<>\s]*">|</a>')


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """Return a stretch of the verified bibliography with things put in and taken out."""
    start = draw(st.integers(0, len(VERIFIED)))
    data = bytearray(VERIFIED[start : start + draw(st.integers(0, 5_000))])
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 30))] = draw(PIECES)
    return bytes(data)


def account_is_kept(bibliography: Bibliography) -> None:
    findings = bibliography.examine()
    account = bibliography.account()
    assert account.entries_in == account.entries_out + account.named
    named = [finding for finding in findings if finding.line]
    assert len(named) >= account.named
    for key in bibliography.keys:
        lines = {finding.line for finding in findings}
        assert bibliography.work(key) is not None or bibliography.line(key) in lines


@settings(max_examples=150, deadline=None)
@example(b"")
@example(b"\xef\xbb\xbf@misc{a,}")
@example(b"@misc{a" * 3)
@example(b"% @misc{a, title={A}}")
@example(b"@misc(a, title={)})")
@given(SCRAPS | mangled() | st.binary(max_size=200))
def test_whatever_the_bytes_every_entry_is_accounted_for_and_nothing_raises(data: bytes):
    bibliography = read_bibliography(data, "b.bib")
    account_is_kept(bibliography)
    for key in bibliography.keys:
        work = bibliography.work(key)
        bibliography.nearest(key)
        if work:
            json.dumps(bibliography.bound(key))
            for style in Style:
                format_reference(work, style)


@settings(max_examples=150, deadline=None)
@given(mangled())
def test_however_mangled_only_our_own_tags_reach_a_page(data: bytes):
    bibliography = read_bibliography(data, "b.bib")
    for key in bibliography.keys:
        work = bibliography.work(key)
        if work:
            html = format_reference(work).html
            assert not set(ALLOWED.sub("", html)) & set("<>\"'")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("\\{}$^_'\"`~-abi1 &<>\n") | st.characters(), max_size=60))
def test_no_text_breaks_the_readers_of_fields(text: str):
    assert not set(ALLOWED.sub("", to_html(decode(text).text))) & set("<>\"'")
    read_people(text)
    shortened(text)
    assert expanded(expanded(text)) == expanded(text)


@given(st.integers(1, 9_999), st.integers(0, 9_999), st.sampled_from(["", "S", "E"]))
def test_shortening_pages_loses_nothing(first: int, more: int, letter: str):
    full = f"{letter}{first}-{letter}{first + more}"
    assert expanded(shortened(full)) == full


@given(st.text(alphabet=st.sampled_from("ab1Ä~`'^_- \n\u00ad") | st.characters(), max_size=20))
@example("rare -- or not -- but 'told'")
def test_a_plain_text_reads_as_it_does_lexeme_by_lexeme(text: str):
    assert decode(text) == in_full(text)


WORDS = st.text(alphabet="AbÄéß.'-\u01c5\u0661jÖ", min_size=1, max_size=6)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(NAMES, NAMES)
@example("van der Star", "Lisa M.")
@example("Berg", "von Anna")
def test_a_usual_name_is_taken_apart_as_pybtex_does(family: str, given_names: str):
    name = f"{family}, {given_names}"
    quick = usual(name)
    assert quick is None or quick == parsed(name)
    assert quick or not all(word[0].isupper() for word in family.split(" "))
