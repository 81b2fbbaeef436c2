"""Which files, pages and words of a built site the plan of a release claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from imprimatur.editorial import State
from imprimatur.gate.plan import Plan, Printed
from imprimatur.gate.scan.claims import Claims, Settings
from imprimatur.manuscript import Digest
from imprimatur.press import Entry

SETTINGS = b"""\
site_name: Demonstration
site_url: https://Tests.example/us/
site_description: It tests.
nav: [Home: index.md]
theme: {name: material}
"""
FILES = {
    "mkdocs.yml": SETTINGS,
    "docs/index.md": b"# Home\n\nRead [this](https://Elsewhere.example/page) at leisure.\n",
    "docs/about/README.md": b"# About\n",
    "docs/assets/logo.svg": b"<svg/>",
    "docs/pagefind/own.js": b"own()",
    "overrides/partials/end.html": b"<script>ours('{{ base_url }}')</script><p>The end</p>",
    "editorial/board.yml": b"version: 1\npeople: []\n",
}
ARTICLE = Printed(
    slug="contrast",
    title="Does <b>contrast</b> help?",
    summary="S",
    html='<ol><li id="ref-park2019spinal">P</li><li id="ref-liu2017vertebral">L</li></ol>',
    headings=(),
    entry=Entry(slug="contrast", title="C", summary="S", topics=("hearts",), state=State.APPROVED),
    digest=Digest("sha256:" + "a" * 64),
    commit="b" * 40,
    source=b"",
    images={"docs/articles/dose.svg": b"<svg>dose</svg>"},
)
PLAN = Plan(
    commit="b" * 40,
    at=datetime(2026, 11, 26, tzinfo=UTC),
    printed=(ARTICLE,),
    withheld=(),
    files=FILES,
)


@pytest.fixture(scope="module")
def claims() -> Claims:
    return Claims(PLAN)


def settings(text: bytes) -> Settings:
    return Claims(replace(PLAN, files={"mkdocs.yml": text})).settings


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("assets/logo.svg", b"<svg/>"),
        ("articles/dose.svg", b"<svg>dose</svg>"),
        # A file of the site's own is claimed wherever it lies, beside what the search brings.
        ("pagefind/own.js", b"own()"),
    ],
)
def test_a_file_is_claimed_by_its_path_and_its_bytes_together(claims, path, data):
    assert claims.is_claimed(path, data)
    assert not claims.is_claimed(path, data + b" ")
    assert not claims.is_claimed(f"other/{path}", data)


@pytest.mark.parametrize(
    "path", ["index.md", "about/README.md", "mkdocs.yml", "editorial/board.yml"]
)
def test_what_a_site_is_made_from_belongs_in_no_built_site(claims, path):
    data = FILES.get(path) or FILES[f"docs/{path}"]
    assert not claims.is_claimed(path, data)


def test_the_program_of_the_search_is_claimed_in_its_folder_alone(claims):
    # Which files those are, only the program itself can say.
    assert "pagefind/pagefind.js" in claims.program
    assert not claims.is_claimed("pagefind/pagefind.js", b"other()")
    assert all(path.startswith("pagefind/") for path in claims.program)
    assert not set(claims.program) & set(claims.files)


@pytest.mark.parametrize(
    "path",
    [
        "release.json",
        "_headers",
        ".htaccess",
        ".headers/nginx.conf",
        "404.html",
        "sitemap.xml",
        "sitemap.xml.gz",
        "search.json",
        "search/search_index.json",
        "pagefind/pagefind-entry.json",
        "pagefind/pagefind.en_0a1b.pf_meta",
        "pagefind/fragment/en_0a1b.pf_fragment",
        "pagefind/index/en_0a1b.pf_index",
        "pagefind/filter/en_0a1b.pf_filter",
    ],
)
def test_what_is_made_anew_for_each_release_is_known_by_its_whole_path(claims, path):
    assert claims.is_made(path)
    assert not claims.is_made(f"{path}.bak")
    assert not claims.is_made(f"more/{path}")


def test_pages_are_those_of_articles_of_site_pages_and_of_lists(claims):
    pages = ("404.html", "index.html", "about/index.html", "topics/hearts/index.html")
    articles = ("articles/contrast/index.html", "articles/contrast.html")
    assert all(claims.is_page(each) for each in (*pages, *articles))
    assert [claims.slug(each) for each in articles] == ["contrast", "contrast"]
    assert [claims.slug(each) for each in pages] == [None] * 4
    for path in ("articles/other/index.html", "about.md", "contrast/index.html"):
        assert not claims.is_page(path)


def test_hosts_are_those_that_the_files_of_the_site_name_in_small_letters(claims):
    assert claims.hosts == {"tests.example", "elsewhere.example"}


def test_keys_are_those_of_all_works_that_are_cited(claims):
    assert claims.keys == {"park2019spinal", "liu2017vertebral"}


def test_a_script_of_a_template_is_known_with_any_path_filled_in(claims):
    assert claims.scripts.fullmatch("ours('../..')")
    assert not claims.scripts.fullmatch("theirs('../..')")


def test_what_the_host_repeats_of_its_settings_is_read_from_them(claims):
    known = Settings(
        name="Demonstration", address="https://Tests.example/us/", description="It tests."
    )
    assert claims.settings == known
    assert (claims.base, claims.host) == ("/us/", "tests.example")


@pytest.mark.parametrize(
    "text", [b"", b"- a list", b"just text", b"a: [", b"\xff\xfe", b"? {a: b}\n: c"]
)
def test_settings_that_say_nothing_of_it_are_empty(text):
    assert settings(text) == Settings()
    none = Claims(replace(PLAN, files={"mkdocs.yml": text}))
    assert (none.base, none.host) == ("/", "")


def test_a_setting_that_is_no_plain_value_is_left_out():
    assert settings(b"site_name: [A, B]\nsite_url: x\n") == Settings(address="x")


def test_of_no_settings_at_all_nothing_is_repeated():
    assert Claims(replace(PLAN, files={})).settings == Settings()


def test_files_that_are_no_text_are_read_as_far_as_they_are():
    files = {
        "mkdocs.yml": b"site_name: A",
        "docs/index.md": b"\xff Take https://odd.example/ it \xff",
        "overrides/main.html": b"\xff<script>odd()</script>",
    }
    odd = Claims(replace(PLAN, files=files))
    assert odd.hosts == {"odd.example"}
    assert odd.scripts.fullmatch("odd()")
    assert odd.is_page("index.html")


def test_only_templates_of_the_site_bring_scripts():
    files = {"docs/index.md": b"<script>odd()</script>"}
    assert not Claims(replace(PLAN, files=files)).scripts.fullmatch("odd()")


def test_a_file_of_the_site_takes_the_place_of_one_of_the_theme():
    path = "assets/images/favicon.png"
    own = Claims(replace(PLAN, files={f"docs/{path}": b"own"}))
    assert own.is_claimed(path, b"own")
    assert len(own.files[path]) == 1
    assert Claims(replace(PLAN, files={})).files[path] != own.files[path]


@pytest.mark.parametrize(
    ("address", "base", "host"),
    [
        ("https://Tests.example", "/", "tests.example"),
        ("https://tests.example/us", "/us/", "tests.example"),
        ("https://tests.example:8000/a/b/", "/a/b/", "tests.example:8000"),
        ("/us/", "/us/", ""),
    ],
)
def test_a_site_lies_where_its_address_says(address, base, host):
    text = f"site_url: {address}\n".encode()
    made = Claims(replace(PLAN, files={"mkdocs.yml": text}))
    assert (made.base, made.host) == (base, host)


@pytest.mark.parametrize(
    ("language", "file"),
    [("en", "en"), ("de", "de"), ("pt-BR", "pt"), ("odd", "unknown")],
)
def test_the_search_is_in_the_language_that_the_theme_says_its_pages_are_in(language, file):
    settings = f"theme: {{name: material, language: {language}}}\n".encode()
    program = Claims(replace(PLAN, files={"mkdocs.yml": settings})).program
    assert f"pagefind/wasm.{file}.pagefind" in program
