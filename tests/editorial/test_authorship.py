"""Who changed which work: read from patches, and rather too many people than one too few."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imprimatur.bibliography import read_bibliography
from imprimatur.editorial.authorship import Authorship
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.git import git
from imprimatur.editorial.touched_works import ANY_WORK, touched_works
from imprimatur.editorial.trunk import Trunk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORKS = "bibliography.bib"

TWO = """\
@article{park2019,
  title = {Sufficient?},
  year = 2019
}
@article{liu2017,
  title = {Detection},
  year = 2017
}
"""
LONG = "@article{park2019,\n" + "".join(f"  f{n} = {{{n}}},\n" for n in range(80)) + "}\n"


@pytest.fixture
def touched(tmp_path: Path) -> Callable[..., frozenset[str]]:
    """What a commit that turns one bibliography into another is found to have touched."""

    def keys(before: str | bytes, after: str | bytes) -> frozenset[str]:
        run(tmp_path, "init", "-q", "-b", "main")
        for text in (before, after):
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / WORKS).write_bytes(data)
            run(tmp_path, "add", "-A")
            run(tmp_path, "commit", "-qm", "works")
        patch = git(tmp_path, "show", "-U40", "--text", "--format=", "HEAD")
        return touched_works(patch.split("\n"))

    return keys


def run(root: Path, *arguments: str, who: str = "nobody@tests.example") -> str:
    person = ("-c", "user.name=Demonstration", "-c", f"user.email={who}")
    command = ["git", *person, "-c", "core.autocrlf=false", *arguments]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True)
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        pytest.param("= 2017", "= 2018", {"liu2017"}, id="a field is changed"),
        pytest.param("  title = {Detection},\n", "", {"liu2017"}, id="a field is removed"),
        pytest.param(
            "@article{liu2017,\n  title = {Detection},\n  year = 2017\n}\n",
            "",
            {"liu2017"},
            id="an entry is removed",
        ),
        pytest.param(
            "@article{park2019,",
            "@article{saha2025, year = 2025}\n@article{park2019,",
            {"saha2025"},
            id="an entry is added above",
        ),
        pytest.param(
            "2017\n}\n",
            "2017\n}\n\n@book{saha2025,\n  year = 2025\n}\n",
            {"saha2025"},
            id="an entry is added below a blank line",
        ),
        pytest.param("@article{liu2017,", "@Article {liu2017 ,", {"liu2017"}, id="header"),
        pytest.param("@article{liu2017,", "@article(liu2017,", {"liu2017"}, id="round brackets"),
        pytest.param("{liu2017,", "{liu2018,", {"liu2017", "liu2018"}, id="another key"),
        pytest.param("{liu2017,", "{liu(2017),", {"liu2017", "liu(2017)"}, id="an odd key"),
        pytest.param("@article{liu2017", "@article\n{liu2017", {"liu2017", ANY_WORK}, id="broken"),
        pytest.param(
            "@article{liu2017", "@article{\nliu2017", {"liu2017", ANY_WORK}, id="key on a new line"
        ),
        pytest.param("@article{park", "@string{j = {J}}\n@article{park", {ANY_WORK}, id="a string"),
        pytest.param(
            "@article{park", "@STRING (\n j = {J})\n@article{park", {ANY_WORK}, id="a long string"
        ),
        pytest.param(
            "@article{park", "@string{j\n = {J}}\n@article{park", {ANY_WORK}, id="a broken string"
        ),
        pytest.param("@article{park", "@comment{x}\n@article{park", {ANY_WORK}, id="a comment"),
        pytest.param("@article{park", "@Preamble{x}\n@article{park", {ANY_WORK}, id="a preamble"),
        pytest.param(
            "{Sufficient?}", "{Seen @ 3 T by a@b.example in 9}", {"park2019"}, id="an at sign"
        ),
        pytest.param(
            "\n}\n@article{liu2017,",
            "} @article{liu2017,",
            {"park2019", "liu2017", ANY_WORK},
            id="two entries in one line",
        ),
        pytest.param("Detection", "Detec\u00a0tion", {"liu2017"}, id="a fixed space"),
        pytest.param(
            "{Detection},", "{Detection\n\u00a0\n},", {"liu2017"}, id="a line of fixed spaces"
        ),
        pytest.param("2019\n}\n", "2019\n}\n\n", set(), id="a blank line between entries"),
    ],
)
def test_a_patch_is_of_the_works_whose_lines_it_changes(
    old: str, new: str, keys: set[str], touched: Callable[..., frozenset[str]]
):
    assert TWO.count(old) == 1
    assert touched(TWO, TWO.replace(old, new)) == keys


def test_a_line_far_below_its_header_may_be_of_any_work(
    touched: Callable[..., frozenset[str]],
):
    assert touched(LONG, LONG.replace("{60}", "{61}")) == {ANY_WORK}


def test_a_line_near_its_header_is_of_that_work(touched: Callable[..., frozenset[str]]):
    assert touched(LONG, LONG.replace("{30}", "{31}")) == {"park2019"}


def test_line_ends_of_another_system_hide_nothing(touched: Callable[..., frozenset[str]]):
    other = TWO.replace("\n", "\r\n")
    assert touched(other, other.replace("2017\r", "2018\r")) == {"liu2017"}


def test_changed_line_ends_are_a_change_of_every_work(touched: Callable[..., frozenset[str]]):
    assert touched(TWO, TWO.replace("\n", "\r\n")) == {"park2019", "liu2017"}


def test_bytes_that_are_no_text_hide_nothing(touched: Callable[..., frozenset[str]]):
    before = TWO.encode().replace(b"Detection", b"D\xe9tection")
    assert touched(before, before.replace(b"\xe9", b"\xe8")) == {"liu2017"}


def test_a_lost_brace_may_cost_an_entry_that_begins_behind_it_on_the_line(
    touched: Callable[..., frozenset[str]],
):
    before = TWO.replace("\n}\n@article{liu", "\n} @article{liu")
    assert touched(before, before.replace("{Sufficient?}", "{Sufficient?")) == {
        "park2019",
        ANY_WORK,
    }


def test_removed_and_added_lines_belong_to_two_texts(touched: Callable[..., frozenset[str]]):
    before = "@article{park2019,\n@article{liu2017,\n  title = {Detection},\n  year = 2017\n}\n"
    after = "@article{park2019,\n  pages = 9,\n  title = {Detection},\n  year = 2017\n}\n"
    assert touched(before, after) == {"park2019", "liu2017"}


def test_what_is_typed_while_merging_may_be_of_any_work():
    assert touched_works(["@@@ -1,2 -1,2 +1,2 @@@", "  @article{a,", "++ year = 1"]) == {ANY_WORK}


def test_what_is_no_line_of_a_patch_is_of_no_work():
    head = ["diff --git a/works.bib b/works.bib", "--- a/works.bib", "+++ b/works.bib"]
    body = ["@@ -1,2 +1,2 @@", " @article{a,", "-  year = 1", "+  year = 2"]
    assert touched_works([*head, *body, "\\ No newline at end of file", ""]) == {"a"}
    assert touched_works([*head, *body, "@@ -9 +9 @@", "+  x"]) == {"a", ANY_WORK}
    assert touched_works(head) == set()


KEYS = ("a", "b", "c")
VALUE = st.sampled_from(["1", "{x}", "{x\n  y}", "{p @ q}", "s", "{\u00a0}", "{x} # s", '"z"'])
FIELD = st.tuples(st.sampled_from(["title", "year", "note", "journal", "crossref"]), VALUE)
GAP = st.sampled_from(["\n", "\n\n", " ", "\n% a note\n", ""])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """An entry, a string or a comment, laid out in one of many ways."""
    begin = draw(
        st.sampled_from(["@article{", "@Book (", "@misc\n{", "@article{\n", " @misc{", "@x-y{"])
    )
    key = draw(st.sampled_from(KEYS))
    fields = draw(st.lists(FIELD, max_size=3))
    parent = draw(st.sampled_from(["", *KEYS]))
    lines = [f"{name} = {value}" for name, value in fields if name != "crossref"]
    if parent:
        lines.append(f"crossref = {{{parent}}}")
    joint = draw(st.sampled_from([",\n  ", ", ", ",\n\n"]))
    end = ")" if "(" in begin else "}"
    entry = begin + joint.join([key, *lines]) + draw(st.sampled_from([end, f"\n{end}", ""]))
    return draw(
        st.sampled_from(
            [entry, entry, entry, "@string{s = {S}}", "@string(s = {T}\n)", "@comment{x}"]
        )
    )


@st.composite
def bibliographies(draw: st.DrawFn) -> str:
    """Up to five of them, close together or apart."""
    return "".join(draw(entries()) + draw(GAP) for _ in range(draw(st.integers(0, 5))))


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A bibliography, and what becomes of it when one piece is put in place of another."""
    before = draw(bibliographies())
    start = draw(st.integers(0, len(before)))
    end = draw(st.integers(start, min(start + 20, len(before))))
    piece = draw(st.one_of(bibliographies(), st.sampled_from(["", "}", "{", "@", "\n", ",", "%"])))
    return before, before[:start] + piece + before[end:]


@settings(max_examples=60)
@given(edits())
def test_whoever_changes_what_is_printed_of_a_work_is_found(
    tmp_path_factory: pytest.TempPathFactory, edit: tuple[str, str]
):
    root = tmp_path_factory.mktemp("works")
    run(root, "init", "-q", "-b", "main")
    for number, text in enumerate(edit):
        (root / WORKS).write_text(text, encoding="utf-8", newline="")
        run(root, "add", "-A")
        run(root, "commit", "-qm", "works", "--allow-empty", who=f"demo-{number}@tests.example")
    tip = git(root, "rev-parse", "HEAD").strip()
    authorship = Authorship(root, Trunk(root, tip, NO_CACHE), WORKS, NO_CACHE)
    old, new = (read_bibliography(text.encode(), WORKS) for text in edit)
    for key in KEYS:
        if old.bound(key) != new.bound(key):
            found = authorship.changes([], new.with_parents([key]))
            assert tip in [change.commit for change in found], key


def changes_of(root: Path, *keys: str, **more: Callable[..., bool]) -> list[tuple[str, ...]]:
    """The addresses behind each commit that may have changed one of these works."""
    tip = git(root, "rev-parse", "HEAD").strip()
    found = Authorship(root, Trunk(root, tip, NO_CACHE), WORKS, NO_CACHE)
    return [each.addresses for each in found.changes([], keys, **more)]


@pytest.mark.parametrize(("field", "is_near"), [(39, True), (40, False)])
def test_the_header_of_an_entry_is_looked_for_forty_lines_above_a_change(
    field: int, tmp_path: Path, *, is_near: bool
):
    run(tmp_path, "init", "-q", "-b", "main")
    for text in (LONG, LONG.replace(f"f{field} = {{{field}}}", f"f{field} = {{x}}")):
        (tmp_path / WORKS).write_text(text, encoding="utf-8")
        run(tmp_path, "add", "-A")
        run(tmp_path, "commit", "-qm", "works")
    # Of another work it is an author only where the change cannot be told to be of this one.
    assert len(changes_of(tmp_path, "liu2017")) == (not is_near)
    assert len(changes_of(tmp_path, "park2019")) == 2


def test_author_committer_and_each_co_author_are_behind_a_commit(tmp_path: Path):
    run(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / WORKS).write_text(TWO, encoding="utf-8")
    run(tmp_path, "add", "-A")
    said = "Works\n\nCo-authored-by: C <Third@x>\nco-authored-by: D <fourth@x>, E < fifth@x >\n"
    author = "--author=A <First@x>"
    run(tmp_path, "commit", "-qm", said, author, who="second@x")
    assert changes_of(tmp_path, "park2019") == [
        ("fifth@x", "first@x", "fourth@x", "second@x", "third@x")
    ]


def test_whether_a_commit_really_changed_a_work_is_asked_with_its_people(tmp_path: Path):
    run(tmp_path, "init", "-q", "-b", "main")
    for number, text in enumerate((TWO, TWO.replace("2017", "2018"), TWO)):
        (tmp_path / WORKS).write_text(text, encoding="utf-8")
        run(tmp_path, "add", "-A")
        run(tmp_path, "commit", "-qm", "works", who=f"demo-{number}@x")
    assert changes_of(tmp_path, "liu2017") == [("demo-0@x",), ("demo-1@x",), ("demo-2@x",)]
    found = changes_of(tmp_path, "liu2017", really=lambda _commit, people: "demo-1@x" not in people)
    assert found == [("demo-0@x",), ("demo-2@x",)]
