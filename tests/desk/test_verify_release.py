"""A copy of what is live, held against what it says of itself and what the repository derives."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from releases import OTHER, REVIEWERS, Releases, head, publish, release_site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def model(make_site, keys, tmp_path_factory) -> Releases:
    """A site with two approved articles, of which one has a newer text that waits."""
    made = release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")
    made.pending("last-approved")
    made.site.article("second", body=OTHER, head=head("The second question?"))
    made.approved(*REVIEWERS, slug="second")
    made.edit("low back pain", "back pain", "second")
    made.submit("second")
    made.commit()
    return made


@pytest.fixture(scope="module")
def released(model, tmp_path_factory) -> Path:
    """The folder that was published from it."""
    live = tmp_path_factory.mktemp("released") / "live"
    done = model.imprimatur("publish", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    return live.resolve()


@pytest.fixture
def copy(released, tmp_path) -> Path:
    return shutil.copytree(released, tmp_path / "copy")


def verify(site: Releases, copy: Path, *more: str) -> tuple[int, str]:
    done = site.imprimatur("verify", "--release", str(copy), *more)
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def rewrite(copy: Path, change) -> None:
    """Change what a copy says of itself, as whoever can write there may."""
    file = copy / "release.json"
    said = json.loads(file.read_bytes())
    change(said)
    text = json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8")


def test_a_true_copy_is_granted(model, copy):
    code, said = verify(model, copy)
    assert code == 0, said
    assert f"It says that it is the commit {model.tip[:12]}" in said
    assert "Nothing was found (2 articles examined)" in said


def test_what_was_changed_on_the_server_is_named(model, copy):
    page = copy / "articles/contrast/index.html"
    page.write_text(page.read_text().replace("39%", "93%"))
    (copy / "articles/more").mkdir()
    (copy / "articles/more/index.html").write_text("<p>More</p>")
    code, said = verify(model, copy)
    assert code == 1
    assert "articles/contrast/index.html: release-is-whole: this is not what was published" in said
    assert "articles/more/index.html: release-is-whole: this was not published" in said


def test_a_release_that_was_forged_whole_is_held_against_the_repository(model, copy):
    def change(said) -> None:
        said["articles"][1] |= {"manifest": f"sha256:{'0' * 64}", "update": False}

    rewrite(copy, change)
    code, said = verify(model, copy)
    assert code == 1
    assert "release.json: release-is-derived: `second` is in it with manifest sha256:000" in said
    assert "update False and not True" in said


def test_a_page_that_was_forged_with_its_digest_is_left_to_whoever_reads_pages(model, copy):
    path, said = "articles/contrast/index.html", json.loads((copy / "release.json").read_bytes())
    data = (copy / path).read_bytes().replace(b"39%", b"93%")
    (copy / path).write_bytes(data)
    digest = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    rewrite(copy, lambda said: said["files"].update({path: digest}))
    _, told = verify(model, copy)
    # Nothing here knows how the page was built, so it is told who does.
    command = ["scan", "--at", said["at"], str(copy)]
    assert f"What its pages say was not read; that does: imprimatur {' '.join(command)}" in told
    done = model.imprimatur(*command)
    assert done.returncode == 1
    assert f"{path}:" in done.stdout


def test_an_article_that_nobody_approved_is_named(model, copy):
    rewrite(copy, lambda said: said["articles"].append(said["articles"][1] | {"slug": "third"}))
    code, said = verify(model, copy)
    assert code == 1
    assert "`third` is in it, and nothing of it may be shown" in said


def test_an_article_that_was_left_out_is_named(model, copy):
    rewrite(copy, lambda said: said["articles"].pop())
    code, said = verify(model, copy)
    assert code == 1
    assert "`second` is not in it, and its commit shows it" in said


def test_a_commit_that_is_on_no_protected_branch_is_refused(model, copy, tmp_path):
    site = model.copied_to(tmp_path / "site")
    site.git("switch", "-q", "-c", "elsewhere")
    site.commit()
    rewrite(copy, lambda said: said.update(commit=site.tip))
    code, said = verify(site, copy)
    assert code == 1
    assert "is not on the protected branch" in said


def test_an_instant_that_has_not_come_is_refused(model, copy):
    rewrite(copy, lambda said: said.update(at="2091-01-01T00:00:00Z"))
    code, said = verify(model, copy)
    assert code == 1
    assert "has not come yet" in said


def test_an_emergency_is_what_the_repository_derives_too(model, copy, tmp_path):
    site, live = model.copied_to(tmp_path / "site"), tmp_path / "www" / "live"
    assert site.imprimatur("publish", "--to", str(live)).returncode == 0
    site.act("withdraw", REVIEWERS[0], reason="A wrong dose.")
    site.commit()
    done = site.imprimatur("publish", "--to", str(live), "--emergency")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        json.loads((live / "release.json").read_bytes())["articles"][0]["standing"] == "withdrawn"
    )
    code, said = verify(site, live)
    assert code == 0, said
    # What it is told to run must hold it against what an emergency leaves, not what stood before.
    assert "or, if it was made in an emergency: imprimatur scan --emergency" in said
    site.edit("back pain", "back ache", "second")
    site.commit()
    done = site.imprimatur("scan", "--emergency", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "without what was taken down since" in done.stdout
    page = live / "articles/contrast/index.html"
    page.write_text(page.read_text().replace("A wrong dose.", "All is well."))
    assert site.imprimatur("scan", "--emergency", str(live)).returncode == 1
    done = site.imprimatur("scan", "--emergency", "--at", "2026-11-01T00:00:00Z", str(live))
    assert "leave out --at" in done.stderr
    # What was released before it stays what it was.
    assert verify(site, copy)[0] == 0


def test_outside_the_repository_nothing_is_known_of_where_it_comes_from(model, copy, tmp_path):
    done = model.site.run("imprimatur.desk", "-C", str(tmp_path), "verify", "--release", str(copy))
    assert done.returncode == 2
    assert "not checked: release-is-derived: Git cannot read this repository" in done.stdout


def test_a_folder_that_was_never_published_cannot_be_examined(model, tmp_path):
    code, said = verify(model, tmp_path)
    assert code == 2
    assert "holds no release.json" in said


def test_one_article_of_a_release_is_not_verified_alone(model, copy):
    code, said = verify(model, copy, "contrast")
    assert code == 2
    assert "a release is verified whole" in said


@pytest.mark.parametrize("path", ["articles/second/index.html", "_headers", ".headers/nginx.conf"])
def test_what_every_release_holds_is_missed_where_the_release_is_silent_of_it(model, copy, path):
    (copy / path).unlink()
    with suppress(OSError):
        (copy / path).parent.rmdir()
    rewrite(copy, lambda said: said["files"].pop(path))
    code, said = verify(model, copy)
    assert code == 1
    assert f"{path}: release-is-whole: release.json does not name it" in said
    done = model.imprimatur("scan", str(copy))
    assert done.returncode == 1
    assert "release.json: page-is-claimed: the file says of this release" in done.stdout


@pytest.mark.parametrize("since", ["retracted", "approved anew"])
def test_an_emergency_stays_a_true_release_whatever_the_board_does_later(model, tmp_path, since):
    site, live = model.copied_to(tmp_path / "site"), tmp_path / "www" / "live"
    for each in ("demo-editor", "demo-chief"):
        site.appoint(each, roles=["editor"])
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], reason="A wrong dose.")
    site.commit()
    publish(site, live, "--emergency")
    if since == "retracted":
        site.act("retract", "demo-editor")
        site.act("retract", "demo-chief")
        site.commit()
    else:
        site.act("reinstate", "demo-editor")
        site.commit()
        site.approved(*REVIEWERS)
    code, said = verify(site, live)
    assert code == 0, said
    # No notice that never stood is derived from it.
    rewrite(live.resolve(), lambda said: said["articles"][0].update(standing="expired"))
    assert "`contrast` is in it with standing expired" in verify(site, live)[1]


def test_a_release_that_was_given_a_later_date_is_told_what_had_come_by_then(model, tmp_path):
    site, live = model.copied_to(tmp_path / "site"), tmp_path / "www" / "live"
    publish(site, live)
    told = "by their dates had come to the protected branch by then are not in it"
    site.act("withdraw", REVIEWERS[0], reason="A wrong dose.")
    site.commit(date=site.later + timedelta(seconds=1))
    site.commit(date=site.later + timedelta(seconds=2))
    assert told not in verify(site, live)[1]
    time.sleep(6)
    moment = datetime.now(tz=UTC)
    rewrite(live.resolve(), lambda said: said.update(at=f"{moment:%Y-%m-%dT%H:%M:%SZ}"))
    assert f"2 commits that {told}" in verify(site, live)[1]
