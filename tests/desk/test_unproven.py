"""Where Git proves nothing, nothing is granted, and all else is said as ever."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from conftest import Site

WAYS = ["no Git", "shallow", "no branch"]


@pytest.fixture(params=WAYS)
def unproven(request: pytest.FixtureRequest, site: Site, tmp_path: Path) -> Site:
    """A site of one article with a mistake in it, of whose history nothing is known."""
    site.article(body="/// answer\nOne study says so [@nobody2020].\n///\n")
    site.commit()
    if request.param == "no Git":
        shutil.move(site.root / ".git", tmp_path / "elsewhere")
    elif request.param == "no branch":
        site.git("branch", "-m", "somewhere")
    else:
        site.git("clone", "-q", "--depth", "1", site.root.as_uri(), str(tmp_path / "shallow"))
        shutil.rmtree(site.root)
        (tmp_path / "shallow").rename(site.root)
    return site


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


def test_status_shows_the_table_and_that_nothing_is_proven(unproven: Site):
    done = unproven.imprimatur("status")
    assert done.returncode == 2
    assert "contrast" in said(done)
    assert "Nothing is proven: " in done.stdout


def test_check_finds_what_it_finds_anywhere(unproven: Site):
    done = unproven.imprimatur("check")
    assert done.returncode == 1
    assert "citation-resolves" in said(done)
    assert "1 article examined" in done.stdout


def test_an_article_is_a_draft_and_grants_nothing(unproven: Site):
    done = unproven.imprimatur("status", "--format", "json")
    assert '"standing": "draft"' in said(done)
    assert unproven.imprimatur("gate").returncode == 2
