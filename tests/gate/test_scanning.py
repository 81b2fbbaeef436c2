"""What is found in a whole built site, file by file, each with its line and its rule."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace

import pytest

from handmade import ARTICLE, PAGE, PLAN, PRINTED, handmade, page, told
from imprimatur.editorial import State
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate.headers import write_headers
from imprimatur.gate.plan import Withheld
from imprimatur.gate.release import write_release

OTHER = "articles/other/index.html"


@pytest.fixture
def site(tmp_path):
    return handmade(tmp_path)


def test_a_site_that_shows_what_is_published_is_granted_with_the_number_of_its_articles(site):
    verdict = site.verdict()
    assert (verdict.findings, verdict.unchecked, verdict.articles) == ((), (), 1)
    assert verdict.outcome is Outcome.GRANTED


def test_what_is_no_folder_and_what_holds_no_file_cannot_be_examined(site, tmp_path):
    (tmp_path / "empty" / "more").mkdir(parents=True)
    for name, what in (
        ("empty", "holds no file; build the site into it first"),
        ("none", "is no folder; name the folder that the site was built in"),
        ("site/index.html", "is no folder"),
    ):
        with pytest.raises(CannotExamineError, match=f"{name} {what}"):
            replace(site, folder=tmp_path / name).verdict()
    # What is no file does not make a site of a folder.
    (tmp_path / "empty" / "pipe").symlink_to(tmp_path)
    with pytest.raises(CannotExamineError):
        replace(site, folder=tmp_path / "empty").verdict()


def test_a_site_may_be_named_by_a_link_to_its_folder(site, tmp_path):
    (tmp_path / "link").symlink_to(site.folder)
    assert told(replace(site, folder=tmp_path / "link")) == []


def test_what_is_no_plain_file_is_found_in_every_folder_and_never_followed(site, tmp_path):
    outside = handmade(tmp_path / "outside").folder
    (site.folder / "articles" / "linked").symlink_to(outside)
    (site.folder / "articles" / "linked.html").symlink_to(outside / "index.html")
    os.mkfifo(site.folder / "assets" / "pipe")
    (site.folder / "empty").mkdir()
    os.mkfifo(os.fsencode(site.folder) + b"/\xff")
    (site.folder / os.fsdecode(b"\xfe.html")).write_text("x")
    assert told(site) == [
        "articles/linked: page-is-claimed: this is no plain file",
        "articles/linked.html: page-is-claimed: this is no plain file",
        "assets/pipe: page-is-claimed: this is no plain file",
        # Servers list folders by their names, which could tell anything.
        "empty/: page-is-claimed: this is no plain file",
        "\\udcfe.html: page-is-claimed: this is no plain file",
        "\\udcff: page-is-claimed: this is no plain file",
    ]


def test_a_link_in_place_of_the_folder_of_a_page_is_found(site, tmp_path):
    there = site.folder / "articles" / "contrast"
    there.rename(tmp_path / "contrast")
    there.symlink_to(tmp_path / "contrast")
    assert "articles/contrast: page-is-claimed: this is no plain file" in told(site)


def test_a_folder_that_cannot_be_read_is_an_error_and_never_left_out(site):
    at = os.open(site.folder, os.O_RDONLY)
    for _ in range(20):
        # No path is as long as this one becomes.
        os.mkdir("a" * 250, dir_fd=at)
        below = os.open("a" * 250, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    with pytest.raises(OSError, match="too long"):
        site.verdict()


def test_findings_of_all_files_stand_in_order_and_each_once(site):
    site.change("index.html", "</p>\n", "</p>\n<p>Take 50 mg.</p>\n<p>[@park2019spinal]</p>")
    site.write("search.json", "{")
    site.write("a.txt", "left")
    site.change(PAGE, "a lot", "a bit")
    assert told(site) == [
        "a.txt: page-is-claimed: no article, no site page and no asset claims this file",
        (
            f"{PAGE}:3: page-shows-what-was-approved: "
            "`a bit.` stands where the approved text says `a lot.`"
        ),
        (
            "index.html:5: frame-is-claimed: "
            "the page says something that no article, no list and no file of the site says"
        ),
        "index.html:6: mark-is-resolved: `[@park2019spinal` is left as it was written",
        "search.json: search-says-what-its-page-says: the data of the search has an unknown form",
    ]


def test_what_a_search_says_of_a_page_is_held_against_that_page(site):
    site.write("search.json", '{"items": [{"location": "", "title": "Take 50 mg"}]}')
    assert told(site) == [
        (
            "search.json: search-says-what-its-page-says: "
            "a title of the home page in the search is not what that page says"
        )
    ]


def test_an_article_without_its_page_is_found_at_its_own_address(site):
    more = replace(PRINTED, slug="a-second")
    (site.folder / PAGE).rename(site.folder / "articles/contrast.html")
    lost = replace(site, plan=replace(PLAN, printed=(PRINTED, more)))
    assert told(lost) == [
        (
            "articles/a-second/index.html: article-has-its-page: "
            "the article is published, and its page is not there"
        )
    ]


def test_a_page_that_holds_what_is_not_published_there_is_found(site):
    site.write(OTHER, page(ARTICLE.replace("contrast", "other")))
    site.write("index.html", page(ARTICLE))
    found = [each for each in told(site) if "frame-is-claimed" not in each]
    here = "which is not published here"
    assert found == [
        f"{PAGE}: page-is-unique: this file and index.html both hold the article `contrast`",
        f"{OTHER}: page-is-claimed: no article, no site page and no asset claims this file",
        f"{OTHER}: page-is-claimed: the page holds the article `other`, {here}",
        f"index.html: page-is-claimed: the page holds the article `contrast`, {here}",
        (
            "index.html: page-says-what-its-source-says: nowhere does it say `Home`, with which "
            "its source begins (docs/index.md)"
        ),
    ]


def test_two_files_of_one_address_are_found_whatever_their_case_and_form(site):
    plain = page("<p>Nothing else.</p>")
    for path in ("about/index.html", "About.html", "ABOUT", "about/us/index.html"):
        site.write(path, plain)
    site.write("articles/contrast.html", (site.folder / PAGE).read_bytes())
    first = "this file and ABOUT have the same address"
    both = "this file and articles/contrast.html both hold the article `contrast`"
    assert [each for each in told(site) if "page-is-unique" in each] == [
        f"About.html: page-is-unique: {first}",
        f"about/index.html: page-is-unique: {first}",
        f"{PAGE}: page-is-unique: {both}",
    ]


def test_a_file_that_is_not_what_is_published_under_its_name_is_told_from_one_without_name(site):
    site.write("assets/own.css", "p { }")
    site.write("pagefind/pagefind.js", "other()")
    site.write("pagefind/other.js", "other()")
    site.write("about.md", "x")
    other = "the file is not, byte for byte, the one of this name that is published"
    none = "no article, no site page and no asset claims this file"
    assert told(site) == [
        f"about.md: page-is-claimed: {none}",
        f"assets/own.css: page-is-claimed: {other}",
        f"pagefind/other.js: page-is-claimed: {none}",
        f"pagefind/pagefind.js: page-is-claimed: {other}",
    ]


def test_what_is_made_anew_for_each_release_needs_no_claim(site):
    site.write("404.html", page("<p>Home</p>"))
    site.change("404.html", "<head>", '<head><meta charset="utf-8">')
    served(site)
    site.write("sitemap.xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>')
    write_release(site.folder, site.plan, "mkdocs")
    assert told(site) == []
    # A server keeps some of them to itself.
    (site.folder / "_headers").unlink()
    assert told(site) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{\n  "articles"', '<script>alert(1)</script>{\n  "articles"'),
        ('"host": "mkdocs ', '"host": "Take 50 mg of mkdocs '),
        ('"slug": "contrast"', '"slug": "take-50-mg-a-day"'),
        ('"index.html": {', '"take 50 mg": {'),
        ('"format": 1,', '"format": 1,\n  "note": "Take 50 mg",'),
    ],
)
def test_the_file_of_a_release_says_nothing_but_what_it_is(site, old, new):
    served(site)
    write_release(site.folder, site.plan, "mkdocs")
    site.change("release.json", old, new)
    what = "the file says of this release what `imprimatur publish` does not write"
    assert told(site) == [f"release.json: page-is-claimed: {what}"]


def served(site):
    """The same site with its policy, and with what `imprimatur publish` tells its server."""
    for path in (PAGE, "index.html"):
        site.change(path, "<head>", '<head><meta charset="utf-8">')
    site.change("index.html", "</p>\n", "</p>\n<p style='color: red'></p>")
    site.change(PAGE, "</body>", "<script>\rours()\r\n</script></body>")
    write_headers(site.folder)
    return site


SERVERS = ("_headers", ".htaccess", ".headers/nginx.conf")


def other(path: str) -> str:
    said = "the file tells the server other than `imprimatur publish` writes of these pages"
    return f"{path}: page-is-claimed: {said}"


def test_what_publish_tells_a_server_is_what_a_scan_expects(site):
    assert told(served(site)) == []
    for path in SERVERS:
        (site.folder / path).unlink()
        assert told(site) == [], "who serves the site otherwise needs no such file"


@pytest.mark.parametrize("path", SERVERS)
def test_one_byte_more_for_a_server_is_found(site, path):
    text = served(site).read(path)
    for changed in (f"{text}\n", "", text.replace("nosniff", "sniff"), gzip.compress(b"x")):
        site.write(path, changed)
        assert other(path) in told(site)


def test_what_a_server_is_told_is_of_these_pages(site):
    served(site)
    site.change("index.html", "style='color: red'", "")
    found = [each for each in told(site) if "its-policy" not in each]
    assert found == [other(path) for path in sorted(SERVERS)]


POLICY = '<meta http-equiv="Content-Security-Policy" content="'


def unpoliced(path: str, told: str = "does not begin with") -> str:
    said = f"the page {told} the one that names the site's scripts and styles"
    return f"{path}: page-begins-with-its-policy: {said}"


@pytest.mark.parametrize(
    ("old", "new", "told_of_it"),
    [
        (POLICY, POLICY.replace("Policy", "Police"), "does not begin with"),
        (POLICY, f"{POLICY}x; ", "begins with another policy than"),
        ("default-src 'none'", "default-src 'self'", "begins with another policy than"),
        ("<head>", "<head>x", "does not begin with"),
        ("<head>", '<head><link rel="icon" href="assets/own.css">', "does not begin with"),
        ("<head>", "<head><!-- Home -->", "does not begin with"),
        (f'<meta charset="utf-8">{POLICY}', f'<meta name="x" {POLICY[6:]}', "does not begin with"),
    ],
)
def test_a_page_without_the_policy_of_its_site_is_found(site, old, new, told_of_it):
    served(site).change("index.html", old, new)
    assert unpoliced("index.html", told_of_it) in told(site)


def test_who_publishes_otherwise_needs_no_policy_and_one_alone_is_none(site):
    plain = site.read("index.html")
    served(site)
    policed = site.read(PAGE)
    for path in SERVERS:
        (site.folder / path).unlink()
    site.write(PAGE, policed.replace(POLICY, "<!-- Home --><meta http-equiv='x' content=\""))
    site.write("index.html", plain)
    assert not [each for each in told(site) if "its-policy" in each]
    # Whatever shows that a site was published with one asks for one in each page.
    site.write("release.json", "{}")
    assert [each for each in told(site) if "its-policy" in each] == [
        unpoliced(PAGE),
        unpoliced("index.html"),
    ]
    (site.folder / "release.json").unlink()
    site.write(PAGE, policed)
    assert unpoliced("index.html") in told(site)


def test_a_server_is_told_nothing_of_pages_that_no_policy_can_name(site):
    served(site)
    many = "".join(f"<script>run({each})</script>" for each in range(40))
    site.change("index.html", "</body>", f"{many}</body>")
    # What nobody claims is told of the page alone: the server's files follow from it.
    assert [each.partition(":")[0] for each in told(site)] == ["index.html"]
    files = {**PLAN.files, "overrides/more.html": many.encode()}
    claimed = replace(site, plan=replace(PLAN, files=files))
    assert told(claimed) == [other(path) for path in sorted(SERVERS)]


def test_a_notice_is_named_to_the_server(site):
    gone = ARTICLE.replace("<article", '<article data-standing="withdrawn"')
    printed = replace(
        PRINTED, html=gone, entry=replace(PRINTED.entry, state=State.WITHDRAWN), summary=""
    )
    site = replace(site, plan=replace(PLAN, printed=(printed,)))
    site.change(PAGE, "<article", '<article data-standing="withdrawn"')
    served(site)
    assert "X-Robots-Tag" in site.read("_headers")
    assert told(site) == []
    site.change("_headers", "  X-Robots-Tag: noindex\n", "")
    assert told(site) == [other("_headers")]


@pytest.mark.parametrize(
    "address",
    [
        "articles/contrast",
        "articles/contrast/",
        "articles/contrast/#q",
        "articles/contrast/index.html#ref-park2019spinal",
        "articles/contrast/#__search",
        "articles/contrast/#:~:text=x",
        "#home",
        "#",
        "",
        ".",
        "./?q#home",
        "assets/own.css",
        "https://tests.example/us/",
        "https://tests.example/us/?q=#home",
        "//TESTS.example/us/#home",
        "https://cdn.example/x/nowhere/",
    ],
)
def test_an_address_leads_to_a_file_and_a_place_in_it(site, address):
    linked(site, address)
    assert told(site) == []


def linked(site, address):
    """Put a link below the text of the home page."""
    site.change("index.html", "</p>\n", f'</p>\n<a href="{address}">Home</a>')


def nowhere(address: str) -> str:
    return f"index.html:5: address-resolves: the address {address} leads nowhere"


@pytest.mark.parametrize(
    "address",
    [
        "articles/",
        "articles/contrast/#nowhere",
        "articles/contrast/#x__",
        "assets/own.css/",
        "assets/own.css#home",
        "articles/contrast/index.html/",
        "#nowhere",
        "../",
        "http://[::x",
    ],
)
def test_an_address_that_leads_nowhere_is_found_with_its_line(site, address):
    linked(site, address)
    found = [each for each in told(site) if "frame-is-claimed" not in each]
    assert found == [nowhere(address)]


@pytest.mark.parametrize("address", ["https://tests.example", "https://tests.example/"])
def test_the_host_of_a_site_that_lies_in_a_folder_is_no_part_of_it(site, address):
    linked(site, address)
    assert [each for each in told(site) if "frame-is-claimed" not in each] == [nowhere(address)]


@pytest.mark.parametrize("address", ["https://tests.example", "https://tests.example#home"])
def test_the_host_of_a_site_alone_is_its_home_page(site, address):
    settings = PLAN.files["mkdocs.yml"].replace(b"/us/", b"")
    own = replace(site, plan=replace(PLAN, files={**PLAN.files, "mkdocs.yml": settings}))
    linked(own, address)
    assert told(own) == []


def test_addresses_in_the_map_of_the_site_and_in_what_is_searched_lead_somewhere(site):
    text = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://tests.example/us/nowhere/</loc></url></urlset>"
    )
    site.write("sitemap.xml.gz", gzip.compress(text.encode()))
    site.write("pagefind/fragment/en_1.pf_fragment", gzip.compress(b'{"url": "/nowhere/"}'))
    assert [each for each in told(site) if "address-resolves" in each] == [
        "pagefind/fragment/en_1.pf_fragment: address-resolves: the address nowhere/ leads nowhere",
        (
            "sitemap.xml.gz: address-resolves: "
            "the address https://tests.example/us/nowhere/ leads nowhere"
        ),
    ]


def test_a_file_that_tells_what_is_withheld_is_found_without_a_word_of_it(site):
    source = b"# Zorses\n\nGive every okapi of the herd one gramme of it before noon.\n"
    waits = (
        Withheld(slug="calm-okapis", source=source, waits_for=("a review",)),
        Withheld(slug="the-second", source=source, waits_for=("a review",)),
    )
    tells = replace(site, plan=replace(PLAN, withheld=waits))
    assert told(tells) == []
    tells.write("b.txt", "okapi of the herd one gramme of it before")
    tells.write("a.txt", "Zorses\ncalm-okapis")
    found = [each for each in told(tells) if "pending" in each]
    rule = "pending-text-is-absent: the file tells"
    assert found == [
        f"a.txt: {rule} a heading, a topic or a name of `calm-okapis`, which is withheld",
        f"a.txt: {rule} a heading, a topic or a name of `the-second`, which is withheld",
        f"a.txt: {rule} the address of `calm-okapis`, which is withheld",
        f"b.txt: {rule} eight words in a row of `calm-okapis`, which is withheld",
        f"b.txt: {rule} eight words in a row of `the-second`, which is withheld",
    ]


def test_a_site_of_many_files_is_found_to_hold_the_same(site):
    images = {f"docs/assets/{number}.svg": b"<svg/>" for number in range(300)}
    many = replace(site, plan=replace(PLAN, files={**PLAN.files, **images}))
    for path, data in images.items():
        many.write(path.removeprefix("docs/"), data)
    many.write("assets/7.svg", "<svg />")
    many.change(PAGE, "a lot", "a bit")
    assert [each.partition(": ")[0] for each in told(many)] == [f"{PAGE}:3", "assets/7.svg"]


def test_what_would_print_no_page_at_all_is_told_once_of_the_settings(site):
    settings = PLAN.files["mkdocs.yml"] + b"markdown_extensions: [no_such_thing]\n"
    more = {"docs/a.md": b"# Home\n", "mkdocs.yml": settings}
    site = replace(site, plan=replace(PLAN, files={**PLAN.files, **more}))
    site.write("a/index.html", page('<h1 id="home">Home</h1>'))
    why = "`no_such_thing` in mkdocs.yml is no extension that an installed package declares"
    assert told(site) == [f"mkdocs.yml: page-says-what-its-source-says: {why}"]


LEAVING = (
    *('"*.md"', "/about/", "about", '"**/ask.md"', "about/**", '"a*/**/ask.md"', "about/a?k.md"),
    *('"**"', '"[ab]bout"', "a\\bout", "!ENV X", '"*.py\\n/about/*\\n"'),
)
KEEPING = ('"*.py"', "/ask.md", "drafts/", "bout", '"#about"', '"!about"', "", "sk.md")


def test_a_page_of_the_site_that_is_not_there_is_found_unless_the_site_leaves_some_out(site):
    more = {"docs/about/ask.md": b"# Ask\n", "docs/templates/x.md": b"# X\n"}
    missing = replace(site, plan=replace(PLAN, files={**PLAN.files, **more}))
    assert told(missing) == [
        "about/ask/index.html: site-page-is-there: the page of docs/about/ask.md is not there"
    ]
    for name, text, number in (
        *(("exclude_docs", "ask.md", 0), ("draft_docs", "ask.md", 0), ("not_in_nav", "ask.md", 1)),
        *(("exclude_docs", each, 0) for each in LEAVING),
        *(("exclude_docs", each, 1) for each in KEEPING),
    ):
        settings = PLAN.files["mkdocs.yml"] + f"{name}: {text}\n".encode()
        files = {**PLAN.files, **more, "mkdocs.yml": settings}
        assert len(told(replace(site, plan=replace(PLAN, files=files)))) == number, text
    site.write("about/ask.html", page('<h1 id="ask">Ask</h1>'))
    assert told(missing) == [], "a host may publish it beside its folder"
