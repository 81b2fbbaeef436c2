"""What is said of an article's words and blocks, on which line and with which cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

ANSWER = "/// answer\nYes [@park2019spinal].\n///\n"
"""Stands on lines 12 to 14, so that what follows a blank line stands on line 16."""

BEGIN = "begin the article with `/// answer`, two or three sentences, and a line `///`"
FIRST_LEVEL = "a first-level heading stands in the text"
SNIPPET = "a snippet is included, which this version cannot bind to an approval"


def test_an_article_without_an_answer_is_told_so_where_its_text_begins(shelf: Shelf):
    assert shelf.told("Yes [@park2019spinal].\n") == [
        (11, "answer-is-given", "there is no answer", BEGIN)
    ]


def test_what_stands_above_the_answer_and_an_answer_too_many_are_told_apart(shelf: Shelf):
    above = "something stands above the answer, which is on line 14"
    another = "this is another answer; the first is on line 14"
    assert shelf.told(f"Text.\n\n{ANSWER}\n{ANSWER}") == [
        (12, "answer-is-given", above, BEGIN),
        (18, "answer-is-given", another, "make one answer of them"),
    ]


@pytest.mark.parametrize("above", ["", "\n\n", "<!-- a note for authors -->\n\n"])
def test_nothing_stands_above_an_answer_but_blank_lines_and_notes_for_authors(
    shelf: Shelf, above: str
):
    assert shelf.told(above + ANSWER) == []


@pytest.mark.parametrize("above", ["<!-- a note\nof two lines -->", "<b>x</b> <!-- -->", "x -->"])
def test_what_only_looks_like_a_note_for_authors_stands_above_the_answer(shelf: Shelf, above: str):
    lines = above.count("\n")
    message = f"something stands above the answer, which is on line {14 + lines}"
    found = shelf.told(f"{above}\n\n{ANSWER}")
    assert (12, "answer-is-given", message, BEGIN) in found


@pytest.mark.parametrize("body", ["", "\n\n", "<!-- to be written -->\n"])
def test_an_article_without_text_is_empty(shelf: Shelf, body: str):
    message = "there is no text below the front matter"
    found = shelf.told(body)
    assert (11, "article-is-not-empty", message, "write the article") in found
    assert len(found) == 2


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("# Results\n", 16),
        ("```\n# a sign\n```\n\n#\tResults\n", 20),
        ("Results\n=======\n", 17),
        ("Results\n= \n", 17),
        ("The <h1>results</h1>\n", 16),
        ("<H1>Results</H1>\n", 16),
        ("## Fine\n\n<h1 id='x'>Results</h1>\n", 18),
        ("Fine # not.\n\n> # Results\n", 18),
        ("Fine.\n\n- # Results\n", 18),
        ("Fine.\n\n1. One\n2. # Results\n", 19),
        ("Fine.\n\n> Results\n> =======\n", 19),
        ("#Results\n", 16),
        ("Term\n: # Results\n", 17),
        ("Fine.\n\n> 1. - #Results\n", 18),
        ("Fine.[^1]\n\n[^1]: # Results\n", 18),
        ("Fine.\n\n<!-- x --># Results\n", 11),
    ],
)
def test_a_second_title_is_found_on_its_line_however_it_is_written(
    shelf: Shelf, body: str, line: int
):
    found = shelf.told(f"{ANSWER}\n{body}")
    cure = "use `##` for sections and `title:` for the title"
    assert (line, "title-is-in-front-matter", FIRST_LEVEL, cure) in found
    assert not [each for each in found if "<h1>" in each[2]]


@pytest.mark.parametrize(
    ("body", "line", "message", "cure"),
    [
        (
            '<img src="https://x.example/a.png" alt="x">\n',
            16,
            "src of <img> may not stand in an article",
            "put the image beside the article, and name it without https:// or `#`",
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n",
            18,
            "a cell beyond the last column of its table may not stand in an article",
            "give every row as many cells as the first",
        ),
        (
            "| a | b |\n|---|---|\n| 1 |\n",
            18,
            "a row with fewer cells than its table has columns may not stand in an article",
            "give every row as many cells as the first; one that stays empty is written `| |`",
        ),
        (
            "A <script>x()</script> here.\n",
            16,
            "<script> may not stand in an article",
            "delete it, or say it in Markdown",
        ),
    ],
)
def test_html_that_is_taken_out_is_told_with_what_to_do_instead(
    shelf: Shelf, body: str, line: int, message: str, cure: str
):
    assert (line, "html-is-safe", message, cure) in shelf.told(f"{ANSWER}\n{body}")


@pytest.mark.parametrize("mark", ["--8<--", "-8<-", "; --8<--", "  ---8<---", ";;-8<-"])
def test_a_text_from_another_file_is_found_however_it_is_included(shelf: Shelf, mark: str):
    rule, cure = "text-stands-in-the-manuscript", "write the text here"
    assert (16, rule, SNIPPET, cure) in shelf.told(f'{ANSWER}\n{mark} "shared/dosing.md"\n')


def test_scissors_within_a_line_include_nothing(shelf: Shelf):
    assert shelf.told(f"{ANSWER}\nCut here: --8<-- and there.\n") == []


def test_blanks_at_the_end_of_a_line_are_counted(shelf: Shelf):
    assert shelf.told(f"{ANSWER}\nOne  \nand \t \n") == [
        (16, "line-ends-clean", "the line ends in blanks", "delete them"),
        (17, "line-ends-clean", "the line ends in blanks", "delete them"),
    ]


def test_what_the_policy_does_not_know_is_told_with_what_it_knows(shelf: Shelf):
    article = shelf.root / "docs/articles/contrast.md"
    shelf.article()
    head, _, _ = article.read_text(encoding="utf-8").partition("/// answer")
    head = head.replace("[clinician]", "[doctor, clinician]").replace("general", "dosing")
    audiences, classes = "choose of caregiver, clinician, patient", "choose of general"
    rule, where = "front-matter-fits-policy", "is not in editorial/policy.yml"
    found = [each for each in shelf.told(ANSWER, head) if each[1] == rule]
    assert found == [
        (1, rule, f"the audience `doctor` {where}", audiences),
        (1, rule, f"the class `dosing` {where}", classes),
    ]


@pytest.mark.parametrize(
    ("body", "line", "page"),
    [
        (f"<div>\n{ANSWER}</div>\n", 13, "none"),
        (f"{ANSWER}\n<div>\n/// safety\nNever.\n///\n</div>\n", 17, "answer"),
        (f"{ANSWER}\n<div>\n{ANSWER}</div>\n", 12, "answer"),
    ],
)
def test_blocks_that_are_not_printed_are_told_beside_those_that_are(
    shelf: Shelf, body: str, line: int, page: str
):
    written = ", ".join(each[4:] for each in body.split("\n") if each.startswith("/// "))
    message = f"the source holds the blocks {written}, the page {page}"
    cure = "put each block at the beginning of a line, with blank lines around it"
    assert (line, "block-is-printed", message, cure) in shelf.told(body)
