"""The short way through plain YAML says what YAML's own reader says, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprimatur.errors import RuleName
from imprimatur.strict import read_yaml
from imprimatur.strict.plain import plain_yaml

RULE = RuleName("file-is-readable")

ACT = """\
act: review
article: spinal-mri
round: 1
signed_at: '2026-11-22T05:28:57Z'
meaning: I approve this text for publication.
audiences: [clinician, patient]
checklist:
- I read the text for every audience.
- "I read every cited source: all 12"
conflict_of_interest: {declared: true, none: true}
"""
HEAD = """\
title: “Is contrast needed?”, an answer
class: general
authors:
  - name: Åsa Author
    affiliation: Ward 12, somewhere
  - name: Ben Author
evidence_through: 2025-02-21
"""


def long_way(text: str) -> object:
    document = read_yaml(text, "a.yml", RULE).value
    return document.value if document else None


@pytest.mark.parametrize("text", [ACT, HEAD, ACT.rstrip("\n")])
def test_what_people_and_this_program_write_takes_the_short_way(text: str):
    found = plain_yaml(text)
    assert found is not None
    assert found == long_way(text)
    assert repr(found) == repr(long_way(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "title",
        "title:",
        "title:text",
        "title:  text",
        "title: text ",
        "title: text # and a remark",
        "title: dose: 5 mg",
        "title: dose:",
        "title: &a text",
        "title: *a",
        "title: !!str 5",
        "title: >-\n  folded",
        "title: |\n  kept",
        "title: begun\n  and continued",
        "title: 'it''s'",
        'title: "\\u200b"',
        'title: "é"',
        "title: 'open",
        "title: a\u2028b",
        "title: a\u0085b",
        "title: a\tb",
        "title: soft\u00adhyphen",
        "title: one\ntitle: two",
        "<<: text",
        "--- a\n",
        "title: one\n--- \ntitle: two",
        "list: [a, b",
        "list: [a, [b]]",
        "list: [a,b]",
        "list: {a: 1, a: 2}",
        "list:\n- - a",
        "list:\n- a\n  - b",
        "list:\n- a\n b",
        "list:\n  - a: 1\n    a: 2",
        "list:\n  - a: 1\n   b: 2",
        "list:\n  - a: 1\n    b:\n",
        "list:\n- a: b: c",
        "# a remark\ntitle: text",
        f"title: {'a' * 70_000}",
    ],
)
def test_what_is_in_doubt_is_left_to_the_reader_of_yaml(text: str):
    assert plain_yaml(text) is None


PIECES = st.sampled_from(
    [
        *("title", "a", "b_c", "true", "no", "12", "-1", "0", "007", "1:30", "null", "word-word"),
        *(": ", ":", " ", "  ", "    ", "- ", "  - ", "\n", "\n", "\n- ", "\n  - ", "\n    "),
        *("'", '"', "[", "]", "{", "}", ", ", ",", "#", " #", "&a", "*a", "!", "|", ">", "%", "@"),
        *("\\", "---", "...", "?", "<<", "é", "“", "\u2028", "\u00a0", "\u00ad", "\t", "\r", "ß"),
        *("title: text\n", "list: [a, b]\n", "pairs: {a: true, b: no}\n", "list:\n- a\n- b\n"),
        *("people:\n  - name: A B\n    role: c\n", "quoted: 'a: b'\n", 'quoted: "a # b"\n'),
    ]
)


LINES = st.sampled_from(
    [
        *("title: text\n", "class: general\n", "n: 12\n", "t: true\n", "list: [a, 1, true]\n"),
        *("list:\n", "- one\n", "  - two\n", "- a: b\n", "  - a: b\n", "    c: d\n", "  c: d\n"),
        *("q: 'a: b'\n", 'q: "a"\n', "p: {a: 1}\n", "end:\n", "x: a b\n", "  more\n", "\n", " \n"),
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=24).map("".join) | st.lists(LINES, max_size=12).map("".join))
def test_whatever_it_reads_the_reader_of_yaml_reads_alike(text: str):
    found = plain_yaml(text)
    if found is not None:
        assert repr(found) == repr(long_way(text))
