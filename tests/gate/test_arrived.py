"""The acts of the protected branch as they came to it, without a look at its last commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial.git import blob_name
from imprimatur.errors import CannotExamineError
from imprimatur.gate.arrived import Arrived, arrived

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key

NOTES = "editorial/records/contrast/notes.txt"


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with a reviewer and an article that was handed in."""
    made = BoardSite(site, keys)
    made.appoint("ana")
    made.submit()
    made.commit()
    return made


def files(board: BoardSite) -> Arrived:
    return Arrived(board.repository().trunk)


def place(board: BoardSite, path: Path) -> str:
    """A file's path from the root of the site."""
    return path.relative_to(board.root).as_posix()


def test_whatever_became_of_an_act_it_is_known_as_it_came_and_so_never_rewritten(
    board: BoardSite,
):
    review = board.act("review", "ana")
    board.commit()
    before = board.repository()
    review.write_text(review.read_text(encoding="utf-8").replace("approve", "reject"))
    board.commit()
    review.with_name(f"{review.name}.sig").unlink()
    board.commit()
    after = board.repository()
    assert after.ledger.rewritten == (place(board, review), f"{place(board, review)}.sig")
    ledger, dossiers = arrived(after)
    assert ledger.rewritten == ()
    assert ledger.acts("contrast") == before.records("contrast")
    assert ledger.paths == before.record_paths
    assert dossiers.lost.astray == ()


def test_only_files_of_the_records_are_known_each_as_it_first_came(board: BoardSite):
    for text in ("first", "second"):
        board.site.write(NOTES, text)
        board.site.write("editorial/records-of-old/notes.txt", text)
        board.commit()
    (act,) = (each.path for each in board.acts())
    found = files(board)
    assert found.read(NOTES) == b"first"
    assert found.read(act) == (board.root / act).read_bytes()
    assert found.read("editorial/board.yml") is None
    assert found.read("editorial/records/contrast/nothing.txt") is None
    assert list(found.under("editorial/records")) == [act, NOTES]
    assert list(found.under("editorial/records/contrast")) == [act, NOTES]
    assert list(found.under("editorial/records/con")) == []
    assert list(found.under("editorial/records-of-old")) == []


def test_a_file_holds_the_bytes_that_it_came_with_and_no_others(board: BoardSite):
    board.site.write(NOTES, "first")
    board.commit()
    found, like = files(board), board.git("rev-parse", f"HEAD:{NOTES}").strip()
    first, other = blob_name(b"first", like), blob_name(b"other", like)
    assert first == like
    assert found.holds(NOTES, first)
    assert found.holds(NOTES, first, b"first")
    assert not found.holds(NOTES, other)
    assert not found.holds("editorial/records/contrast/nothing.txt", first)


def test_a_link_in_the_place_of_an_act_never_came(board: BoardSite):
    (board.root / NOTES).symlink_to("../../board.yml")
    board.commit()
    assert files(board).read(NOTES) is None
    (board.root / NOTES).unlink()
    board.site.write(NOTES, "a file at last")
    board.commit()
    found = files(board)
    assert found.read(NOTES) == b"a file at last"
    assert found.is_link(NOTES) is False


@pytest.mark.parametrize(("size", "is_read"), [(1_000_000, True), (1_000_001, False)])
def test_a_file_larger_than_any_act_says_nothing_and_is_not_read_elsewhere(
    board: BoardSite, size: int, *, is_read: bool
):
    data = b"x" * size
    board.site.write(NOTES, data)
    board.commit()
    (act,) = (each.path for each in board.acts())
    found = files(board)
    assert found.read(NOTES) == (data if is_read else None)
    ledger, _ = arrived(board.repository())
    assert ledger.sources("contrast")[NOTES] == (data if is_read else None)
    assert found.read(act) == (board.root / act).read_bytes()


def test_an_act_that_the_clone_lacks_is_told_and_not_passed_over(board: BoardSite):
    board.site.write(NOTES, "first")
    board.commit()
    blob = board.git("rev-parse", f"HEAD:{NOTES}").strip()
    found = files(board)
    (board.root / f".git/objects/{blob[:2]}/{blob[2:]}").unlink()
    with pytest.raises(CannotExamineError, match=rf"holds it damaged \({blob[:12]}\)"):
        found.read(NOTES)
    # So that the second reading of the site finds it whole.
    board.git("hash-object", "-w", NOTES)
