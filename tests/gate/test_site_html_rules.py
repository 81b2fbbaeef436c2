"""HTML that a site page may not hold, on which line and with which cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

LINK = "link to a page, or to an address that begins with https:// or mailto:"
IMAGE = "put the image below docs/assets/, and name it without https:// or `#`"
DELETE = "delete it, or say it in Markdown"


def told(shelf: Shelf, text: str) -> list[tuple[int, str, str]]:
    """What is found of the HTML in a site page: line, message and cure."""
    shelf.put("docs/about.md", text)
    found = [each for each in shelf.findings() if each.rule == "site-page-html-is-safe"]
    assert {each.path for each in found} <= {"docs/about.md"}
    return [(each.line, each.message, each.cure) for each in found]


@pytest.mark.parametrize(
    ("body", "line", "what", "cure"),
    [
        ("One.\n\nA <script>x()</script>\n", 5, "<script>", DELETE),
        ("A <div hidden>x</div>\n", 3, "hidden of <div>", DELETE),
        ("x\n\n<!-- note -->\n", 5, "<!-- a comment, which hosts publish -->", DELETE),
        ("x\n\n<a href='javascript:x'>y</a>\n", 5, "href of <a>", LINK),
        ("x\n\n[y](javascript:x)\n", 5, "href of <a>", LINK),
        ("x\n\n<img src='https://x.example/a.png'>\n", 5, "src of <img>", IMAGE),
        ("x\n\n![y](https://x.example/a.png)\n", 5, "src of <img>", IMAGE),
        ("x\n\n![y](assets/dose.svg#only-dark)\n", 5, "src of <img>", IMAGE),
        ("<SCRIPT>x()</SCRIPT>\n", 0, "<script>", DELETE),
    ],
)
def test_what_a_site_page_may_not_hold_is_told_on_its_line(
    shelf: Shelf, body: str, line: int, what: str, cure: str
):
    assert told(shelf, f"# About\n\n{body}") == [
        (line, f"{what} may not stand in a site page", cure)
    ]


def test_what_stands_on_the_first_line_is_found_there(shelf: Shelf):
    assert [line for line, _, _ in told(shelf, "<script>x()</script>\n")] == [1]
    assert [line for line, _, _ in told(shelf, "![y](https://x.example/a.png)\n")] == [1]


def test_attributes_of_some_hosts_are_quoted_by_their_first_forty_signs(shelf: Shelf):
    attributes = f'{{: onclick="{"x" * 40}" }}'
    message = f"`{attributes[:40]}` would become attributes of HTML with some hosts"
    cure = "delete it, or put it between backticks if readers are to see it"
    assert told(shelf, f"# About\n\nText.\n{attributes}\n\nA `{{: .x }}`.\n") == [
        (4, message, cure)
    ]


@pytest.mark.parametrize("data", ["# About\n\nKosovi\xe9\n".encode("latin-1"), b""])
def test_of_a_page_without_text_nothing_is_said_here(shelf: Shelf, data: bytes):
    shelf.put("docs/about.md", data)
    assert "site-page-html-is-safe" not in shelf.rules()
