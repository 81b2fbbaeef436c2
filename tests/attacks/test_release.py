"""Attacks on what was built, on its way to readers and at the place where they read it."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from boards import BoardSite


@pytest.fixture(scope="module")
def model(model_sites, tmp_path_factory) -> tuple[BoardSite, Path]:
    """A site with an approved article, and the folder that was published from it."""
    folder = tmp_path_factory.mktemp("release")
    site = model_sites["approved"].copied_to(folder / "site")
    publish(site, folder / "live")
    return site, folder / "live"


@pytest.fixture
def site(model, tmp_path) -> BoardSite:
    """A site of its own."""
    return model[0].copied_to(tmp_path / "site")


@pytest.fixture
def live(model, tmp_path) -> Path:
    """A live folder of its own, with its releases."""
    beside = model[1].with_name("live.releases")
    shutil.copytree(beside, tmp_path / "live.releases", symlinks=True)
    (tmp_path / "live").symlink_to(model[1].readlink())
    return tmp_path / "live"


def publish(site: BoardSite, live: Path, code: int = 0) -> str:
    done = site.site.imprimatur("publish", "--to", str(live))
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def verify(site: BoardSite, copy: Path) -> tuple[int, str]:
    done = site.site.imprimatur("verify", "--release", str(copy))
    return done.returncode, done.stdout + done.stderr


def article(live: Path) -> str:
    return (live / "articles/contrast/index.html").read_text(encoding="utf-8")


def test_54_what_is_pushed_past_every_review_is_not_published(site, live):
    """Whoever may push to the protected branch can break the site, and not what readers see."""
    before = article(live)
    site.edit("39%", "93%")
    site.commit()
    assert "Nothing was published" in publish(site, live, code=1)
    assert article(live) == before


def test_54_only_the_protected_branch_is_published_whatever_is_checked_out(site, live):
    trusted = site.git("rev-parse", "main").strip()
    site.git("switch", "-q", "-c", "elsewhere")
    site.edit("39%", "93%")
    site.commit()
    site.edit("93%", "94%")
    done = site.site.imprimatur("--trust", "main", "publish", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((live / "release.json").read_bytes())["commit"] == trusted
    assert "39%" in article(live)


def test_54_a_release_of_a_branch_that_was_thrown_away_is_found(site, live):
    site.commit()
    publish(site, live)
    site.git("reset", "-q", "--hard", "HEAD~1")
    code, said = verify(site, live)
    assert code == 1
    assert "is not on the protected branch" in said


def test_58_a_page_that_was_swapped_on_the_server_is_found(site, live):
    page = live / "articles/contrast/index.html"
    page.write_text(article(live).replace("39%", "93%"), encoding="utf-8")
    code, said = verify(site, live)
    assert code == 1
    assert "articles/contrast/index.html: release-is-whole" in said


def test_58_whoever_swaps_the_page_and_its_digest_is_found_by_the_scan(site, live):
    """A release says of itself what its writer likes; the repository says the rest."""
    assert site.site.imprimatur("scan", str(live)).returncode == 0
    page = live / "articles/contrast/index.html"
    old = (live / "release.json").read_text()
    was = json.loads(old)["files"]["articles/contrast/index.html"]["sha256"]
    page.write_text(article(live).replace("39%", "93%"), encoding="utf-8")
    now = hashlib.sha256(page.read_bytes()).hexdigest()
    (live / "release.json").write_text(old.replace(was, now))
    assert verify(site, live)[0] == 0
    done = site.site.imprimatur("scan", str(live))
    assert done.returncode == 1
    assert "articles/contrast/index.html" in done.stdout


def test_58_an_older_release_put_back_says_how_old_it_is(site, live):
    old = json.loads((live / "release.json").read_bytes())["commit"]
    site.commit()
    publish(site, live)
    live.unlink()
    live.symlink_to("live.releases/release-000001")
    code, said = verify(site, live)
    assert code == 0
    assert f"It says that it is the commit {old[:12]}" in said


def test_59_nothing_of_an_older_release_or_of_the_working_tree_is_in_the_new_one(site, live):
    for stale in ("site/old.html", ".cache/card.png", "site-live/old.html"):
        site.site.write(stale, "Stale")
    (live.resolve() / "articles/left-behind.html").write_text("Stale")
    publish(site, live)
    left = [each for each in live.rglob("*") if each.is_file() and b"Stale" in each.read_bytes()]
    assert left == []
    assert verify(site, live)[0] == 0


def test_59_a_file_that_an_older_release_left_on_the_server_is_found(site, live):
    (live / "articles/left-behind.html").write_text("Stale")
    code, said = verify(site, live)
    assert code == 1
    assert "articles/left-behind.html: release-is-whole: this was not published" in said


def test_69_a_preview_cannot_pass_for_the_site_and_is_kept_from_search_engines(submitted):
    config = (submitted.root / "mkdocs.yml").read_text()
    submitted.site.write("mkdocs.yml", f"{config}site_url: https://demonstration.example/\n")
    done = submitted.site.imprimatur("build", "--preview")
    assert done.returncode in {0, 1}, done.stderr
    built = submitted.root / "site"
    pages = list(built.rglob("*.html"))
    assert len(pages) > 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex, nofollow">' in text, page
        assert 'rel="canonical"' not in text, page
    assert "imp-caution" in (built / "articles/contrast.html").read_text(encoding="utf-8")
    for server in ("_headers", ".htaccess", ".headers/nginx.conf"):
        assert "noindex, nofollow" in (built / server).read_text(encoding="utf-8")
    assert not (built / "release.json").exists()
    assert verify(submitted, built)[0] == 2
