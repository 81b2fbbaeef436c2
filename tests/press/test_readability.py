"""The school grade of a text: against figures counted by hand, and for whatever is written."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.press.readability import hardest, reading_grade, sentences_of, words_of

SIGNS = st.text(alphabet=" \t\n\u2014\u00a0_-.,a1\u00e9\u4e00\u0301")
WORDS = st.text(alphabet="abcdefgh", min_size=1, max_size=12)
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("sentences", "grade"),
    [
        # 6 words of 26 letters in 1 sentence: 5.88 x 26/6 - 29.6 x 1/6 - 15.8 = 4.75, and
        # 4.71 x 26/6 + 0.5 x 6/1 - 21.43 = 1.98.
        (["Ask your doctor about this drug."], 3.4),
        # 5 words of 54 letters: 63.504 - 5.92 - 15.8 = 41.784, and 50.868 + 2.5 - 21.43 = 31.938.
        (["Nephrogenic systemic fibrosis necessitates discontinuation."], 36.9),
        # 8 words of 28 letters and 3 digits, which are no letters, in 2 sentences:
        # 5.88 x 28/8 - 29.6 x 2/8 - 15.8 = -2.62, and 4.71 x 31/8 + 0.5 x 8/2 - 21.43 = -1.18.
        (["Take 500 mg with food.", "Then drink water."], -1.9),
        # 2 words of 8 letters: 23.52 - 14.8 - 15.8 = -7.08, and 18.84 + 1 - 21.43 = -1.59.
        (["X-ray\u2014scan"], -4.3),
    ],
)
def test_the_grade_is_the_mean_of_two_formulas(sentences: list[str], grade: float):
    assert reading_grade(sentences) == grade


@pytest.mark.parametrize("text", ["", " ", "...", "\u2014", "\u2264 _ %", "\n\t"])
def test_where_there_is_no_word_there_is_no_grade(text: str):
    assert sentences_of(text) == ()
    assert reading_grade(sentences_of(text)) is None
    assert reading_grade([text]) is None


@pytest.mark.parametrize(
    "written",
    [
        "Dr. Lee gave 5 mg. | The patient slept.",
        "Take 500 mg. twice a day, e.g. at 8 a.m. with food. | Then rest.",
        "It is 0.5 mL, i.e. half of it. | Park et al. found 3.5 of 10 (p < 0.05). | It works.",
        "See Fig. 3 and p. 12, or St. Mary's vs. others. | Ask!",
        "Is it safe? | No. | Who says so?!",
        "E. coli is a germ. | So is H. pylori.",
        "Wait... | Then go.",
        'He said "No." | Then he left.',
        "Three things matter:",
        "500 mg",
    ],
)
def test_sentences_end_where_a_reader_ends_them(written: str):
    sentences = written.split(" | ")
    assert sentences_of(" ".join(sentences)) == tuple(sentences)
    assert sentences_of("\n ".join(sentences)) == tuple(sentences)


@given(text=st.text())
def test_no_text_is_too_odd_to_measure(text: str):
    sentences = sentences_of(text)
    assert all(words_of(each) for each in sentences)
    assert (reading_grade(sentences) is None) == (not words_of(text))
    assert "".join("".join(sentences).split()) in "".join(text.split())


@given(sentences=SENTENCES)
def test_the_whole_needs_no_higher_grade_than_the_hardest_of_its_sentences(sentences: list[str]):
    grade, hard = reading_grade(sentences), hardest(sentences, 5)
    assert grade is not None
    # Each is rounded by itself.
    assert round(grade - hard[0][0], 1) <= 0.1
    assert [each for each, _ in hard] == sorted((each for each, _ in hard), reverse=True)
    assert all(reading_grade([sentences[place]]) == each for each, place in hard)
    assert len(hard) == min(5, len(sentences))


@given(sentences=SENTENCES, place=st.integers(0, 8))
def test_a_longer_word_never_makes_a_text_easier(sentences: list[str], place: int):
    longer = list(sentences)
    longer[place % len(longer)] += "aaaa"
    before, after = reading_grade(sentences), reading_grade(longer)
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize(
    "sign", ["\u201ca. ", "''a. ", "\u2039a. ", "a? ", "A. ", "!", "(a. ", "x"]
)
def test_a_long_text_takes_no_longer_than_its_length(sign: str):
    begun = time.monotonic()
    sentences_of(sign * 100_000)
    assert time.monotonic() - begun < 20


@given(SIGNS | st.text())
def test_a_word_stands_between_blanks_or_dashes_and_holds_a_letter_or_a_digit(text: str):
    between = re.findall(r"[^\s\u2014]+", text)
    assert words_of(text) == tuple(each for each in between if re.search(r"[^\W_]", each))


def test_a_long_row_of_signs_is_looked_through_once():
    started = time.process_time()
    assert words_of("-" * 200_000 + " " + "_" * 200_000) == ()
    assert time.process_time() - started < 1
