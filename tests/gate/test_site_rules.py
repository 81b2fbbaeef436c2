"""What else lies under docs/: names, addresses, unclaimed files, site pages."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository
from imprimatur.gate.examination import Examination
from imprimatur.gate.site_rules import file_is_claimed
from pictures import BLUE
from pictures import RED as PIXELS

if TYPE_CHECKING:
    from conftest import Shelf

NOW = datetime(2026, 11, 24, tzinfo=UTC)
_PASSES = Path(__file__).parents[1] / "articles" / "passes"
ARTICLE = (_PASSES / "answer-alone.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *("Spinal MRI.md", "articles/spinal MRI.md", "articles/Spinal.md", "articles/a--b.md"),
        *("articles/spinal_mri.md", "articles/\u0430.md", "\u00e9.md", ".hidden.md", "a..md"),
        *("articles/a.b.md", "assets/a b.png", "-a.md", "a\u200b.md", "a'b.md", "con\n.md"),
    ],
)
def test_a_name_that_not_every_system_reads_alike_is_found(name: str, shelf: Shelf):
    shelf.put(f"docs/{name}", ARTICLE)
    assert "file-name-is-plain" in shelf.rules(f"docs/{name}")


@pytest.mark.parametrize(
    "name", ["index.md", "about/how-to-read.md", "assets/a-1_b.min.css", "articles/a-1.md"]
)
def test_a_plain_name_is_fine(name: str, shelf: Shelf):
    shelf.put(f"docs/{name}", ARTICLE)
    assert "file-name-is-plain" not in shelf.rules(f"docs/{name}")


def test_links_are_found_wherever_they_lead(shelf: Shelf):
    shelf.article()
    (shelf.root / "docs/articles/linked.md").symlink_to("contrast.md")
    (shelf.root / "docs/about").symlink_to(shelf.root / "editorial")
    (shelf.root / "docs/gone.md").symlink_to("nowhere.md")
    found = {each.path for each in shelf.findings() if each.rule == "file-name-is-plain"}
    assert found == {"docs/articles/linked.md", "docs/about", "docs/gone.md"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.md", "a/index.md"),
        ("a.md", "A.md"),
        ("a/README.md", "a/index.md"),
        ("a.md", "a/index.html"),
        ("a.md", "a.html"),
        ("a.md", "a.markdown"),
        ("assets/a.png", "assets/A.PNG"),
        ("\u00e9.md", "e\u0301.md"),
        ("stra\u00dfe.md", "STRASSE.md"),
        ("index.md", "README.md"),
    ],
)
def test_two_files_at_one_address_are_found(one: str, other: str, shelf: Shelf):
    shelf.put(f"docs/{one}", "text")
    shelf.put(f"docs/{other}", "text")
    found = [each for each in shelf.findings() if each.rule == "address-is-unique"]
    assert len(found) == 1
    assert found[0].path in {f"docs/{one}", f"docs/{other}"}


def test_names_that_only_begin_alike_have_addresses_of_their_own(shelf: Shelf):
    for name in ("a.md", "ab.md", "a/b.md", "assets/a.css", "assets/a.js"):
        shelf.put(f"docs/{name}", "text")
    assert "address-is-unique" not in shelf.rules()


@pytest.mark.parametrize(
    "name",
    [
        *("all/2.md", "all.md", "all/index.md", "All/x.md", "all/a/b.md"),
        *("topics/index.md", "topics.md", "topics/radiology/2.md", "TOPICS/README.md"),
        *("404.md", "404/index.md", "topics/a.png"),
    ],
)
def test_an_address_that_is_kept_for_a_page_that_is_made_is_given_to_no_file(
    name: str, shelf: Shelf
):
    shelf.article()
    shelf.put(f"docs/{name}", "text")
    assert "address-is-unique" in shelf.rules(f"docs/{name}")


@pytest.mark.parametrize("name", ["about/topics.md", "overall.md", "topics-of-2026.md", "4041.md"])
def test_an_address_that_only_looks_like_a_kept_one_is_free(name: str, shelf: Shelf):
    shelf.article()
    shelf.put(f"docs/{name}", "# Text\n")
    assert "address-is-unique" not in shelf.rules()


@pytest.mark.parametrize(
    "name",
    [
        *("notes.md.bak", "raw.html", "review.yml", "a.pdf", "a.js", "a.txt", "articles/b/c.md"),
        *(
            "articles/unused.png",
            "assets/a.html",
            "assets/a.exe",
            "assets.png",
            "a.markdown",
            "a.MD",
        ),
    ],
)
def test_a_file_that_nobody_claims_is_found(name: str, shelf: Shelf):
    shelf.article()
    shelf.put(f"docs/{name}", "text")
    assert "file-is-claimed" in shelf.rules(f"docs/{name}")


def test_pages_assets_and_the_images_of_articles_are_claimed(shelf: Shelf):
    shelf.put("docs/articles/dose.png", PIXELS)
    shelf.put("docs/assets/site.css", "p {}")
    shelf.put("docs/about/us.md", "# Us\n")
    shelf.article(text=f"{ARTICLE}\n![Dose](dose.png) ![Again](../articles/./dose.png)\n")
    assert not shelf.findings()


def test_an_image_whose_bytes_change_is_another_text(shelf: Shelf):
    shelf.put("docs/articles/dose.png", PIXELS)
    shelf.article(text=f"{ARTICLE}\n![Dose](dose.png)\n")
    shelf.put("docs/articles/dose.png", BLUE)
    assert shelf.rules() == ["record-matches-manuscript"]


@pytest.mark.parametrize(
    "mark",
    [
        "![Dose](../assets/do%73e.png)",
        "![Dose](../assets/dose&#46;png)",
        "![Dose](../assets/dose\\.png)",
        "![Dose](../assets/missing.png)",
        "![Dose](/assets/dose.png)",
        "![Dose](../../../dose.png)",
        '<img src="../assets/dose&period;png" alt="Dose">',
    ],
)
def test_an_image_that_an_approval_would_not_cover_is_found(mark: str, shelf: Shelf):
    shelf.put("docs/assets/dose.png", PIXELS)
    shelf.article(text=f"{ARTICLE}\n{mark}\n")
    assert shelf.rules() == ["image-is-bound"]


@pytest.mark.parametrize(
    ("line", "is_fine"),
    [
        ("As a study showed [@park2019spinal].", False),
        ("As @park2019spinal showed.", False),
        ("<!-- @park2019spinal -->", False),
        ("/// answer\nYes.\n///", False),
        ("/// evidence | research\nYes.\n///", False),
        ("/// audience | patient\nYes.\n///", False),
        ("/// articles", False),
        ("Give &#8238;05 mg.", False),
        ("Give 5\u200b0 mg.", False),
        ("/// articles | topic=radiology page=2\n///", False),
        ("/// board | a-one\n///", False),
        ("/// topics\n", False),
        ("/// articles\n///", True),
        ("/// topics\n///", True),
        ("/// board\n///", True),
        ("/// policy\n///", True),
        ("/// kinds\n///", True),
        ("Write to info@park2019spinal.org.", True),
        ("Write `[@park2019spinal]` or `` `@park2019spinal` ``.", True),
        ("```\n[@park2019spinal]\n/// answer\n```", True),
        ("Mail editor@tests.example.", True),
    ],
)
def test_site_pages_hold_no_evidence_and_hide_nothing(line: str, *, is_fine: bool, shelf: Shelf):
    shelf.article()
    shelf.put("docs/about.md", f"# About\n\n{line}\n")
    findings = shelf.findings()
    assert bool(findings) is not is_fine
    assert all((each.path, each.line) == ("docs/about.md", 3) for each in findings)


def test_a_site_page_that_is_no_text_is_found(shelf: Shelf):
    shelf.article()
    shelf.put("docs/about.md", b"# About\n\nKosovi\xe9\n")
    (finding,) = shelf.findings()
    assert (finding.rule, finding.line) == ("site-page-is-readable", 3)


@pytest.mark.parametrize(
    "line", ["`" * 90_000 + "a", "` `` " * 30_000, "".join("`" * n + " " for n in range(400))]
)
def test_no_site_page_takes_long(line: str, shelf: Shelf):
    shelf.put("docs/about.md", line)
    started = time.process_time()
    shelf.findings()
    assert time.process_time() - started < 4


LETTERS = "the path holds other signs than letters, digits, `-`, `_` and `.`:"
STRAY = "no article and no site page claims this file, and readers would get it"
ONLY_ASSETS = "remove it, or put it below docs/assets/ if the site needs it"
UNSEEN = "show it in an article, or remove it"
ONLY_MANUSCRIPTS = "a manuscript lies in docs/articles/ itself, and its name ends in .md"


MISPLACED = pytest.mark.parametrize(
    ("path", "rule", "message", "cure"),
    [
        ("docs/a b.md", "file-name-is-plain", f"{LETTERS} 'docs/a b.md'", "rename it"),
        (
            "docs/articles/Spinal_X.md",
            "file-name-is-plain",
            "a manuscript's name is its slug, and `Spinal_X` is none",
            "rename it to lower-case letters and digits with single hyphens",
        ),
        (
            "docs/articles/site.md",
            "file-name-is-plain",
            "`site` is kept for acts about the site itself",
            "give the manuscript another name",
        ),
        *(
            (
                f"docs/articles/{name}.md",
                "file-name-is-plain",
                f"hosts publish `{name}` as the page of its folder, not of an article",
                "give the manuscript another name",
            )
            for name in ("index", "readme")
        ),
        (
            "docs/all/2.md",
            "address-is-unique",
            "/all/2 is kept for a page that is made, not written",
            "give the file another name",
        ),
        ("docs/x.txt", "file-is-claimed", STRAY, ONLY_ASSETS),
        ("docs/assets/x.txt", "file-is-claimed", STRAY, ONLY_ASSETS),
        ("docs/articles/x.txt", "file-is-claimed", STRAY, ONLY_MANUSCRIPTS),
        ("docs/articles/b/c.md", "file-is-claimed", STRAY, ONLY_MANUSCRIPTS),
        (
            "docs/articles/x.png",
            "file-is-claimed",
            STRAY,
            UNSEEN,
        ),
    ],
)


def test_an_image_is_not_to_be_removed_while_an_unreadable_article_may_show_it(shelf: Shelf):
    shelf.article("broken", b"no head\n\n![Dose](x.png)\n")
    shelf.put("docs/articles/x.png", "text")
    (found,) = (each for each in shelf.findings() if each.rule == "file-is-claimed")
    assert found.cure == "mend the articles that cannot be read first; one of them may show it"


def test_no_text_is_read_again_where_every_file_is_claimed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    shelf.article("sound")
    examination = Examination(Repository(shelf.root), NOW)
    examination.see_all()
    # At 1,000 articles, to ask for each of them once more took a quarter of the gate.
    monkeypatch.setattr(Repository, "manuscript", None)
    assert list(file_is_claimed(examination)) == []


@MISPLACED
def test_a_file_in_the_wrong_place_or_of_the_wrong_name_is_told_with_its_cure(
    path: str, rule: str, message: str, cure: str, shelf: Shelf
):
    shelf.put(path, "# Text\n")
    found = [each for each in shelf.findings(path) if each.rule == rule]
    assert [(each.path, each.line, each.message, each.cure) for each in found] == [
        (path, 0, message, cure)
    ]


def test_a_link_is_told_with_its_cure_wherever_it_stands_among_the_folders(shelf: Shelf):
    for folder in ("docs", "editorial"):
        moved = (shelf.root / folder).rename(shelf.root / f"other-{folder}")
        (shelf.root / folder).symlink_to(moved)
    found = [each for each in shelf.findings() if each.message == "this is a symbolic link"]
    assert [(each.path, each.line, each.rule, each.cure) for each in found] == [
        (folder, 0, "file-name-is-plain", "put the file itself here")
        for folder in ("docs", "editorial")
    ]


def test_of_three_files_at_one_address_each_later_one_is_told_which_was_first(shelf: Shelf):
    for name in ("a.md", "a/index.md", "a/readme.md"):
        shelf.put(f"docs/{name}", "# Text\n")
    found = [each for each in shelf.findings() if each.rule == "address-is-unique"]
    message = "this file and docs/a.md are both published at /a"
    assert [(each.path, each.line, each.message, each.cure) for each in found] == [
        (f"docs/a/{name}.md", 0, message, "rename or remove one of them")
        for name in ("index", "readme")
    ]


@pytest.mark.parametrize("ending", ["md", "markdown", "mdown", "mkdn", "mkd", "html", "htm", "HTM"])
def test_every_name_that_a_host_takes_for_a_page_has_the_address_of_one(ending: str, shelf: Shelf):
    shelf.put("docs/a/b.md", "# Text\n")
    shelf.put(f"docs/a/b/index.{ending}", "# Text\n")
    shelf.put(f"docs/a/c.{ending}", "# Text\n")
    rules = [each.path for each in shelf.findings() if each.rule == "address-is-unique"]
    assert rules == [f"docs/a/b/index.{ending}"]


@pytest.mark.parametrize(
    "ending", ["css", "js", "svg", "png", "jpg", "jpeg", "webp", "woff2", "ico", "PNG"]
)
def test_an_asset_is_a_style_a_script_a_picture_or_a_font_and_lies_among_the_assets(
    ending: str, shelf: Shelf
):
    for name in ("assets/x", "assets/deep/x", "x", "other/assets/x"):
        shelf.put(f"docs/{name}.{ending}", "x")
    found = [each.path for each in shelf.findings() if each.rule == "file-is-claimed"]
    assert found == [f"docs/other/assets/x.{ending}", f"docs/x.{ending}"]


def test_each_mark_on_a_site_page_is_told_on_its_line(shelf: Shelf):
    shelf.put(
        "docs/about.md",
        "# About\n\n  /// board\n\nAs @liu2017vertebral and @liu2017vertebral showed.\n"
        "\n/// answer\nYes.\n///\n",
    )
    found = [each for each in shelf.findings() if each.rule == "site-page-holds-no-marks"]
    assert {each.path for each in found} == {"docs/about.md"}
    told = [(each.line, each.message, each.cure) for each in found]
    assert told[:2] == [
        (3, "a block mark is indented", "put it at the beginning of its line"),
        (5, "`@liu2017vertebral` is cited on a site page", "cite in articles only"),
    ]
    assert [(line, message) for line, message, _ in told[2:]] == [
        (7, "`/// answer` is no block known here")
    ]


def test_a_site_page_has_up_to_a_million_bytes(shelf: Shelf):
    line = f"{'word ' * 79}wor\n\n"
    shelf.put("docs/about.md", line * 2_500)
    assert "site-page-is-readable" not in shelf.rules()
    shelf.put("docs/about.md", line * 2_500 + "\n")
    (finding,) = (each for each in shelf.findings() if each.rule == "site-page-is-readable")
    assert finding.path == "docs/about.md"
    assert "1000000" in finding.message.replace(",", "")


def test_a_site_page_that_takes_too_long_to_print_is_told_by_its_line(shelf: Shelf):
    shelf.article()
    shelf.put("docs/about.md", f"# About\n\n{'> ' * 200}Quoted\n")
    (finding,) = shelf.findings()
    assert (finding.rule, finding.line) == ("site-page-is-readable", 3)
    assert finding.message == "the text is nested more than 24 deep"


def test_a_page_below_the_articles_folder_is_no_manuscript_and_read_as_a_site_page(shelf: Shelf):
    shelf.put("docs/articles/deep/about.md", "# About\n\n[@liu2017vertebral]\n")
    assert "site-page-holds-no-marks" in shelf.rules("docs/articles/deep/about.md")


@pytest.mark.parametrize(
    "text",
    [
        "Note: ask first.\n\n# Us\n",
        "   dose:5 mg",
        "https://tests.example/",
        "A-b_1:\rx",
    ],
)
def test_a_site_page_does_not_begin_as_a_head_that_some_hosts_leave_out(text: str, shelf: Shelf):
    shelf.put("docs/about.md", text)
    (found,) = (each for each in shelf.findings() if each.rule == "site-page-begins-with-text")
    assert (found.path, found.line) == ("docs/about.md", 1)


@pytest.mark.parametrize(
    "text",
    [
        "# Note: us",
        "\nNote: ask first.",
        "Please note: x",
        "    a: b",
        "---\na: b\n---\nText",
        ":x",
        "",
    ],
)
def test_what_begins_otherwise_is_text(text: str, shelf: Shelf):
    shelf.put("docs/about.md", text)
    assert "site-page-begins-with-text" not in shelf.rules()


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
"""A head that stands for more values than any memory holds."""


@pytest.mark.parametrize(
    ("head", "flaw"),
    [
        ("title: [About us\n", "did not find expected ',' or ']'"),
        ("title: !!python/name:os.system\n", "could not determine a constructor"),
        ("date: 2026-13-45\n", "month must be in 1..12"),
        ("- About us\n", "it holds no names"),
        ("a: *b\n", "`*b` stands for"),
        (LAUGHS, "more than 50,000 values"),
    ],
)
def test_a_head_that_hosts_would_print_as_text_is_refused(head: str, flaw: str, shelf: Shelf):
    shelf.put("docs/about.md", f"---\n{head}---\n# Us\n")
    (found,) = (each for each in shelf.findings() if each.rule == "site-page-has-a-readable-head")
    assert (found.path, found.line) == ("docs/about.md", 1)
    assert found.message.startswith(f"the front matter cannot be read: {flaw}")


@pytest.mark.parametrize(
    "text", ["---\ntitle: Us\n---\nText", "---\nText", "Text\n\n---\na: [\n---\n"]
)
def test_a_page_with_a_plain_head_or_none_is_fine(text: str, shelf: Shelf):
    shelf.put("docs/about.md", text)
    assert "site-page-has-a-readable-head" not in shelf.rules()
