"""What servers and browsers are told of a built site."""

from __future__ import annotations

import pytest

from imprimatur.errors import CannotExamineError
from imprimatur.gate.headers import write_headers

# What any tool computes: printf 'run()' | openssl dgst -sha256 -binary | base64
RUN = "'sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ='"
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>T</title>{head}</head>
<body>{body}</body></html>"""
NOTICE = '<article class="imp-article" data-standing="{}"></article>'


POLICY = (
    f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {RUN}; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
DEVICES = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
TOLD = {
    "_headers": f"""\
/*
  Content-Security-Policy: {POLICY}; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Permissions-Policy: {DEVICES}
/articles/a/
  X-Robots-Tag: noindex
/articles/b.html
  X-Robots-Tag: noindex
""",
    ".htaccess": f"""\
# Needs the modules headers and alias. Where they are missing, Apache shows no page at
# all rather than one without these.
Header always set Content-Security-Policy "{POLICY}; frame-ancestors 'none'"
Header always set X-Content-Type-Options "nosniff"
Header always set Referrer-Policy "no-referrer"
Header always set Permissions-Policy "{DEVICES}"
RedirectMatch 404 "/\\.headers/"
Header always set X-Robots-Tag "noindex" \
"expr=%{{REQUEST_URI}} =~ m#(/articles/a/|/articles/b\\.html)(index\\.html)?$#"
""",
    ".headers/nginx.conf": f"""\
# Include this in the `server` block of the site: include /…/.headers/nginx.conf;
# A `location` with an add_header of its own drops all of these. Let nginx read it anew
# after each release: nginx -s reload
add_header Content-Security-Policy "{POLICY}; frame-ancestors 'none'" always;
add_header X-Content-Type-Options "nosniff" always;
add_header Referrer-Policy "no-referrer" always;
add_header Permissions-Policy "{DEVICES}" always;
location ~ /\\.headers/ {{ return 404; }}
set $imprimatur_robots "";
if ($uri ~ "(/articles/a/|/articles/b\\.html)(index\\.html)?$") \
{{ set $imprimatur_robots "noindex"; }}
add_header X-Robots-Tag $imprimatur_robots always;
""",
}


def page(site, path="index.html", body="", head=""):
    """Write one page."""
    place = site / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(PAGE.format(body=body, head=head), encoding="utf-8")
    return place


def policy(site) -> dict[str, str]:
    """Each directive that servers send, with what it allows."""
    (line,) = (
        each.strip().removeprefix("Content-Security-Policy: ")
        for each in (site / "_headers").read_text().splitlines()
        if "Content-Security-Policy" in each
    )
    return dict(part.split(" ", 1) for part in line.split("; "))


def test_scripts_are_named_by_their_digest_and_nothing_else_may_run(tmp_path):
    page(tmp_path, body="<script>run()</script><script src='x.js'></script>")
    page(tmp_path, "a/index.html", body="<script>run()</script>")
    write_headers(tmp_path)
    found = policy(tmp_path)
    assert found["default-src"] == "'none'"
    assert found["script-src"] == f"'self' 'wasm-unsafe-eval' {RUN}"
    assert found["style-src"] == "'self'"
    assert found["base-uri"] == found["form-action"] == found["frame-ancestors"] == "'none'"
    assert "unsafe-inline" not in str(found)
    assert "unsafe-eval'" not in str(found).replace("'wasm-unsafe-eval'", "")


@pytest.mark.parametrize("kind", ["application/json", "application/ld+json", " Application/JSON "])
def test_data_within_a_page_is_no_script(tmp_path, kind):
    page(tmp_path, body=f'<script type="{kind}">{{}}</script>')
    write_headers(tmp_path)
    assert policy(tmp_path)["script-src"] == "'self' 'wasm-unsafe-eval'"


def test_a_script_is_read_as_a_browser_reads_it(tmp_path):
    """Lines end in one way, entities stand for themselves, and a comment begins nothing."""
    page(tmp_path).write_bytes(
        PAGE.format(head="", body="<script>a &amp;&amp;\r\nb</script>").encode()
    )
    write_headers(tmp_path)
    # printf 'a &amp;&amp;\nb' | openssl dgst -sha256 -binary | base64
    assert "'sha256-DdswBA/bV5YKy+kNbHmo+XBVFn692i5oWdqUiHvcJG8='" in policy(tmp_path)["script-src"]


def test_styles_within_the_text_are_named_too(tmp_path):
    page(tmp_path, head="<style>run()</style>", body='<p style="run()">T</p>')
    write_headers(tmp_path)
    assert policy(tmp_path)["style-src"] == f"'self' {RUN} 'unsafe-hashes' {RUN}"
    assert RUN not in policy(tmp_path)["script-src"]


def test_handlers_in_attributes_are_never_allowed(tmp_path):
    page(tmp_path, body='<p onclick="run()">T</p>')
    write_headers(tmp_path)
    assert policy(tmp_path)["script-src"] == "'self' 'wasm-unsafe-eval'"


def test_the_policy_stands_in_each_page_before_anything_that_it_rules(tmp_path):
    one = page(tmp_path, body="<meta charset=none>")
    write_headers(tmp_path)
    start, _, rest = one.read_text().partition('<meta http-equiv="Content-Security-Policy"')
    assert start.endswith('<head><meta charset="utf-8">')
    assert "frame-ancestors" not in rest, "no browser obeys it there, and each complains"
    once = one.read_bytes()
    write_headers(tmp_path)
    assert one.read_bytes() == once


def test_a_page_without_a_place_for_the_policy_is_refused(tmp_path):
    page(tmp_path).write_text("<html><head></head><body><meta charset=utf-8></body></html>")
    with pytest.raises(CannotExamineError, match=r"index\.html has no `<meta charset"):
        write_headers(tmp_path)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b" \n"])
def test_a_page_that_is_none_is_refused(tmp_path, data):
    page(tmp_path).write_bytes(data)
    with pytest.raises(CannotExamineError, match="cannot be read as a page"):
        write_headers(tmp_path)


def test_more_scripts_than_a_policy_can_name_are_refused(tmp_path):
    page(tmp_path, body="".join(f"<script>run({each})</script>" for each in range(40)))
    with pytest.raises(CannotExamineError, match="40 different scripts and styles"):
        write_headers(tmp_path)


@pytest.mark.parametrize("state", ["withdrawn", "retracted", "superseded", "expired"])
def test_a_notice_is_kept_from_search_engines_by_page_and_by_server(tmp_path, state):
    notice = page(tmp_path, "articles/a-b/index.html", body=NOTICE.format(state))
    page(tmp_path, "articles/concern/index.html", body=NOTICE.format("concern"))
    write_headers(tmp_path)
    assert '<meta name="robots" content="noindex">' in notice.read_text()
    assert "robots" not in (tmp_path / "articles/concern/index.html").read_text()
    assert "\n/articles/a-b/\n  X-Robots-Tag: noindex\n" in (tmp_path / "_headers").read_text()
    for server in (".htaccess", ".headers/nginx.conf"):
        text = (tmp_path / server).read_text()
        assert "/articles/a\\-b/" in text
        assert "concern" not in text


def test_of_very_many_notices_the_servers_name_what_they_read_and_the_pages_say_it_all(tmp_path):
    for number in range(120):
        page(tmp_path, f"articles/n{number:03}/index.html", body=NOTICE.format("withdrawn"))
    write_headers(tmp_path)
    assert (tmp_path / "_headers").read_text().count("\n/") < 100
    assert all("noindex" in each.read_text() for each in tmp_path.rglob("*.html"))


def test_every_server_is_told_to_guess_no_kinds_to_tell_no_addresses_and_to_open_no_devices(
    tmp_path,
):
    page(tmp_path)
    write_headers(tmp_path)
    for server in ("_headers", ".htaccess", ".headers/nginx.conf"):
        text = (tmp_path / server).read_text()
        for name, value in (
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=()"),
        ):
            (line,) = (each for each in text.splitlines() if name in each.replace(":", "").split())
            assert value in line


def test_a_preview_is_kept_from_search_engines_and_can_be_opened_from_the_disk(tmp_path):
    one = page(tmp_path)
    before = one.read_bytes()
    write_headers(tmp_path, preview=True)
    assert one.read_bytes() == before
    for server in ("_headers", ".htaccess", ".headers/nginx.conf"):
        text = (tmp_path / server).read_text()
        assert text.count("noindex, nofollow") == 1
        assert "Content-Security-Policy" in text


@pytest.mark.parametrize("server", TOLD)
def test_each_server_is_told_all_of_this_and_no_more(tmp_path, server):
    page(tmp_path, body="<script>run()</script>")
    for notice in ("articles/a/index.html", "articles/b.html"):
        page(tmp_path, notice, body=NOTICE.format("withdrawn"))
    write_headers(tmp_path)
    assert (tmp_path / server).read_text(encoding="utf-8") == TOLD[server]


@pytest.mark.parametrize(
    ("server", "last"),
    [
        ("_headers", f"  Permissions-Policy: {DEVICES}\n"),
        (".htaccess", 'RedirectMatch 404 "/\\.headers/"\n'),
        (".headers/nginx.conf", "location ~ /\\.headers/ { return 404; }\n"),
    ],
)
def test_where_nothing_was_taken_down_no_server_is_told_of_notices(tmp_path, server, last):
    page(tmp_path)
    write_headers(tmp_path)
    text = (tmp_path / server).read_text(encoding="utf-8")
    assert text.endswith(last)
    assert "noindex" not in text


def test_a_page_begins_with_the_policy_and_a_notice_with_a_word_for_search_engines(tmp_path):
    plain, notice = page(tmp_path), page(tmp_path, "b.html", body=NOTICE.format("withdrawn"))
    write_headers(tmp_path)
    charset, policy = '<meta charset="utf-8">', POLICY.replace(f" {RUN}", "")
    tag = f'{charset}<meta http-equiv="Content-Security-Policy" content="{policy}">'
    assert plain.read_text() == PAGE.format(head="", body="").replace(charset, tag)
    tag += '<meta name="robots" content="noindex">'
    text = PAGE.format(head="", body=NOTICE.format("withdrawn"))
    assert notice.read_text() == text.replace(charset, tag)


@pytest.mark.parametrize("name", ["robots", "ROBOTS"])
def test_a_notice_that_keeps_search_engines_away_itself_is_told_no_second_time(tmp_path, name):
    quiet = f'<meta name="{name}" content="noindex, nofollow">'
    notice = page(tmp_path, head=quiet, body=NOTICE.format("withdrawn"))
    write_headers(tmp_path)
    assert notice.read_text().count("noindex") == 1


def test_what_another_mark_says_of_an_index_keeps_no_search_engine_away(tmp_path):
    told = '<meta name="description" content="noindex"><meta name="robots" content="all">'
    notice = page(tmp_path, head=told, body=NOTICE.format("withdrawn"))
    write_headers(tmp_path)
    assert '<meta name="robots" content="noindex">' in notice.read_text()


@pytest.mark.parametrize(
    "body",
    [
        '<article class="imp-article-list" data-standing="withdrawn"></article>',
        '<article data-standing="withdrawn"></article>',
        '<section class="imp-article" data-standing="withdrawn"></section>',
        '<article class="imp-article" data-standing="approved"></article>',
    ],
)
def test_only_the_article_itself_makes_its_page_a_notice(tmp_path, body):
    one = page(tmp_path, body=body)
    write_headers(tmp_path)
    assert "robots" not in one.read_text()


def test_an_article_is_known_among_other_classes(tmp_path):
    body = '<article class="wide imp-article x" data-standing="withdrawn"></article>'
    one = page(tmp_path, body=body)
    write_headers(tmp_path)
    assert "robots" in one.read_text()


def test_a_policy_is_as_long_as_the_narrowest_server_reads_and_no_longer(tmp_path):
    scripts = [f"<script>run({each})</script>" for each in range(32)]
    page(tmp_path, body="".join(scripts[:31]))
    write_headers(tmp_path)
    allowed = [each.split(" ") for each in (tmp_path / "_headers").read_text().split("; ")]
    assert sum("'sha256-" in one for each in allowed for one in each) == 31
    page(tmp_path, body="".join(scripts))
    with pytest.raises(CannotExamineError, match="32 different scripts and styles"):
        write_headers(tmp_path)


def test_scripts_styles_and_attributes_are_counted_together(tmp_path):
    body = "".join(
        f'<script>run({each})</script><style>a{each} {{}}</style><p style="top: {each}">T</p>'
        for each in range(20)
    )
    page(tmp_path, body=body)
    with pytest.raises(CannotExamineError, match="60 different scripts and styles"):
        write_headers(tmp_path)


def test_the_servers_name_ninety_notices_and_no_more(tmp_path):
    for number in range(91):
        page(tmp_path, f"articles/n{number:03}/index.html", body=NOTICE.format("withdrawn"))
    write_headers(tmp_path)
    text = (tmp_path / "_headers").read_text()
    assert "/articles/n089/\n" in text
    assert "/articles/n090/\n" not in text


def test_a_charset_below_the_head_or_in_capitals_is_told_apart(tmp_path):
    one = page(tmp_path)
    one.write_text('<HTML><HEAD><META CHARSET="utf-8"></HEAD ><body></body></HTML>')
    write_headers(tmp_path)
    assert '<META CHARSET="utf-8"><meta http-equiv=' in one.read_text()
    one.write_text('<html><head></head ><body><meta charset="utf-8"></body></html>')
    with pytest.raises(CannotExamineError, match="no policy can be written"):
        write_headers(tmp_path)


def test_lines_of_every_kind_end_alike_in_a_script(tmp_path):
    sums = set()
    for end in (b"\r\n", b"\r", b"\n"):
        page(tmp_path).write_bytes(
            b'<html><head><meta charset="utf-8"></head><body><script>a' + end + b"b</script></body>"
        )
        write_headers(tmp_path)
        sums.add(policy(tmp_path)["script-src"])
    assert len(sums) == 1
