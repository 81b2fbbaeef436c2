"""`imprimatur publish`: what is approved goes live in one step, and nothing else ever does."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imprimatur.gate.lock import hold
from imprimatur.gate.release import verify_release
from releases import EDITOR, OTHER, REVIEWERS, Releases, head, publish, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    """A site with three approved articles, where what is pending is withheld."""
    root = tmp_path_factory.mktemp("model") / "site"
    return release_site(make_site, keys, root, "second", "third", pending="withhold")


@pytest.fixture
def site(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "site")


@pytest.fixture
def live(tmp_path: Path) -> Path:
    return tmp_path / "live"


@pytest.fixture(autouse=True)
def workplace(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of which a test can see what is left."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def page(live: Path, slug: str) -> str:
    return (live / "articles" / slug / "index.html").read_text(encoding="utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    whole = folder.resolve()
    return {
        each.relative_to(whole).as_posix(): each.read_bytes()
        for each in whole.rglob("*")
        if each.is_file()
    }


def test_what_is_approved_is_published_and_what_is_pending_is_named(site, live, workplace):
    site.edit("[@liu2017vertebral]", "[@liu2017vertebral], as nobody approved", "second")
    site.submit("second")
    site.commit()
    gate = site.site.imprimatur("gate")
    assert gate.returncode == 1
    assert "(`pending: withhold`), `imprimatur publish` goes on without" in gate.stdout
    said = publish(site, live)
    assert "Published: 2 articles" in said
    assert "Left out: second waits for" in said
    assert 'data-standing="approved"' in page(live, "contrast")
    assert not (live / "articles/second").exists()
    assert "nobody approved" not in str(everything(live))
    assert json.loads((live / "release.json").read_bytes())["commit"] == site.tip
    assert live.is_symlink()
    assert list(workplace.iterdir()) == []


def test_what_blocks_is_named_and_the_live_folder_stays_as_it_was(site, live, workplace):
    publish(site, live)
    before = everything(live)
    site.pending("block", version=4)
    site.site.article("second", body=OTHER, head=head("A newer question?"))
    site.submit("second")
    site.commit()
    said = publish(site, live, code=1)
    assert "`second` is pending review" in said
    assert "Nothing was published" in said
    assert everything(live) == before
    assert list(workplace.iterdir()) == []


def test_a_rule_about_the_whole_repository_refuses_whatever_the_policy_does(site, live):
    site.site.write("docs/notes.md.bak", "Left behind.")
    site.commit()
    assert "file-is-claimed" in publish(site, live, code=1)
    assert not live.exists()


def test_what_breaks_a_rule_in_a_text_that_nobody_sees_keeps_nothing_from_readers(site, live):
    site.site.write("docs/articles/fourth.md", "---\nstatus: approved\n---\nNo title\n")
    body = "\n/// answer\nText [@nobody2091].\n///\n\n![New](new.png)\n"
    site.site.article("second", body=body, head=head("New?"))
    site.site.write("docs/articles/new.png", "no picture")
    site.commit()
    assert "Published: 2 articles" in publish(site, live)
    assert "articles/new.png" not in everything(live)


def test_the_working_tree_does_not_matter(site, live):
    site.edit("39% to 53%", "93%")
    site.site.write("docs/articles/fourth.md", "anything")
    site.site.write("docs/index.md", "# Another home")
    said = publish(site, live)
    told = f"Only the commit {site.tip[:12]} was examined: docs/articles/contrast.md and 2 more in"
    assert told in said
    assert "39% to 53%" in page(live, "contrast")
    assert "Another home" not in (live / "index.html").read_text()


def test_what_has_not_come_to_the_protected_branch_is_left_out_and_that_is_said(site, live):
    site.git("switch", "-q", "-c", "proposal")
    site.edit("39% to 53%", "93%")
    site.commit()
    said = publish(site, live)
    told = "Not on the protected branch yet, and left out: 1 commit; push, or have it merged.\n"
    assert told in said
    assert "Only the commit" not in said
    assert "39% to 53%" in page(live, "contrast")


def test_the_last_approved_text_stays_with_its_own_references_while_a_newer_one_waits(site, live):
    site.pending("last-approved", version=4)
    site.edit("39% to 53%", "93%")
    site.edit("@park2019spinal", "@hutchins2021acr")
    site.submit()
    site.commit()
    said = publish(site, live)
    assert "A newer text is left out: contrast waits for" in said
    shown = page(live, "contrast")
    assert 'data-update="under-review"' in shown
    assert "39% to 53%" in shown
    assert 'id="ref-park2019spinal"' in shown
    assert "hutchins2021acr" not in shown
    assert "newer text under review" in (live / "index.html").read_text()


def test_at_an_earlier_instant_that_is_published_which_stood_then(site, live):
    then = datetime.now(tz=UTC).replace(microsecond=0)
    time.sleep(1)
    site.edit("39% to 53%", "93%")
    site.submit()
    site.commit(date=site.later.replace(year=site.later.year + 1))
    before = site.git("rev-parse", "HEAD~1").strip()
    assert "of the commit " + before[:12] in publish(
        site, live, "--at", f"{then:%Y-%m-%dT%H:%M:%SZ}"
    )
    assert "39% to 53%" in page(live, "contrast")


HOOK = """
def on_post_build(config, **kw):
    raise SystemExit("the demonstration host gives up")
"""


def signed(site: Releases) -> None:
    """Let the editor approve the site's own files as they are."""
    site.sign_site(EDITOR)
    site.commit()


def test_a_host_that_fails_is_told_in_its_words_and_leaves_all_as_it_was(site, live, workplace):
    publish(site, live)
    before = everything(live)
    config = (site.root / "mkdocs.yml").read_text()
    site.site.write("mkdocs.yml", config + "extra_css: [assets/missing.css]\nnonsense: 1\n")
    signed(site)
    said = publish(site, live, code=2)
    assert "mkdocs could not build the site" in said
    assert "nonsense" in said
    assert everything(live) == before
    assert list(workplace.iterdir()) == []
    assert sorted(each.name for each in live.parent.glob("live.releases/*-*")) == ["release-000001"]


def test_a_page_that_the_host_changed_is_not_published(site, live):
    config = (site.root / "mkdocs.yml").read_text()
    site.site.write(
        "mkdocs.yml", config.replace("font: false", "font: false, custom_dir: overrides")
    )
    replacing = "{{ page.content | replace('39%', '93%') }}"
    site.site.write(
        "overrides/main.html",
        '{% extends "base.html" %}{% block content %}' + replacing + "{% endblock %}",
    )
    signed(site)
    said = publish(site, live, code=2)
    assert "does not hold what the press printed" in said
    assert not live.exists()


def test_a_host_that_is_not_there_is_named_with_the_cure(site, live, tmp_path):
    shadow = tmp_path / "shadow/properdocs"
    shadow.mkdir(parents=True)
    (shadow / "__init__.py").write_text("")
    (shadow / "__main__.py").write_text("raise ModuleNotFoundError('No module named properdocs')")
    done = site.imprimatur(
        "publish",
        "--to",
        str(live),
        "--host",
        "properdocs",
        PYTHONPATH=f"{shadow.parent}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    )
    assert done.returncode == 2
    assert "pip install properdocs" in done.stderr
    assert not live.exists()


def test_what_a_killed_run_left_behind_is_removed_and_what_runs_is_not(site, live, workplace):
    prefix = "imprimatur-publish-"
    for name in ("killed", "killed-at-once", "beginning", "running"):
        (workplace / f"{prefix}{name}/stage/tree").mkdir(parents=True)
    (workplace / f"{prefix}killed/lock").touch()
    os.utime(workplace / f"{prefix}killed-at-once", (1_700_000_000, 1_700_000_000))
    running = hold(workplace / f"{prefix}running/lock")
    (workplace / "of-somebody-else/stage").mkdir(parents=True)
    publish(site, live)
    assert sorted(each.name for each in workplace.iterdir()) == [
        f"{prefix}beginning",
        f"{prefix}running",
        "of-somebody-else",
    ]
    assert running is not None
    running.release()


def test_what_a_killed_run_gave_pagefind_is_removed_by_the_next_one(site, live, workplace):
    command = [sys.executable, "-m", "imprimatur.desk", "publish", "--to", str(live)]
    with subprocess.Popen(command, cwd=site.root, start_new_session=True) as running:
        while running.poll() is None and not list(workplace.rglob("pages/index.html")):
            time.sleep(0.001)
        os.killpg(running.pid, signal.SIGKILL)
    assert list(workplace.rglob("pages/index.html"))
    publish(site, live)
    assert list(workplace.iterdir()) == []


def test_nothing_is_staged_where_temporary_files_lie_in_a_repository(site, live):
    inside = site.root / "tmp"
    inside.mkdir()
    done = site.imprimatur("publish", "--to", str(live), TMPDIR=str(inside))
    assert done.returncode == 2
    assert "set TMPDIR to a folder outside it" in done.stderr
    assert not live.exists()
    assert list(inside.iterdir()) == []


def withdrawn(site: Releases) -> None:
    """One article is withdrawn, and everything else that can be red is red."""
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.edit("39% to 53%", "93%")
    site.site.write("docs/articles/second.md", "no manuscript any more")
    site.site.write("editorial/board.yml", "<<<<<<< half a merge")
    site.site.write("editorial/policy.yml", "version: many")
    site.site.write("docs/unclaimed.exe", "MZ")
    site.site.write("bibliography.bib", "@article{")
    site.commit()


def test_an_emergency_takes_down_one_article_whatever_else_is_red(site, live):
    config = (site.root / "mkdocs.yml").read_text()
    site.site.write("mkdocs.yml", config + "site_url: https://demonstration.example/\n")
    signed(site)
    publish(site, live)
    before = everything(live)
    assert "second" in (live / "sitemap.xml").read_text()
    withdrawn(site)
    said = publish(site, live, code=1)
    assert everything(live) == before, "the usual way is barred"
    said = publish(site, live, "--emergency")
    assert f"in earlier releases, in {live}.releases, until 3 more are published" in said
    notice = page(live, "second")
    assert 'data-standing="withdrawn"' in notice
    assert "It may harm." in notice
    assert "The second question?" in notice
    assert "The second criteria concern" not in str(everything(live))
    assert '<meta name="robots" content="noindex' in notice
    for listed in ("index.html", "sitemap.xml", "topics/radiology/index.html"):
        text = (live / listed).read_text()
        assert "articles/third/" in text, listed
        assert "articles/second/" not in text, listed
    assert b"second" not in gzip.decompress((live / "sitemap.xml.gz").read_bytes())
    for untouched in ("contrast", "third"):
        assert page(live, untouched) == before[f"articles/{untouched}/index.html"].decode()
    assert said.count("https://demonstration.example/articles/second/") == 6
    assert "archive.org" in said
    assert "A notice stands in place of the text: second is withdrawn.\n" in said
    assert not verify_release(live).findings


@pytest.mark.parametrize("way", ["withhold", "last-approved"])
def test_what_is_kept_out_goes_though_another_article_leads_to_it(site, live, way):
    site.pending(way, version=4)
    site.edit("39% to 53%", "39% to 53%, as [another](second.md#answer) says,")
    site.commit()
    site.approved(*REVIEWERS)
    publish(site, live)
    assert 'data-standing="approved"' in page(live, "second")
    site.act("review", REVIEWERS[0], "second", decision="revise", reason="The dose is wrong.")
    site.commit()
    publish(site, live)
    assert not (live / "articles/second").exists()
    assert "../second/#answer" in page(live, "contrast")
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.commit()
    publish(site, live)
    assert 'data-standing="withdrawn"' in page(live, "second")


def test_an_emergency_with_nothing_to_take_down_changes_nothing(site, live):
    publish(site, live)
    before = everything(live)
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    assert "commit and push" in publish(site, live, "--emergency", code=2), "it is not committed"
    assert everything(live) == before


@pytest.mark.parametrize("where", [("publish", "--to"), ("build", "--preview", "--to"), ("init",)])
def test_a_place_behind_links_that_lead_in_a_circle_is_refused(site, tmp_path, where):
    (tmp_path / "loop").symlink_to("loop")
    more = ["--site", "a.example"] if where == ("init",) else []
    done = site.imprimatur(*where, str(tmp_path / "loop/live"), *more)
    assert done.returncode == 2
    assert "loop" in done.stderr
    assert "fault of the program" not in done.stderr


def test_an_emergency_without_an_earlier_release_says_so(site, live):
    assert "release.json" in publish(site, live, "--emergency", code=2)
    assert "leave out --at" in publish(
        site, live, "--emergency", "--at", "2026-01-01T00:00:00Z", code=2
    )


def test_an_emergency_does_not_follow_a_release_from_outside_the_protected_branch(site, live):
    publish(site, live)
    site.git("switch", "-qc", "elsewhere")
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.commit()
    stray = site.tip
    site.git("switch", "-q", "main")
    told = live.resolve() / "release.json"
    plain = json.loads(told.read_bytes()) | {"commit": stray}
    told.write_text(json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    assert "not on the protected branch" in publish(site, live, "--emergency", code=2)


def test_an_emergency_by_a_host_that_nobody_knows_says_which_there_are(site, live):
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.commit()
    told = live.resolve() / "release.json"
    plain = json.loads(told.read_bytes())
    plain["tools"]["host"] = "hugo 1.0"
    told.write_text(json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    said = publish(site, live, "--emergency", code=2)
    assert "built by hugo 1.0; name what builds this one: --host mkdocs" in said
    publish(site, live, "--emergency", "--host", "mkdocs")


def test_under_zensical_an_emergency_leaves_no_way_to_the_notice_but_its_address(site, live):
    publish(site, live, "--host", "zensical")
    assert "articles/second/" in (live / "search.json").read_text()
    withdrawn(site)
    publish(site, live, "--emergency")
    tools = json.loads((live / "release.json").read_bytes())["tools"]
    assert tools["host"].startswith("zensical "), "nobody has to remember it in a hurry"
    assert 'data-standing="withdrawn"' in page(live, "second")
    assert "second criteria" not in str(everything(live))
    for listed in ("search.json", "sitemap.xml", "index.html"):
        assert "articles/second/" not in (live / listed).read_text(), listed
    assert "articles/third/" in (live / "search.json").read_text()


def test_without_a_place_the_live_folder_lies_beside_the_settings_of_the_host(site):
    done = site.imprimatur("publish")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (site.root / "site-live/articles/contrast/index.html").is_file()
    assert site.imprimatur("publish").returncode == 0, "what was published bars nothing"


def test_a_release_without_any_article_is_none(site, live):
    for slug in ("contrast", "second", "third"):
        site.edit("summary: A demonstration.", "summary: Another.", slug)
    site.commit()
    assert "No article is approved" in publish(site, live, code=2)
    assert not live.exists()
