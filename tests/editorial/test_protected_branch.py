"""Which branch is the protected one, where nobody names it and where somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import Site
from imprimatur.editorial.git import resolved
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
    tags = [f"refs/tags/at-{number}" for number in range(6)]
    found = [number for number, tag in enumerate(tags) if protected(names.root, tag) == commit]
    return f"at-{found[0]}" if found else commit


def test_the_likeliest_of_the_usual_names_is_taken_and_none_but_these(names: Site):
    with pytest.raises(CannotExamineError, match="no protected branch was found"):
        protected(names.root, None)
    usual = ("refs/heads/master", "refs/heads/main", "refs/remotes/origin/master")
    for number, ref in enumerate(usual):
        names.git("update-ref", ref, f"at-{number}")
        assert at(names) == f"at-{number}"
    names.git("update-ref", "refs/remotes/origin/live", "at-3")
    names.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/live")
    assert at(names) == "at-3"
    names.git("symbolic-ref", "-d", "refs/remotes/origin/HEAD")
    names.git("update-ref", "-d", "refs/remotes/origin/master")
    names.git("update-ref", "refs/remotes/origin/main", "at-4")
    assert at(names) == "at-4"


def test_whoever_pushes_a_branch_of_a_likelier_name_is_not_believed(names: Site):
    """Many a clone of a build machine lacks origin's HEAD, and anybody may push a new branch."""
    names.git("update-ref", "refs/remotes/origin/master", "at-1")
    names.git("update-ref", "refs/remotes/origin/main", "at-2")
    with pytest.raises(CannotExamineError, match="both `origin/main` and `origin/master`"):
        protected(names.root, None)
    assert at(names, "origin/master") == "at-1"
    names.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master")
    assert at(names) == "at-1"
    names.git("symbolic-ref", "-d", "refs/remotes/origin/HEAD")
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


@pytest.mark.parametrize("pointer", ["", "refs/heads/stranger", "refs/remotes/upstream/main"])
def test_a_branch_that_somebody_pushed_as_head_is_not_the_default_one(names: Site, pointer: str):
    """A build machine fetches every branch; a clone's own pointer leads to a branch of origin."""
    names.git("update-ref", "refs/remotes/origin/main", "at-1")
    if pointer:
        names.git("update-ref", pointer, "at-5")
        names.git("symbolic-ref", "refs/remotes/origin/HEAD", pointer)
    else:
        names.git("update-ref", "refs/remotes/origin/HEAD", "at-5")
    assert at(names) == "at-1"


def test_a_tag_is_never_taken_for_a_branch_however_it_is_named(names: Site):
    """Git tries a name behind `refs/tags/` too, and anybody may push a tag."""
    for name in ("refs/remotes/origin/HEAD", "refs/remotes/main", "refs/remotes/origin/main"):
        names.git("update-ref", f"refs/tags/{name}", "at-5")
        names.git("update-ref", f"refs/heads/{name}", "at-5")
    names.git("tag", "live", "at-5")
    names.git("update-ref", "refs/heads/main", "at-1")
    assert at(names) == at(names, "main") == "at-1"
    assert at(names, "refs/tags/live") == "at-5"
    for absent in ("live", "origin/main", "refs/remotes/origin/main", "origin/HEAD", "main~0"):
        with pytest.raises(CannotExamineError, match=f"there is no commit `{absent}`"):
            protected(names.root, absent)


@pytest.mark.parametrize("name", ["master/x", "master/a\u2028b", "HEAD/a\x85refs/heads/main"])
def test_a_branch_below_a_likely_name_is_not_in_the_way(names: Site, name: str):
    names.git("update-ref", "refs/remotes/origin/main", "at-1")
    names.git("update-ref", f"refs/remotes/origin/{name}", "at-5")
    assert at(names) == "at-1"


def test_a_pattern_names_no_branch(names: Site):
    names.git("update-ref", "refs/heads/main", "at-1")
    for pattern in ("m*", "refs/heads/", "refs/heads/ma[i]n", "refs/heads"):
        with pytest.raises(CannotExamineError, match="there is no commit"):
            protected(names.root, pattern)


def test_of_a_damaged_commit_nothing_hides_the_next_name(names: Site):
    names.git("commit", "-q", "--allow-empty", "-m", "damaged")
    names.git("update-ref", "refs/heads/main", "HEAD")
    names.git("update-ref", "refs/heads/master", "at-1")
    name = resolved(names.root, "HEAD")
    place = names.root / ".git/objects" / name[:2] / name[2:]
    place.chmod(0o600)
    place.write_bytes(b"damaged")
    assert at(names) == "at-1"


def test_a_commit_that_is_named_by_all_its_digits_is_no_branch_of_that_name(names: Site):
    commit = protected(names.root, "refs/tags/at-0")
    names.git("update-ref", f"refs/heads/{commit}", "at-1")
    names.git("update-ref", f"refs/heads/{commit[:12]}", "at-1")
    assert at(names, commit) == "at-0"
    assert at(names, commit[:12]) == "at-1"


def test_before_the_first_commit_there_is_nothing_to_protect(tmp_path: Path):
    Site(tmp_path).git("init", "-q", "-b", "work")
    assert protected(tmp_path, None) == ""
