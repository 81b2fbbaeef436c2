"""Lists of articles on site pages."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html
from markdown import Markdown

from imprimatur.editorial import State
from imprimatur.press import Entry, PressExtension, SiteSheet


def printed(body: str, *states: State) -> str:
    entries = [
        Entry(title=f"About <b>{state}</b>", summary="S & T", address="x/", state=state)
        for state in states
    ]
    sheet = SiteSheet(entries=lambda: entries)
    return Markdown(extensions=[PressExtension(sheet)]).convert(body)


@pytest.mark.parametrize("state", State)
def test_an_article_of_any_standing_is_listed_with_its_label_or_not_at_all(state):
    page = lxml_html.fromstring(printed("/// articles\n///\n", state))
    labels = page.xpath("//p[@class='imp-articles-status']/text()")
    withheld = {State.EXPIRED, State.WITHDRAWN, State.RETRACTED, State.SUPERSEDED}
    assert len(labels) == (state not in withheld)
    assert not page.xpath("//b")


def test_text_beside_a_list_stays_text():
    page = printed(
        "<div>a\n</div>\n\n&lt;script&gt;x&lt;/script&gt;\n\n/// articles\n///\n\nB &lt; C\n"
    )
    assert "<script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "There are no articles yet." in page
    assert "B &lt; C" in page


def test_a_page_without_a_list_is_left_as_it_is():
    assert printed("A<br>B") == "<p>A<br>B</p>"
