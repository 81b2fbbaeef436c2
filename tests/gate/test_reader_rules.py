"""What readers would be printed as signs, and evidence that rests on nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

ANSWER = "/// answer\nYes [@park2019spinal].\n///\n\n"
"""Stands on lines 12 to 15, so that what follows begins on line 16."""

LIST = "leave a blank line above the list, and begin its items with `- ` or `1. `"
TABLE = "leave a blank line above the table, and put a row of `|---|` below its head"
CITE = "write `[@key]`, in running text and without blanks at the line's beginning"


@pytest.mark.parametrize(
    ("body", "what", "kind", "cure"),
    [
        ("Doses:\n- 1 mg\n", "- 1 mg", "list", LIST),
        ("Doses:\n| a | b |\n", "| a | b |", "table", TABLE),
        (f"Doses:\n- {'x' * 60}\n", f"- {'x' * 38}", "list", LIST),
    ],
)
def test_a_list_or_table_without_a_blank_line_above_it_is_told(
    shelf: Shelf, body: str, what: str, kind: str, cure: str
):
    message = f"`{what}` would be printed as it stands, not as a {kind}"
    assert shelf.told(ANSWER + body) == [(17, "list-stands-apart", message, cure)]


@pytest.mark.parametrize("mark", ["[park2019spinal]", "[@ park2019spinal]"])
def test_a_citation_that_lacks_a_sign_is_told(shelf: Shelf, mark: str):
    message = f"`{mark}` would be printed as it stands"
    assert shelf.told(f"{ANSWER}So it is {mark}.\n") == [(16, "citation-is-read", message, CITE)]


def test_evidence_that_cites_nothing_is_told_by_its_section(shelf: Shelf):
    body = "/// safety\nNever.\n///\n\n/// evidence | research\nNothing.\n///\n"
    message = "the evidence section `research` cites nothing"
    cure = "cite the work that it rests on, `[@key]`, or take the section out"
    assert shelf.told(ANSWER + body) == [(20, "evidence-is-cited", message, cure)]


def test_an_article_that_cites_nothing_is_told_where_its_text_begins(shelf: Shelf):
    message, cure = "the article cites nothing", "cite what it rests on, `[@key]`"
    told = shelf.told("/// answer\nYes.\n///\n")
    assert told == [(11, "evidence-is-cited", message, cure)]


@pytest.mark.parametrize(
    ("body", "rule"),
    [("", "article-is-not-empty"), ("/// answer\n[@a; b]\n///\n", "citation-is-well-formed")],
)
def test_what_is_wrong_with_an_only_citation_is_said_once(shelf: Shelf, body: str, rule: str):
    rules = [each for _, each, _, _ in shelf.told(body)]
    assert rule in rules
    assert "evidence-is-cited" not in rules


@pytest.mark.parametrize(("day", "is_fine"), [("2026-11-24", True), ("2026-11-25", False)])
def test_literature_was_searched_up_to_today_at_most(shelf: Shelf, day: str, *, is_fine: bool):
    shelf.article()
    text = (shelf.root / "docs/articles/contrast.md").read_text(encoding="utf-8")
    shelf.article(text=text.replace("2025-02-21", day))
    message = "`evidence_through` is 2026-11-25, which is still to come"
    found = [(each.line, each.rule, each.message, each.cure) for each in shelf.findings()]
    wrong = (1, "evidence-is-searched-already", message, "write the day of the last search")
    assert found == ([] if is_fine else [wrong])
