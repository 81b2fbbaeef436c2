"""A build leaves an index in pieces, of the text that is marked for it, and no other."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import sys
import tempfile
from contextlib import nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from mkdocs.exceptions import PluginError

from imprimatur.hosts import indexing
from imprimatur.hosts.indexing import Indexing
from imprimatur.hosts.search import Searchable
from imprimatur.hosts.search_order import UnknownIndexError, put_in_order

HERE = os.getpid()
PAGE = """<!doctype html><html lang="en"><body><nav>Chromeword</nav>
<article data-pagefind-body><h1 id="title">A title</h1>
<div class="imp-index" hidden><span data-pagefind-filter="status">Submitted</span></div>
<p>Give 5 mg<sup class="imp-cites"><a href="#ref-a">4</a></sup> once.</p>
</article></body></html>"""


def article(html):
    """A page that says by itself what of it is searched."""
    return Searchable(html, is_article=True)


def index_site(folder):
    """Index the pages of a folder, and put the index beside them."""
    pages = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    found = Indexing({})
    read = {name: article(path.read_text()) for name, path in pages.items()}
    try:
        found.start({name: page for name, page in read.items() if page.is_any}, "en")
        found.finish(folder)
    finally:
        found.close()


def pieces(folder):
    """What the index holds of each page."""
    found = sorted((folder / "pagefind/fragment").iterdir())
    return [
        json.loads(gzip.decompress(each.read_bytes()).removeprefix(b"pagefind_dcd"))
        for each in found
    ]


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_a_preview_leaves_an_index_in_pieces_and_none_that_is_loaded_whole(site, host):
    done = site.run(host, "build", "-f", "mkdocs.yml", IMPRIMATUR_PREVIEW="1")
    assert done.returncode == 0, done.stderr
    built = site.root / "site"
    assert not (built / "search").exists()
    names = {path.name for path in (built / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "-ui" in name or "highlight" in name]
    found = {each["url"]: each for each in pieces(built)}
    article = found["/articles/contrast/"]
    assert "39% to 53% of 102 examinations." in article["content"]
    assert "Caution" not in article["content"]
    assert article["filters"] == {
        "audience": ["Clinician"],
        "standing": ["Draft, not reviewed"],
        "status": ["Draft"],
        "topic": ["Radiology"],
    }


@pytest.mark.parametrize(
    ("theme", "language"),
    [
        ("{name: material, language: de}", "de"),
        ("{name: material, language: pt-BR}", "pt"),
        ("{name: material, language: zh-Hant}", "zh-Hant"),
        ("{name: mkdocs, locale: de}", "de"),
        ("{name: readthedocs, language: it, locale: de}", "de"),
    ],
)
def test_the_index_is_in_the_language_of_the_pages(site, theme, language):
    settings = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", settings.replace("{name: material, font: false}", theme))
    done = site.run("mkdocs", "build", IMPRIMATUR_PREVIEW="1")
    assert done.returncode == 0, done.stderr
    built = site.root / "site"
    assert re.search(f'<html [^>]*lang="{language}"', (built / "index.html").read_text())
    entry = json.loads((built / "pagefind/pagefind-entry.json").read_text())
    # As browsers ask for it.
    assert list(entry["languages"]) == [language.lower()]


def test_only_marked_text_is_indexed_without_the_numbers_of_citations(tmp_path):
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "other.html").write_text("<html><body><h1>Other</h1></body></html>")
    index_site(tmp_path)
    (only,) = pieces(tmp_path)
    assert only["content"] == "A title. Give 5 mg once."
    assert only["filters"] == {"status": ["Submitted"]}


def test_the_index_is_the_same_to_the_byte_each_time(tmp_path):
    """In 20 values of two filters, chance would not make the same order twice."""
    for name, numbers in (("one", range(20)), ("two", reversed(range(20)))):
        (tmp_path / name).mkdir()
        for number in numbers:
            page = PAGE.replace("title", f"title {number}").replace("Submitted", f"State {number}")
            page = page.replace("</div>", f'<i data-pagefind-filter="topic">T{number}</i></div>')
            (tmp_path / name / f"{number}.html").write_text(page)
        index_site(tmp_path / name)
    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert len(list((tmp_path / "one/pagefind/filter").iterdir())) == 2


MEMORY = Path("/dev/shm")  # noqa: S108 - a file system of its own, which lists the newest first


@pytest.mark.skipif(not MEMORY.is_dir(), reason="no file system in memory")
def test_the_index_is_the_same_whatever_order_a_file_system_lists_pages_in(tmp_path):
    found = []
    with TemporaryDirectory(dir=MEMORY) as one, TemporaryDirectory(dir=MEMORY) as two:
        for place, numbers in ((one, range(30)), (two, reversed(range(30))), (tmp_path, range(30))):
            for number in numbers:
                page = PAGE.replace("title", f"title {number}").replace("once", f"w{number % 7} à")
                page = page.replace("Submitted", f"State {number % 3}")
                Path(place, f"{number}.html").write_text(page)
            index_site(Path(place))
            files = (each for each in Path(place, "pagefind").rglob("*") if each.is_file())
            found.append({each.relative_to(place): each.read_bytes() for each in files})
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("filter/en_*.pf_filter", b"pagefind_dcd\x82\x61a"),
        ("filter/en_*.pf_filter", b"pagefind_dcd\x82\x61a\x81\xa0"),
        ("filter/en_*.pf_filter", b"pagefind_abc\x82\x61a\x80"),
        ("index/en_*.pf_index", b"pagefind_dcd\x81\x81\x82\x61a\x80"),
        ("index/en_*.pf_index", b"pagefind_dcd\x81\x81\x83\x61a\x81\x83\x09\x80\x80\x80"),
        ("pagefind.en_*.pf_meta", b"pagefind_dcd\x81\x61a"),
        ("pagefind.en_*.pf_meta", b"pagefind_dcd\x86\x80\x80\x80\x80\x80\x80"),
    ],
)
def test_an_index_of_an_unknown_form_is_refused(tmp_path, part, data):
    (tmp_path / "index.html").write_text(PAGE)
    index_site(tmp_path)
    (file,) = (tmp_path / "pagefind").glob(part)
    file.write_bytes(gzip.compress(data))
    with pytest.raises(UnknownIndexError):
        put_in_order(tmp_path / "pagefind")


def test_a_site_without_a_text_to_search_is_left_as_it_is(tmp_path):
    (tmp_path / "index.html").write_text("<html><body>No mark</body></html>")
    index_site(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_settings_that_lie_about_do_not_change_the_index(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text(PAGE)
    (tmp_path / "pagefind.yml").write_text("output_subdir: elsewhere\n")
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    monkeypatch.chdir(tmp_path)
    index_site(tmp_path / "site")
    assert (tmp_path / "site/pagefind/pagefind.js").exists()


def test_an_index_that_cannot_be_written_is_said_in_words(tmp_path):
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "pagefind").write_text("in the way")
    with pytest.raises(PluginError, match="pagefind's index could not be written"):
        index_site(tmp_path)


def test_an_index_that_an_earlier_build_left_is_replaced(tmp_path):
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind/old.pf_meta").write_text("old")
    index_site(tmp_path)
    assert not (tmp_path / "pagefind/old.pf_meta").exists()
    assert len(pieces(tmp_path)) == 1


def test_only_what_is_known_at_last_is_indexed(tmp_path):
    """Another plugin may change what a page says, or take the page away."""
    gone, early = (article(PAGE.replace("5 mg", each)) for each in ("50 mg", "500 mg"))
    page = article(PAGE)
    found = Indexing({"a/index.html": early, "gone/index.html": gone, "b/index.html": page})
    found.start(dict.fromkeys(("a/index.html", "b/index.html", "c/index.html"), page), "en")
    found.finish(tmp_path)
    said = {each["url"]: each["content"] for each in pieces(tmp_path)}
    assert said == dict.fromkeys(("/a/", "/b/", "/c/"), "A title. Give 5 mg once.")


def known_early(count=60):
    """A title for each of many pages, and an index that was told of all of them."""
    titles = {f"{number}/index.html": f"Title {number}" for number in range(count)}
    pages = {name: article(PAGE.replace("A title", each)) for name, each in titles.items()}
    return pages, Indexing(dict(pages))


def titles_of(folder):
    """The title of each page in the index, by its address."""
    return {each["url"]: each["meta"]["title"] for each in pieces(folder)}


@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="one core does nothing beside another")
def test_many_pages_are_written_by_a_process_of_its_own(tmp_path, monkeypatch):
    # As in a host; whatever runs the tests may have threads of its own.
    monkeypatch.setattr(indexing, "active_count", lambda: 1)
    pages, found = known_early()
    monkeypatch.setattr(Indexing, "_write", None)
    found.start(pages, "en")
    found.finish(tmp_path)
    assert titles_of(tmp_path) == {f"/{number}/": f"Title {number}" for number in range(60)}


def test_of_many_pages_those_are_written_anew_that_changed_since(tmp_path, monkeypatch):
    monkeypatch.setattr(indexing, "active_count", lambda: 1)
    pages, found = known_early()
    gone = pages.pop("7/index.html")
    changed = {"3/index.html": article(PAGE), "new/index.html": gone}
    found.start(pages | changed, "en")
    found.finish(tmp_path)
    titles = titles_of(tmp_path)
    assert (len(titles), titles["/3/"], titles["/new/"]) == (60, "A title", "Title 7")
    assert "/7/" not in titles


class FatalElsewhere(Searchable):
    """A page at which every process but this one ends."""

    @property
    def text(self):
        if os.getpid() != HERE:
            os._exit(1)
        return super().text


def unneeded(_, *, worth):
    """In the place of ``aside``, where it must start nothing."""
    assert not worth
    return nullcontext()


@pytest.mark.parametrize("fails", ["a process that ends too early", "a thread that may hold locks"])
def test_what_no_process_wrote_is_written_with_the_others(tmp_path, monkeypatch, fails):
    threads = 2 if "thread" in fails else 1
    monkeypatch.setattr(indexing, "active_count", lambda: threads)
    if threads > 1:
        monkeypatch.setattr(indexing, "aside", unneeded)
    pages = {f"{number}/index.html": FatalElsewhere(PAGE, is_article=True) for number in range(60)}
    found = Indexing(pages)
    found.start(pages, "en")
    found.finish(tmp_path)
    assert len(titles_of(tmp_path)) == 60


def test_a_build_that_fails_leaves_nothing_of_the_index_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = Indexing({"a/index.html": article(PAGE)})
    found.start({"a/index.html": article(PAGE)}, "en")
    assert list(tmp_path.iterdir())
    found.close()
    assert not list(tmp_path.iterdir())


def test_pages_that_cannot_be_written_for_pagefind_are_said_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    wrong = ("a/b.html", "a/b.html/index.html"), ("b.html", f"{'a' * 300}/index.html")
    for pages in wrong:
        found = Indexing(dict.fromkeys(pages, article(PAGE)))
        with pytest.raises(PluginError, match=r"could not be written for pagefind: .*; .*TMPDIR"):
            found.start(dict.fromkeys(pages, article(PAGE)), "en")
        found.close()
        assert not list(tmp_path.iterdir())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(PluginError, match=r"could not be written for pagefind: .*; .*TMPDIR"):
        Indexing({})


SLOW = """
import os, time
from pathlib import Path

Path(__file__).with_name("number").write_text(str(os.getpid()))
time.sleep(60)
"""

INTERRUPTING = """
import time
from pathlib import Path

def on_page_context(context, **kw):
    deadline = time.monotonic() + 20
    while not Path("slow/pagefind_bin/number").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    raise KeyboardInterrupt
"""


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_a_build_that_is_interrupted_leaves_no_process_and_no_folder(site, tmp_path, host):
    site.write("slow/pagefind_bin/__init__.py", "")
    site.write("slow/pagefind_bin/__main__.py", SLOW)
    site.write("hook.py", INTERRUPTING)
    settings = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", f"hooks: [hook.py]\n{settings}")
    folder = tmp_path / "temporary"
    folder.mkdir()
    path = os.pathsep.join([str(site.root / "slow"), os.environ.get("PYTHONPATH", "")])
    told = {"IMPRIMATUR_PREVIEW": "1", "TMPDIR": str(folder), "PYTHONPATH": path}
    done = site.run(host, "build", "-f", "mkdocs.yml", **told)
    assert "Aborted!" in done.stderr, done.stderr
    number = int((site.root / "slow/pagefind_bin/number").read_text())
    try:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
    finally:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    assert list(folder.iterdir()) == []


def test_a_page_that_is_kept_from_the_search_is_not_indexed(site):
    (site.root / "docs/kept.md").write_text(
        "---\nsearch: {exclude: true}\n---\n# Kept\n\nSecretword\n"
    )
    (site.root / "docs/shown.md").write_text("# Shown\n\nPlainword\n")
    done = site.run("mkdocs", "build", "-f", "mkdocs.yml", IMPRIMATUR_PREVIEW="1")
    assert done.returncode == 0, done.stderr
    found = {each["url"]: each["content"] for each in pieces(site.root / "site")}
    assert "Plainword" in found["/shown/"]
    assert "/kept/" not in found


def test_a_missing_pagefind_is_said_with_the_cure(tmp_path, monkeypatch):
    (tmp_path / "index.html").write_text(PAGE)
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S "$@"\n')
    bare.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(bare))
    with pytest.raises(PluginError, match="install this package with its extra `site`"):
        index_site(tmp_path)
