"""What only history tells of a standing: which title was approved, and what was changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from keys import Key

TITLE = "Does contrast help to find spinal metastases?"


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with three reviewers."""
    made = BoardSite(site, keys)
    made.appoint("demo-ana", "demo-ben", "demo-cai")
    return made


def test_a_text_that_was_never_approved_has_no_approved_title(board: BoardSite):
    board.submit()
    board.commit()
    found = board.standing()
    assert (found.approved_title, found.changed) == (None, ())


def test_an_approved_text_has_its_own_title_and_nothing_changed(board: BoardSite):
    board.approved("demo-ana", "demo-ben")
    found = board.standing()
    assert (found.state, found.approved_title, found.changed) == (State.APPROVED, TITLE, ())


def test_a_lapse_tells_the_title_that_was_approved_and_what_was_changed_since(board: BoardSite):
    board.approved("demo-ana", "demo-ben")
    board.edit("title: Does contrast", "title: Does no contrast")
    board.edit("39% to 53%", "93% to 95%")
    found = board.standing()
    assert (found.state, found.approved_title) == (State.LAPSED, TITLE)
    assert found.changed == ("front matter (title)", "body")


def test_a_notice_tells_the_title_that_was_approved_and_no_change(board: BoardSite):
    board.approved("demo-ana", "demo-ben")
    board.act("withdraw", "demo-cai")
    board.edit("title: Does contrast", "title: Does no contrast")
    board.commit()
    found = board.standing()
    assert (found.state, found.approved_title, found.changed) == (State.WITHDRAWN, TITLE, ())


def test_an_act_that_is_only_proposed_hides_no_text_of_history(board: BoardSite):
    board.approved("demo-ana", "demo-ben")
    board.act("review", "demo-cai", decision="abstain")
    board.edit("39% to 53%", "93% to 95%")
    found = board.standing()
    assert (found.state, found.approved_title, found.changed) == (State.LAPSED, TITLE, ("body",))


def test_a_small_edit_is_weighed_by_the_two_texts_that_history_holds(board: BoardSite):
    board.approved("demo-ana", "demo-ben")
    (before,) = {each.act.manuscript for each in board.acts()}
    board.edit("A pooled analysis", "One pooled analysis")
    board.edit("compared", "has compared")
    board.submit()
    board.commit()
    nothing = f"sha256:{'0' * 64}"
    board.act("review", "demo-ana", light={"since": before, "diff": nothing})
    board.commit()
    repository = board.repository()
    now = board.standing().since
    assert now
    (edit,) = repository.record("contrast", now).edits
    assert (edit.since, edit.is_light) == (before, False)
    assert edit.to == repository.manifest("contrast").digest
    assert edit.diff != nothing
