"""What is read of one page of a built site: its addresses, its places, its styles, its articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import ARTICLE, PAGE, PLAN, page
from imprimatur.errors import Finding
from imprimatur.gate.scan.claims import Claims
from imprimatur.gate.scan.links import Link, internal
from imprimatur.gate.scan.page import Address, Page, read_page

CLAIMS = Claims(PLAN)
LARGEST = 5_000_000


def read(body: str, path: str = "index.html") -> Page:
    made = read_page(path, page(body).encode(), CLAIMS)
    assert isinstance(made, Page)
    return made


def refused(data: bytes) -> str:
    found = read_page(PAGE, data, CLAIMS)
    assert isinstance(found, Finding)
    assert (found.path, found.line, found.rule) == (PAGE, 0, "page-is-readable")
    return found.message


def test_a_page_of_five_million_bytes_is_read_and_none_of_one_more():
    text = b"<!doctype html><p>x</p>"
    assert isinstance(read_page(PAGE, text + b" " * (LARGEST - len(text)), CLAIMS), Page)
    more = LARGEST + 1
    assert refused(text + b" " * (more - len(text))) == (
        f"the page has {more} bytes, more than the {LARGEST} that are read"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is no page: it does not begin with `<!doctype html>`"),
        (b"<html></html>", "the file is no page: it does not begin with `<!doctype html>`"),
        (b"x<!doctype html><p>x", "the file is no page: it does not begin with `<!doctype html>`"),
        (b"<!doctype htmlx><p>x", "the file is no page: it does not begin with `<!doctype html>`"),
        (b"<!doctype html><p>\0", "the page is not written in UTF-8"),
        (b"<!doctype html><p>\xff", "the page is not written in UTF-8"),
        (b"<!doctype html>", "the page is empty"),
        (b"<!doctype html>" + b"<div>" * 3000, "the page's parts are nested too deeply"),
    ],
    ids=["nothing", "none", "late", "other", "nul", "bytes", "empty", "deep"],
)
def test_a_page_that_browsers_may_read_otherwise_is_refused_with_the_reason(data, message):
    assert refused(data) == message


LATE = 'the page does not say, first of all, `<meta charset="utf-8">`'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<meta charset=koi8-r><p>x", LATE),
        ("<meta charset='iso-2022-jp'><p>x", LATE),
        ("<meta charset=utf-8x><p>x", LATE),
        ("<meta charset='utf-8\"><p>x", LATE),
        ('<meta http-equiv="content-type" content="text/html; charset=koi8-r"><p>x', LATE),
        ("<title><meta charset=koi8-r></title><meta charset=utf-8><p>x", LATE),
        (f"<!--{1024 * 'x'}--><meta charset=utf-8><p>x", LATE),
        ("<p>5 µg", LATE),
        ("<!--<meta charset=utf-8>--><p>5 µg", LATE),
        ("<!--x--><!--<meta charset=utf-8>--><p>5 µg", LATE),
        ("<link title='<meta charset=utf-8>'><p>5 µg", LATE),
        ('<link href="x?<meta charset=utf-8>" rel=canonical><p>5 µg', LATE),
        ("<meta charset=utf-8><meta charset=koi8-r>", "the page says that it is not in UTF-8"),
    ],
)
def test_a_page_that_browsers_may_read_in_another_code_is_refused(data, message):
    assert refused(f"<!doctype html>{data}".encode()) == message


@pytest.mark.parametrize(
    "tag",
    [
        '<html lang=en class="no-js">\n<head> <meta name=x><meta charset="utf-8">',
        "<META CHARSET=UTF-8 />",
        "a < b<!-- > --><link title='<p>' disabled><meta charset=utf-8>",
    ],
)
def test_a_page_says_its_code_in_any_letters(tag):
    assert isinstance(read_page(PAGE, f"<!doctype html>{tag}<p>5 µg".encode(), CLAIMS), Page)


@pytest.mark.parametrize("data", [b"<!DOCTYPE HTML><p>x", b"\n <!doctype html >\n<p>x"])
def test_a_page_may_begin_in_any_letters(data):
    assert isinstance(read_page(PAGE, data, CLAIMS), Page)


def test_every_address_of_a_page_is_read_with_its_line_and_its_element():
    body = (
        '<a href="a/" rel="next">x</a>\n<img src="b.png" srcset="c.png 2x" alt="">'
        '<link imagesrcset="d.png"><video poster="e.png"></video>\n<table background="f.png">'
        '</table><form action="g"><button formaction="h"></button></form>'
        '<a ping="i" href="#j">x</a><svg><use xlink:href="k.svg#l"></use></svg>'
    )
    assert sorted(read(body).addresses) == [
        Address(3, "a", "next", "href", "a/"),
        Address(4, "img", "", "src", "b.png"),
        Address(4, "img", "", "srcset", "c.png 2x"),
        Address(4, "link", "", "imagesrcset", "d.png"),
        Address(4, "video", "", "poster", "e.png"),
        Address(5, "a", "", "ping", "i"),
        Address(5, "button", "", "formaction", "h"),
        Address(5, "form", "", "action", "g"),
        Address(5, "table", "", "background", "f.png"),
        Address(5, "use", "", "xlink:href", "k.svg#l"),
    ]


@pytest.mark.parametrize(
    "name",
    ["srcset", "imagesrcset", "poster", "background", "action", "formaction", "ping", "xlink:href"],
)
def test_each_rare_place_of_an_address_is_read_also_where_there_is_no_other(name):
    assert read(f'<p {name.upper()} = "x">').addresses == (Address(3, "p", "", name, "x"),)


def test_each_address_that_leads_into_the_site_is_followed_once():
    body = (
        '<p id="q"><a href="about/">x</a>\n<a href=" about/ ">x</a><a href="">x</a>'
        '<img src="b.png" alt=""><video poster="c.png"></video><form action="d"></form>'
        '<a href="#q">x</a><a href="#">x</a><a href="#lost">x</a>\n<a href="#lost">x</a>'
        '<a href="https://elsewhere.example/">x</a><a name="named" href="#named">x</a>'
    )
    links = {(each.line, each.written, each.path, each.anchor) for each in read(body).links}
    assert links == {
        (3, "about/", "about/", ""),
        (4, "", "index.html", ""),
        (4, "b.png", "b.png", ""),
        (4, "c.png", "c.png", ""),
        (5, "#lost", "index.html", "lost"),
    }
    assert len(read(body).links) == len(links)


def test_places_of_a_page_are_its_ids_and_its_named_links():
    body = '<p id="a"><a name="b">x</a><i name="c" id="d">x</i>'
    assert read(body).ids == {"a", "b", "d"}


@pytest.mark.parametrize("body", ["<style>p {}</style>", '<p style="x">', '<p STYLE = "x">'])
def test_each_style_of_a_page_is_read(body):
    assert len(read(body).styles) == 1
    assert read("<p>style</p>").styles == ()


def test_articles_are_known_by_their_class_as_a_whole_word():
    body = f'{ARTICLE}<p class="x imp-article">x</p><p class="imp-articles">x</p><p id="x">x</p>'
    assert [each.tag for each in read(body).articles] == ["article", "p"]


@pytest.mark.parametrize(
    ("written", "path", "anchor"),
    [
        ("", PAGE, ""),
        ("?q=x", PAGE, ""),
        ("#a%20b", PAGE, "a b"),
        ("other/", "articles/contrast/other/", ""),
        ("other", "articles/contrast/other", ""),
        ("..", "articles/", ""),
        ("../.", "articles/", ""),
        ("../..", "", ""),
        (".", "articles/contrast/", ""),
        ("../../..", "../", ""),
        ("../../../x", "../x", ""),
        ("%6fther?x#y?z", "articles/contrast/other", "y?z"),
        ("/us/", "", ""),
        ("/us/about/", "about/", ""),
        ("/us", "../us", ""),
        ("/other/", "../other/", ""),
        ("https://tests.example/us/about/#x", "about/", "x"),
        ("https://TESTS.example/us/about/?x", "about/", ""),
        ("//tests.example/us/about/", "about/", ""),
        ("https://tests.example", "../", ""),
        ("https://tests.example#x", "../", "x"),
        ("http://[::x", "..", ""),
    ],
)
def test_an_address_leads_where_a_browser_would_go(written, path, anchor):
    link = internal(written, PAGE, CLAIMS, 7)
    assert link is not None
    assert (link.path, link.anchor, link.line, link.written) == (path, anchor, 7, written)


@pytest.mark.parametrize(
    ("written", "path"),
    [(".", ""), ("..", "../"), ("./x/.", "x/"), ("x/..", ""), ("x//y", "x/y"), ("", "index.html")],
)
def test_an_address_on_the_home_page_leads_on_from_the_root(written, path):
    assert internal(written, "index.html", CLAIMS) == Link(
        line=0, written=written, path=path, anchor=""
    )


@pytest.mark.parametrize(
    "written",
    ["https://elsewhere.example/us/", "//elsewhere.example/", "mailto:a@tests.example", "tel:1"],
)
def test_an_address_of_another_host_or_way_leads_out_of_the_site(written):
    assert internal(written, PAGE, CLAIMS) is None


def test_a_site_that_knows_no_host_of_its_own_has_only_addresses_without_one():
    settings = b"site_name: Demo site\n"
    none = Claims(replace(PLAN, files={"mkdocs.yml": settings}))
    assert internal("https://tests.example/us/", PAGE, none) is None
    assert internal("mailto:a@tests.example", PAGE, none) is None
    assert internal("/about/", PAGE, none) == Link(
        line=0, written="/about/", path="about/", anchor=""
    )
    assert internal("about", "index.html", none) == Link(
        line=0, written="about", path="about", anchor=""
    )
