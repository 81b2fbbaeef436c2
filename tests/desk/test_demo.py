"""``imprimatur demo`` plays the whole life of an article, and the tutorial shows what it prints."""

from __future__ import annotations

import re
import runpy
import shutil

import pytest

from conftest import Site
from imprimatur.desk.stage import Edit, Look, Run, Stage, StepError

START = "DEMONSTRATION. No person, text or source in it is real."
REFRESH = "If the new words are right, refresh the page: python tools/transcript.py --write"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The home of somebody with settings of their own, who plays the demonstration and keeps it."""
    place = Site(tmp_path_factory.mktemp("home"))
    place.write(".gitconfig", "[user]\n  name = Somebody\n  email = somebody@home.example\n")
    return place


@pytest.fixture(scope="module")
def done(home):
    """One run of it."""
    arguments = ("demo", "--keep", "kept")
    return home.run("imprimatur.desk", *arguments, HOME=str(home.root), GIT_DIR="/nowhere")


def test_every_step_does_what_it_should(done):
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert done.stdout.startswith(f"{START}\n")
    last = "DEMONSTRATION ended: every step did what it should. It lies in kept.\n"
    assert done.stdout.endswith(last)


def test_it_leads_to_an_approval_and_past_it(done):
    standings = re.findall(r"^paper-boats +(\S+) ", done.stdout, re.MULTILINE)
    assert standings == ["approved", "lapsed", "approved", "approved", "withdrawn"]


def test_what_is_kept_is_the_site_with_a_notice_in_place_of_the_text(done, home):
    assert done.returncode == 0
    page = (home.root / "kept/live/articles/paper-boats/index.html").read_text()
    assert 'data-standing="withdrawn"' in page
    assert "paper boats were afloat" not in page


def test_nothing_of_the_users_own_is_touched(done, home):
    assert done.returncode == 0
    assert "Somebody" in (home.root / ".gitconfig").read_text()
    assert sorted(each.name for each in home.root.iterdir()) == [".gitconfig", "kept"]
    assert "Somebody" not in done.stdout


def test_the_tutorial_shows_the_same_commands_with_the_same_answers(done, home, repository_root):
    tool = runpy.run_path(str(repository_root / "tools/transcript.py"))
    page = (repository_root / "docs/about/tutorial.md").read_text(encoding="utf-8")
    shown, played = tool["BLOCK"].findall(page), tool["blocks"](done.stdout, home.root / "kept")
    assert len(shown) == len(played), "the page needs one block for each heading of the demo"
    for number, (block, answer) in enumerate(zip(shown, played, strict=True), start=1):
        assert block.splitlines() == answer.splitlines(), f"Block {number} differs. {REFRESH}"


def test_without_a_folder_to_keep_nothing_is_left(tmp_path, repository_root):
    # It stops at the first command that is not there, and cleans up all the same.
    (tmp_path / "bin").mkdir()
    (tmp_path / "temporary").mkdir()
    for program in ("ssh-keygen", "git"):
        (tmp_path / "bin" / program).symlink_to(shutil.which("false"))
    place = Site(repository_root)
    paths = {"PATH": str(tmp_path / "bin"), "TMPDIR": str(tmp_path / "temporary")}
    stopped = place.run("imprimatur.desk", "demo", **paths)
    assert stopped.returncode == 1
    assert "DEMONSTRATION stopped: it ended with 1, and should end with 0" in stopped.stderr
    assert not list((tmp_path / "temporary").iterdir())


def test_a_folder_that_holds_something_is_not_played_in(tmp_path):
    Site(tmp_path).write("kept/mine", "mine\n")
    refused = Site(tmp_path).imprimatur("demo", "--keep", "kept")
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
    assert [each.name for each in (tmp_path / "kept").iterdir()] == ["mine"]


def test_without_the_programs_it_needs_it_names_them(tmp_path):
    refused = Site(tmp_path).run("imprimatur.desk", "demo", PATH=str(tmp_path))
    assert refused.returncode == 2
    assert "the demonstration needs git" in refused.stderr


WRONG = {
    "another exit code": Run(line="git --version", code=1),
    "another answer": Run(line="git --version", says="Mercurial"),
    "nothing to change": Edit(told="It changes.", path="file", old="x", new="y"),
    "nothing to change behind": Edit(told="It changes.", path="file", after="x", new="y"),
    "a page without the sign": Look(told="It is there.", path="file", holds="approved"),
    "no page": Look(told="It is there.", path="page", holds=""),
}


@pytest.mark.parametrize("step", WRONG.values(), ids=WRONG)
def test_a_step_that_does_something_else_stops_the_play(tmp_path, step):
    Site(tmp_path).write("file", "words\n")
    with pytest.raises(StepError):
        Stage(tmp_path).play(step)
