"""What is remembered of a standing is what would be derived, until a byte or the day changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from conftest import BODY
from imprimatur.editorial import Repository, State, Successor, derivation
from imprimatur.editorial.cache import NO_CACHE, Cache
from imprimatur.strict.spread import spread
from pictures import BLUE, RED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.editorial import Standing
    from keys import Key

SLUG = "contrast"


class Desk:
    """A site, and one cache for all who ask how its article stands."""

    def __init__(self, board: BoardSite, cache: Cache) -> None:
        self.board, self.cache = board, cache
        self.now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=5)

    def standing(self, now: datetime | None = None) -> Standing:
        """How it stands, by a repository that may remember; the same as by one that may not."""
        when = now or self.now
        found, anew = (
            Repository(self.board.root, cache=cache).derived([SLUG], when)[SLUG]
            for cache in (self.cache, NO_CACHE)
        )
        assert found == anew
        assert found.standing == self.board.standing(SLUG, when)
        return found.standing


@pytest.fixture
def desk(site: Site, keys: Callable[..., Key], tmp_path: Path) -> Desk:
    """An approved article, and what is remembered of it."""
    board = BoardSite(site, keys)
    board.appoint("ana", "ben", "cai")
    board.approved("ana", "ben")
    made = Desk(board, Cache(file=tmp_path / "cache/cache.sqlite3"))
    assert made.standing().state is State.APPROVED
    return made


def underived(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles whose standing is derived from here on."""
    asked: list[str] = []
    derive = derivation._derive  # noqa: SLF001 - what it costs is that it is asked

    def count(repository: Repository, slug: str, now: datetime) -> Standing:
        asked.append(slug)
        return derive(repository, slug, now)

    monkeypatch.setattr(derivation, "_derive", count)
    return asked


def ask(desk: Desk, now: datetime | None = None) -> Standing:
    return Repository(desk.board.root, cache=desk.cache).standing(SLUG, now or desk.now)


def test_the_second_to_ask_derives_nothing_and_is_told_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    first = desk.standing()
    asked = underived(monkeypatch)
    assert ask(desk) == first
    assert asked == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda board: board.edit("39%", "93%"), id="a digit of the text"),
        pytest.param(lambda board: board.site.write("bibliography.bib", ""), id="its works"),
    ],
)
def test_a_changed_byte_ends_it_before_anything_is_committed(desk: Desk, change):
    change(desk.board)
    assert desk.standing().state is State.LAPSED


def test_an_act_that_arrives_ends_it(desk: Desk):
    desk.board.act("withdraw", "cai")
    assert desk.standing().state is State.WITHDRAWN
    desk.board.commit()
    assert desk.standing().state is State.WITHDRAWN


def test_somebody_who_leaves_the_board_ends_it(desk: Desk):
    (key,) = desk.board.member("ana")["keys"]
    desk.board.appoint("ana", keys=[key | {"revoked_from": "2020-01-02"}])
    assert desk.standing().state is not State.APPROVED


def test_time_ends_it(desk: Desk):
    for months, state in ((35, State.APPROVED), (37, State.REVIEW_DUE), (40, State.EXPIRED)):
        later = desk.now + timedelta(days=months * 30.5)
        assert desk.standing(later).state is state
        assert desk.standing(later).state is state


def test_what_is_remembered_says_nothing_of_an_earlier_instant(desk: Desk):
    assert desk.standing(desk.now - timedelta(days=1)).state is not State.APPROVED
    morning = desk.now.replace(hour=0, minute=0, second=0)
    desk.standing(morning)


def test_a_proposal_is_never_remembered(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.board.edit("39%", "40%")
    desk.board.submit()
    desk.board.git("switch", "-qc", "proposal")
    desk.board.commit()
    desk.standing()
    asked = underived(monkeypatch)
    ask(desk)
    assert asked == [SLUG]


def test_many_things_are_worked_on_by_processes_and_stay_in_order():
    numbers = list(range(1000))
    assert spread(lambda each: each * each, numbers, least=10) == [each**2 for each in numbers]
    assert spread(lambda each: each * each, numbers[:5], least=10) == [0, 1, 4, 9, 16]


def test_what_goes_wrong_in_a_process_is_told():
    with pytest.raises(ZeroDivisionError):
        spread(lambda each: 1 // (each - 500), list(range(1000)), least=10)


def test_a_successor_is_asked_for_anew_since_its_own_text_may_have_changed(desk: Desk):
    desk.board.appoint("demo-editor", roles=["editor"])
    desk.board.site.article("again")
    desk.board.commit()
    desk.board.approved("ana", "ben", slug="again")
    desk.board.act("supersede", "demo-editor", successor="again")
    desk.board.commit()
    found = desk.standing()
    assert found.state is State.SUPERSEDED
    title = "Does contrast help to find spinal metastases?"
    assert found.successor == Successor(slug="again", title=title)
    desk.board.edit("39%", "93%", slug="again")
    assert desk.standing().successor is None


def test_another_image_ends_it_before_it_is_committed(desk: Desk):
    desk.board.site.write("docs/articles/dose.png", RED)
    desk.board.site.article(body=f"{BODY}\n![The dose by weight](dose.png)\n")
    desk.board.commit()
    desk.board.approved("ana", "ben")
    assert desk.standing().state is State.APPROVED
    desk.board.site.write("docs/articles/dose.png", BLUE)
    assert desk.standing().state is State.LAPSED
    (desk.board.root / "docs/articles/dose.png").unlink()
    assert desk.standing().state is State.LAPSED


def test_what_was_asked_while_the_clock_was_behind_is_not_remembered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    desk.board.commit(date=desk.now + timedelta(days=1))
    ask(desk)
    asked = underived(monkeypatch)
    ask(desk)
    assert asked == [SLUG]
    later = desk.now + timedelta(days=1)
    ask(desk, later)
    assert asked == [SLUG] * 2
    ask(desk, later)
    assert asked == [SLUG] * 2


def test_what_this_machine_could_not_check_is_not_remembered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    curve = {"public": desk.board.keys("cai", "ecdsa").public, "valid_from": "2020-01-01"}
    desk.board.appoint("cai", keys=[curve])
    path = desk.board.act("withdraw", "cai", key=None)
    armoured = desk.board.keys("cai", "ecdsa").sign(path.read_bytes())
    path.with_name(f"{path.name}.sig").write_bytes(armoured)
    desk.board.commit()
    program = tmp_path / "bin" / "ssh-keygen"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    program.chmod(0o700)
    with monkeypatch.context() as poorer:
        poorer.setenv("PATH", str(program.parent), prepend=":")
        assert ask(desk).state is State.APPROVED
    assert desk.standing().state is State.WITHDRAWN
