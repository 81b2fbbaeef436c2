"""Every mark of a note leads to one note, and no heading passes for one of the press's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

ANSWER = "/// answer\nYes [@park2019spinal].\n///\n\n"
"""Stands on lines 12 to 15, so that what follows begins on line 16."""


def lonely_mark(line: int, name: str) -> tuple[int, str, str, str]:
    """What is said of a mark without a note."""
    cure = f"write a line `[^{name}]: …` that no blanks indent"
    return line, "note-resolves", f"`[^{name}]` has no note", cure


def lonely_note(line: int, name: str) -> tuple[int, str, str, str]:
    """What is said of a note that no mark leads to."""
    message = f"nothing in the text leads to the note `[^{name}]`"
    return line, "note-resolves", message, "mark its place, or delete it"


def test_marks_without_notes_are_told_once_where_each_stands_first(shelf: Shelf):
    body = "A[^2] b[^1].\n\nAnd c[^1] d[^2].\n"
    assert shelf.told(ANSWER + body) == [lonely_mark(16, "1"), lonely_mark(16, "2")]


def test_notes_without_marks_are_told_and_a_second_note_of_one_name_too(shelf: Shelf):
    message = "the note `[^1]` stands on line 16, too, and one would be lost"
    assert shelf.told(f"{ANSWER}[^1]: One.\n[^1]: Two.\n[^2]: Three.\n") == [
        lonely_note(16, "1"),
        (17, "note-resolves", message, "give it a name of its own"),
        lonely_note(18, "2"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "A[^1].\n\n[^1]: One.\n",
        "[^1] says so.\n\n[^1]: One.\n",
        "A word[^1]: here.\n\n[^1]: One.\n",
        "A[^1].\n\n> [^1]: One.\n",
        "A[^1].\n\n- [^1]: One.\n",
        "A[^1].\n\n* [^1]: One.\n",
        "A[^1].\n\n+ [^1]: One.\n",
        "A[^a&b].\n\n[^a&b]: One.\n",
        "No \\[^1] here.\n",
        "No `[^1]` here, no <!-- [^2] --> there, no <!-- <!-- [^3] -->.\n",
        "```\n[^1]\n```\n",
        "2^3 is eight.\n",
    ],
)
def test_each_mark_has_its_note_wherever_both_stand(shelf: Shelf, body: str):
    assert [each for each in shelf.told(ANSWER + body) if each[1] == "note-resolves"] == []


def test_a_word_before_the_note_makes_it_a_mark(shelf: Shelf):
    assert shelf.told(f"{ANSWER}Note [^1]: One.\n") == [lonely_mark(16, "1")]


def test_the_name_of_a_note_has_up_to_two_hundred_signs(shelf: Shelf):
    longest = "a" * 200
    assert shelf.told(f"{ANSWER}A[^{longest}] b[^{longest}a].\n") == [lonely_mark(16, longest)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("## From the guidelines\n", 16),
        ("```\n## From the guidelines\n```\n\n### From the guidelines\n", 20),
        ("## *From* the guidelines\n", 16),
        ("## From `the` __guidelines__\n", 16),
        ("> ## From the guidelines\n", 16),
        ("## FROM THE GUIDELINES\n", 16),
    ],
)
def test_a_heading_of_the_presss_own_is_found_on_its_line(shelf: Shelf, body: str, line: int):
    ((where, rule, message, cure),) = shelf.told(ANSWER + body)
    assert (where, rule) == (line, "heading-is-the-authors-own")
    assert message.lower() == (
        "the heading 'from the guidelines' is one that the press writes itself"
    )
    assert cure == "use the block that prints it, or another heading"


def test_the_press_may_write_its_own_headings(shelf: Shelf):
    body = "/// evidence | guidelines\nFew say so [@nice2023ng234].\n///\n"
    assert shelf.told(ANSWER + body) == []
