"""Acts that nothing proves, in a site whose board holds real keys: found, with what they lack."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.gate import Examination, Verdict, check

if TYPE_CHECKING:
    from collections.abc import Callable

REVIEW = "review-demo-one"


def examined(board: BoardSite) -> Verdict:
    """The verdict on all of it, a moment after the last commit."""
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    return check(Examination(board.repository(), now), publishing=False)


def broken(verdict: Verdict) -> list[tuple[str, str]]:
    """Each broken rule with the act or the person that its file is named for."""
    return [
        (each.rule, each.path.rpartition("/")[2].partition("Z-")[2].removesuffix(".yml"))
        for each in verdict.findings
        if each.path.startswith("editorial/records/")
    ]


@pytest.fixture
def made(site, keys) -> Callable[[str], BoardSite]:
    """Make a site with one reviewer, whose key is of some kind, and a text handed in."""

    def make(kind: str = "ed25519") -> BoardSite:
        board = BoardSite(site, partial(keys, kind=kind))
        board.appoint("demo-one")
        board.submit()
        board.commit()
        return board

    return make


def test_a_review_with_the_signature_of_its_reviewer_is_no_finding(made):
    board = made()
    board.act("review", "demo-one")
    board.commit()
    assert broken(examined(board)) == []


def test_a_review_without_a_signature_proves_nothing_and_is_found(made):
    board = made()
    board.act("review", "demo-one", key=None)
    board.commit()
    verdict = examined(board)
    assert broken(verdict) == [("act-is-genuine", REVIEW)]
    assert "it is not signed" in verdict.findings[0].message
    assert verdict.findings[0].cure.startswith("take it out again")


def test_a_review_signed_with_the_key_of_somebody_else_is_found(made):
    board = made()
    board.act("review", "demo-one", key="demo-two")
    board.commit()
    verdict = examined(board)
    assert broken(verdict) == [("act-is-genuine", REVIEW)]
    assert "a key that was not one of `demo-one`" in verdict.findings[0].message


def test_a_review_that_was_changed_after_it_was_signed_is_found(made):
    board = made()
    path = board.act("review", "demo-one")
    path.write_text(path.read_text().replace("I review this.", "I like this."))
    board.commit()
    verdict = examined(board)
    assert broken(verdict) == [("act-is-genuine", REVIEW)]
    assert "changed after it was signed" in verdict.findings[0].message


def test_what_only_looks_like_a_signature_is_found_and_does_not_pass_for_unexamined(made):
    board = made()
    path = board.act("review", "demo-one")
    path.with_name(f"{path.name}.sig").write_text("armour")
    board.commit()
    verdict = examined(board)
    assert broken(verdict) == [("act-is-genuine", REVIEW)]
    assert [each.rule for each in verdict.unchecked] == ["link-resolves"]


def test_a_signature_that_this_machine_cannot_examine_is_found_and_counted_as_unexamined(
    made, tmp_path, monkeypatch
):
    board = made("ecdsa")
    board.act("review", "demo-one")
    board.commit()
    assert broken(examined(board)) == []
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    verdict = examined(board)
    assert broken(verdict) == [("act-is-genuine", REVIEW)]
    assert [each.rule for each in verdict.unchecked] == ["act-is-genuine", "link-resolves"]
    assert "need ssh-keygen, which is not here" in verdict.unchecked[0].reason
    assert [each.cure for each in verdict.findings if each.rule == "act-is-genuine"] == [
        "leave it there, and ask again on a machine that can check it"
    ]
