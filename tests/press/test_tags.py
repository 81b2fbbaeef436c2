"""Tags are read in a short way where they are written plainly, and it finds just the same."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imprimatur.press.tags import Tags, breaches

PIECES = (
    "<p>", "</p>", "<br />", "<br/>", "<hr>", '<a href="x">', "</a>", "<a href='x'>", "<div/>",
    '<a href="a&amp;b&#58;c">', '<a href="a&ampb">', '<p class="x" title="">', "<P>", "<p >",
    "<script>", "</script>", "<style>", "<textarea>", "<title>", "<!-- c -->", "<!-->", "<!", "<?",
    '<td a="1" a="2">', "<x-y>", '<img src="s" onerror="1">', "<", ">", "&lt;", '"', "a < b", "\0",
    "<em>", "</em>", "<svg>", "</x", '<a href="<b>">', '<p\nclass="y">', "</p >", "text",
)  # fmt: skip


class InFull(Tags):
    """As the parser of Python reads it, whatever it is."""

    def read_plainly(self, text: str) -> bool:
        """Leave it to the parser."""
        del text
        return False


def read(kind: type[Tags], html: str) -> tuple[list[str], list[str]]:
    tags = kind(html, {"p", "a", "br", "em", "td"}.__contains__, lambda *each: "on" not in each[1])
    return tags.breaches, tags.kept


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example('<p><a href="a&amp;b">x</a></p>')
@example('<p><a href="x"><a href="y">')
def test_the_short_way_finds_what_the_long_one_finds(html):
    assert read(Tags, html) == read(InFull, html)


PAGES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(PAGES, PAGES | st.none())
@example('<p class="x"><br /><br></p>', '<p class="x"><br><br></p>')
@example('<p><a href="x"></p>', '<p><a href="y"></p>')
@example("<p><em></p>", "<p></p>")
def test_what_the_clean_up_took_is_named_as_if_both_were_read_in_full(html, clean):
    clean = html if clean is None else clean
    allowed = {"p", "a", "br", "em", "td"}.__contains__, lambda *each: "on" not in each[1]
    wrong, before = read(InFull, html)
    lost = Counter(before) - Counter(read(InFull, clean)[1])
    assert breaches(html, clean, *allowed) == tuple(dict.fromkeys([*wrong, *lost]))


def test_what_the_clean_up_leaves_as_it_was_is_read_once(monkeypatch):
    usual, seen = Tags.read_plainly, []
    monkeypatch.setattr(Tags, "read_plainly", lambda *each: seen.append(each) or usual(*each))
    allowed = {"p", "br"}.__contains__, lambda *_: True
    assert breaches("<p>a<br />b</p>", "<p>a<br>b</p>", *allowed) == ()
    assert len(seen) == 1


@pytest.mark.parametrize("html", ['<p><a href="a&amp;b">x</a> &lt; y</p>', "<br /><em>a</em>"])
def test_what_markdown_writes_takes_the_short_way(monkeypatch, html):
    monkeypatch.setattr(Tags, "feed", lambda *_: pytest.fail("the parser was asked"), raising=False)
    assert read(Tags, html)[0] == []
