"""What a text held when it was handed in: the commits that lie behind its submission."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from keys import Key


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    return BoardSite(site, keys)


def write(board: BoardSite, words: str) -> str:
    """Change the text, and commit that."""
    board.edit("A pooled analysis", f"A pooled analysis {words}")
    return board.commit()


def held(board: BoardSite) -> list[frozenset[str]]:
    """The commits behind each submission, without the first one of the site."""
    later = datetime.now(tz=UTC) + timedelta(seconds=2)
    record, first = board.repository().record("contrast", later), record_start(board)
    found = (each.landing for each in record.acts if each.landing)
    return [each.holds - {first} for each in found]


def record_start(board: BoardSite) -> str:
    return board.git("rev-list", "--max-parents=0", "HEAD").strip()


def test_a_submission_holds_what_was_changed_before_it_and_with_it(board: BoardSite):
    before = write(board, "before")
    board.submit()
    along = write(board, "with it")
    write(board, "behind it")
    assert held(board) == [{before, along}]


def test_a_submission_that_is_not_committed_holds_nothing_that_is_known(board: BoardSite):
    write(board, "before")
    board.submit()
    assert held(board) == [frozenset()]


def test_what_came_beside_a_submission_is_not_behind_it(board: BoardSite):
    before = write(board, "before")
    board.git("checkout", "-q", "-b", "proposal")
    board.edit("criteria concern", "criteria mostly concern")
    own = board.commit()
    board.submit()
    board.commit()
    board.edit("low back pain", "pain of the low back")
    behind = board.commit()
    board.git("checkout", "-q", "main")
    beside = write(board, "beside")
    board.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    assert held(board) == [{before, own}]
    # As the merge left the text, neither side held it.
    merge = board.git("rev-parse", "HEAD").strip()
    board.submit()
    board.commit()
    assert held(board)[1] == {before, own, behind, beside, merge}


def test_a_branch_of_many_small_merges_is_gone_through_once(board: BoardSite):
    """Each merge doubles the ways back to its beginning."""
    before = write(board, "before")
    tip = before

    def child(*parents: str) -> str:
        named = [part for each in parents for part in ("-p", each)]
        return board.git("commit-tree", f"{before}^{{tree}}", "-m", "Demonstration", *named).strip()

    for _ in range(40):
        tip = child(child(tip), child(tip, before))
    board.git("checkout", "-q", "-b", "proposal", tip)
    board.submit()
    board.commit()
    board.git("checkout", "-q", "main")
    write(board, "beside")
    board.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    assert held(board) == [{before}]


def test_a_submission_that_was_made_on_two_branches_holds_what_lay_behind_it_on_both(
    board: BoardSite,
):
    both = write(board, "before")
    board.git("checkout", "-q", "-b", "one")
    write(board, "on one")
    path = board.submit()
    data = path.read_bytes()
    board.commit()
    board.git("checkout", "-q", "-b", "two", "main")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    board.commit()
    board.git("checkout", "-q", "main")
    for name in ("one", "two"):
        board.git("merge", "-q", "--no-ff", "--no-edit", name)
    assert held(board) == [{both}]


def test_what_a_merge_brought_lies_behind_a_branch_that_begins_with_it(board: BoardSite):
    board.git("checkout", "-q", "-b", "proposal")
    brought = write(board, "on a branch")
    board.git("checkout", "-q", "main")
    board.commit()
    board.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    board.git("checkout", "-q", "-b", "next")
    board.submit()
    board.commit()
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--no-ff", "--no-edit", "next")
    assert held(board) == [{brought}]
