"""A host that is given a stage frames what was printed, asks no gate, and shows nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from imprimatur.gate.staging import stage
from releases import OTHER, REVIEWERS, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate.plan import Plan
    from keys import Key

BUILDS = {
    "mkdocs": ("mkdocs", "build", "--strict", "-f", "mkdocs.yml", "-d", "site"),
    "properdocs": ("properdocs", "build", "--strict", "-f", "mkdocs.yml", "-d", "site"),
    "zensical": ("zensical", "build", "-c"),
}


@pytest.fixture(scope="module")
def made(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Plan:
    """The plan of a site with an approved article, a withdrawn one and a pending one."""
    site: Releases = release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")
    site.pending("withhold")
    site.site.article("gone", body=OTHER, head=head("Is it gone?"))
    site.approved(*REVIEWERS, slug="gone")
    site.act("withdraw", REVIEWERS[0], "gone", reason="It may harm.")
    site.site.article("waiting", body=OTHER, head=head("Does it wait?"))
    site.submit("waiting")
    # MkDocs itself knows the places in a page only where it has read its Markdown.
    site.site.write("docs/read.md", "# Read\n\n[In short](articles/contrast.md#answer)\n")
    settings = (site.site.root / "mkdocs.yml").read_text(encoding="utf-8")
    site.site.write("mkdocs.yml", f"{settings}validation: {{anchors: warn}}\n")
    site.commit()
    plan, _ = site.planned()
    return plan


def built(made: Plan, folder: Path, host: str, **environment: str):
    """Stage a plan, and let a host build it."""
    told = stage(made, folder / "stage")
    return run(folder, host, IMPRIMATUR_STAGE=str(told), **environment)


def run(folder: Path, host: str, *arguments: str, **environment: str):
    command = [sys.executable, "-W", "ignore", "-P", "-m", *(arguments or BUILDS[host])]
    return subprocess.run(
        command,
        cwd=folder / "stage/tree",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
    )


@pytest.mark.parametrize("host", BUILDS)
def test_every_host_frames_the_articles_and_the_notices_as_they_were_printed(made, tmp_path, host):
    done = built(made, tmp_path, host)
    assert done.returncode == 0, done.stderr
    site = tmp_path / "stage/tree/site"
    for each in made.printed:
        page = (site / "articles" / each.slug / "index.html").read_text(encoding="utf-8")
        assert each.html in page
        assert lxml_html.fromstring(page).findtext(".//title") == f"{each.title} - Demonstration"
    assert not (site / "articles/waiting").exists()
    assert "../articles/contrast/#answer" in (site / "read/index.html").read_text(encoding="utf-8")
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "articles/contrast/" in home
    assert "articles/gone/" not in home
    assert (site / "topics/radiology/index.html").exists()


def test_a_host_that_is_given_a_stage_makes_no_preview_of_it(made, tmp_path):
    done = built(made, tmp_path, "mkdocs", IMPRIMATUR_PREVIEW="1")
    assert done.returncode != 0
    assert "a staged tree has no preview" in done.stderr
    assert not (tmp_path / "stage/tree/site").exists()


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_other_addresses_than_those_that_were_printed_are_refused(made, tmp_path, host):
    told = stage(made, tmp_path / "stage")
    arguments = (*BUILDS[host], "--no-directory-urls")
    done = run(tmp_path, host, *arguments, IMPRIMATUR_STAGE=str(told))
    assert done.returncode != 0
    assert "use_directory_urls" in done.stderr


@pytest.mark.parametrize("host", BUILDS)
def test_no_host_shows_an_article_of_a_tree_that_was_changed(made, tmp_path, host):
    told = stage(made, tmp_path / "stage")
    with (tmp_path / "stage/tree/docs/index.md").open("a") as home:
        home.write("\nSlipped in.\n")
    done = run(tmp_path, host, IMPRIMATUR_STAGE=str(told))
    assert "not as it was staged: docs/index.md was changed" in done.stderr + done.stdout
    if host != "zensical":
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
    pages = list((tmp_path / "stage/tree").glob("site/articles/*/index.html"))
    assert not [each for each in pages if "imp-article" in each.read_text()]


@pytest.mark.parametrize("host", BUILDS)
def test_a_stage_that_lies_in_the_tree_itself_is_not_believed(made, tmp_path, host):
    told = stage(made, tmp_path / "stage")
    inside = tmp_path / "stage/tree/stage.json"
    told.rename(inside)
    done = run(tmp_path, host, IMPRIMATUR_STAGE=str(inside))
    assert "beside the tree" in done.stderr + done.stdout
    pages = list((tmp_path / "stage/tree").glob("site/articles/*/index.html"))
    assert not [each for each in pages if "imp-article" in each.read_text()]
