"""`imprimatur status` and `imprimatur verify` say how the site's own files stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial.ssh_key import fingerprint
from releases import EDITOR, REVIEWERS, Releases, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key

NAME = "Demonstration Demo Editor"


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    return release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")


@pytest.fixture
def site(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "site")


def said(site: Releases, *arguments: str, code: int = 0) -> str:
    done = site.imprimatur(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def told(site: Releases, name: str, code: int = 0) -> dict[str, object]:
    plain: dict[str, dict[str, object]] = json.loads(
        said(site, name, "--format", "json", code=code)
    )
    assert set(plain) == {"contrast", "site"}
    return plain["site"]


def test_who_approved_them_is_told_and_since_when(site):
    day = site.git("log", "-1", "--format=%cs", "--", "editorial/site.yml").strip()
    line = f"approved by {NAME} since {day} (version 1 of editorial/site.yml).\n"
    assert f"\nThe site's own files: {line}" in said(site, "status")
    evidence = said(site, "verify")
    assert "site: its pages, assets and settings, all but the articles\n" in evidence
    assert "list  version 1, 2 files, sha256 " in evidence
    assert f"  {NAME} ({EDITOR}), MD, Nowhere\n    as editor\n" in evidence
    assert f"    with the key {fingerprint(site.keys(EDITOR).public)}\n" in evidence
    assert f"verdict  {line}" in evidence
    for name in ("status", "verify"):
        plain = told(site, name)
        assert (plain["standing"], plain["version"], plain["approved_by"]) == ("approved", 1, NAME)
        assert str(plain["since"]).startswith(day)
        assert str(plain["act"]).startswith("editorial/records/site/")


def test_which_files_differ_from_what_was_approved_is_told_by_name(site):
    site.site.write("docs/index.md", "# Another home\n")
    site.site.write("docs/more.md", "# More\n")
    lines = said(site, "status")
    assert f"they differ from version 1 of editorial/site.yml, approved by {NAME} since" in lines
    assert "  added     docs/more.md\n  changed   docs/index.md\n" in lines
    assert "  changed   docs/index.md\n" in said(site, "verify", code=1)
    plain = told(site, "status")
    assert (plain["standing"], plain["added"]) == ("not-approved", ["docs/more.md"])
    assert (plain["changed"], plain["removed"]) == (["docs/index.md"], [])


def test_a_new_list_waits_for_an_editor(site):
    site.site.write("docs/index.md", "# Another home\n")
    site.list_site()
    site.commit()
    waits = "an editor's approval of version 2 of editorial/site.yml"
    assert f"own files: not approved: they wait for {waits}.\n" in said(site, "status")
    assert f"verdict  not approved: they wait for {waits}." in said(site, "verify", code=1)
    plain = told(site, "verify", code=1)
    assert (plain["standing"], plain["waits_for"], plain["approved_by"]) == (
        "not-approved",
        [waits],
        None,
    )


def test_what_is_only_proposed_approves_nothing_yet(site):
    site.git("switch", "-qc", "proposal")
    site.site.write("docs/index.md", "# Another home\n")
    site.sign_site(EDITOR)
    site.commit()
    assert "they would be approved once this is merged" in said(site, "status")
    assert told(site, "status")["would_be"] is True


def test_an_act_of_somebody_who_may_not_is_told_and_does_not_count(site):
    site.site.write("docs/index.md", "# Another home\n")
    path = site.sign_site(REVIEWERS[0])
    site.commit()
    evidence = said(site, "verify", code=1)
    assert "acts that do not count\n" in evidence
    assert f"  editorial/records/site/{path.name}: " in evidence
    (discount,) = told(site, "status")["discounts"]
    assert discount["is_forged"] is True


def test_a_list_that_nobody_can_read_is_no_approved_one(site):
    site.site.write("editorial/site.yml", "files: many\n")
    site.commit()
    assert "they wait for a readable editorial/site.yml" in said(site, "status")
    assert "list  editorial/site.yml, unreadable\n" in said(site, "verify", code=1)


def test_without_a_list_it_is_said_that_nothing_is_approved(site):
    (site.root / "editorial/site.yml").unlink()
    site.commit()
    assert "they wait for editorial/site.yml, which is not there" in said(site, "status")
    assert "list  editorial/site.yml is not there\n" in said(site, "verify")


def test_an_act_that_cannot_be_read_leaves_them_unexamined(site):
    site.site.write("editorial/records/site/20261123T101512Z-review-demo-editor.yml", "<<<<<<< a")
    site.commit()
    assert "not checked: editorial/records/site/" in said(site, "verify", code=2)
    assert told(site, "verify", code=2)["unexamined"]


def test_the_record_of_one_article_says_nothing_of_the_site(site):
    assert "own files" not in said(site, "status", "contrast")
    assert "own files" not in said(site, "verify", "contrast")
    assert set(json.loads(said(site, "status", "contrast", "--format", "json"))) == {"contrast"}
