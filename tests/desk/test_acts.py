"""Acts, written and signed by the command."""

from __future__ import annotations

import pytest

from boards import BoardSite


@pytest.fixture
def desk(site, keys):
    """A site with an editor-in-chief, an editor and three reviewers."""
    made = BoardSite(site, keys)
    made.appoint("chief", roles=["editor-in-chief"])
    made.appoint("editor", roles=["editor"])
    made.appoint("ana", "ben", "cleo")
    return made


def test_the_helper_itself_reaches_an_approval(desk):
    desk.approved("ana", "ben")
    found = desk.standing()
    assert (found.state, found.discounts) == ("approved", ())
