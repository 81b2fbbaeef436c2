"""What is found in one file of a built site."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handmade import ARTICLE, PAGE, PLAN, handmade, page, told
from imprimatur.gate.plan import Withheld
from imprimatur.gate.scan.claims import Claims
from imprimatur.gate.scan.links import Link
from imprimatur.gate.scan.rules import PAGE_RULES
from imprimatur.gate.scan.sheet import Examiner, Sheet
from imprimatur.gate.scan.withheld import secrets_of

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.gate.plan import Plan

SECRET = b"Give every okapi of the herd one gramme of it before noon.\n"
WAITS = Withheld(slug="calm-okapis", source=SECRET, waits_for=("a review",))
WITHHOLDING = replace(PLAN, withheld=(WAITS,))
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://tests.example/us/{}</loc></url>"
    "<url><loc> </loc></url></urlset>"
)


def look(folder: Path, path: str, data: str | bytes, plan: Plan = PLAN) -> Sheet:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data if isinstance(data, bytes) else data.encode())
    examiner = Examiner(
        root=folder, claims=Claims(plan), secrets=secrets_of(plan), rules=PAGE_RULES
    )
    return examiner.look(path)


def paths(sheet: Sheet) -> list[tuple[str, str, str]]:
    assert {each.line for each in sheet.links} <= {0}
    return [(each.written, each.path, each.anchor) for each in sheet.links]


def unreadable(sheet: Sheet) -> list[str]:
    return [str(each).partition("; ")[0] for each in sheet.unreadable]


def test_a_site_written_by_hand_is_one_in_which_nothing_is_found(tmp_path):
    assert told(handmade(tmp_path)) == []


def test_of_a_file_whose_every_byte_is_claimed_nothing_else_is_asked(tmp_path):
    assert look(tmp_path, "assets/own.js", "own()") == Sheet(path="assets/own.js", claimed=True)
    assert look(tmp_path, "assets/own.js", "own2()") == Sheet(path="assets/own.js")


def test_all_that_a_page_holds_is_found_in_one_look(tmp_path):
    body = f'{ARTICLE}<p id="x">Take it. <a href="../../#home">Home</a></p>'
    sheet = look(tmp_path, PAGE, page(body, "Does it help?"))
    assert sheet.path == PAGE
    assert [(each.rule, each.line) for each in sheet.findings] == [("frame-is-claimed", 3)]
    assert sheet.slugs == ("contrast",)
    assert sheet.ids == {"q", "ref-park2019spinal", "x"}
    assert sheet.links == (Link(line=3, written="../../#home", path="", anchor="home"),)
    assert (sheet.claimed, sheet.unreadable, sheet.told) == (False, (), frozenset())


def test_of_one_rule_no_more_is_told_than_somebody_reads(tmp_path):
    site = handmade(tmp_path)
    marks = " ".join(f"[@a{number}" for number in range(500))
    site.write("index.html", page(f'<h1 id="home">Home</h1>\n<p>Nothing else.</p>\n{marks}'))
    found = [each for each in site.verdict().findings if each.rule == "mark-is-resolved"]
    assert len(found) == 100


def test_an_article_that_names_no_slug_has_an_empty_one(tmp_path):
    body = ARTICLE.replace(' data-slug="contrast"', "")
    assert look(tmp_path, "index.html", page(body)).slugs == ("",)


@pytest.mark.parametrize("path", ["old.htm", "OLD.HTML", "articles/x.html"])
def test_pages_are_known_by_the_ending_of_their_name(tmp_path, path):
    assert look(tmp_path, path, page('<p id="x">x</p>')).ids == {"x"}
    assert look(tmp_path, f"{path}.txt", page('<p id="x">x</p>')).ids == frozenset()


def test_a_map_of_the_site_names_addresses_within_it(tmp_path):
    text = SITEMAP.format("articles/contrast/")
    packed = gzip.compress(text.encode())
    for path, data in (
        ("sitemap.xml", text.encode()),
        ("sitemap.xml.gz", packed),
        ("sitemap.xml.gz", text.encode()),
    ):
        sheet = look(tmp_path, path, data)
        written = "https://tests.example/us/articles/contrast/"
        assert paths(sheet) == [(written, "articles/contrast/", ""), ("", "", "")]
        assert unreadable(sheet) == []
    assert paths(look(tmp_path, f"more/{path}", text)) == []


def test_a_map_that_is_no_well_formed_xml_is_found_with_what_it_tells(tmp_path):
    text = SITEMAP.format("articles/calm-okapis/").replace("</urlset>", "")
    for path in ("sitemap.xml", "sitemap.xml.gz"):
        sheet = look(tmp_path, path, text, WITHHOLDING)
        what = "page-is-readable: the map of the site is no well-formed XML"
        assert unreadable(sheet) == [f"{path}: {what}"]
        assert sheet.told == {("slug", "calm-okapis")}
        assert sheet.links == ()
    assert unreadable(look(tmp_path, "other.xml", text)) == []


def test_a_map_has_no_entities_filled_in_from_other_files(tmp_path):
    (tmp_path / "secret").write_text("articles/contrast/")
    for entity in ("'articles/contrast/'", f"SYSTEM '{tmp_path}/secret'"):
        kind = f"<!DOCTYPE urlset [<!ENTITY a {entity}>]>"
        text = SITEMAP.format("&a;").replace("?>", f"?>{kind}", 1)
        sheet = look(tmp_path, "sitemap.xml", text)
        assert "articles/contrast/" not in {each.path for each in sheet.links}


@pytest.mark.parametrize("key", ["location", "url"])
def test_what_is_searched_names_addresses_within_the_site_once(tmp_path, key):
    text = (
        f'[{{"{key}": "about/#us"}}, {{"{key}":"about/#us"}}, {{"{key}" : "/us/x/"}},'
        f' {{"{key}": "https://elsewhere.example/"}}, {{"other": "y/"}}]'
    )
    inside = [("about/#us", "about/", "us"), ("/us/x/", "x/", "")]
    assert paths(look(tmp_path, "search.json", text)) == inside
    assert paths(look(tmp_path, "search/search_index.json", text)) == inside
    # Those of pagefind are counted from the site's folder, wherever on its host that lies.
    fragment = gzip.compress(b"pagefind_dcd" + text.encode())
    assert paths(look(tmp_path, "pagefind/fragment/en_1.pf_fragment", fragment)) == [
        ("about/#us", "about/", "us"),
        ("us/x/", "us/x/", ""),
    ]
    assert paths(look(tmp_path, "search.txt", text)) == []


def test_a_file_that_swells_or_cannot_be_unpacked_is_found(tmp_path):
    for path in ("index.html", "a.bin"):
        sheet = look(tmp_path, path, b"\x1f\x8b broken")
        assert unreadable(sheet) == [f"{path}: page-is-readable: the file cannot be unpacked"]
    packed = gzip.compress(b"word " * 99)
    for data in (packed[:-9], packed[:20] + b"...." + packed[24:]):
        what = "page-is-readable: the file cannot be unpacked"
        assert unreadable(look(tmp_path, "a.bin", data)) == [f"a.bin: {what}"]


MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
ODD = (
    "holds more than a map does, "
    "which is <urlset> of <url>, each with <loc> and perhaps <lastmod>, without attributes"
)
OWN = "<loc>https://tests.example/us/</loc>"
XHTML = "http://www.w3.org/1999/xhtml"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f'<html xmlns="{XHTML}"><body><p>Take 50 mg</p></body></html>', ODD),
        (MAP.format(f'<url><p xmlns="{XHTML}">Take 50 mg</p></url>'), ODD),
        (MAP.format(f'<script xmlns="{XHTML}">x()</script>'), ODD),
        (f"<urlset><url>{OWN}</url></urlset>", ODD),
        (MAP.format(MAP.format("")), ODD),
        (MAP.format(OWN), ODD),
        (MAP.format(f"<url><url>{OWN}</url></url>"), ODD),
        (MAP.format("Take 50 mg"), ODD),
        (MAP.format(f"<url>{OWN}Take 50 mg</url>"), ODD),
        (MAP.format(f'<url title="Take 50 mg">{OWN}</url>'), ODD),
        (MAP.format("<!-- Take 50 mg -->"), ODD),
        (MAP.format("<?take 50 mg?>"), ODD),
        (MAP.format("") + "<!-- Take 50 mg -->", ODD),
        (MAP.format("") + "<?take 50 mg?>", ODD),
        (f'<?xml-stylesheet href="x.xsl"?>{MAP.format("")}', ODD),
        (f"<!DOCTYPE urlset>{MAP.format('')}", ODD),
        (f'<?xml version="1.0" encoding="ISO-8859-1"?>{MAP.format("")}', ODD),
        (
            MAP.format("<url><loc>https://elsewhere.example/</loc></url>"),
            "names 'https://elsewhere.example/', which is no page of it",
        ),
        (
            MAP.format("<url><loc>https://tests.example/us/?take-50-mg</loc></url>"),
            "names 'https://tests.example/us/?take-50-mg', which is no page of it",
        ),
        (
            MAP.format("<url><loc>https://tests.example/us/#x</loc></url>"),
            "names 'https://tests.example/us/#x', which is no page of it",
        ),
    ],
)
def test_a_map_of_the_site_names_pages_of_it_and_says_nothing_else(tmp_path, text, fault):
    for path, data in (
        ("sitemap.xml", text.encode()),
        ("sitemap.xml.gz", gzip.compress(text.encode())),
    ):
        sheet = look(tmp_path, path, data)
        assert unreadable(sheet) == [f"{path}: page-is-readable: the map of the site {fault}"]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("lastmod", ("2026-11-26", "2026-11-26T10:00:00+01:00"), ("Take 50 mg", "26.11.2026", "")),
        ("changefreq", ("weekly",), ("50 mg weekly", "")),
        ("priority", ("1", "0.5", "1.00"), ("50", "0.5 mg", "")),
    ],
)
def test_what_a_map_says_of_a_page_has_its_form(tmp_path, name, good, bad):
    for values, fault in (
        (good, []),
        (bad, [f"<{name}> in the map of the site says what no map does"]),
    ):
        for value in values:
            text = MAP.format(f"<url>{OWN}<{name}>{value}</{name}></url>")
            sheet = look(tmp_path, "sitemap.xml", text)
            assert unreadable(sheet) == [f"sitemap.xml: page-is-readable: {each}" for each in fault]


def packed_behind(words: bytes, data: bytes) -> bytes:
    """A file that holds some data, packed, and in its head, as the data's name, other words."""
    whole = gzip.compress(data)
    return whole[:3] + b"\x08" + whole[4:10] + words + b"\0" + whole[10:]


PACKED = "page-is-readable: the file is packed, and only files named .gz or below pagefind/ may be"


@pytest.mark.parametrize("path", [PAGE, "index.html", "search.json", "sitemap.xml", "a.bin"])
def test_what_browsers_would_show_packed_is_not_unpacked_to_be_read(tmp_path, path):
    approved = page(ARTICLE, "Does it help?").encode()
    for data in (
        packed_behind(b"<!doctype html><p>Take 50 mg</p>", approved),
        gzip.compress(approved),
        b"pagefind_dcd" + approved,
    ):
        sheet = look(tmp_path, path, data)
        assert unreadable(sheet) == [f"{path}: {PACKED}"]
        assert (sheet.slugs, sheet.links) == ((), ())


@pytest.mark.parametrize("path", ["a.html", "a.bin", "a.txt.gz", "pagefind/x.pf_index"])
def test_what_is_packed_tells_what_is_withheld_wherever_it_lies(tmp_path, path):
    for data in (gzip.compress(SECRET), gzip.compress(b"pagefind_dcd" + SECRET)):
        sheet = look(tmp_path, path, data, WITHHOLDING)
        assert {kind for kind, _ in sheet.told} == {"run"}
        assert look(tmp_path, path, data).told == frozenset()
        is_known = path.endswith(".gz") or path.startswith("pagefind/")
        assert unreadable(sheet) == ([] if is_known else [f"{path}: {PACKED}"])


def test_a_page_that_cannot_be_read_tells_what_is_withheld_all_the_same(tmp_path):
    sheet = look(tmp_path, "old.html", SECRET, WITHHOLDING)
    assert [each.rule for each in sheet.unreadable] == ["page-is-readable"]
    assert {kind for kind, _ in sheet.told} == {"run"}
    assert look(tmp_path, "old.html", SECRET).told == frozenset()


def test_a_page_tells_what_stands_beside_its_article_and_not_within_it(tmp_path):
    secret = SECRET.decode()
    article = ARTICLE.replace("It <b>helped</b> a lot.", secret)
    (printed,) = PLAN.printed
    plan = replace(WITHHOLDING, printed=(replace(printed, html=article),))
    once = page(article, printed.title)
    assert look(tmp_path, PAGE, once, plan).told == frozenset()
    assert {kind for kind, _ in look(tmp_path, PAGE, once + secret, plan).told} == {"run"}
    assert {kind for kind, _ in look(tmp_path, PAGE, once + article, plan).told} == {"run"}
    assert {kind for kind, _ in look(tmp_path, "index.html", once, plan).told} == {"run"}


@pytest.mark.parametrize("path", ["notes.txt", "calm-okapis.png", "search.json"])
def test_any_other_file_tells_what_it_says_and_how_it_is_called(tmp_path, path):
    data = b"" if "okapis" in path else SECRET
    kind = "slug" if "okapis" in path else "run"
    assert {each for each, _ in look(tmp_path, path, data, WITHHOLDING).told} == {kind}
    assert look(tmp_path, path, data).told == frozenset()
