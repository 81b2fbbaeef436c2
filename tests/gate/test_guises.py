"""What looks otherwise on the page than a reviewer reads it in the source, or in a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

ANSWER = """\
/// answer
/// audience | clinician
Contrast is seldom needed [@park2019spinal].
///
///

"""
FIRST = 18
"""The line on which what stands below the answer begins."""


def found(shelf: Shelf, text: str) -> list[tuple[int, str]]:
    """The line, and what is found of it, in words."""
    return [(line - FIRST, f"{what}; {cure}") for line, _, what, cure in shelf.told(ANSWER + text)]


NOTHING_USES = (
    "a definition that no link and no image uses may not stand in an article; use its name, "
    "`[words][name]`, or begin the line with other words"
)
SECOND = (
    "another address for a name that has one may not stand in an article; give it a name of its own"
)
INDENTED = "an indented line right below the mark of a block may not stand in an article"
BELOW = (
    "a definition right below the mark of a block may not stand in an article; leave a blank line "
    "above it"
)


@pytest.mark.parametrize(
    "text",
    [
        '[Do not give to pregnant women]: ever "This drug harms the child"\n',
        "- [Contraindicated]: in-children-under-5\n",
        "> [Never]: in-children\n",
        "[Stop]:\n  <at once>\n  (when it hurts)\nElse go on.\n",
    ],
)
def test_words_that_a_definition_would_hide_are_found(shelf: Shelf, text: str):
    assert found(shelf, text) == [(0, NOTHING_USES)]


def test_a_definition_right_below_the_mark_of_a_block_is_found(shelf: Shelf):
    text = '/// safety\n[Never give]: it "to children"\nSee [Never give].\n///\n'
    assert found(shelf, text) == [(1, BELOW)]
    assert found(shelf, f"{3 * '`'}\n{text}{3 * '`'}\n") == []
    text = "/// safety\n```\nCode\n```\n[a]: https://a.example\n\nSee [a].\n///\n"
    assert found(shelf, text) == []


@pytest.mark.parametrize("blank", ["    ", "      ", "\t"])
@pytest.mark.parametrize(
    "line", ["# Never in children", "!!null Never", "&Never", "null # Never", "{} # Never"]
)
def test_what_would_be_read_as_an_option_of_a_block_is_found(shelf: Shelf, blank: str, line: str):
    text = f"/// safety\n{blank}{line}\n\nNor when it hurts.\n///\n"
    assert (1, f"{INDENTED}; begin the line with its first word") in found(shelf, text)
    assert found(shelf, "/// safety\nNever in children.\n\n    # Code\n///\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Give 5 mg twice a day.\n[Contraindicated]: in-children-under-5\n",
        '[Warning]: do "not" give "it"\n',
        "[Warning]: stop it\n",
        "[]: never\n",
    ],
)
def test_what_is_no_definition_elsewhere_is_none_here(shelf: Shelf, text: str):
    assert found(shelf, text) == []
    assert text.split("\n")[-2] in shelf.printed(ANSWER + text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[d]: https://a.example/label", "[d]: https://b.example/label"),
        ("[Dose label]: https://a.example/", "[DOSE   label]: https://b.example/"),
        ("[d]: https://a.example/ 'A'", "- [d]: https://a.example/ (B)"),
    ],
)
def test_a_name_leads_to_its_first_address_and_another_is_found(
    shelf: Shelf, first: str, second: str
):
    text = f"See [the label][d] and [Dose label].\n\n{first}\n\n{second}\n"
    at = 4
    assert found(shelf, text) == [(at, SECOND)]
    assert "b.example" not in shelf.printed(ANSWER + text)


def test_a_name_may_be_given_the_same_address_twice(shelf: Shelf):
    line = "[d]: https://a.example/ (A label)\n"
    assert found(shelf, f"See [a label][d].\n\n{line}\n{line}") == []


def test_a_comment_behind_a_backslash_is_text(shelf: Shelf):
    text = "The dose is 5 mg \\<!-- per week, NEVER per day --> for adults.\n"
    assert found(shelf, text) == []
    assert "5 mg &lt;!-- per week, NEVER per day --&gt; for adults" in shelf.printed(ANSWER + text)


def test_a_backslash_spares_every_sign_that_it_spares_elsewhere(shelf: Shelf):
    signs = "!\"#$%'()*+,-./:;=?@[\\]^_`{|}~"
    text = f"Signs {''.join(f'{chr(92)}{each}' for each in signs)} in C:\\temp.\n"
    assert f"Signs {signs} in C:\\temp." in shelf.printed(ANSWER + text)


@pytest.mark.parametrize("text", ["/// safety\n///\n", "/// safety\n<!-- Do not give. -->\n///\n"])
def test_a_safety_block_without_words_is_found(shelf: Shelf, text: str):
    assert found(shelf, text) == [
        (0, "`/// safety` holds no words; say in it what every reader must know")
    ]


def test_a_table_or_a_list_in_a_safety_block_holds_words(shelf: Shelf):
    assert found(shelf, "/// safety\n- Never.\n///\n\n/// safety\n| a |\n|---|\n| b |\n///\n") == []


def test_a_step_that_was_drawn_into_the_one_before_is_found(shelf: Shelf):
    text = "1. Weigh the child.\n\n   Give at most\n2. Wait an hour.\n3. Stop at 5 mg.\n"
    assert [line for line, _ in found(shelf, text)] == [3, 4]
    assert [line for line, _ in found(shelf, "1. Weigh.\n\n    Give at\n    5. The end.\n")] == [3]


def test_a_number_that_begins_a_line_of_running_text_is_fine(shelf: Shelf):
    assert found(shelf, "It was found in\n2019. Since then it is done.\n") == []


@pytest.mark.parametrize("written", ['width="0"', 'height="1"', 'width="15"', 'width="1%"'])
def test_an_image_that_takes_no_room_is_found(shelf: Shelf, written: str):
    shelf.put("docs/articles/doses.svg", SQUARE)
    text = f'<img src="doses.svg" alt="Highest doses" {written}>\n'
    name = written.partition("=")[0]
    (only,) = found(shelf, text)
    assert only[1].startswith(f"{name} of <img> may not stand in an article; write 16 or more")
    assert found(shelf, text.replace(written, 'width="16" height="1200"')) == []


SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


@pytest.mark.parametrize(
    "address",
    [
        "https:/evil.example/x",
        "https:evil.example/x",
        "https:\\\\evil.example/x",
        "http:///evil.example",
        "//evil.example/y",
        "\\\\evil.example/y",
        "https://who.example@evil.example/",
        "../index.md?q=Take+50+mg+now",
        "?q=Take+50+mg+now",
    ],
)
def test_an_address_that_readers_and_browsers_may_read_otherwise_is_found(
    shelf: Shelf, address: str
):
    (only,) = found(shelf, f'<a href="{address}">The label</a> says so.\n')
    assert only[1].startswith("href of <a> may not stand in an article; write the whole address")


@pytest.mark.parametrize(
    "address", ["https://a.example/x?q=1", "HTTPS://a.example", "../index.md#top", "mailto:a@b.org"]
)
def test_an_address_that_everybody_reads_alike_is_fine(shelf: Shelf, address: str):
    assert found(shelf, f"[The label]({address}) says so.\n") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[https://a.example/](https://evil.example/)", "a link whose words name another host"),
        ("[www.a.example](https://evil.example/)", "a link whose words name another host"),
        ("<sup>[1](https://evil.example)</sup>", "a raised link, which looks like a citation,"),
        ("[<sup>1</sup>](https://evil.example)", "a raised link, which looks like a citation,"),
        ("5 mg<sub> and <small>never in children</small></sub>", "words made small twice"),
        ("Do ~~not~~ give it.", "words struck out by `~~`"),
        ("> [!WARNING]\n> Never.", "a box of GitHub's, such as `[!WARNING]`,"),
        ("- [x] Weighed", "a box to tick"),
        ("1. [ ] Weighed", "a box to tick"),
        ("```\n<!-- Never in children. -->", "a line that begins code, and no line that ends it,"),
        ("~~~ text\nNever.", "a line that begins code, and no line that ends it,"),
    ],
)
def test_what_looks_like_something_else_is_found_on_its_line(shelf: Shelf, text: str, said: str):
    (only,) = found(shelf, f"Text.\n\n{text}\n")
    assert only[0] == 2
    assert only[1].startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "[https://www.a.example/x](https://a.example/x), [a.example](https://a.example)",
        "<https://a.example/x> and <a@b.example>",
        "x<sup>2</sup>, H<sub>2</sub>O, <small>small</small>",
        "`Do ~~not~~ give.` and about ~ 5 to ~ 6, a ~~~ b",
        "- [a] is an item, [x] is none\n- [b]x",
        "A note.[^1]\n\n[^1]: Here.",
        "```\nDo ~~not~~ give.\n```\n\n~~~ text\n<!-- Never. -->\n~~~",
    ],
)
def test_what_looks_as_it_is_is_fine(shelf: Shelf, text: str):
    assert found(shelf, f"{text}\n") == []
