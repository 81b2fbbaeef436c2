"""Whether a search says of a page what that page says, asked without building a site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import PAGE, PLAN
from imprimatur.errors import Finding
from imprimatur.gate.scan.claims import Claims
from imprimatur.gate.scan.page import read_page
from imprimatur.gate.scan.search_rules import search_says_what_its_page_says
from imprimatur.gate.scan.searched import Searched

CLAIMS = Claims(PLAN)
FILTER, META = "data-pagefind-filter", "data-pagefind-meta"
TEXT = """\
<!doctype html><html><head><title>Does it help? - Demo site</title></head><body>
<p>Outside of it</p>
<main data-pagefind-body>
<h1 id="q">Does it help?</h1>
<div id="all"><h2 id="answer">Short <em>answer</em></h2><p id="it">It helped.</p></div>
<p id="it">Take 5 &lt; 6 mg.</p>
<p><span data-pagefind-filter="topic">Hearts</span>
<span data-pagefind-meta="dose">5 <b>mg</b></span>
<span data-pagefind-filter="status" data-pagefind-meta="state">Approved</span></p>
<img src="dose.svg" alt="The dose"><img src="more.svg" alt=""><p id="none"></p>
<table><tr><td>Adults</td><td>50 mg</td></tr></table>
</main></body></html>
"""


def told(text: str = TEXT, path: str = PAGE, **said: object) -> list[str]:
    searched = replace(Searched(file="search.json"), **said)
    page = read_page(path, text.encode(), CLAIMS, (searched,))
    assert not isinstance(page, Finding)
    return [str(each).partition("; ")[0] for each in search_says_what_its_page_says(page)]


def amiss(what: str, address: str = "articles/contrast/") -> list[str]:
    rule = "search.json: search-says-what-its-page-says"
    return [f"{rule}: {what} of {address} in the search is not what that page says"]


@pytest.mark.parametrize(
    "said",
    [
        {"texts": ("It helped.", "Short answer. It helped. Take 5 < 6 mg.")},
        {"texts": ("<p>It <b>helped</b>.</p>", "Take 5 &lt; 6 mg.", "Take 5 < 6 mg.")},
        {"titles": ("Does it help?", "Does it help? - Demo site", "Short answer", "")},
        {"titles": ("<em>Short</em> answer", "Take 5 &lt; 6 mg.")},
        {"titles": ("Adults 50 mg",), "texts": ("Adults. 50 mg",)},
        {"framing": ("Home", "Short  answer", "Demo site")},
        {"places": (("q", "Does it help?"), ("answer", "Short answer"), ("it", "It helped."))},
        {"places": (("it", "Short answer"), ("all", "It helped."), ("none", ""))},
        {"marked": ((FILTER, "topic", "Hearts"), (META, "dose", "5 mg"))},
        {"marked": ((FILTER, "status", "Approved"), (META, "state", "Approved"))},
        {"marked": (("src", "image", "dose.svg"), ("alt", "image_alt", "The dose"))},
    ],
)
def test_a_search_may_say_what_the_page_says(said):
    assert told(**said) == []


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"texts": ("It helped.", "It harmed.")}, "the text"),
        ({"texts": ("Outside of it",)}, "the text"),
        ({"texts": ("<p title='50 mg'>It helped.</p>",)}, "the text"),
        ({"texts": ("It helped.<!-- 50 mg -->",)}, "the text"),
        ({"texts": ("<b>It</b> harmed.",)}, "the text"),
        ({"titles": ("Short answer", "Short")}, "a title"),
        ({"titles": ("Demo site",)}, "a title"),
        ({"titles": ("Adults",)}, "a title"),
        ({"titles": ("Nothing else",)}, "a title"),
        ({"titles": ("Short answer. It helped.",)}, "a title"),
        ({"framing": ("Home", "Take 50 mg")}, "a menu or a tag"),
        ({"places": (("q", "Does it help?"), ("nowhere", "Short answer"))}, "a heading"),
        ({"places": (("it", "It harmed."),)}, "a heading"),
        ({"places": (("nowhere", ""),)}, "a heading"),
        ({"places": (("nowhere", "It helped."),)}, "a heading"),
        ({"marked": ((FILTER, "topic", "Hearts"), (FILTER, "topic", "Lungs"))}, "a mark"),
        ({"marked": ((META, "topic", "Hearts"),)}, "a mark"),
        ({"marked": ((FILTER, "dose", "5 mg"),)}, "a mark"),
        ({"marked": ((FILTER, "state", "Approved"),)}, "a mark"),
        ({"marked": ((META, "status", "Approved"),)}, "a mark"),
        ({"marked": (("src", "image", "other.svg"),)}, "a mark"),
        ({"marked": (("alt", "image_alt", "dose.svg"),)}, "a mark"),
    ],
)
def test_what_a_search_says_beside_the_page_is_found_and_named(said, what):
    assert told(**said) == amiss(what)


@pytest.mark.parametrize(
    "tag", ["script", "style", "template", "textarea", "title", "iframe", "svg"]
)
def test_what_could_show_or_run_more_than_its_words_is_not_read_as_words(tag):
    said = f"<{tag}>It helped.</{tag}>"
    assert told(texts=(said,)) == amiss("the text")
    assert told(texts=(said.replace(tag, "i"),)) == []


def test_where_a_page_marks_no_body_all_of_it_is_searched():
    text = TEXT.replace("data-pagefind-body", "")
    assert told(text, texts=("Outside of it",)) == []
    assert told(texts=("Outside of it",)) == amiss("the text")


def test_the_home_page_is_named_as_such_and_a_file_by_its_name():
    text = "<!doctype html><html><head><title>T</title></head><body>x</body></html>"
    assert told(text, "index.html", texts=("y",)) == amiss("the text", "the home page")
    assert told(text, "404.html", texts=("y",)) == amiss("the text", "404.html")


def test_an_ampersand_of_a_heading_or_a_filter_may_be_read_once_more():
    text = TEXT.replace("Short <em>answer</em>", "R&amp;amp;D &lt;b&gt;").replace(
        ">Hearts<", ">R&amp;amp;D<"
    )
    assert told(text, places=(("answer", "R&D <b>"),)) == []
    assert told(text, places=(("answer", "R&amp;D <b>"),)) == []
    assert told(text, marked=((FILTER, "topic", "R&D"),)) == []
    assert told(text, texts=("R&D <b>",)) == amiss("the text")


def test_of_a_place_that_is_named_twice_the_first_counts():
    text = TEXT.replace("It helped.</p>", 'It <b id="x">did</b> and <b id="x">did not</b>.</p>')
    assert told(text, places=(("x", "did"),)) == []
    assert told(text, places=(("x", "did not"),)) == amiss("a heading")


def test_each_search_that_says_something_else_is_found():
    said = (Searched(file="a.json", texts=("x",)), Searched(file="b.json", titles=("x",)))
    page = read_page(PAGE, TEXT.encode(), CLAIMS, said)
    assert not isinstance(page, Finding)
    assert [each.path for each in search_says_what_its_page_says(page)] == ["a.json", "b.json"]


def test_a_page_that_no_search_names_is_not_held_against_any():
    page = read_page(PAGE, TEXT.encode(), CLAIMS)
    assert not isinstance(page, Finding)
    assert list(search_says_what_its_page_says(page)) == []
