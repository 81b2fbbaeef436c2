"""Which edition of the board is in force, in a site with real history."""

from __future__ import annotations

import pytest

from boards import BoardSite
from imprimatur.editorial.editions import version_of


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


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (b"version: 7\npeople: []\n", 7),
        (b"# The board\nversion:   12   # since spring\r\npeople: []\n", 12),
        (b"version:3", 3),
        (b"people: []\n", None),
        (b"  version: 7\n", None),
        (b"version: 7a\n", None),
        (b"version: 1234567890\n", None),
        (b"version:\n7\n", None),
        (b"", None),
    ],
)
def test_the_version_is_read_from_a_file_that_nobody_can_read_otherwise(text, version):
    assert version_of(text) == version


def test_nothing_outside_the_site_is_looked_for_in_a_commit(made):
    trunk = made.repository().trunk
    assert trunk.blob("HEAD", "editorial/board.yml")
    for path in ("../editorial/board.yml", "/editorial/board.yml", "editorial", "none.yml"):
        assert trunk.blob("HEAD", path) == ""
        assert trunk.file("HEAD", path) is None
