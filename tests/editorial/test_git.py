"""What Git is asked, and what is said where it cannot answer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from conftest import Site
from imprimatur.editorial.blobs import Blobs
from imprimatur.editorial.git import blob_name, git, git_bytes, resolved
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path


def test_what_git_refuses_is_told_with_its_last_word_and_what_to_do(site: Site, tmp_path: Path):
    with pytest.raises(CannotExamineError) as caught:
        git(tmp_path, "status")
    said = "Git cannot read this repository (fatal: not a git repository"
    assert str(caught.value).startswith(said)
    assert str(caught.value).endswith("or make one with `git init`")
    with pytest.raises(CannotExamineError, match=r"\(no reason given\)"):
        git(site.root, "config", "--get", "no.such-setting")


def test_a_log_of_no_commits_is_empty_and_of_no_such_branch_is_refused(tmp_path: Path):
    new = Site(tmp_path)
    new.git("init", "-q", "-b", "main")
    assert git_bytes(new.root, "log") == b""
    with pytest.raises(CannotExamineError):
        git(new.root, "log", "nowhere", "--")
    with pytest.raises(CannotExamineError, match="does not have any commits"):
        git(new.root, "reflog")


def test_bytes_that_are_no_text_are_told_as_such_and_given_as_they_are(site: Site):
    site.write("docs/odd.bin", b"\xff\n")
    site.commit()
    assert git(site.root, "show", "HEAD:docs/odd.bin") == "\ufffd\n"
    assert git_bytes(site.root, "show", "HEAD:docs/odd.bin") == b"\xff\n"
    assert git(site.root, "hash-object", "--stdin", given=b"\xff\n").strip() == blob_name(
        b"\xff\n", "0" * 40
    )


def test_names_are_told_in_utf_8_whatever_they_were_committed_in(site: Site):
    author = "Jürgen Weiß <juergen@tests.example>".encode("latin-1")
    for name in ("i18n.commitEncoding", "i18n.logOutputEncoding"):
        site.git("config", name, "ISO-8859-1")
    site.write("docs/new.md", "New.")
    site.git("add", ".")
    site.git("commit", "-qm", "new", "--author", author.decode(errors="surrogateescape"))
    assert git(site.root, "log", "-1", "--format=%an").strip() == "Jürgen Weiß"


def test_bytes_are_named_by_the_hash_of_another_name():
    whole = b"blob 4\0text"
    assert blob_name(b"text", "0" * 64) == hashlib.sha256(whole).hexdigest()
    assert blob_name(b"text", "0" * 40) == hashlib.sha1(whole).hexdigest()  # noqa: S324 - Git's own


def test_what_is_no_commit_stands_for_none(site: Site):
    site.git("tag", "of-a-tree", "HEAD^{tree}")
    site.git("tag", "-m", "words", "with-words", "HEAD")
    assert resolved(site.root, "with-words") == resolved(site.root, "HEAD") != ""
    assert resolved(site.root, "of-a-tree") == resolved(site.root, "nowhere") == ""


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_SHALLOW_FILE"]
)
def test_what_the_environment_says_leads_to_no_other_repository(
    name: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    here = git(site.root, "rev-parse", "--git-dir", "HEAD", "main")
    other = Site(tmp_path / "other")
    other.root.mkdir()
    other.git("init", "-q")
    monkeypatch.setenv(name, str(tmp_path / "other/.git"))
    assert git(site.root, "rev-parse", "--git-dir", "HEAD", "main") == here


def test_a_clone_that_lacks_parts_says_so_and_fetches_nothing(site: Site, tmp_path: Path):
    site.git("config", "uploadpack.allowFilter", "true")
    half = Site(tmp_path / "half")
    site.git(
        *("clone", "-q", "--no-checkout", "--filter=blob:none"),
        *(site.root.as_uri(), str(half.root)),
    )
    with pytest.raises(CannotExamineError, match="clone it again whole, without --filter"):
        git(half.root, "show", "HEAD:docs/index.md")
    with pytest.raises(CannotExamineError):
        Blobs(half.root, "HEAD").read("docs/index.md")
    half.git("show", "HEAD:docs/index.md")


def test_a_file_whose_bytes_were_changed_in_the_repository_is_not_read(site: Site):
    site.write("docs/index.md", "# Home\n")
    site.commit()
    blob = git(site.root, "rev-parse", "HEAD:docs/index.md").strip()
    other = git(site.root, "hash-object", "-w", "--stdin", given=b"# Elsewhere\n").strip()
    objects = site.root / ".git/objects"
    place = objects / blob[:2] / blob[2:]
    place.chmod(0o600)
    place.write_bytes((objects / other[:2] / other[2:]).read_bytes())
    with pytest.raises(CannotExamineError, match=rf"holds it damaged \({blob[:12]}\)"):
        Blobs(site.root, "HEAD").read("docs/index.md")
    place.unlink()
    with pytest.raises(CannotExamineError, match="lacks a file of the commit, or holds"):
        Blobs(site.root, "HEAD").read("docs/index.md")
