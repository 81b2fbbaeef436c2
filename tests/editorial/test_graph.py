"""What each commit changed: read once for a whole history, and told apart by its parents."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial.authorship import Authorship
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.differences import Difference, differences
from imprimatur.editorial.git import blob_name
from imprimatur.editorial.graph import Graph
from imprimatur.editorial.trunk import Trunk
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.editorial.differences import Edge

TEXT, OTHER = "docs/articles/contrast.md", 'docs/articles/"quoted"\n\tü.md'
WORKS = "bibliography.bib"
NOBODY = "nobody@tests.example"


class History:
    """A repository of texts. Each step is committed, and gives the commit's name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, who: str = NOBODY, code: int = 0) -> str:
        person = ("-c", "user.name=Demonstration", "-c", f"user.email={who}")
        command = ["git", *person, "-c", "core.autocrlf=false", *arguments]
        done = subprocess.run(command, cwd=self.root, check=False, capture_output=True)
        assert done.returncode == code, done.stderr
        return done.stdout.decode().strip()

    def commit(self, who: str = NOBODY, **files: str) -> str:
        """Commit the text and the other file as they are to be; empty deletes."""
        for name, text in files.items():
            path = self.root / {"text": TEXT, "other": OTHER, "works": WORKS}[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8") if text else path.unlink()
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "step", who=who)
        return self.tip

    def branch(self, name: str, since: str) -> None:
        self.git("checkout", "-q", "-B", name, since)

    @property
    def tip(self) -> str:
        return self.git("rev-parse", "HEAD")

    def graph(self) -> Graph:
        line = self.git("log", "--first-parent", "--reverse", "--format=%H").split()
        return Graph(self.root, line, [self.tip])

    def authors(self, path: str) -> set[str]:
        """Everyone who is found to have changed a text."""
        trunk = Trunk(self.root, self.tip, NO_CACHE)
        changes = Authorship(self.root, trunk, WORKS, NO_CACHE).changes([path], [])
        return {address for each in changes for address in each.addresses} - {NOBODY}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def blob(text: str) -> str:
    return blob_name(text.encode(), "0" * 40)


def difference(path: str, text: str | None, *, is_new: bool = False) -> Difference:
    return Difference(path=path, blob="" if text is None else blob(text), is_new=is_new)


def test_a_file_is_new_then_another_then_gone(history: History):
    history.commit(text="one\n")
    history.commit(text="two\n")
    history.commit(text="")
    history.commit()
    assert history.graph().along == (
        (difference(TEXT, "one\n", is_new=True),),
        (difference(TEXT, "two\n"),),
        (difference(TEXT, None),),
        (),
    )


def test_what_is_no_plain_file_any_more_has_no_bytes(history: History):
    history.commit(text="one\n")
    (history.root / TEXT).unlink()
    (history.root / TEXT).symlink_to("elsewhere")
    history.commit()
    assert history.graph().along[-1] == (difference(TEXT, None),)


def test_a_file_that_is_moved_is_gone_here_and_new_there(history: History):
    history.commit(text="one\n")
    history.commit(text="", other="one\n")
    found = set(history.graph().along[-1])
    assert found == {difference(TEXT, None), difference(OTHER, "one\n", is_new=True)}


def test_a_merge_is_told_against_each_of_its_parents(history: History):
    start = history.commit(text="one\n")
    history.branch("side", start)
    side = history.commit(other="beside\n")
    history.branch("main", start)
    history.commit(text="two\n")
    history.git("merge", "-q", "--no-ff", "--no-edit", "side")
    graph = history.graph()
    assert graph.beside == (side,)
    assert graph.changed(side) == ((difference(OTHER, "beside\n", is_new=True),),)
    assert graph.changed(history.tip) == (
        (difference(OTHER, "beside\n", is_new=True),),
        (difference(TEXT, "two\n"),),
    )


def test_a_commit_without_parents_is_told_against_nothing(history: History):
    first = history.commit(text="one\n")
    assert history.graph().changed(first) == ((difference(TEXT, "one\n", is_new=True),),)


def test_of_no_history_nothing_is_asked(history: History):
    graph = Graph(history.root, (), ())
    assert (graph.parents, graph.beside, graph.along) == ({}, (), ())


def test_a_site_within_a_repository_is_told_of_alone(history: History):
    history.commit(works="@misc{a}\n", text="one\n")
    inside = Graph(history.root / "docs", [history.tip], [history.tip])
    assert inside.along == ((difference("articles/contrast.md", "one\n", is_new=True),),)


def test_a_commit_that_is_missing_is_no_answer(history: History):
    history.commit(text="one\n")
    missing: Edge = ("0" * 39 + "1", "")
    with pytest.raises(CannotExamineError, match="git fsck"):
        differences(history.root, [(history.tip, ""), missing])


def test_each_answer_belongs_to_what_was_asked_in_any_order(history: History):
    commits = [history.commit(text=f"{number}\n") for number in range(4)]
    edges = list(zip(commits, ["", *commits], strict=False))
    found = differences(history.root, [edges[2], edges[0], edges[2], edges[3], edges[1]])
    assert {edge: each[0].blob for edge, each in found.items()} == {
        edge: blob(f"{number}\n") for number, edge in enumerate(edges)
    }


def test_whoever_writes_a_text_with_an_odd_name_is_its_author(history: History):
    history.commit(who="demo-ana@tests.example", other="one\n")
    assert history.authors(OTHER) == {"demo-ana@tests.example"}


def test_whoever_brings_a_text_unchanged_by_a_merge_is_not_its_author(history: History):
    start = history.commit(text="one\n")
    history.branch("side", start)
    history.commit(who="demo-ana@tests.example", text="two\n")
    history.branch("main", start)
    history.commit(other="beside\n")
    history.git("merge", "-q", "--no-ff", "--no-edit", "side", who="demo-ben@tests.example")
    assert history.authors(TEXT) == {"demo-ana@tests.example"}


@pytest.mark.parametrize("path", [TEXT, OTHER])
def test_whoever_takes_one_side_whole_while_merging_is_an_author(history: History, path: str):
    name = "text" if path == TEXT else "other"
    start = history.commit(**{name: "one\n"})
    history.branch("side", start)
    history.commit(who="demo-ana@tests.example", **{name: "two\n"})
    history.branch("main", start)
    history.commit(who="demo-ben@tests.example", **{name: "three\n"})
    history.git("merge", "-q", "side", code=1)
    history.git("checkout", "--ours", "--", path)
    history.commit(who="demo-cai@tests.example")
    found = history.authors(path)
    assert found == {f"demo-{each}@tests.example" for each in ("ana", "ben", "cai")}


def test_a_file_that_may_be_run_is_told_with_its_bytes(history: History):
    history.commit(text="one\n")
    (history.root / TEXT).chmod(0o755)
    history.commit()
    assert history.graph().along[-1] == (difference(TEXT, "one\n"),)


def test_each_commit_came_with_the_first_of_the_line_that_holds_it(history: History):
    start = history.commit(text="one\n")
    history.branch("side", start)
    first, second = history.commit(other="1\n"), history.commit(other="2\n")
    history.branch("main", start)
    history.commit()
    history.git("merge", "-q", "--no-ff", "--no-edit", "side")
    graph = history.graph()
    assert graph.merges == {history.tip}
    assert graph.reached[first] == graph.reached[second] == graph.reached[history.tip] == 2
    assert graph.reached[start] == 0
    assert graph.beside == (second, first)
    assert "0" * 40 not in graph.reached
