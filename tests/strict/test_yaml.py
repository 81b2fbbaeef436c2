"""YAML says one thing only, and says it to people as it says it to programs."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.errors import RuleName
from imprimatur.strict import TEXT_IS_VISIBLE, Document, Reading, read_yaml

RULE = RuleName("file-is-readable")


def read(text: str) -> Reading[Document]:
    return read_yaml(text, "a.yml", RULE)


def value(text: str) -> object:
    document = read(text).value
    assert document is not None
    return document.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("012", "012"),
        ("0o14", "0o14"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        (".nan", ".nan"),
        ("~", "~"),
        ("2025-02-30", "2025-02-30"),
        ("9" * 5000, "9" * 5000),
        ("'true'", "true"),
        ('"12"', "12"),
        ("true", True),
        ("null", None),
        ("", None),
        ("-12", -12),
        ("0", 0),
        ("|\n  two\n  lines", "two\nlines"),
    ],
)
def test_only_plain_words_and_plain_numbers_are_more_than_text(text: str, expected: object):
    assert value(f"a: {text}") == {"a": expected}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("status: pending\nstatus: approved", 2, "stands twice, first on line 1"),
        ("status: approved\nstatus: pending", 2, "stands twice"),
        ('status: pending\n"stat\\x75s": approved', 2, "stands twice"),
        ("a:\n  b: 1\n  b: 2", 3, "stands twice"),
        ("a: &x 1\nb: *x", 1, "anchor"),
        ("a: 1\nb: *x", 2, "alias"),
        ("*x", 1, "alias"),
        ("a:\n  <<: {b: 1}", 2, "merge key"),
        ("a: !!python/object:os.system x", 1, "tag"),
        ("! a", 1, "tag"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: 1\n...\nb: 2", 3, "cannot be read"),
        ("? [a]\n: 1", 1, "no plain word"),
        ("? {a: 1}\n: 1", 1, "no plain word"),
        ("a: [1", 2, "cannot be read"),
        ("\ta: 1", 1, "cannot be read"),
        ("a: 1\nb: @x", 2, "cannot be read"),
        ("a: 1\x00", 1, "cannot be read"),
        ('a: "\\ud800"', 1, "cannot be read"),
        ("a: \ud800", 1, "surrogate"),
        ("a: " + "[" * 20, 1, "12 deep"),
        ("- " * 20 + "a", 1, "12 deep"),
        ("- a\n" * 60_000, 50_000, "50,000 values"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_its_line(text: str, line: int, says: str):
    reading = read(text)
    assert reading.value is None
    first = reading.findings[0]
    assert (first.path, first.line, first.rule) == ("a.yml", line, RULE)
    assert says in str(first)
    assert first.cure


@pytest.mark.parametrize(
    ("escaped", "says"),
    [
        ("\\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\\0", "U+0000"),
        ("\\N", "U+0085"),
        ("\\L", "U+2028"),
        ("\\e[2J", "U+001B"),
        ("\\x9b2J", "U+009B"),
        ("\\_", "U+00A0"),
        ("e\\u0301", "NFC"),
        ("e" + "\\u0301\\u0327" * 20, "combining marks"),
    ],
)
def test_an_escape_hides_nothing_in_a_value_or_a_key(escaped: str, says: str):
    for text in (f'a: "dose {escaped}"', f'"dose {escaped}": a'):
        reading = read(text)
        assert reading.value is None
        assert reading.findings[0].rule == TEXT_IS_VISIBLE
        assert says in reading.findings[0].message


def test_escapes_that_hide_nothing_are_fine():
    assert value('a: "\\u00e9 5\\_mg \\"x\\"\\n"') == {"a": '\u00e9 5\u00a0mg "x"\n'}


def test_every_objection_is_made_at_once():
    assert len(read("a: &x 1\nb: !!str 2\nb: *x").findings) == 4


def test_each_value_knows_its_line():
    document = read("a:\n  - b: 1\n    c: 2\n").value
    assert document is not None
    assert document.line(("a", 0, "c")) == 3
    assert document.line(("a", 0, "missing", "deeper")) == 2
    assert read_yaml("a: 1", "a.md", RULE, first_line=7).value.line(("a",)) == 7  # type: ignore[union-attr]


_PLAIN = (
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text("abc :#'\"-\n", max_size=8)
)
_TREES = st.recursive(
    _PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc1", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(_TREES)
def test_what_was_written_is_what_is_read(tree: object):
    assert value(yaml.safe_dump(tree)) == tree


@given(st.text(max_size=80) | st.text("ab:- \n\"'[]{}&*!|>?%@`,#\\", max_size=60))
def test_no_text_raises_and_no_accepted_key_stands_twice(text: str):
    reading = read(text)
    if reading.value is None:
        assert reading.findings
    else:
        assert not _repeated(yaml.compose(text, Loader=yaml.CSafeLoader))


def _repeated(node: yaml.Node | None) -> bool:
    """Whether any mapping of a parsed document gives a key twice."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        return len(keys) > len(set(keys)) or any(_repeated(each) for _, each in node.value)
    return isinstance(node, yaml.SequenceNode) and any(map(_repeated, node.value))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 900_000,
        "{" * 900_000,
        "? " * 400_000,
        "- " * 400_000,
        "a: *b\n" * 100_000,
        "&a " * 300_000,
        ":" * 900_000,
        '"' + "\\n" * 400_000,
        "a: 1\n" * 150_000,
        "k" * 900_000,
    ],
    ids=range(10),
)
def test_a_megabyte_meant_to_hurt_is_refused_soon(text: str):
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5
