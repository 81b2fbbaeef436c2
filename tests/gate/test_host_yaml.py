"""YAML for a host is looked through before anything is built of it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.gate.host_yaml import ExcessError, keep_bounds

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


def laughs(levels: int) -> str:
    """Ten aliases of ten aliases, and so on."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


@given(PLAIN)
def test_plain_values_may_be_built(value):
    text = yaml.safe_dump(value)
    keep_bounds(text)


def test_a_few_aliases_are_no_harm():
    keep_bounds(laughs(3))
    keep_bounds("a: &x {b: 1}\nc: {<<: *x}\nd: [*x, *x]\n")


def test_aliases_of_aliases_are_counted_as_what_they_stand_for():
    with pytest.raises(ExcessError, match="more than 50,000 values"):
        keep_bounds(laughs(6))


@pytest.mark.parametrize("text", ["[" * 1_000_000, "- " * 400_000 + "a", "{a: " * 200_000])
def test_what_would_end_the_program_is_told_instead(text: str):
    with pytest.raises(ExcessError, match="more than 50 in one another"):
        keep_bounds(text.encode())


def test_an_alias_of_what_it_stands_in_is_endless():
    with pytest.raises(ExcessError, match="`\\*a` stands for what holds it"):
        keep_bounds("a: &a [b, [*a]]")


@pytest.mark.parametrize("text", ["[", "a: b: c", b"\xff\xfe\xff", "{a: b}}"])
def test_what_is_no_yaml_is_no_yaml(text):
    with pytest.raises(yaml.YAMLError):
        keep_bounds(text)
