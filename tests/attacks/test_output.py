"""Rows of the table that a built site shows: what the scan finds, whatever built it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from built import HOSTS, PAGE, SENTENCE, Built, built, release
from imprimatur.errors import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate.plan import Plan
    from keys import Key
    from releases import Releases


@pytest.fixture(scope="module")
def repository(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    return release(make_site, keys, tmp_path_factory.mktemp("repository") / "site")


@pytest.fixture(scope="module")
def plan(repository: Releases) -> Plan:
    made, _ = repository.planned()
    assert {each.slug for each in made.printed} == {"contrast", "strange", "withdrawn"}
    assert {each.slug for each in made.withheld} == {"canarium", "withdrawn"}
    return made


@pytest.fixture(scope="module")
def models(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    return {host: built(plan, host, tmp_path_factory.mktemp(host)) for host in HOSTS}


@pytest.fixture
def site(models: dict[str, Built], tmp_path: Path) -> Built:
    """The site as MkDocs built it, to be tampered with."""
    return models["mkdocs"].copied_to(tmp_path / "site")


@pytest.fixture
def searched(models: dict[str, Built], tmp_path: Path) -> Built:
    """The site as Zensical built it, whose search is one file of text."""
    return models["zensical"].copied_to(tmp_path / "site")


def packed(text: str) -> bytes:
    """Data of the search, as it lies in a site."""
    return gzip.compress(b"pagefind_dcd" + text.encode())


def picture(text: str) -> bytes:
    """A PNG that holds a text, once as it is and once compressed."""
    plain = b"tEXt", b"Comment\0" + text.encode("latin-1")
    tight = b"zTXt", b"Title\0\0" + zlib.compress(text.encode("latin-1"))
    chunks = (
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        for kind, body in (plain, tight, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_30_a_draft_in_a_comment_of_the_page_is_found(site):
    site.change(PAGE, "<main", f"<!-- {SENTENCE} --><main")
    assert site.tells(PAGE)


def test_30_any_comment_beside_an_article_is_found(site):
    site.change(PAGE, "<main", "<!-- give it to everybody --><main")
    assert site.found() == {("frame-is-claimed", PAGE)}


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="robots" content="noindex">',
        '<meta name="description" content="5 mg a day cure everybody.">',
        '<meta property="og:title" content="Something else">',
        '<meta property="og:image" content="https://elsewhere.example/card.png">',
        '<meta name="citation_title" content="Something else">',
        '<link rel="canonical" href="https://elsewhere.example/">',
        "<title>Something else</title>",
    ],
)
def test_36_what_the_head_says_of_an_article_is_what_was_approved(site, tag):
    site.change(PAGE, "</head>", f"{tag}</head>")
    assert ("head-says-what-was-approved", PAGE) in site.found()


def test_36_a_page_that_leads_away_by_itself_is_found(site):
    site.change(PAGE, "</head>", '<meta http-equiv="refresh" content="0; url=/x/"></head>')
    assert ("page-stands-alone", PAGE) in site.found()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("39% to 53%", "93% to 53%"),
        ("It helped", "It <em>never</em> helped"),
        ('class="imp-answer"', 'class="imp-answer" hidden'),
        ('data-standing="approved"', 'data-standing="concern"'),
        ('href="#ref-park2019spinal"', 'href="#ref-liu2017vertebral"'),
        ("</article>", "<p>5 mg.</p></article>"),
        ('<h2 id="answer">', '<!-- 5 mg --><h2 id="answer">'),
        (' id="title"', ' id="title" class="x"'),
    ],
)
def test_51_an_edit_of_the_built_page_is_found_under_the_digest_of_the_approved_text(
    site, old, new
):
    before = site.read(PAGE).count("data-manifest")
    site.change(PAGE, old, new)
    assert site.read(PAGE).count("data-manifest") == before
    assert ("page-shows-what-was-approved", PAGE) in site.found()


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<div hidden>", "</div>"),
        ('<div class="x hidden">', "</div>"),
        ('<div style="display:none">', "</div>"),
        ('<div aria-hidden="true">', "</div>"),
        ("<details>", "</details>"),
        ("<template>", "</template>"),
        ("<noscript>", "</noscript>"),
    ],
)
def test_51_an_approved_article_that_is_hidden_is_found(site, begin, end):
    site.change(PAGE, '<article class="imp-article"', f'{begin}<article class="imp-article"')
    site.change(PAGE, "</article>", f"</article>{end}")
    assert ("page-shows-what-was-approved", PAGE) in site.found()


def test_51_words_that_a_hook_puts_around_an_article_are_found(site):
    site.change(PAGE, '<article class="imp', '<p>Newer: 50 mg.</p><article class="imp')
    assert site.found() == {("frame-is-claimed", PAGE)}


def test_51_a_second_article_on_the_page_is_found(site):
    text = site.read(PAGE)
    article = text[text.index("<article") : text.index("</article>") + len("</article>")]
    site.change(PAGE, "</article>", f"</article>{article}")
    assert ("page-shows-what-was-approved", PAGE) in site.found()


@pytest.mark.parametrize("host", HOSTS)
def test_52_a_site_that_shows_what_was_approved_is_granted_whatever_built_it(models, host):
    verdict = models[host].verdict()
    assert [str(each) for each in verdict.findings] == []
    assert verdict.outcome is Outcome.GRANTED
    assert verdict.articles == 3


@pytest.mark.parametrize("host", ["mkdocs", "zensical"])
def test_52_what_a_host_without_our_plugin_makes_of_the_whole_repository_is_refused(
    repository, plan, host, tmp_path
):
    tree = tmp_path / "tree"
    shutil.copytree(repository.root, tree)
    (tree / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material, font: false}\n")
    command = [sys.executable, "-W", "ignore", "-m", host, "build"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True)
    found = Built(folder=tree / "site", plan=plan).found()
    assert ("page-shows-what-was-approved", PAGE) in found
    assert ("page-is-claimed", "articles/canarium/index.html") in found
    assert ("mark-is-resolved", PAGE) in found
    search = "search.json" if host == "zensical" else "search/search_index.json"
    assert ("pending-text-is-absent", search) in found


@pytest.mark.parametrize(
    "path", ["assets/imprimatur.css", "assets/imprimatur-article.js", "pagefind/pagefind.js"]
)
def test_58_a_style_or_script_of_which_one_byte_was_changed_is_found(site, path):
    site.write(path, (site.folder / path).read_bytes() + b" ")
    assert ("page-is-claimed", path) in site.found()


def test_58_an_image_that_was_swapped_is_found(site):
    site.change("articles/by-weight.svg", "0 0 9 9", "0 0 9 8")
    assert ("page-is-claimed", "articles/by-weight.svg") in site.found()


def test_58_the_page_of_another_article_is_found(site):
    site.write(PAGE, site.read("articles/strange/index.html"))
    assert ("page-shows-what-was-approved", PAGE) in site.found()
    assert "page-is-unique" in {rule for rule, _ in site.found()}


@pytest.mark.parametrize(
    "path",
    [
        "articles/older/index.html",
        ".cache/plugin/social/older.png",
        "articles/contrast/notes.md.bak",
        "articles/contrast.html",
        "assets/imprimatur-old.js",
        "CNAME",
    ],
)
def test_59_what_is_left_of_an_older_site_is_found(site, path):
    site.write(path, site.read(PAGE) if path.endswith(".html") else "left")
    assert "page-is-claimed" in {rule for rule, where in site.found() if where == path} or (
        path == "articles/contrast.html" and "page-is-unique" in {rule for rule, _ in site.found()}
    )


def test_59_a_page_that_is_missing_is_found(site):
    (site.folder / PAGE).unlink()
    assert ("article-has-its-page", PAGE) in site.found()


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        SENTENCE.upper(),
        SENTENCE.replace(" ", " <b>"),
        SENTENCE.replace("Quaggas", "Quag\u00adgas"),
        "Zebrafish dosing of canarium",
        "Zebrafish &amp; dosing&nbsp;of canarium",
        "Loading by quagga weight",
        "Demonstration Canaryauthor",
        "Too early to be told.",
    ],
)
def test_62_pending_text_in_what_is_searched_is_found(searched, text):
    told = text.replace('"', "")
    searched.change("search.json", '"items":[', f'"items":[{{"text":{json.dumps(told)}}},')
    assert searched.tells("search.json")


def test_62_pending_text_in_the_packed_pieces_of_the_search_is_found(site):
    path = "pagefind/fragment/en_0000000.pf_fragment"
    site.write(path, packed(json.dumps({"url": "/", "content": SENTENCE})))
    assert site.tells(path)


def test_62_a_topic_that_only_a_pending_article_has_is_found_among_the_filters(site):
    path = "pagefind/filter/en_0000000.pf_filter"
    site.write(path, packed('"Canary care"'))
    assert site.tells(path)


def test_62_a_page_that_is_searched_and_not_there_is_found(searched):
    searched.change("search.json", '"location":"articles/contrast/"', '"location":"articles/x/"')
    assert searched.found() == {
        ("address-resolves", "search.json"),
        ("search-says-what-its-page-says", "search.json"),
    }


MAP = "<url><loc>https://demonstration.example/articles/{}/</loc></url></urlset>"


def test_63_a_pending_article_in_the_map_of_the_site_is_found(site):
    text = site.read("sitemap.xml").replace("</urlset>", MAP.format("canarium"))
    site.write("sitemap.xml", text)
    assert site.tells("sitemap.xml")


def test_63_a_pending_article_in_the_packed_map_is_found(site):
    text = site.read("sitemap.xml").replace("</urlset>", MAP.format("canarium"))
    site.write("sitemap.xml.gz", gzip.compress(text.encode()))
    assert site.tells("sitemap.xml.gz")


def test_63_a_pending_article_in_the_menu_of_the_page_for_wrong_addresses_is_found(site):
    site.change("404.html", "</main>", '<a href="/articles/canarium/">Soon</a></main>')
    assert site.tells("404.html")


def test_64_a_feed_is_claimed_by_nothing_and_what_it_tells_is_found(site):
    feed = f"<rss><item><description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description></item></rss>"
    site.write("feed.xml", feed)
    assert ("page-is-claimed", "feed.xml") in site.found()
    assert site.tells("feed.xml")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("topics/index.html", '<li><a href="canary-care/">Canary care</a></li>'),
        (PAGE, '<a rel="next" href="../x/">Zebrafish dosing of canarium</a>'),
        ("index.html", "<h2>Latest</h2><p>Zebrafish dosing of canarium</p>"),
        ("about/index.html", "<p>By Demonstration Canaryauthor</p>"),
        ("index.html", '<img alt="Okapis" src="assets/images/favicon.png">'),
    ],
)
def test_65_a_pending_article_in_a_list_or_beside_another_is_found(site, path, text):
    site.change(path, "</main>", f"{text}</main>")
    assert site.tells(path)


def test_65_a_topic_page_that_no_published_article_has_is_found(site):
    site.write("topics/canary-care/index.html", site.read("topics/radiology/index.html"))
    assert ("page-is-claimed", "topics/canary-care/index.html") in site.found()


def test_66_a_card_of_a_pending_article_is_found_by_its_text_and_by_its_name(site):
    path = "assets/images/social/articles/canarium.png"
    site.write(path, picture("of no interest"))
    assert site.tells(path)
    assert ("page-is-claimed", path) in site.found()


def test_66_text_within_an_image_is_found(site):
    path = "assets/images/card.png"
    site.write(path, picture(SENTENCE))
    assert site.tells(path)


@pytest.mark.parametrize("path", ["article.pdf", "print_page/index.html", "sw.js", "book.epub"])
def test_67_no_other_edition_of_the_site_is_published_beside_it(site, path):
    site.write(path, site.read("index.html") if path.endswith(".html") else "%PDF-1.7")
    assert ("page-is-claimed", path) in site.found()


def test_71_a_map_of_scripts_that_tells_pending_text_is_found(site):
    path = "assets/own.js.map"
    site.write(path, json.dumps({"sourcesContent": [SENTENCE]}))
    assert site.tells(path)


def test_71_structured_data_that_nobody_wrote_is_found(site):
    data = '<script type="application/ld+json">{"headline": "Something else"}</script>'
    site.change(PAGE, "</head>", f"{data}</head>")
    assert ("script-is-claimed", PAGE) in site.found()


def test_77_a_title_made_to_break_out_is_text_wherever_it_stands(models):
    for each in models.values():
        page = each.read("articles/strange/index.html")
        assert "</title><b>" not in page
        assert "<h1" in page


def test_77_a_map_that_is_no_well_formed_xml_is_found(site):
    site.change("sitemap.xml", "</urlset>", "<url><loc>a & b</loc></url></urlset>")
    assert ("page-is-readable", "sitemap.xml") in site.found()
