"""Blocks in the source, found as the renderer finds them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.manuscript import displaced_marks, prose_lines, scan_marks

ALLOWED = {"safety": None, "evidence": frozenset({"research", "guidelines"})}


def scan(body: str) -> tuple[list[tuple[str, int]], list[tuple[int, str]]]:
    marks, findings = scan_marks(body, "a.md", 10, ALLOWED)
    return [(each.name, each.line) for each in marks], [(each.line, each.rule) for each in findings]


def test_blocks_are_listed_with_their_lines():
    body = "text\n/// safety\nx\n///\n\n//// evidence | research\n///safety\n///\n////"
    assert scan(body) == ([("safety", 11), ("evidence", 15), ("safety", 16)], [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("/// safety", [(10, "block-is-closed")]),
        ("///", [(10, "block-is-closed")]),
        ("/// safety\n////\n///", [(11, "block-is-closed")]),
        ("//// safety\n/// safety\n////", [(number, "block-is-closed") for number in (10, 11, 12)]),
        ("/// Safety\n///", [(10, "block-is-known")]),
        ("/// safety | much\n///", [(10, "block-is-known")]),
        ("/// evidence\n///", [(10, "block-is-known")]),
        ("/// evidence | research legends\n///", [(10, "block-is-known")]),
        ("/// | research\n///", [(10, "block-is-known")]),
        ("/// safety first\n///", [(10, "block-is-known")]),
    ],
)  # fmt: skip
def test_what_the_renderer_would_print_or_close_by_itself_is_found(
    body: str, expected: list[tuple[int, str]]
):
    assert sorted(scan(body)[1]) == expected


@pytest.mark.parametrize(
    "line",
    ["   /// safety", "\t///", "- /// safety", "1. /// safety", "> ///", ": /// x", "> - ////"],
)
def test_a_block_inside_a_list_a_quotation_or_a_definition_is_displaced(line: str):
    assert list(displaced_marks(f"text\n\n{line}\n", 10)) == [12]
    assert list(displaced_marks(f"```\n{line}\n```\n/// safety\n///\n", 10)) == []


@pytest.mark.parametrize(
    "body",
    [
        "```\n/// nothing\n```",
        "~~~ markdown\n/// nothing\n```\n~~~",
        "````\n```\n/// nothing\n```\n````",
        '``` { .md hl_lines="1" }\n/// nothing\n```  ',
        "see https://tests.example///x and a /// b",
    ],
)
def test_code_and_mere_slashes_are_no_blocks(body: str):
    assert scan(body) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        "```\n/// nothing",
        "```\n/// nothing\n````",
        "  ```\n/// nothing\n  ```",
        "``` two words\n/// nothing\n```",
        "```\n/// nothing\n~~~",
    ],
)
def test_what_only_looks_like_code_hides_no_block(body: str):
    assert (11, "block-is-known") in scan(body)[1]


@given(st.text("/ sa|`~\n->", max_size=60))
def test_no_body_raises_and_every_prose_line_keeps_its_number(body: str):
    scan_marks(body, "a.md", 10, ALLOWED)
    lines = body.split("\n")
    assert all(lines[number - 10] == line for number, line in prose_lines(body, 10))


@pytest.mark.parametrize(
    "body",
    [
        "///" + " " * 200_000 + "a b",
        "/// a |" + " " * 200_000 + "b" + " " * 200_000 + "c",
        "/" * 200_000 + " " * 200_000 + "x",
        " " * 400_000,
        ">" * 400_000,
        "```a\n" * 100_000,
        "```" + " " * 400_000 + "!",
        "``` hl_lines=" + '"' * 400_000,
    ],
    ids=range(8),
)
def test_no_body_takes_long(body: str):
    started = time.process_time()
    scan_marks(body, "a.md", 1, ALLOWED)
    assert time.process_time() - started < 2
