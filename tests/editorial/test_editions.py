"""Which edition of the board is in force, in a site with real history."""

from __future__ import annotations

import pytest

from boards import BoardSite


@pytest.fixture
def made(site, keys) -> BoardSite:
    """A site with one member."""
    board = BoardSite(site, keys)
    board.appoint("demo-one")
    return board


def in_force(made: BoardSite) -> list[str]:
    """Who is on the board."""
    board = made.repository().law[1]
    return [each.id for each in board.people] if board else []


def test_a_board_that_was_changed_under_its_old_version_is_not_in_force(made):
    made.version -= 1
    made.appoint("demo-two")
    assert in_force(made) == ["demo-one"]
    made.appoint("demo-three")
    assert in_force(made) == ["demo-one", "demo-two", "demo-three"]


def test_a_board_that_was_deleted_comes_back_as_it_was(made):
    path = made.root / "editorial/board.yml"
    before = path.read_bytes()
    path.unlink()
    made.commit()
    assert in_force(made) == []
    path.write_bytes(before)
    made.commit()
    assert in_force(made) == ["demo-one"]
