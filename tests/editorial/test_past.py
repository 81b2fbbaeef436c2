"""Earlier texts and works, as history holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial.past import Past
from imprimatur.editorial.places import BIBLIOGRAPHY

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from keys import Key

PATH = "docs/articles/contrast.md"
WORKS = ("park2019spinal", "liu2017vertebral")


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    return BoardSite(site, keys)


def past(board: BoardSite) -> Past:
    return Past(board.repository().trunk, BIBLIOGRAPHY)


def write(board: BoardSite, old: str, new: str) -> None:
    """Change words of the bibliography."""
    path = board.root / BIBLIOGRAPHY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_commit_changed_a_work_if_a_reader_sees_something_else_of_it(board: BoardSite):
    first = board.git("rev-list", "--max-parents=0", "HEAD").strip()
    write(board, "\n}\n", "\n}\n\n")
    blank = board.commit()
    write(board, "Sufficient?", "Insufficient?")
    words = board.commit()
    (board.root / BIBLIOGRAPHY).unlink()
    gone = board.commit()
    found = past(board)
    assert found.changed(gone, WORKS)
    assert found.changed(first, WORKS)
    assert not found.changed(blank, WORKS)
    assert found.changed(words, WORKS)
    assert found.changed(words, reversed(WORKS))
    assert not found.changed(words, WORKS[1:])
    assert not found.changed(words, ())


def test_a_merge_changed_a_work_only_where_no_parent_held_it_so(board: BoardSite):
    board.git("checkout", "-q", "-b", "side")
    write(board, "Sufficient?", "Insufficient?")
    board.commit()
    board.git("checkout", "-q", "main")
    write(board, "Accuracy", "Precision")
    board.commit()
    board.git("merge", "-q", "--no-ff", "--no-edit", "side")
    plain = board.git("rev-parse", "HEAD").strip()
    board.git("checkout", "-q", "-B", "again", "HEAD~1")
    board.git("merge", "-q", "--no-ff", "--no-commit", "side")
    write(board, "Detection", "Exclusion")
    typed = board.commit()
    found, all_works = past(board), (*WORKS, "harlianto2024spinal")
    assert not found.changed(plain, all_works)
    assert found.changed(typed, all_works)
    assert not found.changed(typed, ("park2019spinal", "harlianto2024spinal"))


def test_a_text_is_found_in_the_first_commit_that_holds_it_and_can_be_read(board: BoardSite):
    whole = (board.root / PATH).read_bytes()
    original = board.git("rev-parse", "HEAD").strip()
    board.site.write(PATH, "no head")
    broken = board.commit()
    (board.root / PATH).unlink()
    gone = board.commit()
    board.site.write(PATH, whole.replace(b"39%", b"93%"))
    other = board.commit()
    board.site.write(PATH, whole)
    again = board.commit()
    found, commits = past(board), (gone, broken, other, again, original)
    assert [each.commit for each in found.readable(PATH, commits)] == [other, again, original]
    text = found.find(PATH, board.repository().manifest("contrast").digest, commits)
    assert text is not None
    assert text.commit == again
    assert text.manuscript.path == PATH
    assert text.text == board.repository().subject("contrast").text
    assert found.find(PATH, f"sha256:{'0' * 64}", commits) is None
    assert found.find("docs/articles/none.md", text.manifest.digest, commits) is None
