"""What is searched says of each page what that page says, whatever made the search."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from built import HOSTS, Built, built, release
from imprimatur.gate.scan.page_text import blocks_of, is_said, squeezed
from imprimatur.press.elements import parse
from releases import REVIEWERS, release_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate.plan import Plan
    from keys import Key

RULE = "search-says-what-its-page-says"
MAGIC = b"pagefind_dcd"
FILES = {"material": "search/search_index.json", "zensical": "search.json"}
HOMES = {"material": "docs", "zensical": "items"}

TITLE = {
    "element": "h1",
    "id": "title",
    "text": "Does contrast help to find spinal metastases?",
    "location": 0,
}
ANSWER = {"element": "h2", "id": "answer", "text": "Short answer", "location": 7}
"""What pagefind says of the headings of an article."""


def with_search(plan: Plan) -> Plan:
    """The same release, built with the theme's own search beside ours."""
    settings = plan.files["mkdocs.yml"].decode()
    added = settings.replace("[imprimatur]", "[imprimatur, search]", 1)
    if added == settings:
        added = settings.replace("  - imprimatur\n", "  - imprimatur\n  - search\n", 1)
    assert added != settings
    return replace(plan, files={**plan.files, "mkdocs.yml": added.encode()})


def models_of(plan: Plan, folders: pytest.TempPathFactory) -> dict[str, Built]:
    made = {host: built(plan, host, folders.mktemp(host)) for host in HOSTS}
    return made | {"material": built(with_search(plan), "mkdocs", folders.mktemp("material"))}


@pytest.fixture(scope="module")
def models(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Built]:
    root = tmp_path_factory.mktemp("repository") / "site"
    plan, _ = release(make_site, keys, root).planned()
    return models_of(plan, tmp_path_factory)


@pytest.fixture
def searched(models: dict[str, Built], tmp_path: Path) -> Built:
    """As MkDocs builds it, searched by pagefind."""
    return models["mkdocs"].copied_to(tmp_path / "site")


@pytest.fixture(params=FILES)
def listed(
    models: dict[str, Built], tmp_path: Path, request: pytest.FixtureRequest
) -> tuple[Built, str, str]:
    """As a host's own search reads it: the site, the file, and where the pages stand in it."""
    site = models[request.param].copied_to(tmp_path / "site")
    return site, FILES[request.param], HOMES[request.param]


def item(listed: tuple[Built, str, str], place: str, **changes: object) -> Built:
    """Change what a host's search says of a place."""
    site, file, home = listed
    plain = json.loads(site.read(file))
    found = [each for each in plain[home] if each["location"] == place]
    assert len(found) == 1
    found[0].update(changes)
    site.write(file, json.dumps(plain))
    return site


def fragments(site: Built) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(site.folder.glob("pagefind/fragment/*")):
        data = gzip.decompress(path.read_bytes()).removeprefix(MAGIC)
        yield path.relative_to(site.folder).as_posix(), json.loads(data)


def told(site: Built, **changes: object) -> tuple[str, Built]:
    """Change what pagefind says of an article, and name the file that says it."""
    path, plain = next(each for each in fragments(site) if "contrast" in each[1]["url"])
    data = MAGIC + json.dumps(plain | changes).encode()
    site.write(path, gzip.compress(data))
    return path, site


@pytest.mark.parametrize("host", [*HOSTS, "material"])
def test_the_search_as_each_host_makes_it_says_what_the_pages_say(models, host):
    assert models[host].found() == set()


def test_the_articles_of_this_site_pass_under_every_host_and_search(
    make_site, keys, tmp_path_factory, repository_root
):
    """Written as articles are, with tables, notes, audiences and every kind of block."""

    def make(root: Path) -> Site:
        site = make_site(root)
        site.write("bibliography.bib", (repository_root / "bibliography.bib").read_bytes())
        shutil.copytree(repository_root / "docs", root / "docs", dirs_exist_ok=True)
        for path in (root / "docs/articles").glob("*.md"):
            path.write_text(re.sub(r"(?m)^class: .*$", "class: general", path.read_text()))
        site.write("mkdocs.yml", (repository_root / "mkdocs.yml").read_bytes())
        site.commit()
        return site

    made = release_site(make, keys, tmp_path_factory.mktemp("own") / "site")
    for path in sorted((made.root / "docs/articles").glob("*.md")):
        made.approved(*REVIEWERS, slug=path.stem)
    plan, verdict = made.planned()
    assert not verdict.findings
    for host, model in models_of(plan, tmp_path_factory).items():
        assert model.found() == set(), host


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("articles/contrast/#answer", {"text": "<p>It helped in 93% to 53% of 102.</p>"}),
        ("articles/contrast/#answer", {"text": "<p>It helped in 39%</p>"}),
        ("articles/contrast/#answer", {"text": "<p>of 102 examinations. It helped</p>"}),
        ("articles/contrast/#answer", {"text": "<p>It</p><p>helped</p>"}),
        ("articles/contrast/#answer", {"title": "Wrong answer"}),
        (
            "articles/contrast/#disclaimer",
            {"text": "<p>It helped in 39% to 53% of 102 examinations.</p>"},
        ),
        ("articles/contrast/#disclaimer", {"title": "Short answer"}),
        ("articles/contrast/#disclaimer", {"location": "articles/contrast/#ref-park2019spinal"}),
        ("articles/contrast/", {"title": "Does contrast never help?"}),
        ("articles/contrast/", {"tags": ["Take 50 mg of it"]}),
        ("articles/contrast/", {"path": ["Take 50 mg of it"]}),
        ("articles/contrast/", {"aside": "Take 50 mg of it"}),
        ("articles/contrast/", {"aside": {"Take 50 mg of it": 1}}),
        ("articles/contrast/#disclaimer", {"text": "<p title='50 mg'>It informs.</p>"}),
        ("articles/contrast/#disclaimer", {"text": "<img src=x onerror=alert(1)>"}),
        ("articles/contrast/#disclaimer", {"text": "<!-- 50 mg -->"}),
        ("about/", {"text": "<p>It helped in 39% to 53% of 102 examinations.</p>"}),
    ],
)
def test_what_a_host_s_search_says_and_the_page_does_not_is_found(listed, place, changes):
    file = listed[1]
    assert item(listed, place, **changes).found() == {(RULE, file)}


@pytest.mark.parametrize("location", ["assets/imprimatur.css", "https://elsewhere.example/", "../"])
def test_what_is_said_of_no_page_is_found(listed, location):
    file = listed[1]
    assert (RULE, file) in item(listed, "about/", location=location).found()


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"items":[1],"docs":[1]}', b"[" * 9999])
def test_a_search_that_nobody_can_read_is_found(listed, data):
    site, file, _ = listed
    site.write(file, data)
    assert (RULE, file) in site.found()


def test_words_that_are_no_text_are_found(listed):
    file = listed[1]
    assert (RULE, file) in item(listed, "about/", title="\ud800").found()


@pytest.mark.parametrize(
    "changes",
    [
        {"content": "Does contrast help to find spinal metastases? It helped in 93%."},
        {"content": "Short answer. Does contrast help to find spinal metastases?"},
        {"content": "It helped in 39% to 53% of 102"},
        {"meta": {"title": "Does contrast never help?"}},
        {"meta": {"title": "Short answer", "summary": "Take 50 mg."}},
        {"meta": {"title": "Short answer", "image": "other.svg"}},
        {"meta": {"title": "Short answer", "image_alt": "Take 50 mg."}},
        {"meta": {"title": "Short answer", "dose": "50 mg"}},
        {"filters": {"status": ["Submitted"]}},
        {"filters": {"topic": ["Cardiology"]}},
        {"filters": {"dose": ["Approved"]}},
        {"url": "//articles/contrast/"},
        {"meta": {"title": "Short answer", "url": "Short answer"}},
        {"anchors": [{"element": "h2", "id": "answer", "text": "Wrong answer", "location": 7}]},
        {"anchors": [{"element": "h2", "id": "nowhere", "text": "Answer", "location": 7}]},
        {"anchors": [TITLE, {**ANSWER, "text": "Does contrast help to find spinal metastases?"}]},
        {"anchors": [TITLE, {**ANSWER, "id": "disclaimer"}]},
        {"anchors": [TITLE, {**ANSWER, "location": 6}]},
        {"anchors": [TITLE, {**ANSWER, "location": 9}]},
        {"anchors": [TITLE, {**ANSWER, "location": -11}]},
        {"anchors": [TITLE, {**ANSWER, "location": 7e999}]},
        {"anchors": [{**TITLE, "location": 7}, {**ANSWER, "location": 0}]},
        {"anchors": [TITLE]},
        {"anchors": [TITLE, ANSWER, {**ANSWER, "id": "ref-park2019spinal"}]},
        {"anchors": [TITLE, ANSWER, ANSWER]},
        {"content": "Does contrast help to find spinal metastases? Short answer."},
        {"aside": "Take 50 mg of it"},
    ],
)
def test_what_pagefind_says_and_the_page_does_not_is_found(searched, changes):
    path, site = told(searched, **changes)
    assert (RULE, path) in site.found()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("/assets/imprimatur.css", "no page"),
        ("/articles/contrast/?q=Take+50+mg", "no page"),
        ("/about/", "is not what that page"),
    ],
)
def test_what_pagefind_says_of_another_page_is_found(searched, url, why):
    path, site = told(searched, url=url)
    found = [each for each in site.verdict().findings if (each.rule, each.path) == (RULE, path)]
    assert why in found[0].message
    assert "39%" not in str(found), "what is said is not told again"


def test_a_fragment_without_its_parts_is_found(searched):
    path, plain = next(fragments(searched))
    del plain["meta"]
    searched.write(path, gzip.compress(MAGIC + json.dumps(plain).encode()))
    assert searched.found() == {(RULE, path)}


@pytest.mark.parametrize(
    "data",
    [
        b"\x82fstatus\x81\x82hEverydoc\x81\x00",
        b"\x82edoses\x81\x82hApproved\x81\x00",
        b"\x82fstatus\x81\x82x\x08Everydoc\x81\x00",
        b"\x82fstatus\xa1",
        b"\x9e",
        b"\x62\xff\xfe",
    ],
)
def test_a_filter_offers_only_what_some_page_marks(searched, data):
    for path in searched.folder.glob("pagefind/filter/*"):
        if b"fstatus" in gzip.decompress(path.read_bytes()):
            searched.write(
                path.relative_to(searched.folder).as_posix(), gzip.compress(MAGIC + data)
            )
            assert searched.found() == {(RULE, path.relative_to(searched.folder).as_posix())}


def test_what_pagefind_leaves_out_of_the_standing_of_a_page_is_found(searched):
    _, plain = next(each for each in fragments(searched) if "contrast" in each[1]["url"])
    assert plain["filters"]["standing"]
    kept = {name: each for name, each in plain["filters"].items() if name != "standing"}
    path, site = told(searched, filters=kept)
    assert site.found() == {(RULE, path)}


ENTRY = "pagefind/pagefind-entry.json"
INDEX = {"hash": "en_1", "wasm": "en", "page_count": 1}
OTHER_FILE = "x/../index/en_1.pf_index?"


@pytest.mark.parametrize(
    "languages",
    [
        {"en": INDEX | {"wasm": OTHER_FILE}},
        {"en": INDEX | {"hash": OTHER_FILE}},
        {"en": INDEX | {"page_count": "Take 50 mg"}},
        {"en": INDEX | {"aside": "Take 50 mg"}},
        {"Take 50 mg": INDEX},
    ],
)
def test_where_the_search_begins_it_is_led_to_its_own_files_alone(searched, languages):
    entry = json.loads(searched.read(ENTRY))
    searched.write(ENTRY, json.dumps(entry | {"languages": languages}))
    assert (RULE, ENTRY) in searched.found()


@pytest.mark.parametrize("changes", [{"version": "Take 50 mg"}, {"include_characters": ["50 mg"]}])
def test_where_the_search_begins_nothing_is_said(searched, changes):
    entry = json.loads(searched.read(ENTRY))
    searched.write(ENTRY, json.dumps(entry | changes))
    assert searched.found() == {(RULE, ENTRY)}


@pytest.mark.parametrize("new", [b"../a", b"a/../", b"..\\a", b"a?bc", b"a#bc", b"%2e%2"])
def test_a_name_in_the_search_leads_out_of_no_folder(searched, new):
    (place,) = searched.folder.glob("pagefind/*.pf_meta")
    data = gzip.decompress(place.read_bytes())
    path = place.relative_to(searched.folder).as_posix()
    changed = re.sub(rb"jen_[0-9a-f]{7}", b"j" + new.ljust(10, b"x"), data, count=1)
    assert changed != data
    searched.write(path, gzip.compress(changed))
    assert searched.found() == {(RULE, path)}


@pytest.mark.parametrize("kind", ["*.pf_meta", "index/*", "filter/*", "fragment/*"])
def test_what_the_search_packs_lies_nowhere_as_a_page(searched, kind):
    place = next(searched.folder.glob(f"pagefind/{kind}"))
    path = place.relative_to(searched.folder).as_posix()
    place.write_bytes(b"<!doctype html><script>alert(1)</script>Take 50 mg")
    assert ("page-is-readable", path) in searched.found()


@pytest.mark.parametrize(
    ("text", "is_said_so"),
    [
        ("", True),
        ("Doses.", True),
        ("Doses. Do not take 0.5 mg.", True),
        ("Do not take 0.5 mg. a 5 b 50", True),
        ("a. 5. b. 50.", True),
        ("a. 5", True),
        ("b 50", True),
        ("Do not take 0.5 mg. b. 50", True),
        ("a 50", False),
        ("a", False),
        ("Do take 0.5 mg.", False),
        ("Do not take 5 mg.", False),
        ("Do not take 0.5 mg 1.", True),
        ("b 5", False),
        ("b 50 a 5", False),
        ("Do not", False),
        ("..", False),
        (".Doses", False),
    ],
)
def test_a_page_says_its_sentences_whole_and_in_their_order(text, is_said_so):
    page = parse(
        "<h2>Doses</h2><p>Do <em>not</em> take 0.5&nbsp;mg"
        '<sup class="imp-cites">1</sup>.</p><script>x</script>'
        "<table><tr><td>a</td><td>5</td></tr><tr><td>b</td><td>50</td></tr></table>"
    )
    assert is_said(squeezed(text), blocks_of([page])) is is_said_so


def test_a_page_that_says_one_word_again_and_again_is_read_in_time():
    page = parse("<p>a</p>" * 20_000)
    blocks = blocks_of([page])
    assert is_said("a." * 20_000, blocks)
    assert not is_said("a." * 20_000 + "b", blocks)
