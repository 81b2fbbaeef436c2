"""What the search of a built site says of each page, as it is read from its files."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from handmade import PAGE, PLAN
from imprimatur.gate.scan import content
from imprimatur.gate.scan.claims import Claims
from imprimatur.gate.scan.searched import Head, SearchData, Searched, read_search, texts_in

if TYPE_CHECKING:
    from pathlib import Path

RULE = "search-says-what-its-page-says"
MATERIAL, ZENSICAL = "search/search_index.json", "search.json"
FRAGMENT, FILTER = "pagefind/fragment/en_1.pf_fragment", "pagefind/filter/en_1.pf_filter"
MARKS, META = "data-pagefind-filter", "data-pagefind-meta"
CLAIMS = Claims(PLAN)


def read(folder: Path, **files: bytes) -> SearchData:
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return read_search(folder, files, CLAIMS)


def listed(*items: object, file: str = ZENSICAL, **more: object) -> bytes:
    """What a host writes into its file."""
    return json.dumps({"items" if file == ZENSICAL else "docs": items, **more}).encode()


def fragment(**changes: object) -> bytes:
    plain = {
        "url": "/articles/contrast/",
        "content": "It helped.",
        "word_count": 2,
        "filters": {},
        "meta": {"title": "Does it help?"},
        "anchors": [],
    }
    return gzip.compress(b"pagefind_dcd" + json.dumps(plain | changes).encode())


def told(found: SearchData) -> list[str]:
    assert {each.rule for each in found.findings} <= {RULE}
    assert {each.line for each in found.findings} <= {0}
    return [f"{each.path}: {each.message}" for each in found.findings]


@pytest.mark.parametrize("file", [MATERIAL, ZENSICAL])
def test_all_that_the_search_of_a_host_says_is_read_part_by_part(tmp_path, file):
    top = {"location": "articles/contrast/", "title": "Does it help?", "tags": ["Hearts", "Lungs"]}
    part = {
        "location": "articles/contrast/#more",
        "title": "And more",
        "path": ["Articles", {"About": "Us"}],
        "text": "It <b>did</b>.",
        "boost": 2,
        "level": 2,
    }
    home = {"location": ""}
    found = read(tmp_path, **{file: listed(top, part, home, file=file)})
    assert found.findings == ()
    assert found.pages == {
        PAGE: (
            Searched(file=file, titles=("Does it help?",), framing=("Hearts", "Lungs")),
            Searched(
                file=file,
                texts=("It <b>did</b>.",),
                titles=("And more",),
                framing=("Articles", "About", "Us"),
                place="more",
            ),
        ),
        "index.html": (Searched(file=file, titles=("",)),),
    }


def test_all_that_pagefind_says_of_a_page_is_read(tmp_path):
    said = fragment(
        filters={"topic": ["Hearts", "Lungs"], "status": "Approved"},
        meta={
            "title": "Does it help?",
            "image": "dose.svg",
            "image_alt": "The dose",
            "summary": "It did.",
        },
        content="It helped. And more. It did.",
        anchors=[
            {"element": "h2", "id": "more", "text": "And more", "location": 2},
            {"element": "p", "id": "it", "text": "It helped.", "location": 0},
        ],
    )
    found = read(tmp_path, **{FRAGMENT: said})
    assert found.findings == ()
    assert found.pages == {
        PAGE: (
            Searched(
                file=FRAGMENT,
                texts=("It helped. And more. It did.",),
                titles=("Does it help?",),
                places=(("it", "It helped."),),
                heads=(Head("more", "And more", "And more. It did."),),
                marked=(
                    (MARKS, "topic", "Hearts"),
                    (MARKS, "topic", "Lungs"),
                    (MARKS, "status", "Approved"),
                    ("src", "image", "dose.svg"),
                    ("alt", "image_alt", "The dose"),
                    (META, "summary", "It did."),
                ),
            ),
        )
    }


def test_a_page_that_pagefind_gives_no_title_has_an_empty_one(tmp_path):
    found = read(tmp_path, **{FRAGMENT: fragment(meta={})})
    assert found.pages[PAGE] == (Searched(file=FRAGMENT, texts=("It helped.",), titles=("",)),)


def test_files_of_other_names_are_no_search(tmp_path):
    said = listed({"location": "nowhere/"})
    assert read(tmp_path, **{"other/search.json": said, "a.html": b"{"}) == SearchData()


@pytest.mark.parametrize(
    ("location", "page"),
    [
        ("", "index.html"),
        (".", "index.html"),
        ("index.html", "index.html"),
        ("articles/contrast", PAGE),
        ("articles/contrast/#more", PAGE),
        ("articles/contrast.html", "articles/contrast.html"),
        ("/us/articles/contrast/", PAGE),
        ("https://tests.example/us/articles/contrast/", PAGE),
        ("404.html", "404.html"),
    ],
)
def test_a_page_is_named_in_any_way_in_which_a_browser_reads_an_address(tmp_path, location, page):
    found = read(tmp_path, **{ZENSICAL: listed({"location": location})})
    assert told(found) == []
    assert list(found.pages) == [page]


@pytest.mark.parametrize(
    "location", ["assets/own.js", "nowhere/", "https://elsewhere.example/", "../", "http://[::x"]
)
def test_what_is_said_of_no_page_is_found_and_the_rest_is_read(tmp_path, location):
    said = listed({"location": location}, {"location": "articles/contrast/"})
    found = read(tmp_path, **{ZENSICAL: said})
    assert told(found) == [
        f"{ZENSICAL}: the search names {location!r}, which is no page of the site"
    ]
    assert list(found.pages) == [PAGE]


@pytest.mark.parametrize(
    "said",
    [
        b"{",
        b"[]",
        b'{"config": {}}',
        listed("text"),
        listed({"title": "A"}),
        listed({"location": "", "title": "\ud800"}),
        b'{"items":' + b"[" * 99_999,
        b'{"items": 1}',
    ],
    ids=["json", "list", "name", "item", "location", "text", "deep", "number"],
)
def test_of_a_search_of_an_unknown_form_nothing_is_read_and_the_other_one_is(tmp_path, said):
    good = listed({"location": "articles/contrast/", "title": "Does it help?"}, file=MATERIAL)
    found = read(tmp_path, **{ZENSICAL: said, MATERIAL: good})
    assert told(found) == [f"{ZENSICAL}: the data of the search has an unknown form"]
    assert [each.file for each in found.pages[PAGE]] == [MATERIAL]


def config(**changes: object) -> bytes:
    return listed({"location": ""}, config=changes)


def entry(**changes: object) -> bytes:
    return listed({"location": "", **changes})


MKDOCS = {
    "indexing": "full",
    "lang": ["en", "pt_BR"],
    "min_search_length": 3,
    "prebuild_index": False,
    "separator": "[\\s\\-]+",
}


def test_the_settings_that_hosts_write_for_their_search_are_known(tmp_path):
    separator = r"[\s\u200b\-_,:!=\[\]()\\\"`/]+|\.(?!\d)|&[lg]t;|(?!\b)(?=[A-Z][a-z])"
    boosts = {"title": {"boost": 1000.0}, "text": {"boost": 1}, "tags": {}}
    material = {"lang": None, "separator": separator, "pipeline": ["stemmer", "stopWordFilter"]}
    for file in (ZENSICAL, MATERIAL):
        for settings in (MKDOCS, {**material, "fields": boosts}, {"pipeline": None}, {}):
            said = listed({"location": ""}, file=file, config=settings)
            assert told(read(tmp_path, **{file: said})) == []


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (listed(x="Take 50 mg"), "`x`, which no host writes"),
        (listed(docs=[]), "`docs`, which no host writes"),
        (listed(index={}), "`index`, which no host writes"),
        (listed(**{"Take 50 mg " * 9: 1}), f"`{('Take 50 mg ' * 9)[:60]}`, which no host writes"),
        (config(x="Take 50 mg"), "`x`, which no host writes"),
        (config(lang=["Take 50 mg"]), "`lang` with a value that no host writes"),
        (config(lang="en"), "`lang` with a value that no host writes"),
        (config(lang=[50]), "`lang` with a value that no host writes"),
        (config(separator="Take 50 mg"), "`separator` with a value that no host writes"),
        (config(separator=["a"]), "`separator` with a value that no host writes"),
        (config(pipeline=["Take 50 mg"]), "`pipeline` with a value that no host writes"),
        (config(fields={"Take 50 mg": {}}), "`fields` with a value that no host writes"),
        (config(fields={"text": {"Take 50 mg": 1}}), "`fields` with a value that no host writes"),
        (config(fields={"text": {"boost": "50 mg"}}), "`fields` with a value that no host writes"),
        (config(min_search_length="50 mg"), "`min_search_length` with a value that no host writes"),
        (config(prebuild_index="50 mg"), "`prebuild_index` with a value that no host writes"),
        (config(indexing="50 mg"), "`indexing` with a value that no host writes"),
        (entry(more="Take 50 mg"), "`more`, which no host writes"),
        (entry(level="50 mg"), "a `level` or a `boost` that is no number"),
        (entry(boost="50 mg"), "a `level` or a `boost` that is no number"),
        (b'{"items": ["Take 50 mg"], "items": []}', "a name twice"),
    ],
)
def test_a_part_that_no_host_writes_into_its_search_is_named(tmp_path, said, what):
    found = read(tmp_path, **{ZENSICAL: said})
    assert told(found) == [f"{ZENSICAL}: the data of the search holds {what}"]
    assert found.pages == {}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"aside": "Take 50 mg"}, "`aside`, which no host writes"),
        ({"word_count": "50 mg"}, "a `word_count` or a `location` that is no number"),
        ({"anchors": [{"id": "a", "text": "A", "x": 1}]}, "`x`, which no host writes"),
        (
            {"anchors": [{"id": "a", "text": "A", "element": "Take 50 mg"}]},
            "an `element` that is none",
        ),
        (
            {"anchors": [{"id": "a", "text": "A", "location": "50 mg"}]},
            "a `word_count` or a `location` that is no number",
        ),
    ],
)
def test_a_part_that_pagefind_does_not_write_is_named(tmp_path, changes, what):
    found = read(tmp_path, **{FRAGMENT: fragment(**changes)})
    assert told(found) == [f"{FRAGMENT}: the data of the search holds {what}"]


@pytest.mark.parametrize(
    "changes", [{"meta": []}, {"filters": []}, {"anchors": [{}]}, {"anchors": 1}, {"meta": None}]
)
def test_a_fragment_of_an_unknown_form_is_found(tmp_path, changes):
    found = read(tmp_path, **{FRAGMENT: fragment(**changes)})
    assert told(found) == [f"{FRAGMENT}: the data of the search has an unknown form"]


@pytest.mark.parametrize(
    "data", [b"\x1f\x8b broken", gzip.compress(b"word " * 99)[:-9]], ids=["broken", "cut off"]
)
def test_a_search_that_cannot_be_unpacked_is_left_to_whoever_looks_at_the_file(tmp_path, data):
    good = listed({"location": "articles/contrast/"})
    found = read(tmp_path, **{FRAGMENT: data, ZENSICAL: good})
    assert found.findings == ()
    assert list(found.pages) == [PAGE]


def test_a_search_larger_than_is_read_is_left_to_whoever_looks_at_the_file(tmp_path, monkeypatch):
    # The true bound is half a gigabyte, which a test would have to hold in memory.
    monkeypatch.setattr(content, "LARGEST", 999)
    found = read(
        tmp_path,
        **{FRAGMENT: b"x" * 1000, ZENSICAL: listed({"location": "articles/contrast/"})},
    )
    assert found.findings == ()
    assert list(found.pages) == [PAGE]


def test_a_filter_offers_the_names_and_values_that_pages_mark(tmp_path):
    said = fragment(filters={"status": ["Approved"]}, meta={"title": "T", "dose": "50 mg"})
    # It is asked last, whatever it is called.
    for text, amiss in ((b"fstatus", []), (b"hApproved", []), (b"edoses", [1]), (b"e50 mg", [1])):
        found = read(tmp_path, **{FILTER: gzip.compress(b"\x81" + text), FRAGMENT: said})
        told_of = [each.partition(":")[0] for each in told(found)]
        assert told_of == [FILTER for _ in amiss], text


def test_texts_are_found_among_numbers_and_lists_of_every_size():
    def text(length: int) -> str:
        return "a" * length

    data = (
        b"\x83\x17\x18\xff\x19\xff\xff\x1a\xff\xff\xff\xff\x1b" + b"\xff" * 8
        + b"\x60" + b"\x61b" + b"\x77" + text(23).encode() + b"\x78\x18" + text(24).encode()
        + b"\x79\x01\x00" + text(256).encode() + b"\x7a\x00\x00\x00\x01c"
        + b"\x7b\x00\x00\x00\x00\x00\x00\x00\x02" + "ö".encode() + b"\x98\x01\x00"
    )  # fmt: skip
    assert list(texts_in(data)) == ["", "b", text(23), text(24), text(256), "c", "ö"]


@pytest.mark.parametrize("data", [b"\x20", b"\x41a", b"\xa1", b"\xc1", b"\xe0", b"\x62\xff\xfe"])
def test_anything_but_numbers_texts_and_lists_is_no_filter(data):
    with pytest.raises(ValueError):  # noqa: PT011 - whoever reads it tells no more
        list(texts_in(data))


@pytest.mark.parametrize("data", [b"\x1c", b"\x1f"])
def test_a_number_of_a_size_that_there_is_not_is_no_filter(data):
    with pytest.raises(KeyError):
        list(texts_in(data))
