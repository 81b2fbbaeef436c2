"""Whether a site page says what its source says, its lists included, without building it."""

from __future__ import annotations

import colorsys
import ctypes
import importlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest

from conftest import POLICY
from handmade import ARTICLE, PAGE, PLAN, PRINTED, page
from imprimatur.errors import Finding
from imprimatur.gate.scan.claims import Claims
from imprimatur.gate.scan.confined import confined
from imprimatur.gate.scan.frame_rules import frame_is_claimed
from imprimatur.gate.scan.lists import Lists, addresses
from imprimatur.gate.scan.page import read_page
from imprimatur.gate.scan.site_words import titles_of
from imprimatur.gate.scan.source_rules import page_says_what_its_source_says
from imprimatur.press import LISTS
from imprimatur.press.elements import serialise_inside
from imprimatur.press.stash import BlockMark

if TYPE_CHECKING:
    from imprimatur.gate.plan import Plan

HEARTS = replace(PRINTED, entry=replace(PRINTED.entry, topics=("hearts", "lungs")))
BOARD = b"""\
version: 3
people:
  - id: demo-ana
    name: Demonstration Demo Ana
    credentials: MD
    affiliation: Nowhere
    roles: [reviewer]
    specialties: [radiology]
    term: {from: 2025-01-01, to: 2026-11-25}
    interests: none
"""
RULE = "page-says-what-its-source-says"
AT = f"index.html:4: {RULE}: "
NAMED = "site_name: Demo site\n"
TITLE = '<h1 id="home">Home</h1>\n'


def plan(*names: str, text: str = "", settings: str = "") -> Plan:
    """A release whose home page holds a text and these lists."""
    source = f"# Home\n\n{text}" + "".join(f"/// {each}\n///\n\n" for each in names)
    files = {
        **PLAN.files,
        "mkdocs.yml": f"{NAMED}markdown_extensions: [imprimatur{settings}]\n".encode(),
        "docs/index.md": source.encode(),
        "editorial/board.yml": BOARD,
        "editorial/policy.yml": POLICY.encode(),
    }
    return replace(PLAN, printed=(HEARTS,), files=files)


def listed(made: Plan, name: str, level: int = 2, path: str = "index.html") -> str:
    name, _, argument = name.partition(" | ")
    return Lists(made).printed(BlockMark(name=name, argument=argument), path, level)


def test_a_source_that_begins_with_a_comment_is_refused_in_words():
    made = replace(PLAN, files={**PLAN.files, "docs/index.md": b"<!-- x -->\n\n# Home\n"})
    (found,) = told(made, TITLE)
    assert "its source begins with a comment" in found


def told(made: Plan, body: str, path: str = "index.html") -> list[str]:
    read = read_page(path, page(body).encode(), Claims(made))
    assert not isinstance(read, Finding)
    findings = [*page_says_what_its_source_says(read), *frame_is_claimed(read)]
    return [str(each).partition("; ")[0] for each in findings]


@pytest.mark.parametrize("name", LISTS)
def test_each_kind_of_list_is_held_against_the_release(name):
    made = plan(name)
    html = listed(made, name)
    assert "unreadable" not in html
    assert told(made, f"{TITLE}{html}") == []
    (changed,) = told(made, TITLE + html.replace("</", " Take 50 mg.</", 1))
    assert changed.startswith(f"{AT}`")
    assert "Take 50 mg.` stands where its source says" in changed
    assert len(told(made, TITLE)) == 1
    (twice,) = told(made, TITLE + html + html)
    assert "frame-is-claimed" in twice


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_headings_in_a_list_are_one_rank_below_the_one_above_it(level):
    made = plan("board", text=f"{'#' * level} Who\n\n")
    html = listed(made, "board", level + 1)
    assert f"<h{level + 1}>Former members</h{level + 1}>" in html
    above = f'{TITLE}<h{level} id="who">Who</h{level}>\n'
    assert told(made, above + html) == []
    assert told(made, above + listed(made, "board", level)) != []


def test_the_lists_of_a_page_stand_in_the_order_of_its_source():
    made = plan("topics", "articles")
    topics, articles = listed(made, "topics"), listed(made, "articles")
    assert told(made, f"{TITLE}{topics}\n{articles}") == []
    assert len(told(made, f"{TITLE}{articles}\n{topics}")) == 1


def test_where_there_is_nothing_to_list_the_page_says_so():
    made = replace(plan("articles", "topics"), printed=())
    html = f"{TITLE}{listed(made, 'articles')}\n{listed(made, 'topics')}"
    assert html.count('class="imp-list-empty"') == 2
    assert told(made, html) == []
    assert len(told(made, html.replace("articles", "doses"))) == 1


def test_the_list_of_a_topic_lies_on_a_page_of_its_own_with_addresses_from_there():
    made = plan("articles")
    path = "topics/hearts/index.html"
    above = '<h1 id="hearts">Hearts</h1>\n<p><a href="../">All topics</a></p>\n'
    html = listed(made, "articles | topic=hearts page=1", path=path)
    assert 'href="../../articles/contrast/"' in html
    assert told(made, above + html, path) == []
    there = listed(made, "articles | topic=hearts page=1")
    assert told(made, above + there, path) != []
    assert told(made, above.replace('"../"', '"../../"') + html, path) != []


def test_an_article_holds_no_list_and_a_page_of_no_source_none():
    made = plan("articles")
    html = listed(made, "articles")
    assert told(made, ARTICLE, PAGE) == told(made, "", "404.html") == []
    for body, path in ((ARTICLE + html, PAGE), (html, "404.html")):
        (found,) = told(made, body, path)
        assert "frame-is-claimed" in found


ADVICE = "Never more than 5 mg.\n\nAsk *first*, in [a note](about/us.md#who), or [there](x/).\n"
SAID = (
    f"{TITLE}<p>Never more than 5 mg.</p>\n<p>Ask <em>first</em>, in "
    '<a href="about/us/#who">a note</a>, or <a href="x/">there</a>.</p>'
)


def test_a_page_says_its_source_whole_once_and_in_each_letter():
    made = plan(text=ADVICE)
    assert told(made, SAID) == []
    for old, new, how in (
        ("5 mg", "50 mg", "`Never more than 50 mg.` stands where its source says `Never more"),
        ("Never", "<span>Never</span>", "nothing stands where its source says `Never more than"),
        (
            "<p>Never more than 5 mg.</p>\n",
            "",
            "`Ask` stands where its source says `Never more than 5 mg.`",
        ),
        ("<em>", "<em hidden>", "`hidden` of <em> is not as in its source"),
        ("<em>first</em>", "first", ""),
        ("about/us/#who", "about/you/#who", "`href` of <a> is not as in its source"),
        ("about/us/#who", "about/us/#what", "`href` of <a> is not as in its source"),
        ("us/#who", "us/?h=50+mg#who", "`href` of <a> is not as in its source"),
        ('"x/"', '"https://elsewhere.example/"', "`href` of <a> is not as in its source"),
        ("</p>\n<p>Ask", "</p>\n<p>Ask</p>\n<p>Ask", ""),
        ("</em>", "</em><!-- 50 mg -->", ""),
        ("Home", "Homes", "nowhere does it say `Home`, with which its source begins"),
    ):
        (found,) = told(made, SAID.replace(old, new))
        assert RULE in found, old
        assert how in found
        assert found.endswith("(docs/index.md)")
    for more in ("<p>Never more than 5 mg.</p>", "<p>5</p>", SAID):
        (found,) = told(made, SAID + more)
        assert "frame-is-claimed" in found, "no sentence is put together, and none is said twice"


def test_where_a_text_begins_is_found_soon_however_deep_it_could_lie():
    made = plan()
    own = replace(made, files={**made.files, "docs/index.md": b"<div>Home</div>\n"})
    body = "<div>" * 200 + "<i>x</i>\t" * 40_000 + "</div>" * 200
    began = process_time()
    (found,) = told(own, body)
    assert "nowhere does it say `Home`" in found
    assert process_time() - began < 3
    long = f"<div><i>{'<b>a</b> ' * 50}</i> <b>{' ' * 90}</b>{'b' * 90}</div>"
    own = replace(made, files={**made.files, "docs/index.md": f"{long}\n".encode()})
    assert told(own, long) == []
    assert told(own, long.replace("bb", "b", 1)) != []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<div hidden>", "</div>"),
        ('<div class="md-overlay">', "</div>"),
        ("<details>", "</details>"),
        ('<section dir="rtl">', "</section>"),
    ],
)
def test_nothing_around_a_text_hides_it(start, end):
    (found,) = [each for each in told(plan(text=ADVICE), f"{start}{SAID}{end}") if RULE in each]
    assert f"the text stands in <{start[1:].split('>')[0].split(' ')[0]}>" in found


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ('<div class="md-consent" data-md-component="consent" id="__consent" hidden/>', "</div>"),
        (
            '<p><button type="button" class="md-top md-icon" data-md-component="top" hidden></p>',
            "</button>",
        ),
    ],
)
def test_no_browser_sees_a_text_in_what_is_hidden_and_has_ended_here(start, end):
    (found,) = told(plan(text=ADVICE), f"{start}{SAID}{end}")
    assert RULE in found
    assert "so that browsers could hide the text" in found


def test_a_text_is_written_with_the_tags_that_it_is_printed_with():
    text = 'Ask [us](about.md).\n\n<div class="box" hidden></div>\n\nNever more than 5 mg.\n'
    shown = (
        f'{TITLE}<p>Ask <a href="about/">us</a>.</p>\n<div class="box" hidden></div>\n\n'
        "<p>Never more than 5 mg.</p>"
    )
    assert told(plan(text=text), shown) == []
    for old, new in (("hidden></div>", "hidden/>"), (">us</a>.</p>", ">us</a>.</p></p>")):
        (found,) = told(plan(text=text), shown.replace(old, new))
        assert "the text is written with other tags" in found
    # What its author wrote without an end stands there so in every build.
    text = "<ul><li>Ask<li>Wait</ul>\n"
    assert told(plan(text=text), f"{TITLE}{text}") == []


def test_a_template_of_the_site_may_put_a_text_into_a_class_of_its_own():
    made = plan(text=ADVICE)
    template = b"<div class='page hero'>{{ page.content }}</div>"
    own = replace(made, files={**made.files, "overrides/main.html": template})
    assert told(own, f'<div class="page hero">{SAID}</div>') == []
    assert told(own, f'<div class="page her">{SAID}</div>') != []


def test_a_page_is_printed_by_the_extensions_that_the_settings_name():
    note = "!!! note\n    Ask.\n\n"
    shown = (
        f'{TITLE}<div class="admonition note">\n<p class="admonition-title">Note</p>\n'
        "<p>Ask.</p>\n</div>"
    )
    assert told(plan(text=note, settings=", admonition"), shown) == []
    assert told(plan(text=note), shown) != []
    assert told(plan(text=note), f"{TITLE}<p>!!! note\n    Ask.</p>") == []


@pytest.mark.parametrize("html", ["<pre><code>x\n</code></pre>", '<div class="highlight">'])
def test_code_is_printed_as_one_host_or_the_other_prints_it(html):
    made = plan(text="```\nx\n```\n")
    shown = (
        html if html.startswith("<pre") else f"{html}<pre><span></span><code>x\n</code></pre></div>"
    )
    assert told(made, TITLE + shown) == []


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (", pymdownx.nothing", "an extension that mkdocs.yml names cannot print it: "),
        (", material.extensions.preview", 'cannot print it: No item named "relpath" exists.'),
        (", no_such_thing", "`no_such_thing` in mkdocs.yml is no extension that an installed"),
        (", this", "`this` in mkdocs.yml is no extension that an installed package declares"),
        (
            ", {toc: {slugify: !!python/object/apply:zensical.config.parse_config {args: [x]}}}",
            "takes a value from elsewhere (`zensical.config.parse_config`)",
        ),
        (", {toc: {slugify: !!python/name:pymdownx.emoji.copy }}", "takes a value from elsewhere"),
        (", {toc: {slugify: !!python/name:os.system }}", "`toc` in mkdocs.yml takes a value from"),
        (
            ", {toc: {title: !ENV HOME}}",
            "`toc` in mkdocs.yml takes a value from elsewhere (`!ENV`)",
        ),
        (", {toc: {toc_depth: [!!python/name:pymdownx.none ]}}", "takes a value from elsewhere"),
        (", {toc: {slugify: !!python/object/apply:os.system [x]}}", "takes a value from elsewhere"),
        (", {", "mkdocs.yml cannot be read"),
        (", {toc: &a [*a]}", "mkdocs.yml cannot be read"),
        (
            ", {toc: !!python/object/apply:pymdownx.arithmatex.makeExtension {kwds: {x: 1}}}",
            "mkdocs.yml cannot be read",
        ),
    ],
)
def test_a_page_that_cannot_be_printed_again_is_refused_and_says_why(settings, why):
    (found,) = told(plan(text=ADVICE, settings=settings), SAID)
    assert RULE in found
    assert why in found


@pytest.mark.parametrize(
    "slugify",
    [
        "!!python/name:markdown.extensions.toc.slugify_unicode ",
        "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}",
    ],
)
def test_a_setting_may_name_a_function_of_what_prints_markdown(slugify):
    assert told(plan(text=ADVICE, settings=f", {{toc: {{slugify: {slugify}}}}}"), SAID) == []


def test_a_page_may_take_text_from_another_file_of_the_site(tmp_path):
    made = plan(text='--8<-- "docs/assets/advice.txt"\n', settings=", pymdownx.snippets")
    files = {**made.files, "docs/assets/advice.txt": b"Never more than 5 mg.\n"}
    claims = Claims(replace(made, files=files), tmp_path)
    for dose, number in (("5", 0), ("50", 1)):
        text = page(f"{TITLE}<p>Never more than {dose} mg.</p>").encode()
        read = read_page("index.html", text, claims)
        assert not isinstance(read, Finding)
        assert len(list(page_says_what_its_source_says(read))) == number


@pytest.mark.parametrize("options", ["base_path: [{0}]", "restrict_base_path: false"])
def test_a_page_takes_no_text_from_the_machine_that_scans_it(tmp_path, options):
    (tmp_path / "secret.txt").write_text("A password\n", encoding="utf-8")
    settings = f", {{pymdownx.snippets: {{{options.format(tmp_path)}}}}}"
    made = plan(text='--8<-- "../secret.txt"\n\n--8<-- "secret.txt"\n', settings=settings)
    (tmp_path / "tree").mkdir()
    read = read_page("index.html", page(SAID).encode(), Claims(made, tmp_path / "tree"))
    assert not isinstance(read, Finding)
    (found,) = page_says_what_its_source_says(read)
    assert "cannot print it: it would open a file that is none of the site's" in found.message
    assert "password" not in str(found)


def test_nothing_that_is_printed_changes_or_runs_anything(tmp_path):
    place, tree = tmp_path / "x", tmp_path / "tree"
    place.write_bytes(b"")
    tree.mkdir()
    for act in (
        lambda: place.write_bytes(b""),
        lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: os.chdir(Path.cwd()),
        lambda: os.kill(os.getpid(), 0),
        lambda: os.environ.update(NOTHING="") or os.environ.pop("NOTHING"),
        lambda: os.utime(tmp_path),
        lambda: list(tmp_path.iterdir()),
        lambda: list(os.scandir(tmp_path)),
        lambda: sqlite3.connect(tmp_path / "y").close(),
        lambda: ctypes.CDLL(None),
        lambda: sys.setprofile(None),
        lambda: Context().run(place.read_bytes),
    ):
        with confined(tree), pytest.raises(PermissionError):
            act()
        act()


def test_what_is_confined_may_look_for_what_the_site_holds(tmp_path):
    (tmp_path / "x.txt").write_bytes(b"a")
    with confined(tmp_path), confined(tmp_path):
        assert [each.read_bytes() for each in tmp_path.glob("*.txt")] == [b"a"]
        assert importlib.reload(colorsys) is colorsys
        with open(os.open(tmp_path / "x.txt", os.O_RDONLY), "rb") as file:  # noqa: PTH123 - a number
            assert file.read() == b"a"


@pytest.mark.parametrize("text", ["[" * 20_000, "<a " * 20_000])
def test_a_page_that_would_take_long_to_print_is_refused_at_once(text):
    (found,) = told(plan(text=text), SAID)
    assert "that are printed" in found or "brackets are open" in found


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("{++" * 10_000, ", pymdownx.critic"),
        ("a.b" * 30_000, ", pymdownx.magiclink"),
        ('--8<-- "docs/assets/0.txt"\n', ", pymdownx.snippets"),
        ('--8<-- "docs/assets/x.txt"\n', ", pymdownx.snippets"),
    ],
)
def test_no_extension_takes_as_long_as_a_page_pleases(tmp_path, monkeypatch, text, settings):
    monkeypatch.setattr("imprimatur.gate.scan.site_text.SECONDS", 0.5)
    made = plan(text=text, settings=settings)
    more = {
        f"docs/assets/{each}.txt": f'--8<-- "docs/assets/{each + 1}.txt"\n\n'.encode() * 50
        for each in range(9)
    }
    files = {**made.files, **more, "docs/assets/x.txt": b"[" * 100_000}
    began, before = process_time(), signal.getsignal(signal.SIGPROF)
    read = read_page(
        "index.html", page(SAID).encode(), Claims(replace(made, files=files), tmp_path)
    )
    assert not isinstance(read, Finding)
    (found,) = page_says_what_its_source_says(read)
    assert "seconds to print it (docs/index.md)" in found.message
    assert process_time() - began < 3
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_beside_the_main_thread_a_page_is_printed_without_a_clock():
    with ThreadPoolExecutor(1) as beside:
        assert beside.submit(told, plan(text=ADVICE), SAID).result() == []


def test_a_menu_names_a_heading_with_all_that_it_links():
    made = plan(text="## Never take [more than](#x) 5 mg\n")
    link = '<a href="#x">more than</a>'
    heading = f'{TITLE}<h2 id="never-take-more-than-5-mg">Never take {link} 5 mg</h2>'
    for menu, number in (("Never take more than 5 mg", 0), ("Never take 5 mg", 1)):
        assert len(told(made, f'{heading}<span class="md-ellipsis">{menu}</span>')) == number
    for option in ("permalink", "anchorlink"):
        made = plan(text="## Two\n", settings=f", {{toc: {{{option}: true}}}}")
        html = serialise_inside(next(Claims(made).texts.prints("index.html")))
        html = html.replace("\u00b6", "&para;")
        assert told(made, f'{html}<span class="md-ellipsis">Two</span>') == []


@pytest.mark.parametrize(
    ("menu", "number"),
    [
        ("\n  Never <em>more</em> than <code>5 mg</code>\n ", 0),
        ("Never more than 5 mg", 0),
        ("Never <del>more</del> than <code>5 mg</code>", 1),
        ("Never <em>more</em> than <code>50 mg</code>", 1),
        ("<em>more</em> than <code>5 mg</code>", 1),
        ("Never <em hidden>more</em> than <code>5 mg</code>", 1),
        ("Never <em>more</em> than <code>5 mg</code><i>x</i>", 1),
    ],
)
def test_a_menu_may_write_a_heading_with_its_marks_and_only_so(menu, number):
    made = plan(
        text="## Never *more* [than](#x) `5 mg`[^1]\n\n[^1]: Ask.\n",
        settings=", footnotes, {toc: {permalink: true}}",
    )
    html = serialise_inside(next(Claims(made).texts.prints("index.html")))
    html = html.encode("ascii", "xmlcharrefreplace").decode()
    shown = f'{html}<span class="md-ellipsis"><span class="md-typeset">{menu}</span></span>'
    assert len(told(made, shown)) == number


def test_a_page_is_read_as_hosts_read_it_whatever_ends_its_lines_and_its_front_matter():
    for text in (
        b"---\r\ntitle: Hearts\r\n---\r\n# Home\r\n\r\nAsk.\r\n",
        b"---\ntitle: Hearts\n...\n# Home\n\nAsk.\n",
        b"\xef\xbb\xbf--- \ntitle: Hearts\n---\n# Home\n\nAsk.\n",
    ):
        made = replace(PLAN, files={**PLAN.files, "docs/index.md": text})
        assert told(made, f"{TITLE}<p>Ask.</p>") == []
        assert told(made, '<span class="md-ellipsis">Hearts</span>', "404.html") == []


@pytest.mark.parametrize("value", ["[" * 900_000, "!!bool x", "&a [*a]"])
def test_front_matter_that_nobody_can_read_says_nothing(value):
    made = replace(PLAN, files={"docs/index.md": f"---\na: {value}\n---\n# Home\n".encode()})
    assert Claims(made).texts.head("index.html") == frozenset()


@pytest.mark.parametrize("text", ["a{}\nb", "---{}", "title{}", "---\ntitle: {}\n---\n", "# a{}b"])
def test_blanks_do_not_keep_a_page_from_being_called_something(text):
    began = process_time()
    assert list(titles_of("x.md", text.format(" " * 200_000)))
    assert process_time() - began < 2


def test_a_menu_calls_a_page_by_its_headings_without_the_signs_at_their_end():
    for text, title in (
        ("# Take [5 mg](x.md) `now` ##  {#a .b} \t", "Take 5 mg `now`"),
        ("   # Sets {1, 2} of {3}", "Sets {1, 2} of"),
        ("# {a}", "{a}"),
        ("# A } b {c", "A } b {c"),
        ("Take it  \n===\t", "Take it"),
        ("---\ntitle :  'A title'  \n---\n", "A title"),
    ):
        assert next(titles_of("x.md", text)) == title


def test_only_two_names_are_those_of_a_folder_itself():
    assert [addresses(f"x/{each}.md")[0] for each in ("index", "README", "readme", "Index")] == [
        *["x/index.html"] * 2,
        *("x/readme/index.html", "x/Index/index.html"),
    ]


def test_no_part_of_the_theme_that_its_scripts_hide_holds_a_text():
    for name, number in (("content", 0), ("top", 1), ("announce", 1)):
        template = f'<div data-md-component="{name}" class="md-dialog">'.encode()
        made = plan(text=ADVICE)
        own = replace(made, files={**made.files, "overrides/main.html": template})
        around = f'<div data-md-component="{name}">{SAID}</div>'
        assert len([each for each in told(own, around) if "could hide it" in each]) == number
        dialog = f'<div class="md-dialog">{SAID}</div>'
        assert [each for each in told(own, dialog) if "could hide it" in each]


def test_nothing_leaves_a_text_no_room():
    side = '<div class="md-sidebar" data-md-component="sidebar"></div>'
    template = b'<main class="md-main"><div class="md-main__inner md-grid"><b class="y">'
    made = plan(text=ADVICE)
    own = replace(made, files={**made.files, "overrides/main.html": template + side.encode()})
    start = '<main class="md-main" data-md-component="main"><div class="md-main__inner md-grid">'
    for beside, number in (("", 0), (side * 2, 0), (side * 3, 1), ('<b class="y"></b>', 1)):
        text = f'<div class="md-content" data-md-component="content">{SAID}</div>'
        body = f"{start}{beside}{text}</div></main>"
        assert len(told(own, body)) == number, told(own, body)


def test_an_empty_page_says_nothing():
    made = replace(PLAN, files={**PLAN.files, "docs/index.md": b"---\ntitle: Home\n---\n"})
    assert told(made, "<p>Home</p>") == []
    assert told(made, "<p>Take 50 mg</p>") != []


def test_what_a_page_says_in_its_front_matter_stands_in_its_head():
    text = b"---\ndescription: All about it.\ntags: [Hearts, 5]\n---\n# Home\n"
    made = replace(PLAN, files={**PLAN.files, "docs/index.md": text})
    for said, number in (("All about it.", 0), ("Hearts", 0), ("All about", 1), ("5", 1)):
        data = page(TITLE).replace(
            "</title>", f'</title><meta name="description" content="{said}">'
        )
        read = read_page("index.html", data.encode(), Claims(made))
        assert not isinstance(read, Finding)
        assert len(list(frame_is_claimed(read))) == number, said


def test_pages_are_made_of_what_is_written_and_of_what_is_listed():
    files = {
        "docs/index.md": b"a",
        "docs/about/README.md": b"b",
        "docs/about/us.md": b"c\xff",
        "docs/assets/x.js": b"d",
        "README.md": b"e",
    }
    lists = Lists(replace(PLAN, printed=(HEARTS,), files=files))
    pages = dict(lists.pages)
    assert pages.pop("index.html") == "a"
    assert pages.pop("about/index.html") == "b"
    assert pages.pop("about/us/index.html") == pages.pop("about/us.html") == "c\ufffd"
    assert sorted(pages) == [
        "topics/hearts/index.html",
        "topics/index.html",
        "topics/lungs/index.html",
    ]


def test_every_list_that_a_site_can_hold_is_made_once():
    many = [
        replace(HEARTS, slug=f"a{number}", entry=replace(HEARTS.entry, slug=f"a{number}"))
        for number in range(26)
    ]
    made = replace(plan("articles"), printed=tuple(many))
    assert list(Lists(made).every()) == [
        listed(made, name)
        for name in (
            *("topics", "board", "policy", "kinds"),
            *("articles | page=1", "articles | page=2"),
            *("articles | topic=hearts page=1", "articles | topic=hearts page=2"),
            *("articles | topic=lungs page=1", "articles | topic=lungs page=2"),
        )
    ]


def test_the_board_is_told_from_its_former_members_on_the_day_of_the_release():
    made = plan("board")
    assert "Former members" in listed(made, "board")
    before = replace(made, at=datetime(2026, 11, 25, 23, 59, tzinfo=UTC))
    assert "Former members" not in listed(before, "board")


def test_a_board_or_a_policy_that_is_not_there_is_said_to_be_unreadable():
    made = replace(plan("board"), files={})
    assert "editorial/board.yml" in Lists(made).printed(
        BlockMark(name="board", argument=""), "index.html", 2
    )
    assert "editorial/policy.yml" in Lists(made).printed(
        BlockMark(name="policy", argument=""), "index.html", 2
    )


def test_no_part_of_a_head_is_a_list():
    data = page(TITLE).replace("<title>", '<title class="imp-list">Take 50 mg ')
    read = read_page("index.html", data.encode(), Claims(plan()))
    assert not isinstance(read, Finding)
    (finding,) = frame_is_claimed(read)
    assert "<title>" in finding.message
