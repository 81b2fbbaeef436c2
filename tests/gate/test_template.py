"""What a template writes around an article, as texts with gaps."""

from __future__ import annotations

import pytest

from imprimatur.gate.scan.template import filled, read_template


@pytest.mark.parametrize(
    ("gaps", "most"), [(1, 2_000), (2, 1_000), (3, 300), (4, 100), (5, 100)], ids=str
)
def test_the_more_gaps_a_text_has_the_shorter_it_may_be(gaps, most):
    (pattern,) = read_template(f"<p>Written{' {{ by }},' * gaps}</p>").patterns
    longest = f"Written{' a,' * (gaps - 1)} {'b' * (most - 9 - 3 * (gaps - 1))},"
    assert len(longest) == most
    assert filled(pattern, longest) is not None
    assert filled(pattern, longest.replace("b,", "bb,")) is None


def test_two_gaps_without_a_blank_between_them_are_one():
    (pattern,) = read_template("<p>Written by {{ name }}{{ degree }}</p>").patterns
    match = filled(pattern, "Written by Ann Example MD")
    assert match is not None
    assert match.groups() == ("Ann Example MD",)
