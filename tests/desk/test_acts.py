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


def sign(desk, act, by, *options):
    """Sign as a script does: every answer by an option, and the key in a file."""
    key = str(desk.keys(by).path)
    return desk.site.imprimatur(act, "contrast", "--by", by, "--key", key, "--yes", *options)


def written(desk):
    """The files of the record."""
    return sorted(each.name for each in (desk.root / "editorial/records/contrast").iterdir())


def test_the_helper_itself_reaches_an_approval(desk):
    desk.approved("ana", "ben")
    found = desk.standing()
    assert (found.state, found.discounts) == ("approved", ())


def test_two_reviewers_sign_and_the_article_is_approved_once_merged(desk):
    desk.submit()
    desk.commit()
    for name in ("ana", "ben"):
        done = sign(desk, "review", name, "--approve", "--conflict", "none", "--checked", "all")
        assert done.returncode == 0, done.stderr
        desk.commit()
    assert "It would be approved once this is merged" in done.stdout
    found = desk.standing()
    assert (found.state, found.discounts) == ("approved", ())
    assert len(written(desk)) == 5
