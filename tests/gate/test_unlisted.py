"""A notice stands at its address; no sitemap, feed or search of the site leads to it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from imprimatur.editorial import State
from imprimatur.gate.plan import Plan, Printed
from imprimatur.gate.unlisted import unlist
from imprimatur.manuscript import Digest
from imprimatur.press import Entry

NOW = datetime(2026, 11, 26, tzinfo=UTC)
SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url>
         <loc>https://demonstration.example/sub/articles/contrast/</loc>
    </url>
    <url>
         <loc>https://demonstration.example/sub/articles/no-contrast/</loc>
    </url>
</urlset>
"""
LEFT = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url>
         <loc>https://demonstration.example/sub/articles/no-contrast/</loc>
    </url>
</urlset>
"""


def printed(slug: str, state: State) -> Printed:
    entry = Entry(slug=slug, title=slug, summary="", topics=(), state=state)
    return Printed(
        slug=slug,
        title=slug,
        summary="",
        html="",
        headings=(),
        entry=entry,
        digest=Digest("sha256:" + "a" * 64),
        commit="b" * 40,
        source=b"",
    )


PLAN = Plan(
    commit="b" * 40,
    at=NOW,
    printed=(printed("contrast", State.WITHDRAWN), printed("no-contrast", State.APPROVED)),
    withheld=(),
    files={},
)


def test_the_sitemap_keeps_all_but_the_notice_packed_or_not(tmp_path):
    (tmp_path / "sitemap.xml").write_bytes(SITEMAP)
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(SITEMAP))
    unlist(tmp_path, PLAN)
    assert (tmp_path / "sitemap.xml").read_bytes() == LEFT
    packed = (tmp_path / "sitemap.xml.gz").read_bytes()
    assert gzip.decompress(packed) == LEFT
    assert packed == gzip.compress(LEFT, mtime=0), "the same bytes each time"


def test_feeds_keep_all_but_the_notice(tmp_path):
    item = "<item><title>{0}</title><link>https://x.example/articles/{0}/</link></item>"
    feed = (
        "<rss><channel>" + item.format("contrast") + item.format("no-contrast") + "</channel></rss>"
    )
    (tmp_path / "feed_rss.xml").write_text(feed)
    entry = '<entry><link href="https://x.example/articles/{0}/"/><id>{0}</id></entry>'
    atom = "<feed>" + entry.format("no-contrast") + entry.format("contrast") + "</feed>"
    (tmp_path / "atom.xml").write_text(atom)
    unlist(tmp_path, PLAN)
    for name in ("feed_rss.xml", "atom.xml"):
        left = (tmp_path / name).read_text()
        assert "/no-contrast/" in left
        assert "/contrast/" not in left


@pytest.mark.parametrize(
    ("name", "key", "field"),
    [
        ("search.json", "items", "location"),
        ("search/search_index.json", "docs", "location"),
        ("feed.json", "items", "url"),
    ],
)
def test_what_a_search_or_a_feed_reads_keeps_all_but_the_notice(tmp_path, name, key, field):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    entries = [
        {field: "articles/contrast/", "text": "Withdrawn"},
        {field: "articles/contrast/#notice", "text": "Withdrawn"},
        {field: "articles/no-contrast/", "text": "It helps"},
        {field: "", "text": "Home"},
    ]
    (tmp_path / name).write_text(json.dumps({"config": {"lang": ["en"]}, key: entries}))
    unlist(tmp_path, PLAN)
    left = json.loads((tmp_path / name).read_text())
    assert left == {"config": {"lang": ["en"]}, key: entries[2:]}


def test_what_is_no_list_stays_as_it_is_to_the_byte(tmp_path):
    files = {
        "broken.json": b'{"items": [',
        "list.json": b'[ "articles/contrast/" ]',
        "plain.json": b'{ "version" : 1 }',
        "broken.xml.gz": b"\x1f\x8b no",
        "other.xml": SITEMAP.replace(b"articles/contrast", b"articles/contrasts"),
        "pagefind/pagefind-entry.json": b'{"items": [{"url": "/articles/contrast/"}]}',
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    unlist(tmp_path, PLAN)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files


def test_of_several_notices_none_is_left_in_any_list(tmp_path):
    both = (*PLAN.printed[:1], printed("no-contrast", State.EXPIRED))
    items = [{"location": f"articles/{each.slug}/"} for each in both]
    (tmp_path / "sitemap.xml").write_bytes(SITEMAP)
    (tmp_path / "search.json").write_text(json.dumps({"items": ["Größe", *items]}))
    unlist(tmp_path, replace(PLAN, printed=both))
    assert b"articles/" not in (tmp_path / "sitemap.xml").read_bytes()
    assert (tmp_path / "search.json").read_bytes() == '{"items":["Größe"]}'.encode()


def test_without_a_notice_nothing_is_rewritten(tmp_path):
    (tmp_path / "sitemap.xml").write_bytes(SITEMAP)
    unlist(tmp_path, replace(PLAN, printed=PLAN.printed[1:]))
    assert (tmp_path / "sitemap.xml").read_bytes() == SITEMAP


@pytest.mark.parametrize("field", ["location", "url", "id"])
def test_an_entry_is_known_by_whichever_field_names_its_page(tmp_path, field):
    entries = [
        {field: "https://x.example/sub/articles/contrast/#a"},
        {field: "articles/contrast"},
        {field: "articles/contrast/more/"},
        {"text": "articles/contrast/"},
        {"location": "", "url": "", "id": 7},
        "articles/contrast/",
    ]
    place = tmp_path / "feed.json"
    place.write_text(json.dumps({"items": entries, "more": {"items": entries}}))
    unlist(tmp_path, PLAN)
    left = json.loads(place.read_text())
    assert left == {"items": entries[1:], "more": {"items": entries}}


def test_what_lies_deep_or_is_packed_wrongly_harms_nothing_else(tmp_path):
    whole = gzip.compress(SITEMAP)
    files = {
        "a.xml.gz": whole[:-9],
        "b.xml.gz": SITEMAP,
        "c.xml.gz": gzip.compress(b"<urlset></urlset>"),
        "deep.json": b"[" * 100_000,
        "sub/pagefind/x.xml": SITEMAP,
        "notes.txt": SITEMAP,
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "sub/z.xml").write_bytes(SITEMAP)
    (tmp_path / "z.xml").write_bytes(SITEMAP)
    unlist(tmp_path, PLAN)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
    assert (tmp_path / "z.xml").read_bytes() == (tmp_path / "sub/z.xml").read_bytes() == LEFT


def test_an_entry_is_taken_out_with_its_line_whatever_its_line_end(tmp_path):
    page = "\t<url><loc>https://x.example/articles/{}/</loc></url>\r\n"
    (tmp_path / "sitemap.xml").write_bytes(
        f"<urlset>\r\n{page.format('contrast')}{page.format('other')}</urlset>".encode()
    )
    unlist(tmp_path, PLAN)
    left = f"<urlset>\r\n{page.format('other')}</urlset>"
    assert (tmp_path / "sitemap.xml").read_bytes() == left.encode()
