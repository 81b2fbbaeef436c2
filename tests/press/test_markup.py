"""A tree is written out as Python-Markdown writes it, whatever is in it."""

from __future__ import annotations

from xml.etree.ElementTree import HTML_EMPTY, Comment, Element

from hypothesis import example, given
from hypothesis import strategies as st
from markdown.serializers import to_xhtml_string

from imprimatur.press.markup import markup

TEXT = st.none() | st.lists(
    st.sampled_from(["<", ">", "&", "&amp;", "&#58;", '"', "'", "\n", "5 mg", "µ", "\x02"]),
    max_size=4,
).map("".join)
TAGS = st.sampled_from(["p", "td", "span", "script", "style", *sorted(HTML_EMPTY)])
NAMES = st.sampled_from(["src", "alt", "id", "data-imp", "checked"])


@st.composite
def trees(draw, depth: int = 3) -> Element:
    root = Element(draw(TAGS), draw(st.dictionaries(NAMES, TEXT)))
    root.text, root.tail = draw(TEXT), draw(TEXT)
    if depth:
        root.extend(draw(st.lists(trees(depth=depth - 1), max_size=3)))
    return root


def with_comment() -> Element:
    root = Element("p")
    root.append(Comment("an author's"))
    return root


@given(trees())
@example(with_comment())
@example(Element("p", {"title": '"<&amp;>'}))
def test_it_is_written_as_its_own_serialiser_writes_it(root):
    assert markup(root) == to_xhtml_string(root)
