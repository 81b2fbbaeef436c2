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


def arrivals(made: BoardSite, path: str = "editorial/board.yml") -> list[int]:
    """When each edition of a file came to the protected branch."""
    return [each.order for each in made.repository().trunk.editorial if each.path == path]


def test_an_act_is_judged_by_the_board_that_had_come_before_it(made):
    made.appoint("demo-two")
    editions, (*_, first, second) = made.repository().dossiers.editions, arrivals(made)

    def then(order: int) -> list[str]:
        return [each.id for each in editions.board_before(order).people]

    assert then(0) == []
    assert then(first) == []
    assert then(first + 1) == then(second) == ["demo-one"]
    assert then(second + 1) == ["demo-one", "demo-two"]
    assert [len(each.people) for each in editions.boards] == [0, 1, 2]


def test_while_nobody_can_read_the_board_it_goes_on_for_acts_and_nothing_is_in_force(made):
    made.site.write("editorial/board.yml", "version: [\n")
    made.commit()
    editions = made.repository().dossiers.editions
    assert editions.board is None
    assert [each.id for each in editions.boards[-1].people] == ["demo-one"]
    assert [each.id for each in editions.board_before(10**6).people] == ["demo-one"]


def test_a_policy_that_was_in_force_comes_back_and_an_older_one_does_not(made):
    path = made.root / "editorial/policy.yml"
    second = path.read_text(encoding="utf-8")

    def in_force() -> int | None:
        policy = made.repository().law[0]
        return policy.version if policy else None

    assert in_force() == 2
    made.policy(second.replace("version: 2", "version: 3"))
    assert in_force() == 3
    made.policy(second)
    assert in_force() == 3
    made.policy("version: [\n")
    assert in_force() is None
    made.policy(second)
    assert in_force() is None
    made.policy(second.replace("version: 2", "version: 3"))
    assert in_force() == 3


def test_the_highest_version_before_the_present_one_is_known(made):
    path, place = "editorial/board.yml", made.root / "editorial/board.yml"

    def before() -> int | None:
        return made.repository().dossiers.editions.version_before(path, place.read_bytes())

    assert (made.version, before()) == (2, 1)
    made.version = 6
    made.appoint("demo-two")
    made.version = 3
    made.appoint("demo-three")
    assert before() == 7
    made.commit()
    made.site.write(path, "people: []\n")
    made.commit()
    made.write_board()
    assert before() == 7
    place.unlink()
    made.commit()
    made.write_board()
    assert before() == 7
    editions = made.repository().dossiers.editions
    assert editions.version_before("editorial/none.yml", b"") is None
