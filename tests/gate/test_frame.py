"""What may stand around an article: all that a theme and a site write there, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from built import HOSTS, PAGE, Built, built, release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate.plan import Plan
    from keys import Key

SETTINGS = """\
site_name: Klinik am See
site_url: https://tests.example/us/
site_description: Artikel für die Praxis.
copyright: Copyright &copy; 2026 <a href="https://klinik.example/impressum">Klinik am See</a>
repo_url: https://github.com/klinik/artikel
edit_uri: edit/main/docs/
theme:
  name: material
  language: de
  font: false
  logo: assets/seal.svg
  custom_dir: overrides
  features: [navigation.tabs, navigation.footer, navigation.sections, navigation.top,
    content.action.edit, announce.dismiss, toc.follow]
  palette:
    - {scheme: default, toggle: {icon: material/weather-night, name: Dunkel}}
    - {scheme: slate, toggle: {icon: material/weather-sunny, name: Hell}}
plugins: [imprimatur]
markdown_extensions: [imprimatur]
extra:
  social:
    - {icon: fontawesome/brands/mastodon, link: "https://social.example/@klinik"}
    - {icon: material/email, link: "mailto:info@klinik.example", name: Post}
nav:
  - Start: index.md
  - topics/index.md
  - Über uns:
      - about/index.md
      - about/who-we-are.md
  - Das Haus: https://klinik.example/haus
not_in_nav: /articles/*
"""
ANNOUNCEMENT = """\
{% extends "main.html" %}
{% block announce %}
  {# Nobody sees this. #}
  We are closed on {{ config.extra.day | d("Sunday") }}.
  <!-- https://... -->
  <a href="https://klinik.example/hours" title="Opening hours">When we are open</a>
  {% include ".icons/material/clock.svg" %}
  <svg viewBox="0 0 4 4"><path d="M1 1h2"/></svg> \u2042
{% endblock %}
"""


def dressed(make_site: Callable[[Path], Site], keys: Callable[..., Key], folder: Path) -> Plan:
    """A release of a site that uses what the theme offers."""
    made = release(make_site, keys, folder / "site")
    made.site.write("mkdocs.yml", SETTINGS)
    made.site.write("overrides/main.html", ANNOUNCEMENT.replace('"main.html"', '"base.html"'))
    made.site.write("docs/assets/seal.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    made.site.write(
        "docs/about/who-we-are.md",
        '---\nicon: material/account\n---\n\n# Who *we* are, and `why` -- "us"\n\n'
        'See [it](https://more.example/x "More of it") and <post@klinik.example>.\n',
    )
    made.commit()
    plan, _ = made.planned()
    return plan


@pytest.mark.parametrize("host", HOSTS)
def test_what_a_theme_offers_may_stand_around_an_article(make_site, keys, tmp_path, host):
    site = built(dressed(make_site, keys, tmp_path), host, tmp_path)
    assert [str(each) for each in site.verdict().findings] == []
    text = site.read(PAGE)
    for word in ("We are closed on", "When we are open", "Klinik am See", "Über uns"):
        assert word in text


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    folder = tmp_path_factory.mktemp("model")
    return built(dressed(make_site, keys, folder), "mkdocs", folder)


@pytest.fixture
def site(model: Built, tmp_path: Path) -> Built:
    return model.copied_to(tmp_path / "site")


def before_the_article(site: Built, html: str, path: str = PAGE) -> list[str]:
    """What a scan says of a page on which this was put above its text."""
    text = site.read(path)
    at = text.index('<article class="imp-article' if path == PAGE else '<div class="md-content"')
    site.write(path, text[:at] + html + text[at:])
    return [each.message for each in site.verdict().findings if each.rule == "frame-is-claimed"]


NOBODY = "that no article, no list and no file of the site says"


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>Take 50 mg</p>", f"the page says something {NOBODY}"),
        ("<p><span>Take</span> <span>50</span> <span>mg</span></p>", "the page says something"),
        ("<p><span>5</span><span>0</span></p>", "the page says something"),
        ("<p>\U0001f183\U0001f170\U0001f17a\U0001f174</p>", "the page says something"),
        ("<p>\u2265 \u2212 \u00d7</p>", "the page says something"),
        ("<ul><li>|</li></ul>", "the page says something"),
        ("<p>*** _ ** \\\\_` *</p>", "the page says something"),
        ("<ul><li>\u2042</li></ul>" * 21, "the page says something"),
        ("<p>We are</p>", "the page says something"),
        ("<p>We are closed on Take 50 mg.</p>", "the page says something"),
        ("<!-- Take 50 mg -->", "the page says something"),
        ('<input type="text" value="Take 50 mg">', "<input> stands there as neither"),
        ('<p title="Take 50 mg">Start</p>', "<p> stands there as neither"),
        ('<a href="/us/" title="Take 50 mg">Start</a>', "<a> stands there as neither"),
        (
            '<nav class="md-nav" aria-label="Take 50 mg"></nav>',
            f"`aria-label` of <nav> says something {NOBODY}",
        ),
        ('<p aria-label="Take 50 mg">Start</p>', "<p> stands there as neither"),
        ('<a href="#" data-clipboard-text="Take 50 mg">Start</a>', "<a> stands there as neither"),
        ('<abbr title="Take 50 mg">Start</abbr>', "<abbr> stands there as neither"),
        ('<select><option label="Take 50 mg"></option></select>', "<select> stands there"),
        ('<textarea placeholder="Take 50 mg"></textarea>', "<textarea> stands there as neither"),
        ('<ol start="50"><li></li></ol>', "<ol> stands there as neither"),
        ('<meter value="50" max="100"></meter>', "<meter> stands there as neither"),
        ('<progress value="5" max="9"></progress>', "<progress> stands there as neither"),
        ('<form><input type="checkbox" checked>Start</form>', "<form> stands there as neither"),
        ("<dialog open>Start</dialog>", "<dialog> stands there as neither"),
        ('<div popover="auto" id="p">Start</div>', "<div> stands there as neither"),
        ('<map name="m"><area href="/us/" alt="Take 50 mg"></map>', "<map> stands there"),
        ('<bdo dir="rtl">Start</bdo>', "<bdo> stands there as neither"),
        ('<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>', "<svg> stands there as neither"),
        (
            '<img src="/us/articles/by-weight.svg" alt="logo">',
            "<img> shows /us/articles/by-weight.svg",
        ),
        (
            '<nav class="md-nav md-nav--primary" aria-label="Start" data-md-level="0"></nav>',
            "<nav> lies over the article: `md-nav--primary` is not in `md-sidebar--primary`",
        ),
        (
            '<div class="md-consent__overlay"></div>',
            "<div> lies over the article: `md-consent__overlay` is not in `md-consent`",
        ),
        (
            '<div class="md-search__output"><div class="md-search__scrollwrap"></div></div>',
            "<div> lies over the article: `md-search__output` is not in `md-search__inner`",
        ),
        (
            '<div class="md-sidebar__inner"></div>',
            "<div> lies over the article: `md-sidebar__inner` is not in `md-sidebar`",
        ),
        (
            '<span class="md-consent__inner"></span>',
            f"`class` of <span> says something {NOBODY}",
        ),
        ('<ul><li class="md-sidebar--primary"></li></ul>', "`class` of <li> says something"),
        ("<p>\u2003 \u2003</p>" * 11, "the page says something"),
        ("<p>" + "\u2003" * 999 + "</p>", "the page says something"),
        ("<p>Start" + "\u3000\n" * 99 + "</p>", "the page says something"),
        ("<p>Start</p>" * 51, "so much stands above the article"),
        ("<p></p>" * 21, "<p> stands there empty, as more than 20 others do"),
        (
            '<footer class="md-footer"></footer>',
            "a second <footer> of the class `md-footer` would lie over the first",
        ),
        ('<a href="/us/" class="imp-badge">Start</a>', "`class` of <a> says something"),
        ('<a href="https://evil.example/">Start</a>', "<a> leads to evil.example"),
        ('<a href="https://klinik.example/haus/../x">Start</a>', "<a> leads to klinik.example"),
        ('<a href="https://klinik.example.evil.example/haus">Start</a>', "<a> leads to"),
        ('<a href="mailto:evil@tests.example">Start</a>', "<a> leads to mailto"),
        ('<a href="mailto:info@klinik.example?body=50%20mg">Post</a>', "<a> leads to mailto"),
        ('<a href="mailto:info@klinik.example,evil@x.example">Post</a>', "<a> leads to mailto"),
        ('<a href="/us/?q=Take+50+mg">Start</a>', "<a> leads to /us/?q=Take+50+mg, which asks"),
        (
            '<a href="https://tests.example/us/?q=50">Start</a>',
            "<a> leads to https://tests.example",
        ),
        ('<a href="?audience=x#top">Start</a>', "<a> leads to ?audience=x#top, which asks"),
        ('<img src="https://klinik.example/haus" alt="logo">', "<img> leads to klinik.example"),
        (
            '<img src="https://github.com/klinik/artikel/raw/x/50.png" alt="logo">',
            "<img> leads to github.com",
        ),
    ],
)
def test_what_nobody_approved_is_found_around_an_article(site, html, told):
    ((message),) = before_the_article(site, html)
    assert message.startswith(told)


@pytest.mark.parametrize(
    "html", ["<p>Start</p>", '<nav class="md-nav" aria-label="Start" data-md-level="0"></nav>']
)
@pytest.mark.parametrize("before", ['<div class="md-content"', "</main>"])
def test_nothing_stands_beside_an_article_that_could_leave_it_no_room(site, html, before):
    if before == "</main>":
        text = site.read(PAGE)
        at = text.rindex("</div>", 0, text.index(before))
        site.write(PAGE, f"{text[:at]}{html}{text[at:]}")
    else:
        site.change(PAGE, before, f"{html}{before}")
    (message,) = (each.message for each in site.verdict().findings)
    assert message.endswith("stands beside the article and could leave it no room")


def test_no_more_than_two_bars_stand_beside_an_article(site):
    text = site.read(PAGE)
    bars = 2 - text.count('<div class="md-sidebar ')
    at = text.index('<div class="md-content"')
    site.write(PAGE, f"{text[:at]}{f'{ASIDE}</div>' * bars}{text[at:]}")
    assert site.found() == set()
    site.write(PAGE, f"{text[:at]}{f'{ASIDE}</div>' * (bars + 1)}{text[at:]}")
    assert site.found() == {("frame-is-claimed", PAGE)}


def test_what_the_head_of_a_page_holds_pushes_nothing(site):
    text = site.read(PAGE)
    script = re.search(r"<script>.+?</script>", text, re.DOTALL)[0]
    assert text.index(script) < text.index("</head>")
    site.write(PAGE, text.replace(script, script * 300, 1))
    assert site.found() == set()


ASIDE = (
    '<div class="md-sidebar md-sidebar--secondary" data-md-component="sidebar" data-md-type="toc">'
)


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ("<p>Start</p>" * 200, '<header class="md-header'),
        (f"{ASIDE}{'<p>Start</p>' * 60}</div>", '<article class="imp-article'),
    ],
)
def test_no_texts_push_an_article_far_below_the_first_screen(site, html, before):
    site.change(PAGE, before, f"{html}{before}")
    (message,) = (each.message for each in site.verdict().findings)
    assert message == "so much stands above the article that readers could miss it"


@pytest.mark.parametrize(
    "html",
    [
        "<p>START</p>",
        "<p>\u00a0Start\u00a0</p>" * 5,
        "<p>Start</p>" * 40,
        "<p>We are closed on Sunday.</p>",
        '<a href="https://klinik.example/haus/">Das Haus</a>',
        '<a href="https://klinik.example/haus?x">Who we are, and why \u2013 \u201cus\u201d</a>',
        '<a href="mailto:info@klinik.example">Post</a>',
        '<img src="/us/assets/seal.svg" alt="logo">',
        '<a href="/us/" class="md-nav__link md-nav__link--active">Start</a>',
        '<span class="md-status md-status--new"></span>',
        '<svg viewBox="0 0 4 4"><path d="M1 1h2"/></svg>',
        "<ul><li>\u2042</li></ul>" * 10,
    ],
)
def test_what_a_template_or_a_setting_says_may_stand_around_an_article(site, html):
    assert before_the_article(site, html) == []


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ('<meta itemprop="description" content="Take 50 mg">', "frame-is-claimed"),
        ('<link rel="alternate" href="https://evil.example/x">', "frame-is-claimed"),
        ('<link rel="stylesheet" href="https://klinik.example/haus/x.css">', "host-is-claimed"),
        ('<link rel="icon" href="https://github.com/klinik/artikel/raw/x">', "host-is-claimed"),
        ('<link rel="manifest" href="/us/sitemap.xml">', "page-stands-alone"),
        ('<link rel="preload" href="/us/sitemap.xml" as="fetch">', "page-stands-alone"),
        ('<link rel="stylesheet" href="/us/articles/by-weight.svg">', "style-is-claimed"),
    ],
)
@pytest.mark.parametrize("path", [PAGE, "about/index.html"])
def test_a_head_that_says_or_loads_what_nobody_approved_is_found(site, path, head, rule):
    site.change(path, "</head>", f"{head}</head>")
    assert (rule, path) in site.found()


@pytest.mark.parametrize(
    ("name", "place", "is_found"),
    [
        ("og:url", "articles/contrast/", False),
        ("og:url", "articles/strange/", True),
        ("og:url", "about/", True),
        ("og:image", "assets/seal.svg", False),
        ("og:image", "articles/by-weight.svg", True),
        ("twitter:image", "articles/strange/", True),
    ],
)
def test_who_passes_an_article_on_shows_its_own_address_and_pictures(site, name, place, is_found):
    head = f'<meta property="{name}" content="https://tests.example/us/{place}">'
    site.change(PAGE, "</head>", f"{head}</head>")
    assert site.found() == ({("frame-is-claimed", PAGE)} if is_found else set())


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<p title="Take 50 mg">Start</p>', "<p> stands there as neither"),
        ('<input type="checkbox" value="Take 50 mg">', "<input> stands there as neither"),
        ('<a href="https://evil.example/">Start</a>', "<a> leads to evil.example"),
        ('<a href="mailto:evil@tests.example">Start</a>', "<a> leads to mailto"),
    ],
)
def test_attributes_and_links_of_a_site_page_are_in_its_files_too(site, html, told):
    (message,) = before_the_article(site, html, "about/index.html")
    assert message.startswith(told)


@pytest.mark.parametrize("path", ["about/index.html", "index.html", PAGE])
def test_a_head_gives_no_address_in_the_site_but_that_of_its_page(site, path):
    own = "/us/" + path.removesuffix("index.html")
    for rel in ('rel="canonical"', 'rel="alternate" hreflang="fr"'):
        other = f'<link {rel} href="/us/topics/">'
        site.change(path, "</head>", f'<link {rel} href="{own}">{other}</head>')
        assert ("frame-is-claimed", path) in site.found()
        site.change(path, other, "")
        assert site.found() == set()


@pytest.mark.parametrize("path", ["about/index.html", PAGE])
def test_a_link_that_says_the_title_of_an_article_leads_to_it(site, path):
    title = "Does contrast help to find spinal metastases?"
    for place in ("contrast/", "contrast", "contrast/#answer"):
        link = f'<a href="/us/articles/{place}">{title}</a>'
        site.change(path, "</footer>", f"{link}</footer>")
        assert site.found() == set()
        site.change(path, link, "")
    link = link.replace("contrast/#answer", "strange/")
    site.change(path, "</footer>", f"{link}</footer>")
    (found,) = site.verdict().findings
    assert found.message.startswith(f"<a> calls /us/articles/strange/ `{title}`, which is another")


def test_a_page_is_in_the_language_of_its_site(site):
    site.change(PAGE, '<html lang="de"', '<html lang="zu"')
    (found,) = site.verdict().findings
    assert found.message == "`lang` of <html> is not `de`, the language of the site"
    own = {"overrides/base.html": b'<html lang="zu"></html>'}
    files = {**site.plan.files, **own}
    assert replace(site, plan=replace(site.plan, files=files)).found() == set()


def test_nothing_before_an_article_has_the_id_of_a_part_of_it(site):
    box = '<input class="md-nav__toggle md-toggle" type="checkbox" id="{}">'
    assert before_the_article(site, box.format("ref-other")) == []
    told = "links to `ref-park2019spinal` in the text lead to <input> before it"
    assert before_the_article(site, box.format("ref-park2019spinal")) == [told]


def test_what_a_template_asks_of_the_site_may_be_asked_in_a_link(site):
    asked = '<a href="/us/?q=">Start</a><a href="/us/?audience=patient">Start</a>'
    told = "<a> leads to /us/?audience=patient, which asks for what no file of the site does"
    assert before_the_article(site, asked) == [told]
    own = {"overrides/more.html": b'<a href="{{ base_url }}/?audience=patient">More</a>'}
    files = {**site.plan.files, **own}
    assert replace(site, plan=replace(site.plan, files=files)).found() == set()


def test_the_title_of_a_site_page_is_in_its_files_too(site):
    site.change("about/index.html", "<title>", "<title>Take 50 mg - ")
    assert ("frame-is-claimed", "about/index.html") in site.found()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("translations", {"clipboard.copy": "Take 50 mg"}),
        ("translations", {"clipboard.copy": "Suche"}),
        ("translations", {"dose": "Take 50 mg"}),
        ("tags", {"Take": "50 mg"}),
        ("features", ["Take 50 mg"]),
        ("dose", "Take 50 mg"),
    ],
)
def test_the_settings_of_the_theme_in_a_page_say_what_it_and_the_site_say(site, name, value):
    text = site.read(PAGE)
    found = re.search(r'(?s)<script id="__config" type="application/json">(.*?)</script>', text)
    assert found
    plain = json.loads(found[1])
    plain[name] = plain["translations"] | value if name == "translations" else value
    site.write(PAGE, text.replace(found[1], json.dumps(plain)))
    (finding,) = site.verdict().findings
    assert finding.rule == "script-is-claimed"
    assert "in the theme's settings says what neither it nor the site says" in finding.message
