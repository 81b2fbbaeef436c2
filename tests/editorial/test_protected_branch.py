"""Which branch is the protected one, where nobody names it and where somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import Site
from imprimatur.editorial.protected_branch import protected
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def names(tmp_path: Path) -> Site:
    """A repository of which `work` is checked out, and no branch is called as protected ones are.

    Its last six commits bear the names `at-0` to `at-5`.
    """
    made = Site(tmp_path)
    made.git("init", "-q", "-b", "work")
    for number in range(6):
        made.git("commit", "-q", "--allow-empty", "-m", str(number))
        made.git("tag", f"at-{number}")
    return made


def at(names: Site, trust: str | None = None) -> str:
    """The name of the commit that the protected branch is at."""
    commit = protected(names.root, trust)
    found = [number for number in range(6) if protected(names.root, f"at-{number}") == commit]
    return f"at-{found[0]}" if found else commit


def test_the_likeliest_of_the_usual_names_is_taken_and_none_but_these(names: Site):
    with pytest.raises(CannotExamineError, match="no protected branch was found"):
        protected(names.root, None)
    usual = (
        "refs/heads/master",
        "refs/heads/main",
        "refs/remotes/origin/master",
        "refs/remotes/origin/HEAD",
    )
    for number, ref in enumerate(usual):
        names.git("update-ref", ref, f"at-{number}")
        assert at(names) == f"at-{number}"
    for ref in usual[2:]:
        names.git("update-ref", "-d", ref)
    names.git("update-ref", "refs/remotes/origin/main", "at-4")
    assert at(names) == "at-4"


def test_whoever_pushes_a_branch_of_a_likelier_name_is_not_believed(names: Site):
    """Many a clone of a build machine lacks origin's HEAD, and anybody may push a new branch."""
    names.git("update-ref", "refs/remotes/origin/master", "at-1")
    names.git("update-ref", "refs/remotes/origin/main", "at-2")
    with pytest.raises(CannotExamineError, match="both `origin/main` and `origin/master`"):
        protected(names.root, None)
    assert at(names, "origin/master") == "at-1"
    names.git("update-ref", "refs/remotes/origin/HEAD", "at-1")
    assert at(names) == "at-1"
    names.git("update-ref", "-d", "refs/remotes/origin/HEAD")
    names.git("update-ref", "refs/remotes/origin/main", "at-1")
    assert at(names) == "at-1"


def test_whoever_names_a_branch_is_believed_before_a_setting_and_that_before_a_name(names: Site):
    names.git("update-ref", "refs/heads/main", "at-0")
    names.git("update-ref", "refs/heads/release", "at-1")
    names.git("update-ref", "refs/remotes/origin/live", "at-2")
    names.git("config", "imprimatur.trust", "release")
    assert at(names) == "at-1"
    assert at(names, "origin/live") == "at-2"
    assert at(names, "refs/heads/main") == "at-0"
    names.git("update-ref", "refs/remotes/release", "at-3")
    assert at(names) == "at-3"
    assert at(names, "refs/heads/release") == "at-1"
    with pytest.raises(CannotExamineError, match="there is no commit `nowhere`; name the"):
        protected(names.root, "nowhere")


def test_a_commit_that_is_named_by_all_its_digits_is_no_branch_of_that_name(names: Site):
    commit = protected(names.root, "at-0")
    names.git("update-ref", f"refs/heads/{commit}", "at-1")
    names.git("update-ref", f"refs/heads/{commit[:12]}", "at-1")
    assert at(names, commit) == "at-0"
    assert at(names, commit[:12]) == "at-1"


def test_before_the_first_commit_there_is_nothing_to_protect(tmp_path: Path):
    Site(tmp_path).git("init", "-q", "-b", "work")
    assert protected(tmp_path, None) == ""
