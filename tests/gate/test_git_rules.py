"""What Git may hide, in sites of every shape; the attacks themselves lie in tests/attacks."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.gate import Examination, check
from imprimatur.gate.git_rules import file_stands_in_the_commit, history_is_not_replaced

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shelf

NOW = datetime(2026, 11, 24, tzinfo=UTC)
HIDING = "docs/articles/contrast.md filter=rewrite\n"


def found(root: Path) -> list[str]:
    """What is found of the commit, as printed."""
    repository = Repository(root, None, NO_CACHE, commit="HEAD")
    return [str(each) for each in check(Examination(repository, NOW), publishing=False).findings]


def attributes(root: Path) -> list[str]:
    """Where an attribute is found that does harm."""
    return [each.split(" ")[0] for each in found(root) if "attribute-is-harmless" in each]


@pytest.fixture
def deep(shelf: Shelf) -> Shelf:
    """A site that lies in a folder of its repository, which holds another one beside it."""
    site = shelf.root.rename(shelf.root.parent / "moved")
    shelf.root.mkdir()
    site.rename(shelf.root / "one")
    shelf.put("two/docs/articles/contrast.md", "# Another\n")
    shelf.put("one/docs/articles/contrast.md", "# Demonstration\n")
    return shelf


@pytest.mark.parametrize(
    ("path", "text", "is_meant"),
    [
        (".gitattributes", "one/docs/** filter=rewrite\n", True),
        (".gitattributes", "one/** filter=rewrite\n", True),
        (".gitattributes", "ONE/docs/** filter=rewrite\n", True),
        (".gitattributes", "**/docs/** filter=rewrite\n", True),
        (".gitattributes", "contrast.md filter=rewrite\n", True),
        (".gitattributes", "contr* filter=rewrite\n", True),
        (".gitattributes", "two/docs/** filter=rewrite\n", False),
        (".gitattributes", "/docs/** filter=rewrite\n", False),
        ("one/.gitattributes", HIDING, True),
        ("one/docs/.gitattributes", "articles/contrast.md filter=rewrite\n", True),
        ("one/tests/.gitattributes", HIDING, False),
        ("two/.gitattributes", HIDING, False),
        ("one/.gitattributes", "*.psd filter=rewrite\n", False),
        ("one/.gitattributes", "*.md filter=rewrite\n", True),
        ("one/.gitattributes", "another.md filter=rewrite\n", False),
    ],
)
def test_attributes_are_judged_by_the_files_they_may_be_meant_for(
    path: str, text: str, *, is_meant: bool, deep: Shelf
):
    deep.put(path, text)
    deep.commit()
    place = {".gitattributes": "../.gitattributes"}.get(path, path.removeprefix("one/"))
    assert attributes(deep.root / "one") == ([f"{place}:1:"] if is_meant else [])


def test_what_lies_beside_the_site_is_not_judged(deep: Shelf):
    (deep.root / "two/docs/linked.md").symlink_to("articles/contrast.md")
    deep.put("two/docs/aux.md", "text")
    deep.put("two/Docs/index.md", "text")
    deep.commit()
    rules = ("file-stands", "path-fits", "path-is-spelled", "file-name")
    assert not [each for each in found(deep.root / "one") if any(rule in each for rule in rules)]


def test_a_long_file_of_attributes_is_judged_at_once(shelf: Shelf):
    for number in range(2_000):
        shelf.put(f"docs/assets/a{number}.css", "p {}")
    shelf.put(".gitattributes", "".join(f"*{each}*.x filter=a\n" for each in range(20_000)))
    shelf.commit()
    started = time.process_time()
    assert len(attributes(shelf.root)) == 20_000
    assert time.process_time() - started < 10


def test_an_uncommitted_link_is_found_by_its_name_before_it_is_committed(shelf: Shelf):
    shelf.article()
    shelf.commit()
    (shelf.root / "docs/linked.md").symlink_to("index.md")
    assert shelf.rules() == ["file-name-is-plain"]


@pytest.mark.parametrize(
    "path",
    [
        *("overrides/.icons/demonstration/a.svg", "overrides/partials/_base.html"),
        *("hooks/__init__.py", "editorial/schemas/board.schema.json", "docs/console.md"),
        *("docs/auxiliary.md", f"docs/{'a' * 77}.md", "docs/articles/nullity.md"),
    ],
)
def test_a_path_that_every_system_reads_alike_is_fine(path: str, shelf: Shelf):
    shelf.put(path, "text")
    shelf.commit()
    assert not [each for each in found(shelf.root) if "path-" in each.split(" ")[1]]


def test_a_proposal_is_judged_by_what_lies_around_the_site_too(deep: Shelf):
    deep.commit()
    deep.git("checkout", "-q", "-b", "proposal")
    deep.put(".github/workflows/gate.yml", "jobs: {}\n")
    deep.put("two/docs/articles/contrast.md", "# Another text\n")
    deep.git("add", "-A")
    deep.git("commit", "-qm", "Demonstration")
    assert not [each for each in found(deep.root / "one") if "one-thing" in each]
    deep.put("one/docs/articles/contrast.md", "# Other\n")
    deep.git("commit", "-qam", "Demonstration")
    (finding,) = (each for each in found(deep.root / "one") if "one-thing" in each)
    assert ".github/workflows/gate.yml together with docs/articles/contrast.md" in finding


def test_a_branch_that_shares_no_history_is_a_proposal_of_all_that_differs(shelf: Shelf):
    shelf.commit()
    shelf.git("checkout", "-q", "--orphan", "proposal")
    shelf.put("mkdocs.yml", "site_name: Another\n")
    shelf.article()
    shelf.git("add", "-A")
    shelf.git("commit", "-qm", "Demonstration")
    (finding,) = (each for each in found(shelf.root) if "one-thing" in each)
    assert finding.startswith("mkdocs.yml: ")


@pytest.mark.parametrize(
    "path", ["overrides/odd folder/plain.html", "overrides/plain/odd name.html"]
)
def test_a_path_is_plain_in_each_of_its_parts(shelf: Shelf, path: str):
    shelf.put(path, "x\n")
    shelf.put("overrides/plain/name.html", "x\n")
    shelf.commit()
    told = [each for each in found(shelf.root) if "path-fits-every-system" in each]
    assert len(told) == 1
    assert told[0].startswith(f"{path}:")


@pytest.mark.parametrize(
    "line",
    [
        *("* text", "* -text", "* !text", "* text=auto", "* eol=lf", "* !eol", "* diff"),
        *("* !diff", "* merge", "* !merge", "*.png binary", "*.jpg -diff", "*.jpeg -merge"),
        *("*.webp binary", "*.ico binary", "*.woff2 -diff"),
    ],
)
def test_what_settles_line_ends_or_hides_the_bytes_of_a_picture_does_no_harm(
    line: str, shelf: Shelf
):
    for ending in ("png", "jpg", "jpeg", "webp", "ico", "woff2"):
        shelf.put(f"docs/assets/a.{ending}", "a picture")
    shelf.put(".gitattributes", f"{line}\n")
    shelf.commit()
    assert attributes(shelf.root) == []


@pytest.mark.parametrize("line", ["* binary", "*.md -diff", "* eol=crlf"])
def test_what_hides_the_changes_of_a_text_does(line: str, shelf: Shelf):
    shelf.put(".gitattributes", f"{line}\n")
    shelf.commit()
    assert len(attributes(shelf.root)) == 1


def stands(shelf: Shelf) -> list[tuple[str, str, str]]:
    """What is found not to stand in the commit: path, message and cure."""
    shelf.git("add", "-A")
    shelf.git("commit", "-qm", "Demonstration")
    repository = Repository(shelf.root, None, NO_CACHE, commit="HEAD")
    found = list(file_stands_in_the_commit(Examination(repository, NOW)))
    assert {(each.line, each.rule) for each in found} <= {(0, "file-stands-in-the-commit")}
    return [(each.path, each.message, each.cure) for each in found]


def test_what_is_no_file_is_told_by_what_it_is(shelf: Shelf):
    shelf.commit()
    (shelf.root / "editorial/linked.yml").symlink_to("board.yml")
    (shelf.root / "docs/linked.md").symlink_to("index.md")
    (shelf.root / "vendor").symlink_to("docs")
    commit = "a" * 40
    for path in ("docs/shared", "vendored"):
        shelf.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{path}")
        (shelf.root / path).mkdir()
        shelf.git("-C", path, "init", "-q")
        shelf.git("-C", path, "commit", "-q", "--allow-empty", "-m", "x")
    cure = "commit the file itself in its place"
    assert stands(shelf) == [
        (
            "docs/shared",
            "this is a submodule, another repository that nobody approved",
            cure,
        ),
        ("editorial/linked.yml", "this is a symbolic link", cure),
    ]


@pytest.mark.parametrize("host", ["git-lfs.github.com", "hawser.github.com"])
def test_a_pointer_has_up_to_1024_bytes(host: str, shelf: Shelf):
    shelf.commit()
    pointer = f"version https://{host}/spec/v1\n".encode()
    for path, size in (("docs/assets/a.png", 1024), ("docs/assets/b.png", 1025)):
        shelf.put(path, pointer.ljust(size, b"x"))
    for path in ("editorial/records/a/b.yml", "vendor/c.png"):
        shelf.put(path, pointer)
    shelf.put("docs/assets/d.css", b"/* */ " + pointer)
    message = "this is a pointer to Git's large-file store, not the file"
    assert stands(shelf) == [("docs/assets/a.png", message, "commit the file itself in its place")]


def test_what_covers_up_the_history_is_told_with_its_place(shelf: Shelf, tmp_path: Path):
    shelf.article()
    shelf.commit()
    shelf.git("commit", "-q", "--allow-empty", "-m", "Second")
    repository = Repository(shelf.root, None, NO_CACHE, commit="HEAD")

    def covered() -> list[tuple[str, str]]:
        found = list(history_is_not_replaced(Examination(repository, NOW)))
        assert {(each.line, each.rule, each.cure) for each in found} <= {
            (0, "history-is-not-replaced", "clone the repository anew, and ask there")
        }
        return [(each.path, each.message) for each in found]

    for path in ("info/grafts", "objects/info/alternates"):
        (shelf.root / ".git" / path).write_text("\n")
    assert covered() == []
    (shelf.root / ".git/objects/info/alternates").write_text(f"{tmp_path}\n")
    (shelf.root / ".git/info/grafts").write_text("# none\n")
    shelf.git("replace", "HEAD", "HEAD~1")
    tip = repository.trunk.tip
    assert covered() == [
        (f".git/refs/replace/{tip}", "another object is shown in place of this one"),
        (
            ".git/info/grafts",
            "other parents are shown in place of those that commits have",
        ),
        (
            ".git/objects/info/alternates",
            "objects are borrowed from another clone, which may change",
        ),
    ]
