"""How an article stands, with what it is the standing of and what stands in its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from conftest import BODY
from imprimatur.editorial import Signature, State, Successor
from imprimatur.manuscript import image_digest
from pictures import RED

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site
    from imprimatur.editorial import Derived
    from keys import Key

TITLE = "Does contrast help to find spinal metastases?"


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site with two reviewers and an editor."""
    made = BoardSite(site, keys)
    made.appoint("demo-ana", "demo-ben")
    made.appoint("demo-editor", roles=["editor"])
    return made


def derived(board: BoardSite, *slugs: str) -> dict[str, Derived]:
    later = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    return board.repository().derived(slugs, later)


def test_a_notice_leads_to_a_successor_only_while_that_is_approved_itself(board: BoardSite):
    board.submit()
    board.act("supersede", "demo-editor", successor="again")
    board.commit()
    found = board.standing()
    assert (found.state, found.successor) == (State.SUPERSEDED, None)
    board.site.write("docs/articles/again.md", "no head")
    board.commit()
    assert board.standing().successor is None
    board.site.article("again")
    board.commit()
    board.submit("again")
    board.commit()
    assert board.standing().successor is None
    board.approve("demo-ana", "demo-ben", slug="again")
    assert board.standing().successor == Successor(slug="again", title=TITLE)


@pytest.mark.parametrize(
    ("path", "lacking"),
    [
        ("docs/articles/contrast.md", "manuscript"),
        ("editorial/policy.yml", "policy"),
        ("editorial/board.yml", "board"),
    ],
)
def test_what_cannot_be_read_is_waited_for(board: BoardSite, path: str, lacking: str):
    board.approved("demo-ana", "demo-ben")
    board.site.write(path, "version: [\n")
    board.commit()
    found = board.standing()
    assert (found.state, found.waits_for) == (State.DRAFT, (f"a readable {lacking}",))


def test_a_standing_is_told_with_the_text_the_acts_and_the_images_it_rests_on(board: BoardSite):
    board.site.write("docs/articles/dose.png", RED)
    board.site.article(body=f"{BODY}\n![The dose by weight](dose.png)\n")
    board.site.write("docs/articles/broken.md", "no head")
    board.commit()
    board.approved("demo-ana", "demo-ben")
    found = derived(board, "contrast", "broken", "contrast")
    assert list(found) == ["contrast", "broken"]
    contrast, broken = found.values()
    assert contrast.standing == board.standing()
    assert contrast.manifest == board.repository().manifest("contrast").digest
    assert contrast.acts == tuple(sorted(each.path for each in board.acts()))
    path = "docs/articles/dose.png"
    assert contrast.images == {path: image_digest(path, RED)}
    assert (broken.manifest, broken.acts, broken.images) == (None, (), {})
    assert derived(board) == {}


@pytest.mark.parametrize(
    ("armoured", "signature", "is_certain"),
    [(None, Signature.ABSENT, True), (b"junk", Signature.INVALID, False)],
)
def test_a_standing_is_certain_while_each_signature_is_whole_or_absent(
    board: BoardSite, armoured: bytes | None, signature: Signature, *, is_certain: bool
):
    path = board.act("review", "demo-ana", key=None)
    if armoured:
        path.with_name(f"{path.name}.sig").write_bytes(armoured)
    board.commit()
    (act,) = board.acts()
    assert act.signature is signature
    assert derived(board, "contrast")["contrast"].is_certain is is_certain
