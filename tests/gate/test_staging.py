"""A staged tree holds what a plan says; the file beside it is read strictly, and nowhere else."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from imprimatur.editorial import State
from imprimatur.errors import CannotExamineError
from imprimatur.gate.plan import Plan, Printed
from imprimatur.gate.stage_file import read_stage
from imprimatur.gate.staging import stage, staged_files
from imprimatur.manuscript import Digest
from imprimatur.press import Entry, Heading

if TYPE_CHECKING:
    from collections.abc import Callable

COMMIT = "a" * 40
AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


def printed(slug: str = "contrast", **changes: object) -> Printed:
    plain: dict[str, object] = {
        "slug": slug,
        "title": "A title",
        "summary": "A summary.",
        "html": "<article>It helps.</article>",
        "headings": (Heading(level=2, id="one", text="One", own=False, audiences=("patient",)),),
        "entry": Entry(
            slug=slug,
            title="A title",
            summary="A summary.",
            topics=("radiology",),
            state=State.APPROVED,
            reviewed=AT,
        ),
        "digest": Digest("sha256:" + "b" * 64),
        "commit": COMMIT,
        "source": b"---\ntitle: A title\n---\nIt helps.\n",
        "images": {"docs/articles/dose.svg": b"<svg/>"},
    }
    return Printed(**(plain | changes))


def a_plan(*articles: Printed, **files: bytes) -> Plan:
    held = {"mkdocs.yml": b"site_name: Demonstration\n", "docs/index.md": b"# Home\n", **files}
    return Plan(commit=COMMIT, at=AT, printed=articles or (printed(),), withheld=(), files=held)


def test_the_tree_holds_what_is_printed_what_frames_it_and_the_pages_of_lists(tmp_path):
    told = stage(a_plan(), tmp_path / "stage")
    tree = tmp_path / "stage/tree"
    assert told == tmp_path / "stage/stage.json"
    found = {each.relative_to(tree).as_posix() for each in tree.rglob("*") if each.is_file()}
    assert found == {
        "mkdocs.yml",
        "docs/index.md",
        "docs/articles/contrast.md",
        "docs/articles/dose.svg",
        "docs/assets/imprimatur.css",
        "docs/topics/index.md",
        "docs/topics/radiology/index.md",
    }
    assert (tree / "docs/articles/contrast.md").read_bytes() == printed().source


def test_what_is_read_beside_the_tree_is_what_was_planned(tmp_path):
    told = stage(a_plan(), tmp_path)
    read = read_stage(told, tmp_path / "tree")
    (article,) = read.articles
    assert (read.commit, read.at) == (COMMIT, AT)
    assert article.entry == printed().entry
    assert article.sheet.headings == printed().headings
    assert article.sheet.html == printed().html


def test_a_folder_that_holds_anything_is_refused(tmp_path):
    (tmp_path / "other.txt").write_text("mine")
    with pytest.raises(CannotExamineError, match="is not empty"):
        stage(a_plan(), tmp_path)
    assert (tmp_path / "other.txt").read_text() == "mine"


@pytest.mark.parametrize("name", [".git/", ".git"])
def test_nothing_is_staged_in_a_repository(tmp_path, name):
    if name.endswith("/"):
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_text("gitdir: elsewhere")
    with pytest.raises(CannotExamineError, match="outside every Git repository"):
        stage(a_plan(), tmp_path / "deep/stage")


def test_a_stage_in_a_repository_is_not_read(tmp_path):
    told = stage(a_plan(), tmp_path / "stage")
    (tmp_path / ".git").mkdir()
    with pytest.raises(CannotExamineError, match="outside every Git repository"):
        read_stage(told, tmp_path / "stage/tree")


def test_a_file_within_the_tree_is_not_read(tmp_path):
    told = stage(a_plan(), tmp_path)
    inside = tmp_path / "tree/stage.json"
    inside.write_bytes(told.read_bytes())
    with pytest.raises(CannotExamineError, match="beside the tree"):
        read_stage(inside, tmp_path / "tree")


def changed(**values: object) -> Callable[[Path], None]:
    def change(told: Path) -> None:
        plain = json.loads(told.read_bytes())
        told.write_text(json.dumps(plain | values))

    return change


def relinked(told: Path) -> None:
    told.rename(told.with_name("other.json"))
    told.symlink_to("other.json")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (changed(surprise=1), "surprise"),
        (changed(format=2), "format"),
        (changed(commit="main"), "commit"),
        (changed(at="yesterday"), "at"),
        (changed(articles=[{"slug": "contrast"}]), "articles"),
        (lambda told: told.write_text("{"), "json"),
        (lambda told: told.unlink(), "No such file"),
        (relinked, "symbolic link"),
    ],
)
def test_a_file_that_this_program_did_not_write_is_refused_in_words(tmp_path, change, word):
    told = stage(a_plan(), tmp_path)
    change(told)
    with pytest.raises(CannotExamineError, match=word):
        read_stage(told, tmp_path / "tree")


def linked(tree: Path) -> None:
    (tree / "docs/index.md").rename(tree.parent / "index.md")
    (tree / "docs/index.md").symlink_to(tree.parent / "index.md")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda tree: (tree / "docs/index.md").write_text("# Other\n"), "index.md was changed"),
        (lambda tree: (tree / "docs/index.md").unlink(), "index.md is missing"),
        (lambda tree: (tree / "docs/more.md").write_text("x"), "more.md does not belong"),
        (lambda tree: (tree / "more").symlink_to("/"), "more does not belong"),
        (linked, "index.md was changed"),
    ],
)
def test_a_tree_that_is_not_as_it_was_staged_is_refused(tmp_path, change, word):
    told = stage(a_plan(), tmp_path)
    change(tmp_path / "tree")
    with pytest.raises(CannotExamineError, match=word):
        read_stage(told, tmp_path / "tree")


@pytest.mark.parametrize(
    "path", ["../x", "/x", "docs/../../x", "", ".git/config", "a//b", "docs/.git/hooks/x"]
)
def test_nothing_is_written_outside_the_tree(tmp_path, path):
    with pytest.raises(CannotExamineError, match="no plain path"):
        stage(a_plan(**{path: b"x"}), tmp_path / "stage")
    assert not (tmp_path / "stage").exists()


def test_two_files_for_one_path_are_refused():
    with pytest.raises(CannotExamineError, match="two different files"):
        staged_files(a_plan(**{"docs/topics/index.md": b"# Written by somebody\n"}))
    with pytest.raises(CannotExamineError, match="and the folder of"):
        staged_files(a_plan(**{"docs/topics": b"a file"}))


def test_the_file_beside_the_tree_says_all_that_a_host_frames(tmp_path):
    told = stage(a_plan(printed(), printed("kidneys", images={})), tmp_path)
    said = json.loads(told.read_bytes())
    tree = tmp_path / "tree"
    sums = {
        each.relative_to(tree).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in tree.rglob("*")
        if each.is_file()
    }
    heading = {"level": 2, "id": "one", "text": "One", "own": False, "audiences": ["patient"]}
    article = {
        "title": "A title",
        "summary": "A summary.",
        "html": "<article>It helps.</article>",
        "headings": [heading],
        "topics": ["radiology"],
        "state": "approved",
        "reviewed": "2026-11-26T09:00:00Z",
        "update": False,
        "digest": "sha256:" + "b" * 64,
        "commit": COMMIT,
    }
    assert said == {
        "format": 1,
        "commit": COMMIT,
        "at": "2026-11-26T09:00:00Z",
        "articles": [{"slug": "contrast", **article}, {"slug": "kidneys", **article}],
        "files": sums,
    }
    assert list(said["files"]) == sorted(sums)


@pytest.mark.parametrize("made", ["site/index.html", ".cache/x"])
def test_what_a_host_makes_while_it_builds_is_no_part_of_the_tree(tmp_path, made):
    told = stage(a_plan(), tmp_path)
    (tmp_path / "tree" / made).parent.mkdir()
    (tmp_path / "tree" / made).write_text("made")
    assert read_stage(told, tmp_path / "tree").commit == COMMIT
    (tmp_path / "tree/docs/site").mkdir()
    (tmp_path / "tree/docs/site/x").write_text("put there")
    with pytest.raises(CannotExamineError, match="docs/site/x does not belong to it"):
        read_stage(told, tmp_path / "tree")


def test_an_empty_folder_in_the_tree_is_nothing(tmp_path):
    told = stage(a_plan(), tmp_path)
    (tmp_path / "tree/empty").mkdir()
    assert read_stage(told, tmp_path / "tree").commit == COMMIT


@pytest.mark.parametrize("place", ["other/stage.json", "other.json", "tree/stage.json"])
def test_the_file_is_read_under_its_name_beside_the_tree_alone(tmp_path, place):
    told = stage(a_plan(), tmp_path / "stage")
    other = told.parent / place
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(told.read_bytes())
    with pytest.raises(CannotExamineError, match=r"as stage\.json beside tree/; run `imprimatur"):
        read_stage(other, told.parent / "tree")


def test_a_tree_of_another_name_or_a_file_named_from_here_is_not_read(tmp_path, monkeypatch):
    told = stage(a_plan(), tmp_path / "stage")
    monkeypatch.chdir(told.parent)
    with pytest.raises(CannotExamineError, match="beside the tree"):
        read_stage(Path("stage.json"), told.parent / "tree")
    (told.parent / "tree").rename(told.parent / "wood")
    with pytest.raises(CannotExamineError, match="beside the tree"):
        read_stage(told, told.parent / "wood")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (changed(format=2), r"stage\.json cannot be read: format: input should be 1; run"),
        (changed(articles=[{}]), r"cannot be read: articles\.0\.slug: field required; run"),
        (lambda told: told.write_text("{"), r"cannot be read: the file: invalid json"),
        (changed(commit="a" * 41), r"cannot be read: commit: string should match"),
        (changed(files={"x": "a" * 63}), r"cannot be read: files\.x: string should match"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_with_its_place(tmp_path, change, says):
    told = stage(a_plan(), tmp_path)
    change(told)
    with pytest.raises(CannotExamineError, match=says):
        read_stage(told, tmp_path / "tree")


@pytest.mark.parametrize("level", [1, 6, 0, 7])
def test_a_heading_is_of_one_of_six_levels(tmp_path, level):
    heading = Heading(level=level, id="one", text="One", own=True)
    article = printed(headings=(heading,))
    if level in {1, 6}:
        told = stage(a_plan(article), tmp_path)
        (read,) = read_stage(told, tmp_path / "tree").articles
        assert read.sheet.headings == (heading,)
    else:
        with pytest.raises(ValidationError, match="level"):
            stage(a_plan(article), tmp_path)


def test_the_same_picture_of_two_articles_is_staged_once():
    both = a_plan(printed(), printed("kidneys"))
    assert staged_files(both)["docs/articles/dose.svg"] == b"<svg/>"
    other = printed("kidneys", images={"docs/articles/dose.svg": b"<svg>other</svg>"})
    with pytest.raises(CannotExamineError, match=r"at docs/articles/dose\.svg; rename or remove"):
        staged_files(a_plan(printed(), other))


def test_a_file_in_the_way_of_a_folder_is_named_with_what_lies_below_it():
    files = {"docs/a": b"a file", "docs/a/b/c.md": b"a page"}
    with pytest.raises(CannotExamineError, match=r"docs/a cannot be a file and the folder of docs"):
        staged_files(a_plan(**files))
