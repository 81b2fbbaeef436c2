"""The files of a commit are read as Git stores them, and as the working tree is read."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository
from imprimatur.editorial.blobs import SUBMODULE, Blobs, Entry
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.files import Files
from imprimatur.editorial.git import blob_name
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

PATHS = (
    *("docs/index.md", "docs/b.md", "docs/a/x.md", "docs/a.b/x.md", "docs/a-b.md"),
    *("docs/articles/a.b.md", "docs/articles/a/b.md", "docs/articles/a.md", "docs/Z.md"),
)


@pytest.mark.parametrize("folder", ["", ".", "docs", "docs/", "docs/articles", "docs/a", "none"])
def test_a_commit_lists_the_same_files_in_the_same_order_as_the_tree(folder: str, site: Site):
    for path in PATHS:
        site.write(path, path)
    (site.root / "docs/linked").symlink_to("articles")
    (site.root / "docs/linked.md").symlink_to("index.md")
    site.commit()
    in_tree = [each for each in Files(site.root).under(folder) if not each.startswith(".git/")]
    in_commit = list(Blobs(site.root, "HEAD").under(folder))
    assert in_commit == in_tree


@pytest.mark.parametrize(
    "path",
    [
        *("docs/index.md", "./docs//index.md", "docs/linked.md", "docs/linked/a.md", "docs"),
        *("/docs/index.md", "docs/../docs/index.md", "../site/docs/index.md", "docs/none.md", ""),
    ],
)
def test_a_commit_gives_the_same_bytes_for_a_path_as_the_tree(path: str, site: Site):
    site.write("docs/articles/a.md", b"\xff\x00\r\n")
    (site.root / "docs/linked").symlink_to("articles")
    (site.root / "docs/linked.md").symlink_to("index.md")
    site.commit()
    commit, tree = Blobs(site.root, "HEAD"), Files(site.root)
    assert commit.read(path) == tree.read(path)
    assert commit.is_link(path) == tree.is_link(path)


def test_bytes_are_given_as_they_were_committed(site: Site):
    site.write(".gitattributes", "* -text\n")
    written = {
        "docs/a.bin": b"\xff\x00\r\n\r",
        "docs/b.bin": b"",
        "docs/c.bin": b"two\nlines",
        "docs/d.bin": b"\n" * 70_000,
    }
    for path, data in written.items():
        site.write(path, data)
    site.commit()
    commit = Blobs(site.root, "HEAD")
    assert {path: commit.read(path) for path in written} == written


def test_two_files_of_the_same_bytes_are_both_read(site: Site):
    for path in ("docs/a.md", "docs/articles/b.md", "docs/articles/c.md"):
        site.write(path, "same")
    site.commit()
    commit = Blobs(site.root, "HEAD")
    for path in ("docs/a.md", "docs/articles/b.md", "docs/articles/c.md"):
        assert commit.read(path) == b"same"


def test_a_site_may_lie_deep_in_its_repository(site: Site):
    inner = site.root / "sites/one "
    for path in ("mkdocs.yml", "docs/index.md", "docs/articles/contrast.md"):
        data = (site.root / path).read_bytes()
        site.write(f"sites/one /{path}", data.replace(b"contrast help", b"imaging help"))
    site.commit()
    commit = Blobs(inner, "HEAD")
    assert set(commit.under("")) == {"mkdocs.yml", "docs/index.md", "docs/articles/contrast.md"}
    assert commit.read("docs/articles/contrast.md") == Files(inner).read(
        "docs/articles/contrast.md"
    )
    assert commit.read("bibliography.bib") is None
    assert commit.read_whole("bibliography.bib") == Files(site.root).read("bibliography.bib")


def test_an_earlier_commit_gives_what_stood_there_then(site: Site):
    site.write("docs/index.md", "# Later\n")
    site.commit()
    before, after = Blobs(site.root, "HEAD~1"), Blobs(site.root, "HEAD")
    assert before.read("docs/index.md") != after.read("docs/index.md") == b"# Later\n"


def test_a_name_that_is_no_text_is_listed_with_escapes_and_read_by_no_name(site: Site):
    (site.root / "docs" / os.fsdecode(b"\xff.md")).write_text("text")
    site.commit()
    commit, tree = Blobs(site.root, "HEAD"), Files(site.root)
    assert list(commit.under("docs")) == list(tree.under("docs"))
    (name,) = (each for each in commit.under("docs") if "\\" in each)
    assert commit.read(name) is None


def test_a_repository_that_names_by_sha_256_is_read_alike(tmp_path: Path, site: Site):
    new = type(site)(tmp_path / "new")
    new.write("docs/index.md", "# Demonstration\n")
    new.git("init", "-q", "-b", "main", "--object-format=sha256")
    new.commit()
    commit = Blobs(new.root, "HEAD")
    assert len(commit.commit) == 64
    assert commit.read("docs/index.md") == b"# Demonstration\n"


@pytest.mark.parametrize("name", ["HEAD~99", "nowhere", "", "HEAD:docs/index.md", "--all"])
def test_a_commit_that_is_not_there_is_said_in_a_sentence(name: str, site: Site):
    with pytest.raises(CannotExamineError, match="there is no commit"):
        Blobs(site.root, name)


def test_where_there_is_no_git_nothing_is_examined(tmp_path: Path):
    with pytest.raises(CannotExamineError, match="there is no commit"):
        Blobs(tmp_path, "HEAD")


def test_a_file_of_unreasonable_size_is_named_before_it_is_read(site: Site):
    with (site.root / "docs/huge.bin").open("wb") as file:
        file.truncate(200_000_001)
    site.commit()
    with pytest.raises(CannotExamineError, match=r"docs/huge\.bin has 200,000,001 bytes"):
        Blobs(site.root, "HEAD").read("docs/index.md")


def test_many_files_are_read_in_a_few_goes(site: Site):
    for number in range(4_000):
        site.write(f"editorial/records/a-{number % 90}/{number}.yml", f"number: {number}\n")
    site.commit()
    commit = Blobs(site.root, "HEAD")
    paths = list(commit.under("editorial/records"))
    started = time.process_time() + sum(os.times()[2:4])
    assert all(commit.read(path) for path in paths)
    # A process for each would take ten seconds and more.
    assert time.process_time() + sum(os.times()[2:4]) - started < 3


def test_what_is_read_ahead_is_what_is_read(site: Site):
    site.write("docs/articles/a.md", "one\n")
    site.write("docs/articles/b.md", "two\n")
    (site.root / "docs/linked.md").symlink_to("index.md")
    site.commit()
    files = Blobs(site.root, "HEAD")
    asked = ["docs/articles/a.md", "docs/none.md", "docs/linked.md", "docs/articles/b.md"]
    files.read_ahead(asked)
    found = [files.read(path) for path in asked]
    assert found == [b"one\n", None, None, b"two\n"]
    files.read_ahead(["docs/articles/b.md"])
    assert files.read("docs/articles/a.md") == b"one\n"


@pytest.mark.parametrize("kind", [Files, lambda root: Blobs(root, "HEAD")], ids=["tree", "commit"])
def test_a_file_holds_the_bytes_that_git_names_so_and_no_others(
    kind: Callable[[Path], Files | Blobs], site: Site
):
    site.write("docs/articles/a.md", "one\n")
    (site.root / "docs/linked.md").symlink_to("one")
    site.commit()
    files, one = kind(site.root), blob_name(b"one\n", "0" * 40)
    assert files.holds("docs/articles/a.md", one)
    assert not files.holds("docs/articles/a.md", blob_name(b"two\n", one))
    assert not files.holds("docs/none.md", one)
    # The bytes of a link are the name that it leads to.
    assert not files.holds("docs/linked.md", blob_name(b"one", one))


def test_a_repository_of_a_commit_says_when_texts_were_edited_by_then(site: Site):
    site.article(body="\n/// answer\nYes [@park2019spinal].\n///\n")
    site.commit()
    site.article(body="\n/// answer\nNo [@park2019spinal].\n///\n")
    path = "docs/articles/contrast.md"
    now = Repository(site.root, cache=NO_CACHE, commit="HEAD")
    assert Repository(site.root, cache=NO_CACHE).edited == {}
    assert set(now.edited or ()) == {path}
    assert b"Yes" in (now.files.read(path) or b"")
    assert "Yes" in now.manuscript("contrast").value.body
    before = Repository(site.root, cache=NO_CACHE, commit="HEAD~1")
    assert before.manifest("contrast").digest != now.manifest("contrast").digest


def test_files_of_many_folders_are_read_in_any_order_and_again(site: Site):
    (site.root / "a-link.md").symlink_to("docs/index.md")
    paths = [f"docs/of-{number}/page.md" for number in range(12)]
    for path in paths:
        site.write(path, path)
    site.commit()
    commit = Blobs(site.root, "HEAD")
    for path in (*paths, *reversed(paths), *paths):
        assert commit.read(path) == path.encode()
    assert commit.read("a-link.md") is None


def test_what_is_no_plain_file_is_read_by_no_path(site: Site):
    head = site.root / "docs/linked.md"
    head.symlink_to("index.md")
    site.commit()
    commit = Blobs(site.root, "HEAD")
    assert commit.read_whole("docs/linked.md") is None
    assert commit.read_whole("docs/none.md") is None
    assert commit.is_link("docs/linked.md")
    assert not commit.is_link("docs/index.md")
    assert not commit.is_link("docs/none.md")


def test_another_repository_within_a_site_is_listed_and_has_no_bytes(site: Site):
    commit = Blobs(site.root, "HEAD").commit
    site.git("update-index", "--add", "--cacheinfo", f"160000,{commit},docs/theme")
    site.git("commit", "-qm", "Demonstration")
    files = Blobs(site.root, "HEAD")
    assert files.entries["docs/theme"] == Entry(mode=SUBMODULE, blob=commit, size=0)
    assert not files.entries["docs/theme"].is_plain
    assert "docs/theme" in files.under("docs")
    assert files.read("docs/theme") is None
    assert not files.holds("docs/theme", commit)
    assert files.read("mkdocs.yml") is not None


def test_a_file_that_may_be_run_is_a_plain_one(site: Site):
    (site.root / "docs/index.md").chmod(0o755)
    site.commit()
    files = Blobs(site.root, "HEAD")
    assert files.entries["docs/index.md"].mode == "100755"
    assert files.entries["docs/index.md"].size == len(files.read("docs/index.md") or b"")
