"""Text as a row of words that is the same in a manuscript and in what was built of it."""

from __future__ import annotations

import pytest

from imprimatur.gate.scan.words import APART, EDGE, phrase, plain, runs, words


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", []),
        ("Take 5 mg/day, or O'Neill_s.", ["take", "5", "mg", "day", "or", "o", "neill", "s"]),
        ("ﬁne STRASSE ½", ["fine", "strasse", "1", "2"]),
        ("naïve na\u0308ive", ["naïve", "näive"]),
        (
            "Quag\u00adgas ok\u200bapis \u202eand\ufeff zor\u2060ses",
            ["quaggas", "okapis", "and", "zorses"],
        ),
        (f"one{APART}two{EDGE}three", ["one", APART, "two", "three"]),
    ],
)
def test_words_are_the_same_however_they_are_written(text, row):
    assert words(text) == row


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("no markup", "no markup"),
        ("a & b", "a & b"),
        ("5 &lt; 6", "5 < 6"),
        ("a &amp; b", "a & b"),
        ("one<b class='x'>two</b>", f"one{EDGE}two{EDGE}"),
        ("<!-- one -->", f"{EDGE} one {EDGE}"),
        ("&lt;p&gt;one &amp;amp; two", f"{EDGE}one & two"),
        ("&amp;lt;p&amp;gt;one", "<p>one"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ('it<sup class="imp-cites"><a>1</a>,\n2</sup> helped', "it  helped"),
        ("H<sub>2</sub>O<sup>3</sup>", f"H{EDGE}2{EDGE}O{EDGE}3{EDGE}"),
    ],
)
def test_markup_is_read_as_its_text_with_an_edge_for_each_tag(markup, text):
    assert plain(markup) == text


def test_a_run_has_eight_words_and_begins_at_each():
    row = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    assert len(list(runs(row))) == 2
    assert list(runs(row[1:])) == list(runs(row))[1:]
    assert list(runs(row[:7])) == []


def test_a_phrase_is_made_of_words():
    assert phrase("<b>Doses</b> &amp; zorses") == ("doses", "zorses")
