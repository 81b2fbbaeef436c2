"""Words keep their places on a page, whatever its number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.hosts.cbor import CborError, array, number
from imprimatur.hosts.search_words import renumbered

COUNTS = st.lists(st.integers(0, 5_000), max_size=4)


def text(written: str) -> bytes:
    return number(len(written.encode()), 3) + written.encode()


def pages(found: dict[int, list[int]]) -> bytes:
    """The pages of a word, each with the places on it, as pagefind writes them."""
    made, last = [], 0
    for page in sorted(found):
        places = array([number(each) for each in found[page]])
        made.append(array([number(page - last), places, array([])]))
        last = page
    return array(made)


def words(found: dict[str, dict[int, list[int]]], forms: dict[str, dict[int, list[int]]]) -> bytes:
    """A part of an index. forms: other forms, here of each word the same."""
    others = array([array([text(form), pages(forms[form])]) for form in forms])
    return array([array([array([text(word), pages(found[word]), others]) for word in found])])


def under(found: dict[int, list[int]], order: list[int]) -> dict[int, list[int]]:
    return {order[page]: places for page, places in found.items()}


ON = st.dictionaries(st.integers(0, 299), COUNTS, max_size=40)


@given(
    st.dictionaries(st.text(max_size=30), ON, max_size=5),
    st.dictionaries(st.sampled_from(["dos\u00e9", "d\u00f6se"]), ON),
    st.permutations(range(300)),
)
def test_every_word_stands_on_its_own_pages(found, forms, order):
    other = renumbered(words(found, forms), order)
    placed = {word: under(found[word], order) for word in found}
    assert other == words(placed, in_order({form: under(forms[form], order) for form in forms}))


def in_order(forms: dict[str, dict[int, list[int]]]) -> dict[str, dict[int, list[int]]]:
    """Forms of a word, sorted as they are written."""
    return dict(sorted(forms.items(), key=lambda each: array([text(each[0]), pages(each[1])])))


@pytest.mark.parametrize(
    "data",
    [
        array([]),
        array([array([]), array([])]),
        array([array([])]) + b"\x00",
        array([array([array([text("a"), array([])])])]),
        array([array([array([text("a"), array([number(1)]), array([])])])]),
        array([array([array([text("a"), array([]), array([array([text("b")])])])])]),
    ],
)
def test_what_is_no_part_of_an_index_is_refused(data: bytes):
    with pytest.raises(CborError):
        renumbered(data, [0])


def test_a_page_that_is_not_there_is_refused():
    with pytest.raises(IndexError):
        renumbered(words({"dose": {7: [1]}}, {}), [0, 1])
