"""A published folder says what it holds, and a copy that differs from it is found out."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

import pytest

from imprimatur.editorial import State
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate.headers import write_headers
from imprimatur.gate.plan import Plan, Printed
from imprimatur.gate.release import verify_release, write_release
from imprimatur.press import Entry

COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = f"sha256:{'5' * 64}"
PAGE = '<!doctype html><html><head><meta charset="utf-8"></head><body>Text</body></html>'


def printed(slug, state=State.APPROVED):
    """An article as a plan holds it."""
    entry = Entry(slug=slug, title="T", summary="S", topics=(), state=state)
    return Printed(
        slug=slug,
        title="T",
        summary="S",
        html="<article></article>",
        headings=(),
        entry=entry,
        digest=DIGEST,
        commit=COMMIT,
        source=b"",
    )


@pytest.fixture
def plan():
    return Plan(
        commit=COMMIT,
        at=datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
        printed=(printed("spinal"), printed("kidneys", State.WITHDRAWN)),
        withheld=(),
        files={},
    )


@pytest.fixture
def site(tmp_path, plan):
    """A built site with its release file."""
    site = tmp_path / "site"
    (site / "articles/spinal").mkdir(parents=True)
    (site / "articles/spinal/index.html").write_text(PAGE)
    (site / "index.html").write_text(PAGE)
    write_headers(site)
    write_release(site, plan, "mkdocs")
    return site


def told(site):
    """What is found, each with its file."""
    return [f"{each.path}: {each.message}" for each in verify_release(site).findings]


def rewrite(site, change):
    """Change what a site says of itself, in the one way in which that is written."""
    file = site / "release.json"
    said = json.loads(file.read_bytes())
    change(said)
    text = json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8")


def test_the_file_says_which_text_of_which_commit_was_published_by_what(site):
    data = (site / "release.json").read_bytes()
    assert data.endswith(b"}\n")
    said = json.loads(data)
    assert list(said) == sorted(said)
    assert (said["format"], said["commit"], said["at"]) == (1, COMMIT, "2026-11-26T09:30:00Z")
    assert said["articles"] == [
        {"slug": "kidneys", "standing": "withdrawn"} | dict(said["articles"][0]),
        {
            "commit": COMMIT,
            "manifest": DIGEST,
            "slug": "spinal",
            "standing": "approved",
            "update": False,
        },
    ]
    assert said["tools"]["host"].startswith("mkdocs 1.")
    assert said["tools"]["theme"].startswith("mkdocs-material 9.")
    assert said["tools"]["pagefind"].startswith("pagefind-bin 1.5")


def test_every_file_is_named_with_its_digest_and_size(site):
    files = json.loads((site / "release.json").read_bytes())["files"]
    there = {each.relative_to(site).as_posix() for each in site.rglob("*") if each.is_file()}
    assert files.keys() == there - {"release.json"}
    data = (site / "articles/spinal/index.html").read_bytes()
    one = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    assert files["articles/spinal/index.html"] == one


@pytest.mark.parametrize("host", ["mkdocs", "properdocs", "zensical"])
def test_every_host_is_told_with_its_version(site, plan, host):
    write_release(site, plan, host)
    assert json.loads((site / "release.json").read_bytes())["tools"]["host"].startswith(f"{host} ")


def test_a_whole_copy_is_granted_also_through_a_link(site, tmp_path):
    shutil.copytree(site, tmp_path / "copy")
    (tmp_path / "live").symlink_to("copy")
    assert verify_release(tmp_path / "live").outcome is Outcome.GRANTED


def test_a_changed_a_missing_and_an_extra_file_are_found(site):
    (site / "index.html").write_text(PAGE.replace("Text", "Test"))
    (site / "articles/spinal/index.html").unlink()
    (site / "articles/old.html").write_text(PAGE)
    assert told(site) == [
        "articles/old.html: this was not published",
        "articles/spinal/index.html: this was published and is not here",
        "index.html: this is not what was published",
    ]
    assert verify_release(site).outcome is Outcome.REFUSED


@pytest.mark.parametrize("kind", ["link", "linked folder", "pipe", "empty folder"])
def test_what_is_no_plain_file_is_found(site, tmp_path, kind):
    if kind == "empty folder":
        (site / "odd").mkdir()
    elif kind == "link":
        (site / "odd").symlink_to("index.html")
    elif kind == "linked folder":
        (site / "odd").symlink_to(tmp_path)
    else:
        os.mkfifo(site / "odd")
    name = "odd/" if kind == "empty folder" else "odd"
    assert told(site) == [f"{name}: this was not published"]


def test_a_link_in_place_of_a_page_is_found_whatever_it_leads_to(site, tmp_path):
    (site / "index.html").rename(tmp_path / "index.html")
    (site / "index.html").symlink_to(tmp_path / "index.html")
    assert told(site) == ["index.html: this is not what was published"]


def test_no_release_is_written_of_what_is_no_plain_file(site, plan):
    (site / "odd").symlink_to("index.html")
    with pytest.raises(CannotExamineError, match="odd is no plain file"):
        write_release(site, plan, "mkdocs")


def test_what_a_server_keeps_to_itself_is_not_checked_in_a_copy_fetched_from_it(site):
    for name in ("_headers", ".htaccess", ".headers/nginx.conf"):
        (site / name).unlink()
    verdict = verify_release(site)
    assert verdict.findings == ()
    kept = [each.reason.partition(" is not here")[0] for each in verdict.unchecked]
    assert kept == ["_headers", ".htaccess", ".headers/nginx.conf"]
    assert verdict.outcome is Outcome.NOT_EXAMINED


def test_a_changed_header_is_found(site):
    (site / "_headers").write_text("/*\n")
    assert told(site) == ["_headers: this is not what was published"]


def test_a_folder_that_says_nothing_of_itself_cannot_be_examined(site):
    (site / "release.json").unlink()
    with pytest.raises(CannotExamineError, match=r"holds no release\.json"):
        verify_release(site)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"format": 1', '"format": 2', "format: input should be 1"),
        ('"format": 1', '"format": 1,\n  "extra": 1', "extra"),
        ('"format": 1', '"format":  1', "keys or blanks"),
        ('"format": 1', '"format": 1,\n  "format": 1', "keys or blanks"),
        ("2026-11-26T09:30:00Z", "2026-11-26T09:30:00+00:00", "at: "),
        (COMMIT, "HEAD", "commit"),
        ("{", "[", "is not as"),
    ],
)
def test_a_file_that_this_program_did_not_write_cannot_be_examined(site, old, new, reason):
    file = site / "release.json"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(CannotExamineError, match=reason):
        verify_release(site)


def test_the_whole_file_is_written_in_one_way(site):
    tools = {
        "host": f"mkdocs {version('mkdocs')}",
        "imprimatur": version("mkdocs-imprimatur"),
        "markdown": version("markdown"),
        "pagefind": f"pagefind-bin {version('pagefind-bin')}",
        "pybtex": version("pybtex"),
        "python": platform.python_version(),
        "theme": f"mkdocs-material {version('mkdocs-material')}",
    }
    article = {"commit": COMMIT, "manifest": DIGEST, "update": False}
    articles = [
        article | {"slug": "kidneys", "standing": "withdrawn"},
        article | {"slug": "spinal", "standing": "approved"},
    ]
    paths = (
        *(".headers/nginx.conf", ".htaccess", "_headers", "articles/spinal/index.html"),
        "index.html",
    )
    files = {}
    for path in paths:
        data = (site / path).read_bytes()
        files[path] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    said = {"at": "2026-11-26T09:30:00Z", "commit": COMMIT, "format": 1}
    whole = said | {"articles": articles, "files": files, "tools": tools}
    text = json.dumps(whole, indent=2, sort_keys=True) + "\n"
    assert (site / "release.json").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("host", "theme"),
    [("mkdocs", "mkdocs-material "), ("properdocs", "mkdocs-material "), ("zensical", None)],
)
def test_a_theme_is_told_where_it_is_a_package_of_its_own(site, plan, host, theme):
    write_release(site, plan, host)
    said = json.loads((site / "release.json").read_bytes())["tools"]["theme"]
    assert said is None if theme is None else said.startswith(theme)


def test_each_difference_is_told_with_its_cure(site):
    (site / "index.html").write_text("Test")
    (site / "articles/spinal/index.html").unlink()
    (site / "old.html").write_text("Old")
    found = verify_release(site).findings
    assert {(each.line, each.rule) for each in found} == {(0, "release-is-whole")}
    assert [(each.path, each.cure) for each in found] == [
        ("articles/spinal/index.html", "copy the whole folder, or publish anew"),
        ("index.html", "find out who changed it, and publish anew"),
        ("old.html", "find out who put it there, and publish anew"),
    ]


def test_what_a_server_keeps_is_told_where_to_look_and_how_many_articles_there_are(site):
    (site / "_headers").unlink()
    verdict = verify_release(site)
    reason = "_headers is not here; a server keeps it to itself, so look at it on the server"
    assert [(each.rule, each.reason) for each in verdict.unchecked] == [
        ("release-is-whole", reason)
    ]
    assert verdict.articles == 2


def test_a_header_that_was_put_there_and_never_published_is_found(site, plan):
    (site / ".htaccess").unlink()
    write_release(site, plan, "mkdocs")
    assert verify_release(site).outcome is Outcome.GRANTED
    (site / ".htaccess").write_text("Options +Indexes\n")
    assert told(site) == [".htaccess: this was not published"]


@pytest.mark.parametrize("size", [0, 1])
def test_bytes_count_even_where_there_are_none(site, plan, size):
    (site / "empty.txt").write_bytes(b"x" * size)
    write_release(site, plan, "mkdocs")
    said = json.loads((site / "release.json").read_bytes())["files"]["empty.txt"]
    assert said["size"] == size
    assert verify_release(site).outcome is Outcome.GRANTED


def test_a_file_whose_name_is_no_plain_text_cannot_be_examined(site, plan):
    (site / "a\nb.html").write_text("x")
    with pytest.raises(CannotExamineError, match="is no plain text; rename the file"):
        verify_release(site)
    with pytest.raises(CannotExamineError, match="is no plain text; rename the file"):
        write_release(site, plan, "mkdocs")


def test_a_folder_within_it_may_be_called_as_the_file_that_names_all(site, plan):
    (site / "deep").mkdir()
    (site / "deep/release.json").write_text("{}")
    assert told(site) == ["deep/release.json: this was not published"]
    write_release(site, plan, "mkdocs")
    assert verify_release(site).outcome is Outcome.GRANTED


def test_a_release_file_that_is_a_folder_cannot_be_read(site):
    (site / "release.json").unlink()
    (site / "release.json").mkdir()
    with pytest.raises(CannotExamineError, match=r"release\.json cannot be read: Is a directory"):
        verify_release(site)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"format": 1', '"format": 2', r"\(format: input should be 1\)"),
        ('"size": ', '"size": -', r"\(files\..*\.size: input should be greater"),
        (COMMIT, "a" * 39, r"\(commit: string should match|\(articles\.0\.commit: string"),
        (DIGEST, "5" * 64, r"\(articles\.0\.manifest: string should match"),
        ("withdrawn", "gone", r"\(articles\.0\.standing: input should be"),
        ('"kidneys"', '"Kidneys"', r"\(articles\.0\.slug: "),
        ("{", "[", r"\(the file: invalid json"),
        ('  "at"', '   "at"', r"\(its keys or blanks are not where they belong\)"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_with_its_place(site, old, new, reason):
    file = site / "release.json"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    whole = r"release\.json is not as `imprimatur publish` writes it " + reason
    with pytest.raises(CannotExamineError, match=whole) as refused:
        verify_release(site)
    assert str(refused.value).endswith("; publish anew")


@pytest.mark.parametrize(
    "path",
    [
        "a\nGranted",
        "\x1b[2Ja",
        "\x9ba",
        "a\u202eb",
        "",
        ".",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a//b",
    ],
)
def test_a_file_that_names_what_is_no_plain_path_cannot_be_examined(site, path):
    one = {"sha256": "0" * 64, "size": 1}
    rewrite(site, lambda said: said["files"].update({path: one}))
    with pytest.raises(CannotExamineError, match=r"\(files: .* is no plain path\)") as refused:
        verify_release(site)
    assert str(refused.value).isprintable()


def test_a_file_that_names_itself_cannot_be_examined(site):
    one = {"sha256": "0" * 64, "size": 1}
    rewrite(site, lambda said: said["files"].update({"release.json": one}))
    with pytest.raises(CannotExamineError, match="is no plain path"):
        verify_release(site)


def test_an_article_stands_in_the_file_once_and_in_its_place(site):
    forged = {"manifest": f"sha256:{'6' * 64}"}
    for change in (
        lambda articles: articles.insert(0, articles[0] | forged),
        lambda articles: articles.append(articles[0]),
        lambda articles: articles.reverse(),
    ):
        before = (site / "release.json").read_bytes()
        rewrite(site, lambda said, change=change: change(said["articles"]))
        with pytest.raises(CannotExamineError, match=r"\(articles: .*once, sorted by slug"):
            verify_release(site)
        (site / "release.json").write_bytes(before)


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_release_file_that_is_no_plain_file_cannot_be_read(site, tmp_path, kind):
    (site / "release.json").rename(tmp_path / "elsewhere.json")
    if kind == "link":
        (site / "release.json").symlink_to(tmp_path / "elsewhere.json")
    else:
        os.mkfifo(site / "release.json")
    with pytest.raises(CannotExamineError, match=r"release\.json cannot be read: .*no plain file"):
        verify_release(site)


def test_a_commit_of_either_length_is_one(site, plan):
    write_release(site, replace(plan, commit="a" * 64), "mkdocs")
    assert verify_release(site).outcome is Outcome.GRANTED
