"""What an author may not bring into a page."""

from __future__ import annotations

import re
import time

import pytest
from lxml import html as lxml_html

from imprimatur.editorial import Repository
from imprimatur.strict import CONTROL

HOSTILE = [
    ("<script>alert(1)</script>", "<script>"),
    ("<img src=x onerror=alert(1)>", "onerror of <img>"),
    ('<img src="https://tracker.example/x.png" alt="">', "src of <img>"),
    ('<img src="data:image/svg+xml,x" alt="">', "src of <img>"),
    ("![x](dose.svg#only-dark)", "src of <img>"),
    ('<img src="dose.svg&#35;gh-light-mode-only" alt="">', "src of <img>"),
    ('<p style="display:none">hidden</p>', "style of <p>"),
    ("<div hidden>hidden</div>", "hidden of <div>"),
    ('<p aria-hidden="true">hidden</p>', "aria-hidden of <p>"),
    ("<iframe src=https://example.org></iframe>", "<iframe>"),
    ("<form action=/x><input></form>", "<form>"),
    ("<details><summary>x</summary>y</details>", "<details>"),
    ('<a href="javascript:alert(1)">x</a>', "href of <a>"),
    ("[x](javascript:alert(1))", "href of <a>"),
    ('<a href="jav&#x09;ascript:alert(1)">x</a>', "href of <a>"),
    ('<meta http-equiv="refresh" content="0">', "<meta>"),
    ("<base href=https://example.org>", "<base>"),
    ("<svg onload=alert(1)></svg>", "<svg>"),
    ("<article class='imp-article' data-standing='approved'>x</article>", "<article>"),
    ("<p class='imp-caution'>x</p>", "class of <p>"),
    ("<p data-audience='patient'>x</p>", "data-audience of <p>"),
    ("<section role='doc-bibliography'>x</section>", "role of <section>"),
    ("<h2 id='ref-park2019spinal'>x</h2>", "id of <h2>"),
    ("<span data-imp='0:0'>x</span>", "data-imp of <span>"),
    ("<a class='footnote-ref' href='#ref-x'>1</a>", "class of <a>"),
    ("<div class='footnote'><ol><li>x</li></ol></div>", "class of <div>"),
    ("<h2 id='title'>x</h2>", "id of <h2>"),
    ("<h2 id='Evidence-Research'>x</h2>", "id of <h2>"),
    ("<h2 id='two words'>x</h2>", "id of <h2>"),
    ("<li id='fn:1'>x</li>", "id of <li>"),
    ("<img alt='<!--#include virtual=x-->' src=x.png>", "alt of <img>"),
    ("[x](http://[bad)", "href of <a>"),
    ("<tr>x</tr>", "<tr>"),
    ("<![CDATA[<b>]]>", "<!"),
    ("<!-- a <!-- b --> c", "<!"),
    ("<?php x ?>", "<?"),
    ("</body><template>x</template>", "<template>"),
    ("<html>", "<html>"),
    ("<body><body>", "<body>"),
    ("a <b/> c", "<b> without its </b>"),
]

TAGS = {"div", "section", "p", "span", "b", "a", "img", "h2", "ol", "li"}
ATTRIBUTES = {"class", "href", "id", "title", "alt", "src"}


@pytest.mark.parametrize(("written", "taken_out"), HOSTILE)
def test_what_only_the_press_may_write_is_taken_out_and_named(press, written, taken_out):
    proof = press.proof(f"Text.\n\n{written}\n")
    assert taken_out in [what for _, what in proof.removed]
    body = lxml_html.fragment_fromstring(proof.html).find("div[@class='imp-body']")
    assert {each.tag for each in body.iter()} <= TAGS
    assert {name for each in body.iter() for name in each.attrib} <= ATTRIBUTES
    for address in body.xpath(".//@href | .//@src"):
        assert not re.search(r"script|tracker|data:", address)


@pytest.mark.parametrize(
    "written", ["Passage</div>\n\nmore", "<div>Passage\n\nmore", "<table><tr><td></div>", "<b>bold"]
)
def test_no_html_ends_a_passage_before_its_author_does_or_carries_it_on(press, written):
    removed = press.proof(f"/// safety\n{written}\n///\n\nRest.\n").removed
    assert any("without its" in what for _, what in removed)


def test_a_citation_inside_html_is_named_because_readers_would_see_its_key(press):
    body = "Text.\n\n<table><tr><td>x [@park2019spinal, p. 3]</td></tr></table>\n"
    ((line, what),) = press.proof(body).removed
    assert what == "[@park2019spinal, p. 3] inside HTML"
    assert line == press.copy("x").manuscript.body_line + 2


@pytest.mark.parametrize(
    "block", ["<div>x</div>", "<script>alert(1)</script>", "<hr>", "<!-- x -->"]
)
@pytest.mark.parametrize(
    "mark", ["[{} @park2019spinal]", "[@park2019spinal, {}]", "@park2019spinal [{}]"]
)
def test_74_html_within_a_mark_of_a_citation_is_no_fault(press, block, mark):
    proof = press.proof("\n" + block + "\n\n" + block + " " + mark.format(block) + "\n")
    assert "<script" not in proof.html
    assert "park2019spinal" in proof.html


@pytest.mark.parametrize(
    "written", ["<embed src=x>", "<b>", "<?x ><img onerror=x>?>", "<!-- x -->"]
)
def test_74_html_in_the_place_within_a_work_is_named_and_no_fault(press, written):
    proof = press.proof(f"It helped, as @park2019spinal [{written}] found.\n")
    ((_, source),) = proof.malformed
    assert source == f"@park2019spinal [{written}]"
    assert "&lt;" in proof.html


def test_a_row_that_is_longer_than_its_table_is_named_because_its_last_cell_is_lost(press):
    proof = press.proof("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | 5 mg |\n")
    line = press.copy("x").manuscript.body_line + 3
    assert proof.removed == ((line, "a cell beyond the last column of its table"),)
    assert press.proof("| a | b |\n|---|---|\n| 1 \\| 2 | `3|4` |\n| 5 | |\n").removed == ()


@pytest.mark.parametrize("row", ["| 5 mg |", "5 mg", "| 5 mg \\| 1 |"])
def test_a_row_that_is_shorter_than_its_table_is_named_because_a_value_may_have_slipped(press, row):
    proof = press.proof(f"| a | b |\n|---|---|\n| 1 | 2 |\n{row}\n")
    line = press.copy("x").manuscript.body_line + 3
    assert proof.removed == ((line, "a row with fewer cells than its table has columns"),)


def test_a_link_around_a_citation_or_another_link_is_named(press):
    for inner in ("[@park2019spinal]", "<a href='y.md'>x</a>"):
        ((_, what),) = press.proof(f"<a href='x.md'>see {inner}</a>\n").removed
        assert what == "<a> around another link or a citation"


@pytest.mark.parametrize(
    "written",
    [
        "`[@park2019spinal]` and <code>x</code>",
        "```html\n<td>[@park2019spinal]</td></div>\n```",
        "<!-- [@park2019spinal] </div> -->\n\nText",
        "Text <!-- to do -- ask - a -- > librarian --> goes on.",
        "a<br>b<br/>c\n\n---\n\n![x](y.png)",
        "| a | b |\n|:--|--:|\n| <sub>2</sub> | [x](y.md) |",
        "1. x\n\n    - y <abbr title='z'>w</abbr>\n\nt\n:   d[^1]\n\n[^1]: n",
        "<table><tr><td>x</td></tr></table>",
    ],
)
def test_what_authors_write_properly_is_never_complained_of(press, written):
    assert press.proof(written + "\n").removed == ()


@pytest.mark.parametrize("block", ["<!-- x -->", "<div>x</div>", "<hr>", "<table>\n</table>"])
@pytest.mark.parametrize("dose", ["&lt;5 mg", "&#60;5 mg", "up to &lt;5 mg", "a<br/>b &lt;5 mg"])
def test_no_sign_before_a_dose_is_moved_away_from_behind_a_block_of_html(press, block, dose):
    assert "<5 mg" in press.text(f"{block} {dose}\n\nMore.\n")


def test_plain_html_stays(press):
    proof = press.proof("H<sub>2</sub>O <abbr title='x'>y</abbr> <kbd>z</kbd>\n")
    assert proof.removed == ()
    assert "<sub>2</sub>" in proof.html


def test_comments_do_not_reach_readers(press):
    assert "secret" not in press.proof("Text.\n\n<!-- secret draft -->\n").html


PATHOLOGICAL = [
    "*a*",
    "<div>", "</p", "<!--", "*_", "**a", "`", "&", "|", "\\", "[a]", "[@a]", "[^a]", "![a](", "@a ",
    "<a href='x\" ", "[a](<", "x\n===\n", "* * *\n", "t\n: a\n", "/// safety\nx\n///\n\n",
    "@park2019spinal ", "*a* ", "`a` ", "[a](b) ", "| a | b |\n|--|--|\n", "- a\n\n", "a\n\n",
]  # fmt: skip


@pytest.mark.parametrize("times", [90, 900, 9_000])
@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_73_a_pathological_page_is_refused_or_printed_in_bounded_time(press, piece, times):
    start = time.process_time()
    press.site.article(body=piece * times + "\n")
    reading = Repository(press.site.root).manuscript("contrast")
    if reading.value is None:
        assert all(each.message and each.cure and each.line for each in reading.findings)
    else:
        press.proof(piece * times + "\n")
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("@a " * 1001, "more than 1,000 signs `@`"),
        ("[^1]" * 1001, "more than 1,000 marks of notes"),
        ("<b></b>" * 1501, "more than 3,000 tags of HTML"),
        ("*a* " * 10_001, "more than 20,000 signs of Markdown"),
        ("/// safety\nx\n///\n\n" * 501, "more than 1,000 lines of `///`"),
        ("*a*" * 2_501, "more than 5,000 signs `*` and `_`"),
        ("a " * 50_001, "more than 100,000 characters"),
        ("a\n" * 1001, "more than 1,000 lines stand together"),
        ("a\n\n" * 5001, "more than 10,000 lines"),
        ("t\n: a\n" * 101, "more than 100 definitions stand together"),
        ("[a](" * 101, "more than 100 brackets are open"),
        ("[" * 101 + "]" * 101, "more than 100 brackets are open"),
        ("<a " * 101, "more than 100 tags of HTML are open"),
    ],
)
def test_73_what_goes_beyond_a_bound_is_told_which(press, written, says):
    press.site.article(body=written + "\n")
    (finding,) = Repository(press.site.root).manuscript("contrast").findings
    assert says in finding.message
    assert finding.cure


@pytest.mark.parametrize(
    "piece", ["> ", "- ", "    ", "/// answer\n", "1. ", "[", "[@a;", "@a [", "!["]
)
def test_a_text_nested_too_deep_for_any_parser_is_refused_while_it_is_read(press, piece):
    press.site.article(body=piece * 400 + "x\n")
    (finding,) = Repository(press.site.root).manuscript("contrast").findings
    assert "nested" in finding.message or "open" in finding.message


@pytest.mark.parametrize("piece", ["> ", "- ", "    ", "1. "])
def test_a_text_nested_as_deep_as_allowed_is_printed(press, piece):
    assert "x" in press.proof(piece * 24 + "x\n").html


@pytest.mark.parametrize("body", ["<a@b.example\\\\>", "x<i@b.example\\>y>"])
def test_an_escaped_sign_in_an_address_of_mail_is_a_finding_and_no_fault(press, body):
    proof = press.proof(f"Words {body}\n")
    assert "an escaped sign inside an address of e-mail" in [what for _, what in proof.removed]
    assert not CONTROL.search(proof.html)


def test_a_sign_that_the_parser_loses_is_a_finding_and_no_fault(press):
    proof = press.proof('[@park2019spinal]("(\\@')
    assert "an escaped sign inside the address of a link" in [what for _, what in proof.removed]
