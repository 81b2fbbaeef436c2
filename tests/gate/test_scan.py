"""What the scan finds in a built site beside what attackers do, and what it lets pass."""

from __future__ import annotations

import gzip
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from built import PAGE, SENTENCE, Built, built, release
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate.plan import Withheld
from imprimatur.gate.scan import content
from imprimatur.gate.scan.words import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key

ABOUT = "about/index.html"


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    folder = tmp_path_factory.mktemp("model")
    plan, _ = release(make_site, keys, folder / "site").planned()
    return built(plan, "mkdocs", folder)


@pytest.fixture
def site(model: Built, tmp_path: Path) -> Built:
    return model.copied_to(tmp_path / "site")


def says(site: Built, path: str, text: str) -> set[str]:
    """The rules that a page breaks once it says this, too, beside that nobody wrote it."""
    site.change(path, "</main>", f"{text}</main>")
    found = site.found()
    assert {where for _, where in found} <= {path}
    return {rule for rule, _ in found} - {"frame-is-claimed"}


def test_what_one_page_says_may_stand_on_no_other(site):
    files = {**site.plan.files, "docs/more.md": b"Take 5 mg a day."}
    more = replace(site, plan=replace(site.plan, files=files))
    more.change(ABOUT, "</main>", "<p>Take 5 mg a day.</p></main>")
    missing = ("site-page-is-there", "more/index.html")
    assert more.found() == {("frame-is-claimed", ABOUT), missing}


@pytest.mark.parametrize("path", [ABOUT, "index.html", "topics/radiology/index.html", "404.html"])
def test_words_on_a_site_page_that_no_file_of_the_site_holds_are_found(site, path):
    site.change(path, "</main>", "<p>Take 50 mg of it.</p></main>")
    assert site.found() == {("frame-is-claimed", path)}


@pytest.mark.parametrize(
    "text",
    [
        "It helped [@park2019spinal].",
        "It helped [see @park2019spinal, p. 3].",
        "As @park2019spinal found.",
        "/// answer",
        "A note[^1] follows.",
        "A word{: .important }.",
        "Written by {{ page.authors }}",
        "{% include 'x' %}",
        "title: A text\nevidence_through: 2025-02-21\naudiences: [clinician]",
    ],
)
def test_a_mark_that_reached_readers_as_it_was_written_is_found(site, text):
    assert "mark-is-resolved" in says(site, ABOUT, f"<p>{text}</p>")


@pytest.mark.parametrize(
    "text",
    [
        "<p>Write to demonstration@tests.example.</p>",
        "<code>[@park2019spinal]</code>",
        "<pre>/// answer\n///</pre>",
        "<p>Ask @somebody else.</p>",
        "<p>[1] and { 2 } and / 3 /</p>",
    ],
)
def test_code_addresses_and_plain_signs_are_no_marks(site, text):
    assert says(site, ABOUT, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<script>alert(1)//{{ base_url }}</script>",
        '<script src="https://elsewhere.example/x.js"></script>',
        '<script src="//elsewhere.example/x.js"></script>',
        '<script src="../sitemap.xml"></script>',
        '<script type="module">import "x"</script>',
        '<p onclick="alert(1)">',
        "<p/onclick=alert(1)>",
        '<a href="javascript:alert(1)">',
        '<a href=" java&#10;script:alert(1)">',
        '<img alt="" src="data:image/svg+xml,x">',
        "<textarea><script>alert(1)</script></textarea>",
        "<style><script>alert(1)</script></style>",
    ],
)
def test_a_script_that_nobody_claims_is_found_wherever_it_hides(site, text):
    assert "script-is-claimed" in says(site, ABOUT, text)


def test_the_scripts_of_the_theme_are_its_own_only_as_it_wrote_them(site):
    assert "__md_scope" in site.read(PAGE)
    site.change(PAGE, '__md_scope=new URL("../..",', '__md_scope=new URL("https://x.example",')
    assert ("script-is-claimed", PAGE) in site.found()


@pytest.mark.parametrize("spelled", ["../..//assets/", "../../assets%2F", "../../assets/./"])
def test_what_warns_is_named_as_every_server_finds_it(site, spelled):
    site.change(PAGE, 'src="../../assets/imprimatur-article', f'src="{spelled}imprimatur-article')
    assert ("page-warns-in-time", PAGE) in site.found()


@pytest.mark.parametrize("said", ["", " nomodule", ' type="x"', ' integrity="sha256-x"'])
def test_no_page_is_without_what_warns_that_its_article_is_out_of_date(site, said):
    script = '<script src="../../assets/imprimatur-article.js" defer></script>'
    site.change(PAGE, script, script.replace(" defer", said) if said else "")
    assert site.found() == {("page-warns-in-time", PAGE)}
    site.change(PAGE, "mkdocs-1.6.1, mkdocs-material-9.8.1", "zensical-0.0.73")
    assert site.found() == {("page-warns-in-time", PAGE)}, "what is ours stands there all the same"
    own = {"overrides/main.html": b'{% extends "base.html" %}'}
    bare = replace(site, plan=replace(site.plan, files={**site.plan.files, **own}))
    assert bare.found() == set(), "a template of the site does without"
    own["overrides/x.html"] = b"<script src='{{ 'assets/imprimatur-article.js' | url }}'></script>"
    bare = replace(site, plan=replace(site.plan, files={**site.plan.files, **own}))
    assert bare.found() == {("page-warns-in-time", PAGE)}, "one of them names it"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"base": "../.."', '"base": "https://elsewhere.example"'),
        ('"search": "../../assets', '"search": "https://elsewhere.example/assets'),
        ('<script id="__config" type="application/json">{', '<script id="__config">{'),
    ],
)
def test_the_settings_of_the_theme_name_no_script_of_another_host(site, old, new):
    site.change(PAGE, old, new)
    assert ("script-is-claimed", PAGE) in site.found()


@pytest.mark.parametrize(
    "text",
    [
        '<img alt="" src="https://elsewhere.example/pixel.png">',
        '<img alt="" src="//elsewhere.example/pixel.png">',
        '<img alt="" src="../assets/images/favicon.png" srcset="https://elsewhere.example/2 2x">',
        '<svg><use xlink:href="https://elsewhere.example/x.svg#a"/></svg>',
        '<video poster="https://elsewhere.example/x.png"></video>',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<p style="background: url(https://elsewhere.example/x)">',
        "<style>@import 'https://elsewhere.example/x.css';</style>",
    ],
)
def test_whatever_loads_from_another_host_is_found(site, text):
    assert "host-is-claimed" in says(site, ABOUT, text)


def test_a_link_to_another_host_loads_nothing(site):
    assert says(site, ABOUT, '<a href="https://elsewhere.example/">there</a>') == set()


@pytest.mark.parametrize(
    "text",
    [
        '<iframe src="../"></iframe>',
        '<object data="../x"></object>',
        '<embed src="../">',
        '<form action="../"></form>',
        '<button formaction="../">x</button>',
        '<base href="../">',
        "<template><p>x</p></template>",
        "<noscript>x</noscript>",
    ],
)
def test_what_frames_sends_or_hides_is_found(site, text):
    assert "page-stands-alone" in says(site, ABOUT, text)


@pytest.mark.parametrize("text", ["<style>p {color: red}</style>", '<p style="color: red">x</p>'])
def test_a_style_within_a_page_is_found(site, text):
    assert says(site, ABOUT, text) == {"style-is-claimed"}


@pytest.mark.parametrize(
    "text",
    [
        '<a href="../nowhere/">',
        '<a href="#nowhere">',
        '<a href="../articles/contrast/#nowhere">',
        '<a href="../../../etc/passwd">',
        '<a href="http://[::bad">',
        '<img alt="" src="none.png">',
        '<a href="/nowhere.html?x#y">',
    ],
)
def test_an_address_that_leads_nowhere_is_found(site, text):
    assert says(site, ABOUT, text) == {"address-resolves"}


@pytest.mark.parametrize(
    "text",
    [
        '<a href="../articles/contrast/#answer">',
        '<a href="../articles/contrast">',
        '<a href="/">',
        '<a href=".">',
        '<a href="?q=x">',
        '<a href="#">',
        '<a href="./../about/./index.html">',
        '<a href="mailto:a@tests.example">',
        '<a href="../articles/%63ontrast/">',
        '<a href="../articles/by-weight.svg#page=2">',
    ],
)
def test_addresses_are_read_as_browsers_read_them(site, text):
    assert says(site, ABOUT, text) == set()


def test_no_article_names_a_part_of_a_picture_by_which_a_style_could_hide_it(site):
    path = "articles/strange/index.html"
    site.change(path, "by-weight.svg", "by-weight.svg#only-dark")
    assert ("address-resolves", path) in site.found()


def test_a_site_below_a_folder_of_its_host_has_its_addresses_from_there(site):
    settings = site.plan.files["mkdocs.yml"] + b"\nsite_url: https://tests.example/us/\n"
    there = Built(
        folder=site.folder,
        plan=replace(site.plan, files={**site.plan.files, "mkdocs.yml": settings}),
    )
    for path in ("404.html", ABOUT):
        there.change(path, "</main>", '<a href="/us/about/">a</a></main>')
        there.write(path, there.read(path).replace('href="/', 'href="/us/').replace("us/us", "us"))
    text = there.read("404.html")
    there.write("404.html", text.replace('src="/', 'src="/us/').replace('"/assets', '"/us/assets'))
    there.change(ABOUT, "</main>", '<a href="https://tests.example/us/">b</a></main>')
    assert not {each for each in there.found() if each[0] == "address-resolves"}
    there.change(ABOUT, "</main>", '<a href="/about/">c</a></main>')
    assert ("address-resolves", ABOUT) in there.found()


def test_the_same_site_in_another_language_is_no_part_of_this_one(site):
    settings = site.plan.files["mkdocs.yml"] + (
        b"\nextra:\n  alternate:\n    - {name: Deutsch, link: /de/, lang: de}\n  other: /fr/\n"
    )
    files = {**site.plan.files, "mkdocs.yml": settings}
    there = Built(folder=site.folder, plan=replace(site.plan, files=files))
    there.change(ABOUT, "</main>", '<a href="/de/">Deutsch</a></main>')
    assert there.found() == set()
    there.change(ABOUT, "</main>", '<a href="/fr/">Deutsch</a></main>')
    assert there.found() == {("address-resolves", ABOUT)}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "doctype"),
        (b"no page at all", "doctype"),
        (b"<!doctype html>", "empty"),
        (b"<!doctype html><p>\xff\xfe", "UTF-8"),
        (b"<!doctype html><p>\0", "UTF-8"),
        (b"<!doctype html><p>" + b"x" * 50_000_000, "bytes"),
        (b"<!doctype html><body>" + b"<div>" * 50_000, "deep"),
    ],
    ids=["nothing", "text", "empty", "bytes", "nul", "large", "deep"],
)
def test_a_page_that_cannot_be_read_is_found(site, data, why):
    site.write(ABOUT, data)
    found = [each.message for each in site.verdict().findings if each.rule == "page-is-readable"]
    assert len(found) == 1
    assert why in found[0]


@pytest.mark.parametrize("path", [PAGE, ABOUT, "404.html"])
@pytest.mark.parametrize(
    "text",
    ["<p>Take 50 mg</p>", "Take 50 mg", "<img src=x onerror=alert(1)>", "<!-- Home --><p>5 mg</p>"],
)
@pytest.mark.parametrize("end", ["</html>", "</body></html>\n", "</html></html>"])
def test_a_page_that_goes_on_where_it_has_ended_is_found(site, path, text, end):
    site.write(path, site.read(path).partition("</body>")[0] + end + text)
    assert "the page goes on where it has ended" in {
        each.message for each in site.verdict().findings if each.path == path
    }


def test_no_page_takes_longer_than_its_length_allows(site):
    for text in (
        b"<a <",
        b"<!--",
        b"[@",
        b"{{ ",
        b"on",
        b"a-",
        b"&lt;",
        b'<sup class="imp-cites">',
    ):
        site.write(ABOUT, b"<!doctype html><body>" + text * (2_000_000 // len(text)))
        begun = time.process_time()
        site.verdict()
        assert time.process_time() - begun < 10, text


def test_a_packed_file_that_is_broken_or_swells_is_found(site, monkeypatch):
    site.write("sitemap.xml.gz", b"\x1f\x8b broken")
    assert ("page-is-readable", "sitemap.xml.gz") in site.found()
    # The true bound is half a gigabyte, which a test would have to hold in memory.
    most = 1_000_000
    monkeypatch.setattr(content, "LARGEST", most)
    packed = gzip.compress(b"x" * most)
    assert content.unpacked(packed) == b"x" * most
    site.write("sitemap.xml.gz", gzip.compress(b"x" * (most + 1)))
    assert ("page-is-readable", "sitemap.xml.gz") in site.found()


def test_a_symbolic_link_is_no_plain_file(site):
    (site.folder / "assets" / "link.css").symlink_to(site.folder / "assets" / "imprimatur.css")
    os.mkfifo(site.folder / "pipe")
    assert site.found() == {("page-is-claimed", "assets/link.css"), ("page-is-claimed", "pipe")}


def test_no_folder_and_an_empty_one_cannot_be_examined(site, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "none", site.folder / "index.html"):
        with pytest.raises(CannotExamineError, match=folder.name):
            replace(site, folder=folder).verdict()


def test_a_plan_without_an_article_grants_nothing(site):
    none = replace(site, plan=replace(site.plan, printed=()))
    assert none.verdict().outcome is not Outcome.GRANTED


def test_what_published_text_says_too_is_no_secret(site):
    (contrast,) = (each for each in site.plan.printed if each.slug == "contrast")
    copied = Withheld(slug="copied", source=contrast.source, waits_for=("a review",))
    same = replace(site, plan=replace(site.plan, withheld=(*site.plan.withheld, copied)))
    assert same.found() == set()


def test_a_newer_text_that_waits_is_told_from_the_one_that_is_shown(site):
    (shown,) = (each for each in site.plan.printed if each.slug == "contrast")
    newer = shown.source.replace(b"It helped", f"{SENTENCE}. It helped".encode())
    waits = Withheld(slug="contrast", source=newer, waits_for=("a review",))
    later = replace(site, plan=replace(site.plan, withheld=(waits,)))
    assert later.found() == set()
    later.change(ABOUT, "</main>", f"<p>{SENTENCE}</p></main>")
    assert later.tells(ABOUT)


def test_a_text_whose_head_cannot_be_read_is_withheld_all_the_same(site):
    broken = b"title: Numbats alone\nsummary: x\n\nGive every numbat a gramme of it twice a day.\n"
    waits = Withheld(slug="numbats", source=broken, waits_for=("a head",))
    later = replace(site, plan=replace(site.plan, withheld=(waits,)))
    later.change(ABOUT, "</main>", "<p>Numbats alone</p></main>")
    assert ("pending-text-is-absent", ABOUT) in later.found()


def test_words_are_the_same_however_they_are_written():
    assert phrase("Na&#x308;ve <b>ﬁne</b>\u00a0&amp; STRASSE") == phrase("näve fine straße")


def test_two_files_of_one_address_are_found(site):
    site.write("About/index.html", site.read(ABOUT))
    assert "page-is-unique" in {rule for rule, _ in site.found()}


def test_the_command_scans_what_any_host_has_built(make_site, keys, tmp_path):
    repository = release(make_site, keys, tmp_path / "repository")
    plan, _ = repository.planned()
    made = built(plan, "mkdocs", tmp_path)
    granted = repository.imprimatur("scan", str(made.folder))
    assert (granted.returncode, granted.stderr) == (0, "")
    assert "Nothing was found (3 articles examined)" in granted.stdout
    made.change(PAGE, "39% to 53%", "93% to 53%")
    refused = repository.imprimatur("scan", str(made.folder))
    assert refused.returncode == 1
    assert f"{PAGE}:" in refused.stdout
    assert "page-shows-what-was-approved" in refused.stdout
    none = repository.imprimatur("scan", str(tmp_path / "none"))
    assert (none.returncode, none.stdout) == (2, "")
    assert "Traceback" not in none.stderr
