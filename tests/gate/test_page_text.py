"""What a page says, block by block, as a search may tell it again."""

from __future__ import annotations

import pytest

from imprimatur.gate.scan.page_text import blocks_of, is_said, squeezed
from imprimatur.press.elements import parse


def blocks(html: str) -> list[tuple[tuple[str, ...], ...]]:
    return list(blocks_of([parse(html)]))


def says(html: str, text: str) -> bool:
    return is_said(squeezed(text), blocks_of([parse(html)]))


def test_a_text_is_read_without_blanks_of_any_kind():
    assert squeezed(" 5\u00a0mg\n of\u200b it\t") == "5mgofit"


def test_each_block_is_told_whole_and_each_row_cell_by_cell():
    html = (
        "before<h2>How much</h2><p>Do <em>not</em> take 5&nbsp;mg.</p><ul><li>one</li></ul>"
        "<table><tr><th>a</th><td class='x'>5</td></tr><tr><td> </td></tr></table>"
        "<dl><dt>b</dt><dd>50</dd></dl><hr><p> </p>after"
    )
    assert blocks(html) == [
        (("before",),),
        (("Howmuch",),),
        (("Donottake5mg.",),),
        (("one",),),
        (("a", "5"),),
        (("b", "50"),),
        (("after",),),
    ]


@pytest.mark.parametrize(
    "aside",
    [
        "<!-- word -->",
        "<script>word</script>",
        "<script src='x'></script>",
        "<style>word</style>",
        "<template>word</template>",
    ],
)
def test_what_nobody_reads_is_no_text(aside):
    assert blocks(f"<p>one{aside}two</p>") == [(("onetwo",),)]


@pytest.mark.parametrize("tag", ["abbr", "a", "b", "br", "i", "q", "s", "u", "sub", "sup", "wbr"])
def test_what_stands_within_a_sentence_does_not_part_it(tag):
    assert blocks(f"<p>one<{tag} title='x y'>two</{tag}>three</p>") == [(("onetwothree",),)]


def test_numbers_of_references_and_marks_of_headings_may_be_left_out():
    cited = '<p>It helped<sup class="imp-cites">1, 2</sup>.</p>'
    assert blocks(cited) == [(("Ithelped1,2.",), ("Ithelped.",))]
    linked = '<h2>Answer<a href="#a" class="headerlink" title="x">#</a></h2>'
    assert blocks(linked) == [(("Answer#",), ("Answer",))]
    assert blocks('<p>One <a href="#a" class="other">two</a></p>') == [(("Onetwo",),)]
    only = '<p><sup class="imp-cites">1</sup></p>'
    assert blocks(only) == [(("1",),)]
    empty = '<p>One<sup class="imp-cites"></sup></p>'
    assert blocks(empty) == [(("One",),)]


def test_entities_are_read_once():
    assert blocks("<p>5 &amp;lt; 6 &amp; 4 &lt; 5</p>") == [(("5&lt;6&4<5",),)]


@pytest.mark.parametrize("sign", ["\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"])
def test_a_page_with_a_sign_that_no_text_has_says_nothing_to_a_search(sign):
    assert blocks(f"<p>Do not take 5 mg.</p><p>Do not{sign}take 50 mg.</p>") == []


def test_of_several_parts_of_a_page_each_says_its_own():
    first, second = parse("<p>one</p>"), parse("<p>two</p>")
    first.tail = "not of it"
    assert blocks_of([first, second]) == ((("one",),), (("two",),))


TABLE = "<h2>Doses</h2><table><tr><td>a</td><td>5</td></tr><tr><td>b</td><td>50</td></tr></table>"


@pytest.mark.parametrize(
    "text",
    ["", "Doses", "Doses.", "Doses a 5", "a. 5.", "a 5. b 50", "b. 50.", "Doses. b 50"],
)
def test_whole_blocks_in_their_order_are_said(text):
    assert says(TABLE, text)


@pytest.mark.parametrize(
    "text",
    ["Dose", "a", "5", "a 50", "b 5", "b 50 a 5", "Doses..", "a.. 5", ".Doses", "a 5 Doses", "."],
)
def test_parts_of_blocks_and_blocks_in_another_order_are_not_said(text):
    assert not says(TABLE, text)


def test_a_block_that_was_left_out_may_begin_as_the_next_one():
    assert says("<p>Take</p><p>Take it</p>", "Take it")
    assert says("<p>a</p>" * 200 + "<p>ab</p>", "a" * 199 + "ab")
    assert not says("<p>a</p>" * 200 + "<p>ab</p>", "a" * 199 + "abb")
