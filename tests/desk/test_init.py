"""``imprimatur init`` makes a site from nothing, and never writes over anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from conftest import BIBLIOGRAPHY, BODY, HEAD, Site
from imprimatur.desk.blueprint import site_files
from imprimatur.editorial import Policy
from imprimatur.editorial.places import POLICY_IS_READABLE
from imprimatur.strict import read_file
from terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

NAME = ("--site", "demonstration.example")


@pytest.fixture
def place(tmp_path):
    """An empty folder."""
    return Site(tmp_path)


def log(site):
    command = ["git", "log", "--format=%s"]
    return subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=True).stdout


def test_a_new_site_is_a_repository_with_one_commit_and_says_what_comes_next(place):
    done = place.imprimatur("init", *NAME, "clinic")
    assert done.returncode == 0, done.stderr
    new = Site(place.root / "clinic")
    assert log(new) == "site: begin\n"
    assert "site: demonstration.example" in (new.root / "editorial/policy.yml").read_text()
    attributes = "* text=auto\neditorial/** -text\n*.svg -text\n"
    assert (new.root / ".gitattributes").read_text() == attributes
    *_, enter, article, author, person, examine, own = done.stdout.splitlines()
    assert enter == "  cd clinic"
    assert article.startswith("  imprimatur new ")
    assert author == "  imprimatur appoint an-author --contributor"
    assert person.startswith("  imprimatur appoint ")
    assert examine == "  imprimatur check"
    assert own.endswith(": imprimatur site")


def test_nothing_is_wrong_with_a_new_site_but_that_nothing_can_be_examined(place):
    place.imprimatur("init", *NAME)
    done = place.imprimatur("check")
    assert done.returncode == 2
    assert done.stdout == (
        "There is no article to examine; begin one: imprimatur new SLUG\n"
        "Could not examine everything: 0 articles examined, 0 findings.\n"
    )
    assert place.imprimatur("gate").returncode == 1
    told = place.imprimatur("status")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("There are no articles yet; begin one: imprimatur new SLUG\n\n")
    assert "The site's own files: not approved: they wait for an editor" in told.stdout
    assert "Relies on the protected branch at" in told.stdout
    assert list(json.loads(place.imprimatur("status", "--format", "json").stdout)) == ["site"]
    built = place.run("mkdocs", "build")
    assert built.returncode == 1
    assert "there is no article" in built.stderr


def test_the_policy_of_a_new_site_shows_how_to_say_where_questions_and_errors_go():
    policy = site_files("demonstration.example")["editorial/policy.yml"]
    for name in ("questions", "errors"):
        policy = policy.replace(f"\n# {name}: ", f"\n{name}: ")
    found = read_file(Policy, policy.encode(), "policy.yml", POLICY_IS_READABLE, limit=99_999).value
    assert found is not None
    assert (found.questions, found.errors) == ("editors@example.org", "errors@example.org")


def test_a_new_site_with_one_article_can_be_looked_at(place):
    place.imprimatur("init", *NAME)
    place.write("bibliography.bib", BIBLIOGRAPHY)
    place.article(head=HEAD, body=BODY)
    place.commit()
    place.imprimatur("submit", "contrast", "--by", "an-author", "--name", "An Author")
    done = place.imprimatur("check")
    assert done.returncode == 0, done.stdout
    built = place.imprimatur("build", "--preview")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "General" in (place.root / "site/about/editorial-policy.html").read_text()


def test_what_is_in_the_way_is_named_and_nothing_is_written(place):
    place.write("mkdocs.yml", "mine\n")
    place.write("docs", "a file where a folder is needed\n")
    done = place.imprimatur("init", *NAME)
    assert done.returncode == 2
    assert "\n  docs\n" in done.stderr
    assert "\n  mkdocs.yml\n" in done.stderr
    assert sorted(each.name for each in place.root.iterdir()) == ["docs", "mkdocs.yml"]
    assert (place.root / "mkdocs.yml").read_text() == "mine\n"


def test_a_second_init_changes_nothing(place):
    place.imprimatur("init", *NAME)
    before = (place.root / "editorial/policy.yml").read_bytes()
    done = place.imprimatur("init", "--site", "other.example")
    assert done.returncode == 2
    assert (place.root / "editorial/policy.yml").read_bytes() == before


def test_a_link_that_leads_nowhere_is_in_the_way_too(place):
    (place.root / "bibliography.bib").symlink_to(place.root / "elsewhere.bib")
    done = place.imprimatur("init", *NAME)
    assert done.returncode == 2
    assert not (place.root / "elsewhere.bib").exists()


def test_in_a_repository_that_is_there_nothing_is_committed(place):
    place.git("init", "-q", "-b", "work")
    place.git("commit", "-qm", "Mine", "--allow-empty")
    done = place.imprimatur("init", *NAME, "site")
    assert done.returncode == 0, done.stderr
    assert log(place) == "Mine\n"
    assert not (place.root / "site/.git").exists()
    assert "Commit these files there" in done.stdout


def test_a_script_that_gives_no_name_is_told_so_and_nothing_is_written(place):
    done = place.imprimatur("init")
    assert done.returncode == 2
    assert "--site" in done.stderr
    assert not list(place.root.iterdir())


@pytest.mark.parametrize("name", ["two words", "", "a\u202eb", "<b>"])
def test_a_name_that_is_no_address_is_refused_and_nothing_is_written(place, name):
    done = place.imprimatur("init", "--site", name)
    assert done.returncode == 2
    assert "--site" in done.stderr
    assert not list(place.root.iterdir())


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("https://demonstration.example", "demonstration.example"),
        ("demonstration.example/", "demonstration.example"),
        ("http://demonstration.example/a/", "demonstration.example/a"),
        ("https://", "articles.example.org"),
    ],
)
def test_an_address_as_browsers_show_it_is_refused_since_acts_name_it_for_good(place, name, bare):
    done = place.imprimatur("init", "--site", name)
    assert done.returncode == 2
    assert done.stderr.endswith(f"; write --site {bare}\n")
    assert not list(place.root.iterdir())


def test_without_a_name_in_git_nothing_is_written_and_the_message_says_how_to_set_one(place):
    environment = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.useConfigOnly",
        "GIT_CONFIG_VALUE_0": "true",
    }
    done = place.run("imprimatur.desk", "init", *NAME, **environment)
    assert done.returncode == 2
    assert "git config --global user.email" in done.stderr
    assert not list(place.root.iterdir())


def test_without_git_nothing_is_written(place):
    done = place.run("imprimatur.desk", "init", *NAME, PATH=str(place.root))
    assert done.returncode == 2
    assert "Git is not installed" in done.stderr
    assert not list(place.root.iterdir())


def test_the_folder_behind_the_option_for_it_is_where_the_site_is_made(place):
    place.imprimatur("init", *NAME)
    inner = place.root / "inner"
    inner.mkdir()
    done = place.imprimatur("-C", "inner", "init", *NAME)
    assert done.returncode == 0, done.stderr
    assert (inner / "mkdocs.yml").is_file()


def test_at_a_terminal_the_name_is_asked_for(place):
    done = typed(place, ["demonstration.example"], "init")
    assert done.returncode == 0, done.stderr
    assert "site: demonstration.example" in (place.root / "editorial/policy.yml").read_text()


def test_where_the_disk_refuses_a_file_none_of_them_is_left(place):
    # The schemas are the only files above 4 KiB, and come last.
    command = ["bash", "-c", 'ulimit -f 4 && exec "$@"', "-", sys.executable, "-W", "ignore"]
    command += ["-m", "imprimatur.desk", "init", *NAME]
    done = subprocess.run(command, cwd=place.root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "none was left behind" in done.stderr
    assert not [each for each in place.root.rglob("*") if each.is_file()]


WHEEL = "mkdocs_imprimatur-{version}-py3-none-any.whl"


def wheel(folder: Path, number: str) -> None:
    """A package of this name in a folder, with its extra and nothing that it needs."""
    about = f"mkdocs_imprimatur-{number}.dist-info"
    lines = ("Metadata-Version: 2.1", "Name: mkdocs-imprimatur", f"Version: {number}")
    told = ("Wheel-Version: 1.0", "Generator: tests", "Root-Is-Purelib: true", "Tag: py3-none-any")
    folder.mkdir()
    with zipfile.ZipFile(folder / WHEEL.format(version=number), "w") as file:
        file.writestr(f"{about}/METADATA", "\n".join((*lines, "Provides-Extra: site", "")))
        file.writestr(f"{about}/WHEEL", "\n".join((*told, "")))
        file.writestr(f"{about}/RECORD", "")


def test_the_workflows_come_with_the_command_that_makes_their_lock(place):
    done = place.imprimatur("init", "--github", *NAME)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()[-1].strip()
    wanted = (place.root / "requirements.in").read_text()
    assert f"#   {told}\n" in wanted
    assert wanted.endswith(f"\nmkdocs-imprimatur[site]=={version('mkdocs-imprimatur')}\n")
    wheel(place.root / "wheels", version("mkdocs-imprimatur"))
    program, *arguments = told.split()
    assert program == "uv"
    offline = ["--offline", "--no-index", "--find-links", "wheels", "--no-config"]
    command = [sys.executable, "-m", "uv", *arguments, *offline]
    made = subprocess.run(command, cwd=place.root, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    lock = (place.root / "requirements.lock").read_text()
    assert f"mkdocs-imprimatur=={version('mkdocs-imprimatur')} \\\n    --hash=sha256:" in lock


def test_without_workflows_nothing_is_said_of_a_lock(place):
    assert "requirements" not in place.imprimatur("init", *NAME).stdout
    assert not (place.root / "requirements.in").exists()
