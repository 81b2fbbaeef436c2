"""Whether a page holds the lists of its source as this release makes them, without building it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from conftest import POLICY
from handmade import ARTICLE, PAGE, PLAN, PRINTED, page
from imprimatur.errors import Finding
from imprimatur.gate.scan.claims import Claims
from imprimatur.gate.scan.frame_rules import frame_is_claimed
from imprimatur.gate.scan.list_rules import list_says_what_is_published
from imprimatur.gate.scan.lists import Lists
from imprimatur.gate.scan.page import read_page
from imprimatur.press import LISTS
from imprimatur.press.stash import BlockMark

if TYPE_CHECKING:
    from imprimatur.gate.plan import Plan

HEARTS = replace(PRINTED, entry=replace(PRINTED.entry, topics=("hearts", "lungs")))
BOARD = b"""\
version: 3
people:
  - id: demo-ana
    name: Demonstration Demo Ana
    credentials: MD
    affiliation: Nowhere
    roles: [reviewer]
    specialties: [radiology]
    term: {from: 2025-01-01, to: 2026-11-25}
    interests: none
"""
WHERE = "index.html:3: list-says-what-is-published: in a list of "
PARTS = "index.html: list-says-what-is-published: the page holds "


def plan(*names: str) -> Plan:
    """A release whose home page holds these lists."""
    source = "# Home\n\n" + "".join(f"/// {each}\n///\n\n" for each in names)
    files = {
        **PLAN.files,
        "docs/index.md": source.encode(),
        "editorial/board.yml": BOARD,
        "editorial/policy.yml": POLICY.encode(),
    }
    return replace(PLAN, printed=(HEARTS,), files=files)


def listed(made: Plan, name: str, level: int = 2, path: str = "index.html") -> str:
    name, _, argument = name.partition(" | ")
    return Lists(made).printed(BlockMark(name=name, argument=argument), path, level)


def told(made: Plan, body: str, path: str = "index.html") -> list[str]:
    read = read_page(path, page(body).encode(), Claims(made))
    assert not isinstance(read, Finding)
    findings = [*list_says_what_is_published(read), *frame_is_claimed(read)]
    return [str(each).partition("; ")[0] for each in findings]


@pytest.mark.parametrize("name", LISTS)
def test_each_kind_of_list_is_held_against_the_release(name):
    made = plan(name)
    html = listed(made, name)
    assert "unreadable" not in html
    assert told(made, f"<h1>Home</h1>{html}") == []
    (changed,) = told(made, html.replace("</", " Take 50 mg.</", 1))
    assert changed.startswith(f"{WHERE}{name}, `")
    assert "Take 50 mg.` stands where the list says" in changed
    assert told(made, "<h1>Home</h1>") == [f"{PARTS}0 lists, and its source 1"]
    assert told(made, html + html) == [f"{PARTS}2 lists, and its source 1"]


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_the_headings_in_a_list_may_be_of_any_rank(level):
    made = plan("board")
    html = listed(made, "board", level)
    assert f"<h{level}>Former members</h{level}>" in html
    assert told(made, html) == []


def test_the_lists_of_a_page_stand_in_the_order_of_its_source():
    made = plan("topics", "articles")
    topics, articles = listed(made, "topics"), listed(made, "articles")
    assert told(made, topics + articles) == []
    assert [each.partition(",")[0] for each in told(made, articles + topics)] == [
        f"{WHERE}topics",
        f"{WHERE}articles",
    ]


def test_where_there_is_nothing_to_list_the_page_says_so():
    made = replace(plan("articles", "topics"), printed=())
    html = listed(made, "articles") + listed(made, "topics")
    assert html.count('class="imp-list-empty"') == 2
    assert told(made, html) == []
    assert len(told(made, html.replace("articles", "doses"))) == 1


def test_the_list_of_a_topic_lies_on_a_page_of_its_own_with_addresses_from_there():
    made = plan("articles")
    path = "topics/hearts/index.html"
    html = listed(made, "articles | topic=hearts page=1", path=path)
    assert 'href="../../articles/contrast/"' in html
    assert told(made, html, path) == []
    there = listed(made, "articles | topic=hearts page=1")
    assert told(made, there, path) != []


def test_an_article_holds_no_list_and_a_page_of_no_source_none():
    made = plan("articles")
    html = listed(made, "articles")
    assert list_rules(made, ARTICLE + html, PAGE) == []
    assert list_rules(made, html, "404.html") == [
        "404.html: list-says-what-is-published: the page holds 1 lists, and its source 0"
    ]
    assert list_rules(made, "<p>imp-</p>", "404.html") == []


def list_rules(made: Plan, body: str, path: str) -> list[str]:
    return [each for each in told(made, body, path) if "list-says" in each]


def test_a_list_within_a_list_and_one_in_no_body_is_none():
    made = plan("articles")
    html = listed(made, "articles")
    inside = html.replace("<li>", '<li><p class="imp-board">x</p>', 1)
    assert told(made, inside) == [f"{WHERE}articles, <p> stands where the list has <a>"]
    text = b"<!doctype html><html><frameset><frame class='imp-list'></frameset></html>"
    read = read_page("index.html", text, Claims(made))
    assert not isinstance(read, Finding)
    (finding,) = list_says_what_is_published(read)
    assert finding.message == "the page holds 0 lists, and its source 1"
    assert list(frame_is_claimed(read)) == []


def test_marks_of_lists_are_read_from_the_source_of_each_page():
    lists = Lists(plan("articles", "board", "answer"))
    assert [each.name for each in lists.marks("index.html")] == ["articles", "board"]
    assert lists.marks("topics/hearts/index.html") == (
        BlockMark(name="articles", argument="topic=hearts page=1"),
    )
    assert lists.marks("nowhere/index.html") == ()


def test_pages_are_made_of_what_is_written_and_of_what_is_listed():
    files = {
        "docs/index.md": b"a",
        "docs/about/README.md": b"b",
        "docs/about/us.md": b"c\xff",
        "docs/assets/x.js": b"d",
        "README.md": b"e",
    }
    lists = Lists(replace(PLAN, printed=(HEARTS,), files=files))
    pages = dict(lists.pages)
    assert pages.pop("index.html") == "a"
    assert pages.pop("about/index.html") == "b"
    assert pages.pop("about/us/index.html") == pages.pop("about/us.html") == "c\ufffd"
    assert sorted(pages) == [
        "topics/hearts/index.html",
        "topics/index.html",
        "topics/lungs/index.html",
    ]


def test_every_list_that_a_site_can_hold_is_made_once():
    many = [
        replace(HEARTS, slug=f"a{number}", entry=replace(HEARTS.entry, slug=f"a{number}"))
        for number in range(26)
    ]
    made = replace(plan("articles"), printed=tuple(many))
    assert list(Lists(made).every()) == [
        listed(made, name)
        for name in (
            *("topics", "board", "policy", "kinds"),
            *("articles | page=1", "articles | page=2"),
            *("articles | topic=hearts page=1", "articles | topic=hearts page=2"),
            *("articles | topic=lungs page=1", "articles | topic=lungs page=2"),
        )
    ]


def test_the_board_is_told_from_its_former_members_on_the_day_of_the_release():
    made = plan("board")
    assert "Former members" in listed(made, "board")
    before = replace(made, at=datetime(2026, 11, 25, 23, 59, tzinfo=UTC))
    assert "Former members" not in listed(before, "board")


def test_a_board_or_a_policy_that_is_not_there_is_said_to_be_unreadable():
    made = replace(plan("board"), files={})
    assert "editorial/board.yml" in Lists(made).printed(
        BlockMark(name="board", argument=""), "index.html", 2
    )
    assert "editorial/policy.yml" in Lists(made).printed(
        BlockMark(name="policy", argument=""), "index.html", 2
    )


@pytest.mark.parametrize("name", ["imp-list", "&#105;mp-list", "imp&#45;list"])
def test_what_calls_itself_a_list_is_held_against_one_however_its_name_is_spelled(name):
    assert told(plan(), f'<div class="{name}">Take 50 mg.</div>', "404.html") == [
        "404.html: list-says-what-is-published: the page holds 1 lists, and its source 0"
    ]


def test_no_part_of_a_head_is_a_list():
    data = page("<p>Home</p>").replace("<title>", '<title class="imp-list">Take 50 mg ')
    read = read_page("index.html", data.encode(), Claims(plan()))
    assert not isinstance(read, Finding)
    (finding,) = frame_is_claimed(read)
    assert "<title>" in finding.message
