"""Which settings of Git could show published files otherwise than they were committed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.gate import Examination
from imprimatur.gate.attribute_rules import attribute_is_harmless

if TYPE_CHECKING:
    from conftest import Shelf

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CURE = "remove it; line ends alone may be settled, such as `* text=auto`"
NO_SUBMODULE = "remove it, and commit the files themselves where they are needed"


def told(shelf: Shelf, path: str, text: str) -> list[tuple[int, str, str]]:
    """What is found in a file of settings that is committed there: line, message and cure."""
    shelf.put("docs/articles/contrast.md", "# Demonstration\n")
    shelf.put("docs/assets/a.tar.gz", "x")
    shelf.put("README.txt", "x")
    shelf.put(path, text)
    shelf.commit()
    repository = Repository(shelf.root, None, NO_CACHE, commit="HEAD")
    found = list(attribute_is_harmless(Examination(repository, NOW)))
    assert {(each.path, each.rule) for each in found} <= {(path, "attribute-is-harmless")}
    return [(each.line, each.message, each.cure) for each in found]


def test_each_setting_that_does_harm_is_told_on_its_line(shelf: Shelf):
    text = """\
# docs/** filter=rewrite

* text eol=lf filter=rewrite ident
docs/** -text
[attr]quiet -diff
docs/** quiet
"""
    assert told(shelf, ".gitattributes", text) == [
        (3, "Git is told `filter=rewrite ident` of `*`, which may be published files", CURE),
        (5, "`[attr]quiet` gives other settings a name of its own", CURE),
        (6, "Git is told `quiet` of `docs/**`, which may be published files", CURE),
    ]


@pytest.mark.parametrize(
    ("pattern", "is_meant"),
    [
        *(("*", True), ("**", True), ("*.md", True), ("*.MD", True), ("*.psd", False)),
        *(("*.m?", True), ("*.tar.gz", True), ("?ontrast.md", True), ("[c]ontrast.md", True)),
        *(("contrast\\.md", True), ("contrast.md", True), ("CONTRAST.md", True)),
        *(("contrast", False), ("README.txt", False), ("*.txt", False), ("docs", False)),
        *(("docs/**", True), ("/docs/**", True), ("docs/", True), ("Docs/x", True)),
        *(("docs/articles/contrast.md", True), ("doc/x", False), ("docsx/y", False)),
        *(("do*/x", True), ("do?s/x", True), ("[d]ocs/x", True), ("d\\ocs/x", True)),
        *(("*/x", True), ("**/x", True), ("/", True), ("vendor/docs/x", False)),
        *(("editorial/board.yml", True), ("bibliography.bib/x", True), ("mkdocs.yml/", True)),
        *(('"docs/a b"', True), ('"vendor"', True), ("tests/*.md", False)),
    ],
)
def test_a_pattern_is_judged_by_what_it_may_be_meant_for(
    pattern: str, *, is_meant: bool, shelf: Shelf
):
    message = f"Git is told `filter=x` of `{pattern}`, which may be published files"
    if " " in pattern:
        message = 'Git is told `b" filter=x` of `"docs/a`, which may be published files'
    expected = [(1, message, CURE)] if is_meant else []
    assert told(shelf, ".gitattributes", f"{pattern} filter=x\n") == expected


@pytest.mark.parametrize(
    ("path", "pattern", "is_meant"),
    [
        ("docs/.gitattributes", "any/thing", True),
        ("docs/.gitattributes", "*.md", True),
        ("docs/.gitattributes", "other.md", False),
        ("docs/articles/.gitattributes", "any/thing", True),
        ("vendor/.gitattributes", "docs/**", False),
        ("vendor/docs/.gitattributes", "*", False),
    ],
)
def test_a_file_of_settings_is_judged_by_the_folder_it_lies_in(
    path: str, pattern: str, *, is_meant: bool, shelf: Shelf
):
    assert len(told(shelf, path, f"{pattern} filter=x\n")) == is_meant


@pytest.mark.parametrize("ending", [".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2", ".PNG"])
def test_of_pictures_and_fonts_alone_the_changes_may_be_hidden(ending: str, shelf: Shelf):
    shelf.put(f"docs/assets/a{ending}", "x")
    text = f"*{ending} binary -diff -merge text\n*{ending} filter=x binary\n*.md -merge\n"
    where = "which may be published files"
    assert told(shelf, ".gitattributes", text) == [
        (2, f"Git is told `filter=x` of `*{ending}`, {where}", CURE),
        (3, f"Git is told `-merge` of `*.md`, {where}", CURE),
    ]


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        *(("path = docs/shared", "docs/shared"), ("path=docs", "docs")),
        *(("\tpath = editorial/records", "editorial/records"), ("path = vendor", "")),
        *(("url = docs/shared", ""), ("paths = docs", ""), ("branch = docs", "")),
    ],
)
def test_a_submodule_is_told_where_it_would_be_published(line: str, folder: str, shelf: Shelf):
    found = told(shelf, ".gitmodules", f'[submodule "a"]\n{line}\n')
    message = f"a submodule is to lie in {folder}, which is published"
    assert found == ([(2, message, NO_SUBMODULE)] if folder else [])


def test_files_that_are_only_called_alike_settle_nothing(shelf: Shelf):
    assert told(shelf, "docs/gitattributes", "* filter=x\n") == []


def test_of_a_folder_without_a_commit_nothing_is_said(shelf: Shelf):
    shelf.put(".gitattributes", "* filter=x\n")
    assert "attribute-is-harmless" not in shelf.rules()
