"""What one page of a built site may run, load, frame and say, asked without building a site."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handmade import ARTICLE, PAGE, PLAN, PRINTED, page
from imprimatur.editorial import State
from imprimatur.errors import Finding
from imprimatur.gate.scan.article import covered, difference
from imprimatur.gate.scan.article_rules import (
    _ALONE,
    head_says_what_was_approved,
    page_shows_what_was_approved,
)
from imprimatur.gate.scan.claims import Claims
from imprimatur.gate.scan.frame_rules import frame_is_claimed
from imprimatur.gate.scan.mark_rules import mark_is_resolved
from imprimatur.gate.scan.opened import Opened, opened
from imprimatur.gate.scan.page import read_page
from imprimatur.gate.scan.places import Places
from imprimatur.gate.scan.script_rules import (
    host_is_claimed,
    page_stands_alone,
    script_is_claimed,
    style_is_claimed,
)
from imprimatur.press.elements import element

if TYPE_CHECKING:
    from imprimatur.gate.plan import Plan, Printed

FILES = {
    "docs/assets/own.mjs": b"own()",
    "overrides/other.html": b"<p>Another template</p>"
    b'<meta http-equiv="Content-Security-Policy" content="x">',
}
CLAIMS = Claims(replace(PLAN, files={**PLAN.files, **FILES}))
NOTICE = replace(PRINTED, entry=replace(PRINTED.entry, state=State.WITHDRAWN))


HOME = '<h1 id="home">Home</h1>\n<p>Nothing else.</p>'


def found(rule, body: str, path: str = "index.html"):
    """What a rule finds on a page, each with its line. The body begins on the third.

    Around the text of the home page it finds something only where that is there.
    """
    body += HOME if rule is frame_is_claimed and path == "index.html" else ""
    read = read_page(path, page(body).encode(), CLAIMS)
    assert not isinstance(read, Finding), read
    findings = list(rule(read))
    assert {each.path for each in findings} <= {path}
    assert {each.rule for each in findings} <= {rule.__name__.replace("_", "-")}
    return [(each.line, each.message) for each in findings]


def one(rule, body: str, path: str = "index.html") -> str:
    """The message of the only finding, which names the line on which the body stands."""
    ((line, message),) = found(rule, body, path)
    assert line == 3
    return message


@pytest.mark.parametrize(
    "body",
    [
        "<script>ours()</script>",
        "<script> ours() </script>",
        '<script src="assets/own.js"></script>',
        '<script src="/us/assets/own.js?x#y"></script>',
        '<script src="assets/own.mjs"></script>',
        '<script type=""> ours() </script>',
        '<script src="https://TESTS.example/us/assets/own.js"></script>',
        (
            '<script id="__config" type="application/json">'
            '{"base": ".", "search": "assets/own.js"}</script>'
        ),
        '<a href="notes:on=x">on = x</a>',
        '<a href="about/?q=javascript:">x</a>',
    ],
)
def test_a_script_of_the_sites_own_files_may_run(body):
    assert found(script_is_claimed, body) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<script>ours();theirs()</script>", "none of the theme's and none of the site's"),
        ('<script type="module">ours()</script>', "none of the theme's"),
        ('<script type="application/json">{"base": "."}</script>', "none of the theme's"),
        ('<script id="__config">ours2()</script>', "none of the theme's"),
        ('<script src="assets/own.css"></script>', "assets/own.css is no file of the site"),
        ('<script src="assets/none.js"></script>', "assets/none.js is no file"),
        ('<script src="https://cdn.example/us/assets/own.js"></script>', "is no file"),
        ('<script src=""></script>', "is no file"),
        ('<p onclick="x()">x</p>', "`onclick` of <p> runs a script"),
        ('<a href="JavaScript:x()">x</a>', "`href` of <a> is no address but holds what it runs"),
        ('<a href="java&#10;script:x()">x</a>', "is no address"),
        ('<a href="vbscript:x">x</a>', "is no address"),
        ('<img src="data:image/png,x" alt="">', "`src` of <img> is no address"),
        ('<form action="javascript:x()"></form>', "`action` of <form> is no address"),
    ],
)
def test_any_other_script_is_found_with_its_line(body, says):
    assert says in one(script_is_claimed, body)


def test_a_script_that_only_browsers_see_is_found():
    ((line, message),) = found(script_is_claimed, "<textarea><script>ours()</script></textarea>")
    assert (line, "browsers may see" in message) == (0, True)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ('{"base": ".", "search": "assets/none.js"}', "search's script assets/none.js"),
        ('{"base": "assets", "search": "assets/own.js"}', "give assets as the site's root"),
        ('{"base": "https://cdn.example", "search": "assets/own.js"}', "as the site's root"),
        ('{"base": ".#x", "search": "assets/own.js"}', "as the site's root"),
        ('{"search": "assets/own.js"}', "cannot be read"),
        ('{"base": "."}', "cannot be read"),
        ("[]", "cannot be read"),
        ("{", "cannot be read"),
        ("[" * 99_999, "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_the_settings_of_the_theme_name_this_site_and_its_own_script(told, says):
    body = f'<script id="__config" type="application/json">{told}</script>'
    assert says in one(script_is_claimed, body)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<style>p {color: blue}</style>", "<style>"),
        # It stands in a style sheet, and in no template.
        ("<style>p {}</style>", "<style>"),
        ('<p style="color: blue">x</p>', "`style` of <p>"),
    ],
)
def test_a_style_that_no_template_holds_is_found(body, what):
    assert one(style_is_claimed, body) == f"{what} sets a style that no file of the site holds"


@pytest.mark.parametrize(
    "body",
    ["<style>p {color: red}</style>", '<p style="color: red">x</p>', "<style></style><p style>"],
)
def test_a_style_of_a_template_may_stand_in_a_page(body):
    assert found(style_is_claimed, body) == []


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://elsewhere.example/">x</a>',
        '<map><area href="https://elsewhere.example/" alt=""></map>',
        '<link rel="canonical" href="https://elsewhere.example/">',
        '<img src="https://cdn.example/x" alt="">',
        '<img src="https://tests.example/x.png" alt="">',
        '<img src="x.png" srcset="y.png 2x, , z.png 3x" alt="">',
        '<p data-x="https://elsewhere.example/">https://elsewhere.example/</p>',
        '<p style="color: red">url(https://elsewhere.example/)</p>',
        '<p style="background: url(x.png)">x</p>',
    ],
)
def test_what_loads_nothing_from_an_unknown_host_may_stand(body):
    assert found(host_is_claimed, body) == []


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://elsewhere.example/x.png" alt="">',
        '<img src="//Elsewhere.example/x.png" alt="">',
        '<img src="\\\\elsewhere.example/x.png" alt="">',
        '<img src="https://&#9;elsewhere.example/x.png" alt="">',
        '<img srcset="x.png, https://elsewhere.example/y.png 2x" alt="">',
        '<link rel="preload" href="https://elsewhere.example/x.woff">',
        '<svg><use xlink:href="https://elsewhere.example/x"></use></svg>',
        '<video poster="https://elsewhere.example/x.png"></video>',
        "<p style=\"background: url( 'https://elsewhere.example/x')\">x</p>",
        "<style>@import 'https://elsewhere.example/x.css'</style>",
        "<style>@import url( 'https://elsewhere.example/x.css')</style>",
        "<style>@import URL(https://elsewhere.example/x.css)</style>",
    ],
)
def test_what_loads_from_an_unknown_host_is_found_with_its_line(body):
    message = "the page would load something from elsewhere.example"
    assert one(host_is_claimed, body) == message


def test_of_a_known_host_nothing_is_loaded_but_what_is_named_as_a_whole():
    for address in ("https://cdn.example/y.png", "https://cdn.example/x/y", "//cdn.example/x"):
        told = "the page would load something from cdn.example"
        assert one(host_is_claimed, f'<img src="{address}" alt="">') == told


@pytest.mark.parametrize(
    "rel", ["canonical", "alternate", "next", "prev", "license", "author", "help"]
)
def test_what_the_head_only_tells_of_is_not_loaded(rel):
    link = '<link rel="{}" href="https://elsewhere.example/">'
    assert found(host_is_claimed, link.format(rel)) == []
    assert len(found(host_is_claimed, link.format(f"{rel}-x"))) == 1
    assert len(found(host_is_claimed, link.format(rel).replace("href", "src"))) == 1


def test_each_address_that_is_loaded_is_found_behind_those_that_are_not():
    body = (
        '<a href="https://a.example/">x</a>\n<img src="https://b.example/" alt="">\n'
        '<img srcset="https://c.example/x 2x,https://d.example/y 3x, " alt="">'
        '<p style="a: url(https://e.example/); b: url(https://f.example/)">x</p>\n'
        "<style>@import 'https://g.example/'</style>"
    )
    told = [(line, message.rpartition(" ")[2]) for line, message in found(host_is_claimed, body)]
    assert sorted(told) == [
        (4, "b.example"),
        *((5, f"{letter}.example") for letter in "cdef"),
        (6, "g.example"),
    ]


@pytest.mark.parametrize(
    ("body", "host"),
    [
        ('<img src="https://elsewhere.example" alt="">', "elsewhere.example"),
        ('<img src=" https://elsewhere.example/x y.png" alt="">', "elsewhere.example"),
        ('<img src="https:/x" alt="">', "https"),
        ('<img src="x:y" alt="">', "x"),
    ],
)
def test_what_a_browser_takes_for_a_host_is_told_as_one(body, host):
    assert one(host_is_claimed, body) == f"the page would load something from {host}"


def test_a_way_to_load_that_names_no_host_is_named_itself():
    assert one(host_is_claimed, '<img src="blob:x" alt="">').endswith("from blob")
    assert one(host_is_claimed, '<img src="http://[x" alt="">').endswith("from http://[x")


@pytest.mark.parametrize(
    ("body", "tag"),
    [
        ('<iframe src="x"></iframe>', "iframe"),
        ("<template>x</template>", "template"),
        ("<svg><animate></animate></svg>", "animate"),
        ('<a href="x" ping="y">x</a>', "a"),
        ('<button formaction = "x">x</button>', "button"),
        ('<meta http-equiv="refresh" content="0">', "meta"),
    ],
)
def test_what_frames_sends_hides_or_leads_away_is_found_with_its_line(body, tag):
    message = f"<{tag}> could show, send or hide what nobody approved"
    assert one(page_stands_alone, body) == message


@pytest.mark.parametrize(
    "tag",
    [
        *("iframe", "object", "embed", "applet", "portal", "fencedframe", "base", "template"),
        *("noscript", "animate", "animatetransform", "set", "foreignobject"),
    ],
)
def test_each_element_that_can_frame_hide_or_change_others_is_found(tag):
    message = f"<{tag}> could show, send or hide what nobody approved"
    assert one(page_stands_alone, f"<{tag.upper()}>") == message


@pytest.mark.parametrize("name", ["action", "formaction", "ping", "srcdoc"])
def test_each_attribute_that_sends_or_frames_is_found(name):
    message = "<p> could show, send or hide what nobody approved"
    assert one(page_stands_alone, f'<p {name.upper()} = "x">x</p>') == message


def test_frames_in_place_of_a_body_are_found_each():
    text = b"<!doctype html>\n<html><frameset>\n<frame src='x'></frameset></html>"
    read = read_page("index.html", text, CLAIMS)
    assert not isinstance(read, Finding)
    told = [(each.line, each.message.partition(" ")[0]) for each in page_stands_alone(read)]
    assert told == [(2, "<frameset>"), (3, "<frame>")]


def test_all_that_does_not_stand_alone_is_found_around_the_policy_for_browsers():
    policy = '<meta http-equiv="Content-Security-Policy" content="x">'
    refresh = '\n<meta http-equiv="refresh" content="0">'
    told = found(page_stands_alone, f"<base>{refresh}{policy}{refresh}<iframe></iframe>")
    assert sorted(line for line, _ in told) == [3, 4, 5, 5]


@pytest.mark.parametrize(
    "body",
    [
        '<meta http-equiv="Content-Security-Policy" content="x">',
        "<p>An iframe = a frame, an action = a deed.</p>",
        '<img src="x" alt="<iframe>">',
    ],
)
def test_words_and_the_policy_for_browsers_frame_nothing(body):
    assert found(page_stands_alone, body) == []


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        ("<p>It helped [@park2019spinal].</p>", "[@park2019spinal]."),
        ("<p>It helped [see -@a2019, p. 3].</p>", "[see -@a2019"),
        ("<p>As @park2019spinal found.</p>", "@park2019spinal"),
        ("<p>(@park2019spinal)</p>", "@park2019spinal"),
        ("<p>/// answer</p>", "/// answer"),
        ("<p>A note[^1] here.</p>", "[^1]"),
        ("<p>A word{: .important } here.</p>", "{: .important }"),
        ("<p>By {{ page.authors }}</p>", "{{ page.authors }}"),
        ("<p>By {% include 'x' %}</p>", "{% include 'x' %}"),
        ("<p>It helped [-@a2019].</p>", "[-@a2019"),
        ("<p>@park2019spinal.: they found</p>", "@park2019spinal.:"),
        ("<p>  //// x  </p>", "//// x"),
        ("<p>[^a]</p>", "[^a]"),
        ("<p>x {:.y}</p>", "{:.y}"),
    ],
)
def test_a_mark_that_is_left_is_quoted_with_its_line(body, mark):
    message = one(mark_is_resolved, body)
    assert message.endswith("` is left as it was written")
    assert message.startswith(f"`{mark.rstrip('].')}")


@pytest.mark.parametrize(
    "body",
    [
        "<p>As @nobody2019 found; me@park2019spinal.example.</p>",
        "<p>[1] {2} / 3 {{ x [^ ] {:}</p>",
        "<pre>[@park2019spinal]</pre><code>/// x</code><kbd>[^1]</kbd><samp>[^1]</samp>",
        "<script>'[@park2019spinal]'</script><style>/*[^1]*/</style>",
        "<p>title: a word, and nothing else of a head. /// </p>",
    ],
)
def test_what_is_no_mark_or_stands_in_code_is_none(body):
    assert found(mark_is_resolved, body) == []


def test_a_long_mark_is_quoted_by_its_first_sixty_signs():
    quoted = "{{ " + "a" * 57
    for more in ("", "aaa"):
        message = one(mark_is_resolved, f"<p>{quoted[: 60 - 2 * (not more)]}{more}}}}}</p>")
        assert len(message.split("`")[1]) == 60


def test_each_mark_of_a_page_is_found_behind_those_that_are_none():
    body = "<p>@nobody2019 and @park2019spinal</p>\n<p>[^1] and [^2]</p>"
    assert [each[0] for each in found(mark_is_resolved, body)] == [3, 4, 4]


def test_two_lines_of_a_head_are_one_whatever_they_say_twice():
    for first in ("title", "summary", "topics", "class", "authors"):
        body = f"<p>{first}: A\nevidence_through: 2025-02-21</p>"
        assert one(mark_is_resolved, body) == "the head of a manuscript stands in the page"
    assert found(mark_is_resolved, "<p>audiences: a\naudiences: b</p>") == []


def test_a_head_that_is_left_is_found_where_two_of_its_lines_stand():
    assert one(mark_is_resolved, "<p>title: A\naudiences: [b]</p>").startswith("the head")
    assert found(mark_is_resolved, "<p>audiences: [b]</p>") == []


def test_a_mark_that_the_author_escaped_is_no_mark_in_that_article_alone():
    body = "<p>See @park2019spinal and [^1] here.</p>"
    assert found(mark_is_resolved, body, PAGE) == []
    assert len(found(mark_is_resolved, body)) == 2


def test_the_article_as_it_was_printed_is_what_was_approved():
    assert found(page_shows_what_was_approved, f"<main><div>{ARTICLE}</div></main>", PAGE) == []
    # Quotes and the order of attributes are the host's affair.
    respelt = ARTICLE.replace(
        'class="imp-article" data-slug="contrast"', "data-slug='contrast' class='imp-article'"
    )
    assert found(page_shows_what_was_approved, respelt, PAGE) == []
    assert found(page_shows_what_was_approved, "no article", "index.html") == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("a lot", "a bit", "` a bit.` stands where the approved text says ` a lot.`"),
        ("<b>helped</b>", "<b>harmed</b>", "`harmed` stands where the approved text says `helped`"),
        ("<b>helped</b>", "<i>helped</i>", "<i> stands where the approved text has <b>"),
        ("<b>helped</b>", "<b></b>", "nothing stands where the approved text says `helped`"),
        ('title="T"', 'title="U"', "`title` of <p> is not as in the approved text"),
        (' title="T"', "", "`title` of <p> is not as in the approved text"),
        ('title="T"', 'title="T" class="x"', "`class` of <p> is not as in the approved text"),
        ('title="T"', 'title="T" wrap="x"', "`wrap` of <p> is not as in the approved text"),
        (" a lot.", "", "nothing stands where the approved text says `a lot.`"),
        (
            " a lot.",
            " a  lot.",
            "`a lot.` has other blanks in it or beside it than in the approved text",
        ),
        (
            "<p title",
            " <p title",
            "<h1> has other blanks in it or beside it than in the approved text",
        ),
        ("<p title", "More<p title", "`More` stands where the approved text says nothing"),
        ("<ol><li", "<ol><!--x--><li", "a comment stands where the approved text has <li>"),
        ("</ol>", "</ol><p>More</p>", "<p> stands where the approved text has ended"),
        (
            '<ol><li id="ref-park2019spinal">P</li></ol>',
            "",
            "the page ends before <ol> of the approved text",
        ),
    ],
)
def test_any_change_of_an_article_is_told_where_it_begins(old, new, says):
    assert old in ARTICLE
    message = one(page_shows_what_was_approved, ARTICLE.replace(old, new), path=PAGE)
    assert message.replace("` ", "`") == says.replace("` ", "`")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</i>", "</i></br>"),
        ("</a>", ""),
        ('hidden="hidden"></div>', 'hidden="hidden"/>'),
        ("</li></ul>", "</ul>"),
        ("</p><ul>", "</p></p><ul>"),
    ],
)
def test_an_article_is_written_with_the_tags_that_it_was_printed_with(old, new):
    html = (
        '<article class="imp-article"><div hidden="hidden"></div><p>Never<br>more than <i>5 mg</i>.'
        '</p><ul><li><a href="#q">A</a></li></ul><svg><path d="M0 0"></path></svg></article>'
    )
    claims = Claims(replace(PLAN, printed=(replace(PRINTED, html=html),)))
    for text, count in (
        (html.replace("<br>", "<br />").replace("></path>", " />").replace('"', "'"), 0),
        (html.replace(old, new), 1),
    ):
        read = read_page(PAGE, page(f"<main>{text}</main>").encode(), claims)
        told = [each.message for each in page_shows_what_was_approved(read)]
        assert len(told) == count, told
        assert all("is written with other tags" in each for each in told)


@pytest.mark.parametrize("name", ["\x0bhidden", "{x}y", "{", "\x01", '"'])
def test_a_name_that_no_tree_looks_up_is_found_all_the_same(name):
    odd = ARTICLE.replace(' title="T"', f' title="T" {name}')
    assert f"`{name}` of <p> is not as in" in one(page_shows_what_was_approved, odd, path=PAGE)
    around = f'<main class="md-main" {name}>{ARTICLE}</main>'
    told = [message for _, message in found(page_shows_what_was_approved, around, PAGE)]
    assert f'the article stands in <main class="md-main"> with `{name}`' in told[0]


@pytest.mark.parametrize(("letters", "quoted"), [(60, "a" * 60), (61, "a" * 60 + "…")])
def test_a_text_of_more_than_sixty_letters_is_quoted_by_its_beginning(letters, quoted):
    longer = ARTICLE.replace("helped", "a" * letters)
    message = one(page_shows_what_was_approved, longer, path=PAGE)
    assert message == f"`{quoted}` stands where the approved text says `helped`"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"\n{ARTICLE.replace('<ol><li', '<ol>' + chr(10) + '<li')}", 4),
        (ARTICLE.replace("</article>", "<p\n>More</p></article>"), 4),
        (ARTICLE.replace("P</li>", "\n<b>P</b></li>"), 3),
        (f"\n{ARTICLE.partition('<ol>')[0]}\n</article>", 4),
        (f"<section>\n{ARTICLE}</section>", 4),
    ],
)
def test_a_change_of_an_article_is_told_with_its_line(body, line):
    ((told, _),) = found(page_shows_what_was_approved, body, PAGE)
    assert told == line


@pytest.mark.parametrize("number", [0, 2])
def test_an_article_stands_in_its_page_once(number):
    ((_, message),) = found(page_shows_what_was_approved, ARTICLE * number, PAGE)
    assert message == f"the page holds {number} articles, not the one that was approved"


@pytest.mark.parametrize(
    ("around", "told"),
    [
        ("<div hidden>", "<div> with `hidden`"),
        ('<div class="a hidden">', '<div class="a hidden">'),
        ('<div class="md-dialog">', '<div class="md-dialog">'),
        ('<div class="md-toggle">', '<div class="md-toggle">'),
        ('<div class="md-content md-clipboard">', '<div class="md-content md-clipboard">'),
        ('<main class="md-content">', '<main class="md-content">'),
        ('<div hidden id="a">', "<div> with `hidden` with `id`"),
        ('<div class="md-main" hidden>', '<div class="md-main"> with `hidden`'),
        ('<div dir="rtl">', "<div> with `dir`"),
        ('<div lang="ar">', "<div> with `lang`"),
        ('<div data-md-component="dialog">', "<div> with `data-md-component`"),
        ('<div data-md-color-scheme="x">', "<div> with `data-md-color-scheme`"),
        ('<div data-md="x">', "<div> with `data-md`"),
        ('<div aria-hidden="true">', "<div> with `aria-hidden`"),
        ("<details>", "<details>"),
        ("<section>", "<section>"),
    ],
)
def test_what_could_hide_an_article_is_named(around, told):
    message = one(page_shows_what_was_approved, around + ARTICLE, path=PAGE)
    assert message == f"the article stands in {told}, which can hide it"


def whole(around: str = "", html: str = "", body: str = ""):
    """What is found of an article's page with these things said in <html> and in <body>."""
    text = page(around + ARTICLE, "Does it help?")
    text = text.replace("<html>", f"<html{html}>").replace("<body>", f"<body{body}>")
    read = read_page(PAGE, text.encode(), CLAIMS)
    assert not isinstance(read, Finding)
    rules = (page_shows_what_was_approved, page_stands_alone)
    return [(each.line, each.message) for rule in rules for each in rule(read)]


@pytest.mark.parametrize("inner", ["div", "article"])
def test_what_the_themes_write_around_an_article_hides_nothing(inner):
    around = (
        '<div class="md-container" data-md-component="container">'
        '<main class="md-main" data-md-component="main"><div class="md-main__inner md-grid">'
        '<div class="md-content" data-md-component="content">'
        f'<{inner} class="md-content__inner md-typeset">'
    )
    colours = "".join(f' data-md-color-{each}="x"' for each in ("scheme", "primary", "accent"))
    body = f' dir="ltr"{colours}'
    assert whole(around, ' lang="en" class="no-js"', body) == []
    assert whole(around, ' class="js"') == []


def test_an_article_is_written_from_left_to_right_under_every_language():
    assert "set `direction: ltr` below `theme`" in _ALONE
    ((_, message),) = whole(body=' dir="rtl"')
    assert message == "the article stands in <body> with `dir`, which can hide it"


@pytest.mark.parametrize(
    ("html", "body", "told"),
    [
        (" hidden", "", "<html> says `hidden`"),
        (" lang=en", "", "<html> says `lang=en`"),
        ("", " hidden", "<body> says `hidden`"),
        ("", ' class="md-toggle"', '<body> says `class="md-toggle"`'),
        ("", ' style="display: none"', '<body> says `style="display: none"`'),
        ("", ' onload="x()"', '<body> says `onload="x()"`'),
        ("", ' dir="ltr" data-md-color-accent="a>" hidden', "<body> says"),
    ],
)
def test_a_page_says_nothing_of_itself_that_could_hide_it(html, body, told):
    stands_alone = [each for each in whole(html=html, body=body) if "the whole page" in each[1]]
    ((line, message),) = stands_alone
    assert message.startswith(told)
    assert line == (1 if html else 2)


@pytest.mark.parametrize("tag", ["body", "body hidden", "BODY onload='x()'", "html", "body/hidden"])
@pytest.mark.parametrize("where", ["<p>x</p>\n<{}>", "<!--\n<{}> -->", "<title><!--</title>\n<{}>"])
def test_a_second_body_is_found_wherever_it_stands(tag, where):
    told = found(page_stands_alone, where.format(tag))
    name = "html" if tag == "html" else "body"
    message = (
        f"a second <{name}> stands in the page; it could hide the whole page, or run something"
    )
    assert (4, message) in told


def test_a_word_within_the_approved_text_is_no_second_body():
    article = ARTICLE.replace('title="T"', 'title="A <body> or a <html>"')
    claims = Claims(replace(PLAN, printed=(replace(PRINTED, html=article),)))
    for times, number in ((1, 0), (2, 1)):
        read = read_page(PAGE, page(article * times).encode(), claims)
        assert not isinstance(read, Finding)
        assert len(list(page_stands_alone(read))) == number


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("<div hidden/>", "`<div hidden/>` is ended by a `/`, which browsers overlook"),
        ("<select></div></select>", "`</div>` ends <select>"),
        ("<div><select></div>", "`</div>` ends <select>"),
        ("<div><details></div>", "`</div>` ends <details>"),
        ("</div>", "`</div>` ends <body>"),
        ("<p>x</p >\n</p>", "`</p>` ends <body>"),
        ("<div></div hidden>", "`</div hidden>` ends <div>"),
        ("<p><b>x</p></b>", "`</p>` ends <b>"),
        ("<select><div></div></select>", "`<div>` may not stand in <select>"),
        ("<button><div><button></button></div></button>", "`<button>` may not stand in <button>"),
        ("<a><p><a></a></p></a>", "`<a>` may not stand in <a>"),
        ("<textarea></textarea>", "`<textarea>` may not stand before an article"),
        ("<math></math>", "`<math>` may not stand before an article"),
        ("<table></table>", "`<table>` may not stand before an article"),
        ("<svg><style>p {}</style></svg>", "`<style>` does not belong in a drawing"),
        ("<svg><p></p></svg>", "`<p>` does not belong in a drawing"),
        ("<!-- a --!><p></p> -->", "`<!-- a --!><p></p> --><article"),
        ("<p a\"b=''>x</p>", "`<p a\"b=''>x</p><article"),
        ("<p\n title='a'id=b>x</p>", "`<p title='a'id=b>x</p><article"),
        ("<?x ?>", "`<?x ?><article"),
    ],
)
def test_what_browsers_could_read_otherwise_before_an_article_is_found(before, told):
    ((line, message),) = found(page_shows_what_was_approved, before + ARTICLE, PAGE)
    assert message.startswith(told)
    assert message.endswith(", so that browsers could hide the article")
    assert line == (4 if "</p >" in before else 3)


@pytest.mark.parametrize(
    "before",
    [
        "<!-- a - b --><p title='>' a = b hidden>x<br/><img alt=\"<\"></p><details>x</details>",
        "<label>x<select data-x></select></label><a></a><a></a>",
        '<svg viewBox="0"><g><path d="M0"/></g><circle r="1"></circle></svg><svg/>',
        "<script> '</p>' </script><style>p > b {}</style><title></b></title>",
    ],
)
def test_what_every_browser_reads_alike_may_stand_before_an_article(before):
    assert found(page_shows_what_was_approved, before + ARTICLE, PAGE) == []


def test_a_cell_is_set_to_a_side_as_markdown_does_it():
    assert found(style_is_claimed, '<table><tr><td style="text-align: right;">5</td></tr>') == []
    for odd in ('<td style="text-align: right; color: #fff">', '<p style="text-align: right;">'):
        assert found(style_is_claimed, odd) != []


@pytest.mark.parametrize("name", ["script", "style", "title"])
def test_what_has_no_end_before_an_article_is_found(name):
    source = f"<!doctype html>\n<{name}>{ARTICLE}".encode()
    assert opened(source) == Opened(fault=f"`<{name}>` has no end", line=2)


def test_a_page_in_which_no_article_begins_says_so():
    none = "no article begins in its source as the press writes it"
    assert opened(b"<p>x</p><article class='other'></article>").fault == none
    assert opened(b"<p>x</p>").line == 0


def test_what_stands_open_in_the_source_is_what_the_tree_says():
    # The <div> ends the <p> in every browser, and in lxml.
    ((line, message),) = found(page_shows_what_was_approved, f"<p><div>{ARTICLE}", PAGE)
    assert line == 3
    assert message.startswith("what is open in the source before the text is html body p div,")


HEAD_OF_ARTICLE = (
    '<meta name="description" content="It did."><meta property="og:title" content="Does it help?">'
    '<meta name="twitter:title" content="Does it help? - Demo site">'
    '<meta property="og:url" content="https://tests.example/us/articles/contrast/">'
    '<meta name="viewport" content="x"><meta property="og:type" content="website">'
    '<link rel="canonical" href="https://tests.example/us/articles/contrast/">'
)


def head(
    text: str = HEAD_OF_ARTICLE,
    title: str = "Does it help?",
    article: Printed = PRINTED,
    plan: Plan = PLAN,
):
    """What is found in the head of an article's page."""
    read = read_page(
        PAGE,
        f"<!doctype html><html><head><title>{title}</title>\n{text}</head><body>x</body></html>"
        "".encode(),
        Claims(replace(plan, printed=(article,))),
    )
    assert not isinstance(read, Finding)
    findings = list(head_says_what_was_approved(read))
    assert {each.rule for each in findings} <= {"head-says-what-was-approved"}
    return [(each.line, each.message) for each in findings]


@pytest.mark.parametrize("title", ["Does it help?", "Does  it\nhelp? - Demo site"])
def test_the_head_may_say_what_the_article_says(title):
    assert head(title=title) == []


@pytest.mark.parametrize(
    "title",
    [
        "It helps",
        "Does it help? - Other site",
        "",
        "Demo site",
        "Does it help?</title><title>Does it help?",
        "Does it help?</title><title>Take 50 mg",
    ],
)
def test_another_title_is_found(title):
    assert head(title=title) == [
        (0, "the page's title is not `Does it help?`, the title of its article")
    ]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("It did.", "It cures.", "description"),
        ('property="og:title" content="Does', 'property="og:title" content="Dose', "og:title"),
        (
            'https://tests.example/us/articles/contrast/"><meta',
            'https://x.example/"><meta',
            "og:url",
        ),
        ('name="viewport"', 'name="keywords"', "keywords"),
        ('name="viewport" content="x"', 'name="robots" content="noindex"', "robots"),
        ('name="viewport" content="x"', 'name="Description" content="x"', "Description"),
        ('name="viewport" content="x"', 'name="description"', "description"),
        ('name="viewport" content="x"', 'name="description" content="It tests."', "description"),
        ('name="viewport" content="x"', 'property="og:description" content="x"', "og:description"),
        ('name="viewport" content="x"', 'name="twitter:title"', "twitter:title"),
        (
            'name="viewport" content="x"',
            'name="twitter:description" content="x"',
            "twitter:description",
        ),
        (
            'name="viewport" content="x"',
            'property="og:image" content="https://x.example/y.png"',
            "og:image",
        ),
    ],
)
def test_a_head_that_says_more_than_its_article_is_found_with_its_line(old, new, name):
    assert old in HEAD_OF_ARTICLE
    text = HEAD_OF_ARTICLE.replace(old, new, 1)
    assert head(text) == [(2, f"`{name}` in the head says what its article does not")]


@pytest.mark.parametrize(
    "name",
    [
        *("viewport", "generator", "author", "theme-color", "color-scheme", "Viewport"),
        *("og:type", "og:image:type", "og:image:width", "og:image:height", "twitter:card"),
    ],
)
def test_what_says_nothing_of_an_article_may_stand_in_its_head(name):
    assert head(f'<meta name="{name}" content="x"><meta property="{name}">') == []


@pytest.mark.parametrize(
    "told",
    [
        'name="description" content=" It  did. "',
        'property="og:description" content="It did."',
        'name="twitter:description" content="It did."',
        'name="twitter:title" content="Does it help?"',
        'property="og:title" content="Does it help? - Demo site"',
        'property="og:image" content="https://tests.example/us/assets/card.png"',
        'name="twitter:image" content="../../assets/card.png"',
    ],
)
def test_title_summary_and_addresses_of_an_article_may_be_told_again(told):
    assert head(f"<meta {told}>") == []


@pytest.mark.parametrize("address", ["https://tests.example/us/articles/contrast", ".", "./#q"])
def test_the_address_of_a_page_may_be_written_in_any_way(address):
    assert head(f'<link rel="canonical" href="{address}">') == []


@pytest.mark.parametrize(
    "address", ["https://x.example/", "https://tests.example/us/", "../other/"]
)
def test_a_page_gives_no_address_but_its_own(address):
    assert head(f'<link rel="canonical" href="{address}">') == [
        (0, f"the head gives {address} as the page's own address")
    ]


def test_the_head_of_a_notice_says_nothing_of_the_text():
    quiet = '<meta name="robots" content="noindex"><meta name="description" content="It tests.">'
    assert head(quiet, article=NOTICE) == []
    assert len(head('<meta name="description" content="It did.">', article=NOTICE)) == 1
    assert len(head('<meta name="robots" content="all">', article=NOTICE)) == 1


def test_an_article_without_a_summary_is_told_of_as_the_site_is():
    none = replace(PRINTED, summary="")
    assert head('<meta name="description" content="It tests.">', article=none) == []
    assert len(head('<meta name="description">', article=none)) == 1
    assert len(head('<meta name="robots" content="noindex">', article=none)) == 1
    silent = replace(PLAN, files={"mkdocs.yml": b"site_name: Demo site\n"})
    assert head('<meta name="description">', article=none, plan=silent) == []


def test_a_frame_says_what_the_site_and_the_headings_of_its_article_say():
    menu = "<ul><li>Home</li><li>Demo site</li></ul><p>Another template</p>"
    assert found(frame_is_claimed, f"{menu}{ARTICLE}<p>And  more</p>", PAGE) == []
    assert found(frame_is_claimed, f"<p>Does it help?</p>{ARTICLE}", PAGE) == []
    unread = "<script>Take 50 mg</script><style>Take 50 mg</style>"
    assert found(frame_is_claimed, f"<p>Home</p>{unread}") == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("<p>Take 50 mg.</p>", "index.html"),
        ("<p>Home</p>Take 50 mg.", "index.html"),
        ("<!-- Take 50 mg. -->", "index.html"),
        ("<p>Take 50 mg.</p><p>Take 60 mg.</p>", "index.html"),
        ('<p class="imp-listing">Take 50 mg.</p>', "index.html"),
        ('<p class="imp-list">Take 50 mg.</p>', PAGE),
        ('<p class="imp-list">Take 50 mg.</p>Take 60 mg.', "index.html"),
        (f"{ARTICLE}Take 50 mg.", PAGE),
        ("<script>x</script>Take 50 mg.", "index.html"),
        (f"{ARTICLE}<p>Take 50 mg.</p>", PAGE),
        (f"{ARTICLE}<p>Nothing else.</p>", PAGE),
        (f"{ARTICLE}<p>Another</p> <p>template</p>", PAGE),
        ("<p>And more</p>", "index.html"),
        ("<p>Nothing else.</p>", "index.html"),
        ("<p>Nothing</p><p>else</p>", "index.html"),
        ("<p>Home</p><p>Nothing else.</p>", "index.html"),
    ],
)
def test_a_frame_that_says_more_is_found_once_with_its_line(body, path):
    assert one(frame_is_claimed, body, path=path).startswith("the page says something")


def test_two_trees_differ_only_where_their_texts_do():
    read = read_page(PAGE, f"<!doctype html><body>{ARTICLE} after it</body>".encode(), CLAIMS)
    assert not isinstance(read, Finding)
    (article,) = read.articles
    assert difference(article, ARTICLE) is None
    assert covered(article) is None


RUNS = """<i class='"><img src=x onerror=alert(1)>'></i>"""
OTHERWISE = ", so that browsers could show or run what nobody approved"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f'<svg><style><a href="</style>{RUNS}</svg>', "`<style>` does not belong in a drawing"),
        (f'<svg><title><a href="</title>{RUNS}</svg>', "`<title>` does not belong in a drawing"),
        (f'<svg><script><a href="</script>{RUNS}</svg>', "`<script>` does not belong"),
        (f'<svg><textarea><a href="</textarea>{RUNS}</svg>', "`<textarea>` does not belong"),
        (f'<svg><xmp><a href="</xmp>{RUNS}</svg>', "`<xmp>` holds what browsers do not read alike"),
        (f'<math><mi><a href="</mi>{RUNS}</math>', "`<math>` holds what browsers do not read"),
        (f'<span><section><svg></span><style><a href="</style>{RUNS}', "`</span>` does not belong"),
        ('<svg><text><![CDATA[><i class="5 mg"></i>]]></text></svg>', "`<![cdata["),
        ("<svg><desc><b></svg></b></desc><style></style></svg>", "`<desc>` does not belong in a"),
        ("<?x Take 50 mg ?>", "`<?x take 50 mg ?>"),
        ("<textarea>x", "`<textarea>` has no end"),
        ("<a\f1=x>x</a>", "`<a 1=x>x</a>"),
    ],
)
def test_what_browsers_read_otherwise_than_the_scan_is_found(body, told):
    message = one(page_stands_alone, body)
    assert message.startswith(told)
    assert message.endswith(OTHERWISE)


@pytest.mark.parametrize(
    "body",
    [
        '<svg><title>A &lt;b&gt;</title><path d="M0 0"/><svg></svg><text>b</text></svg><p>c</p>',
        "<svg/><style>p {}</style><title>1 < 2</title><textarea><p></textarea>",
        "<script>1 < x</script><!-- <x --><br /><a href=x id='y' hidden>z</a>",
        "</svg><style></style>",
    ],
)
def test_what_is_read_alike_by_all_may_stand_in_a_page(body):
    assert found(page_stands_alone, body) == []


@pytest.mark.parametrize("path", ["index.html", PAGE])
@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('<script class="md-grid" src="assets/own.js"></script>', "`class` of <script>"),
        ('<script id="x">ours()</script>', "`id` of <script>"),
        ('<script style="display: block">ours()</script>', "`style` of <script>"),
        ('<style class="md-grid">p {}</style>', "`class` of <style>"),
    ],
)
def test_what_browsers_never_show_says_nothing_by_which_a_style_could_show_it(path, body, name):
    assert one(frame_is_claimed, body, path) == f"{name} could show what browsers never show"


@pytest.mark.parametrize("tag", ["head", "title"])
def test_a_head_says_nothing_by_which_a_style_could_show_it(tag):
    data = page(HOME).replace(f"<{tag}>", f'<{tag} class="md-grid">').encode()
    read = read_page("index.html", data, CLAIMS)
    assert not isinstance(read, Finding)
    (finding,) = frame_is_claimed(read)
    assert finding.message == f"`class` of <{tag}> could show what browsers never show"


def test_a_script_of_a_file_holds_no_text_beside_it():
    body = '<script src="assets/own.js">Take 50 mg a day</script>'
    assert one(script_is_claimed, body) == ("the script assets/own.js holds a text beside its file")
    assert found(script_is_claimed, '<script src="assets/own.js"> </script>') == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<style>p {display: none}</style>", "<style>"),
        ("<style>b p {display: none}</style>", "<style>"),
        ('<style media="screen">b p {display: none}</style>', "<style>"),
        ("<style>color: red</style>", "<style>"),
        ('<p style="display: none">x</p>', "`style` of <p>"),
        ('<p style="red">x</p>', "`style` of <p>"),
    ],
)
def test_a_part_of_a_style_of_a_template_is_none(body, what):
    told = f"{what} sets a style that no file of the site holds"
    assert one(style_is_claimed, body) == told
    assert found(style_is_claimed, '<style media="print">b p {display: none}</style>') == []


@pytest.mark.parametrize("name", ["Content-Security-Policy", "content-security-policy"])
def test_a_policy_that_neither_publish_nor_a_template_writes_could_hide_pictures(name):
    body = f'<meta http-equiv="{name}" content="img-src \'none\'">'
    assert one(page_stands_alone, body).startswith("<meta> could show, send or hide")


TOLD = [
    '<meta name="description" content="It tests.">',
    '<meta property="og:title" content="Home - Demo site">',
    '<meta name="author" content="Demo site">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="generator" content="mkdocs-1.6.1, mkdocs-material-9.8.1">',
    '<meta name="generator" content="mkdocs-ProperDocs 1.6.7, mkdocs-material-9.8.1">',
    '<meta name="generator" content="zensical-0.0.73">',
    '<meta name="theme-color" media="print" content="#fff">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="robots" content="noindex, nofollow">',
    '<meta property="og:type" content="website">',
    '<meta property="og:image" content="assets/own.css">',
    '<meta property="og:image:type" content="image/png">',
    '<meta property="og:image:width" content="1200">',
    '<meta name="twitter:card" content="summary_large_image">',
]


@pytest.mark.parametrize("body", TOLD)
def test_what_a_head_says_to_programs_is_said_in_their_words(body):
    assert found(frame_is_claimed, body) == []
    start, _, rest = body.partition('content="')
    for path in ("index.html", PAGE):
        name = re.search('(?:name|property)="([^"]*)"', body)[1]
        if path == PAGE and name in {"description", "og:title"}:
            continue
        for content in ("Take 50 mg", "https://elsewhere.example/x"):
            told = one(frame_is_claimed, f'{start}content="{content}">', path)
            assert told.startswith(f"`{name}` in the head says something that no article")
    assert rest


@pytest.mark.parametrize(
    "tag",
    ["blockquote", "br", "dd", "dt", "hr", "li", "p", "pre", "table", "td", "th", "tr"]
    + [f"h{level}" for level in range(1, 7)],
)
def test_what_takes_room_though_it_is_empty_is_counted(tag):
    places = Places()
    said = [places.told(element(tag)) for _ in range(21)]
    assert said == [""] * 20 + [f"<{tag}> stands there empty, as more than 20 others do"]
    assert places.told(element(tag, "x")) == places.told(element("div")) == ""
