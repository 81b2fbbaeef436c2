"""Citations in the text, as the AMA style prints them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.util import ETX, STX

from imprimatur.manuscript import CitedWork
from imprimatur.press.citations import BracketedCitation, _as_text
from imprimatur.press.elements import serialise
from imprimatur.press.numbering import Numbering
from imprimatur.press.resolve import SourceLines
from imprimatur.press.stash import Stash
from imprimatur.press.superscript import superscript

PLACED = [
    ("It helps [@park2019spinal].", "It helps.^1^"),
    ("It helps [@park2019spinal], mostly.", "It helps,^1^ mostly."),
    ("It helps [@park2019spinal]: always.", "It helps^1^: always."),
    ("It helps [@park2019spinal]; always.", "It helps^1^; always."),
    ("It helps [@park2019spinal] in some.", "It helps^1^ in some."),
    ("It helps[@park2019spinal].", "It helps.^1^"),
    ("It *helps* [@park2019spinal].", "It helps.^1^"),
    ("(It helps [@park2019spinal].)", "(It helps.^1^)"),
    ("Up to 5 [@park2019spinal].5 more", "Up to 5^1^.5 more"),
]


@pytest.mark.parametrize(("written", "printed"), PLACED)
def test_a_number_follows_a_full_stop_or_comma_and_precedes_other_signs(press, written, printed):
    assert press.text(written) == printed


def test_works_are_numbered_in_the_order_of_their_first_mention(press):
    body = "One [@saha2025dce]. Two [@park2019spinal]. Again [@saha2025dce]."
    assert press.text(body) == "One.^1^ Two.^2^ Again.^1^"


def test_three_or_more_in_sequence_show_their_ends_and_keep_every_number(press):
    body = "A [@saha2025dce]. B [@park2019spinal]. C [@liu2017vertebral]. D [@hutchins2021acr]."
    group = " All [@hutchins2021acr; @saha2025dce; @liu2017vertebral; @park2019spinal]."
    page = press.page(body + group)
    last = page.xpath("//sup[@class='imp-cites']")[-1]
    shown = [child.text for child in last if child.tag == "a"]
    inside = [link.text for link in last.xpath(".//span[@class='imp-range']/a")]
    assert (shown, inside) == (["1", "4"], ["2", "3"])
    assert last.text_content() == "1,2,3,4"


def test_two_in_sequence_are_not_closed_up(press):
    assert press.text("Both [@park2019spinal; @saha2025dce].") == "Both.^1,2^"


def test_marks_side_by_side_are_one(press):
    assert press.text("Both [@park2019spinal][@saha2025dce].") == "Both.^1,2^"
    assert press.text("Both [@park2019spinal] [@saha2025dce].") == "Both.^1,2^"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("So [@park2019spinal, p. 170].", "So.^1(p170)^"),
        ("So [@park2019spinal, pp. 3-5].", "So.^1(pp3-5)^"),
        ("So [@park2019spinal, table 3].", "So.^1(table 3)^"),
        ("So [see @park2019spinal, fig. 2].", "So.^see 1(fig. 2)^"),
        ("So [@park2019spinal, table 3, for adults].", "So.^1(table 3; for adults)^"),
        ("So [@saha2025dce; @park2019spinal, p. 12].", "So.^1,2(p12)^"),
    ],
)
def test_a_place_within_a_work_stands_in_brackets_behind_its_number(press, written, printed):
    assert press.text(written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("@park2019spinal found it.", "Park et al^1^ found it."),
        ("@liu2017vertebral found it.", "Liu and Wang^1^ found it."),
        ("@harlianto2024spinal found it.", "van der Star^1^ found it."),
        ("@saha2025dce found it.", "Saha et al^1^ found it."),
        ("@hutchins2021acr says so.", "Expert Panel^1^ says so."),
        ("_@saha2025dce found_ it.", "Saha et al^1^ found it."),
        ("Found by @park2019spinal [p. 170].", "Found by Park et al.^1(p170)^"),
    ],
)
def test_a_narrative_citation_names_the_authors(press, written, printed):
    assert press.text(written) == printed


@pytest.mark.parametrize(
    "written",
    [
        "`[@park2019spinal]`",
        "```\n[@park2019spinal]\n```",
        "    [@park2019spinal]",
        "park2019spinal\\@example.org and \\@park2019spinal",
        "write to someone@park2019spinal",
        "<someone@park2019spinal.org>",
        "[a link](https://example.org/@park2019spinal)",
        "[@park2019spinal](https://example.org/)",
        "<https://example.org/@park2019spinal>",
        "https://example.org/@park2019spinal",
    ],
)
def test_code_addresses_links_and_escapes_cite_nothing(press, written):
    assert press.proof(f"Text.\n\n{written}\n").cited == ()


def test_a_citation_knows_its_line(press):
    proof = press.proof("\nOne.\n\nTwo [@nowhere2020].\n\nThree\n[@elsewhere2021].\n")
    first = press.copy("x").manuscript.body_line
    assert [(each.key, each.line - first) for each in proof.cited] == [
        ("nowhere2020", 3),
        ("elsewhere2021", 6),
    ]


def test_a_figure_before_a_number_is_noticed(press):
    assert press.proof("In 26 [@park2019spinal] patients").cited[0].figure == "26"
    assert press.proof("At 0.1 mmol [@park2019spinal] given").cited[0].figure == "0.1 mmol"
    assert press.proof("In 26 patients [@park2019spinal]").cited[0].figure == ""


def test_a_mark_of_which_a_part_cites_nothing_is_malformed(press):
    proof = press.proof("So [@park2019spinal; see also].")
    assert [source for _, source in proof.malformed] == ["[@park2019spinal; see also]"]
    assert proof.cited == ()


def test_code_and_escapes_inside_a_mark_are_printed_as_their_text(press):
    assert press.text("So [@park2019spinal, `x` and \\*y\\*].") == "So.^1(x and *y*)^"
    assert press.text("@park2019spinal [`x`] says so.") == "Park et al^1(x)^ says so."


def test_a_citation_with_a_colon_behind_it_is_no_link_definition(press):
    assert press.text("[@park2019spinal]: yes") == "^1^: yes"
    assert press.text("[@park2019spinal]:\nyes (in 39%)").startswith("^1^:")


def test_one_work_in_a_mark_is_set_as_several_are():
    work = CitedWork(key="park2019spinal")
    alone = superscript([work], Numbering())
    # Named twice, it is set by the way for several, and shown once.
    assert serialise(alone) == serialise(superscript([work, work], Numbering()))


SIGNS = [STX, ETX, "42", "klzzwxh:0000", "wzxhzdk:0", f"{STX}wzxhzdk:0{ETX}", f"{STX}42{ETX}"]


@given(st.lists(st.sampled_from([*SIGNS, "@a", "p. 1", " ", "<b>", "\x07", "*"])).map("".join))
@example(f"@a, {STX}42{ETX} {STX}wzxhzdk:0{ETX} {STX}klzzwxh:0000{ETX}")
def test_a_mark_is_its_brackets_around_what_stands_in_them(text):
    page = Markdown()
    page.htmlStash.store("<i>")
    page.treeprocessors["inline"].stashed_nodes = {"0000": "code"}
    pattern = BracketedCitation(page, Stash())
    assert _as_text(pattern, f"[{text}]") == f"[{_as_text(pattern, text)}]"
    if STX not in text:
        assert _as_text(pattern, text) == text.replace(ETX, "").replace("\x07", "")


@given(st.data(), st.lists(st.sampled_from(["a", "b", "\n"]), max_size=30).map("".join))
def test_the_line_of_a_mark_is_counted_from_the_beginning_whatever_was_asked_before(data, body):
    manuscript = SimpleNamespace(body=body, body_line=7)
    lines = SourceLines(SimpleNamespace(manuscript=manuscript))
    after = dict.fromkeys("ab", -1)
    for name in data.draw(st.lists(st.sampled_from("ab"))):
        place = body.find(name, after[name] + 1)
        place = body.find(name) if place < 0 else place
        after[name] = place
        assert lines.next(name) == 7 + body[: max(place, 0)].count("\n")
