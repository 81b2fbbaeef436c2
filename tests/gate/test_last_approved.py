"""The text that was approved last is shown while nobody can read the newer one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository, State
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import Outcome
from imprimatur.gate.planning import plan
from releases import EDITOR, OTHER, REVIEWERS, TEXT, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    root = tmp_path_factory.mktemp("model") / "site"
    return release_site(make_site, keys, root, pending="last-approved")


@pytest.fixture
def site(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "site")


MANUSCRIPT = "docs/articles/contrast.md"
UNREADABLE = {
    "no front matter": b"Take 50 mg.\n",
    "broken YAML": b"---\ntitle: [Take 50 mg\n---\nText\n",
    "a key of its own": b"---\nstatus: approved\n---\nTake 50 mg.\n",
    "no UTF-8": b"---\ntitle: \xff\xfe\n---\n",
    "too large": b"---\ntitle: Large\n---\n" + b"word " * 300_000,
    "half a merge": b"<<<<<<< ours\n---\ntitle: Take 50 mg\n---\n=======\n>>>>>>> theirs\n",
    "nothing at all": b"",
}


def broken(site: Releases, data: bytes = UNREADABLE["broken YAML"]) -> None:
    """The manuscript of the approved article becomes one that nobody can read."""
    site.site.write(MANUSCRIPT, data)
    site.commit()


def withdrawn(site: Releases) -> None:
    """A reviewer withdraws the article by the command, though nobody can read its text."""
    arguments = ["--by", REVIEWERS[0], "--key", str(site.keys(REVIEWERS[0]).path), "--yes"]
    done = site.imprimatur("withdraw", "contrast", *arguments, "--reason", "It may harm.")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "`contrast` is withdrawn." in done.stdout
    site.commit()


def states(site: Releases) -> list[tuple[str, State, bool]]:
    return [(each.slug, each.entry.state, each.entry.update) for each in site.planned()[0].printed]


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_the_approved_text_stays_while_nobody_can_read_the_newer_one(site, data):
    approved = (site.root / MANUSCRIPT).read_bytes()
    digest = site.repository().manifest("contrast").digest
    broken(site, data)
    made, verdict = site.planned()
    (shown,) = made.printed
    assert verdict.outcome is Outcome.GRANTED, verdict.findings
    assert (shown.source, shown.digest) == (approved, digest)
    assert "39% to 53%" in shown.html
    assert 'data-update="under-review"' in shown.html
    assert "A newer text is being written or under review, and is not approved." in shown.html
    (waiting,) = made.withheld
    assert waiting.source == data
    assert waiting.waits_for == ("a readable manuscript",)


def test_readers_get_its_page_and_no_word_of_what_nobody_can_read(site, tmp_path):
    live = tmp_path / "live"
    broken(site, b"---\ntitle: Take 50 mg of canaries\nsummary: [\n---\nText\n")
    done = site.imprimatur("publish", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "A newer text is left out: contrast waits for a readable manuscript." in done.stdout
    page = (live / "articles/contrast/index.html").read_text()
    assert "39% to 53%" in page
    assert "A newer text is being written or under review, and is not approved." in page
    for file in live.resolve().rglob("*"):
        assert not file.is_file() or b"canaries" not in file.read_bytes()
    done = site.imprimatur("verify", "--release", str(live))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_newer_text_that_was_pending_when_it_broke_is_not_taken_for_the_approved_one(site):
    site.edit("39% to 53%", "93%")
    site.submit()
    site.commit()
    broken(site)
    (shown,) = site.planned()[0].printed
    assert "39% to 53%" in shown.html
    assert "93%" not in shown.html


def test_of_two_approved_texts_the_later_one_is_shown(site):
    site.edit("39% to 53%", "40% to 50%")
    site.approved(*REVIEWERS)
    broken(site)
    assert "40% to 50%" in site.planned()[0].printed[0].html


def test_a_later_approval_that_no_longer_counts_brings_no_earlier_text_back(site):
    site.appoint("demo-cai")
    site.edit("39% to 53%", "40% to 50%")
    site.approved(REVIEWERS[0], "demo-cai")
    broken(site)
    site.appoint("demo-cai", revoked_from="2020-01-01T00:00:00Z")
    assert states(site) == []


def test_a_text_that_was_never_approved_is_not_shown_because_it_broke(site):
    site.site.article("second", body=OTHER, head=head("Never approved"))
    site.submit("second")
    site.commit()
    site.site.write("docs/articles/second.md", UNREADABLE["broken YAML"])
    site.commit()
    assert states(site) == [("contrast", State.APPROVED, False)]


def test_a_withdrawal_takes_down_the_text_although_nobody_can_read_the_newer_one(site):
    site.act("withdraw", REVIEWERS[0], reason="It may harm.")
    broken(site)
    (notice,) = site.planned()[0].printed
    assert notice.entry.state is State.WITHDRAWN
    assert "It may harm." in notice.html
    assert "39%" not in notice.html
    assert notice.title == "Does contrast help to find spinal metastases?"


def test_to_reinstate_puts_nothing_up_while_nobody_can_read_the_text(site):
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    site.act("reinstate", EDITOR)
    broken(site)
    assert states(site) == []


def test_an_objection_to_the_approved_text_counts_although_the_newer_one_broke(site):
    site.act("review", REVIEWERS[0], decision="reject", reason="It is wrong.")
    broken(site)
    assert states(site) == []


def test_a_notice_leads_only_to_a_successor_that_is_approved_itself(site):
    site.site.article("second", body=OTHER, head=head("What comes after?"))
    site.submit("second")
    site.commit()
    site.act("supersede", EDITOR, successor="second")
    broken(site)
    assert states(site) == [("contrast", State.SUPERSEDED, False)]
    assert "What comes after?" not in site.planned()[0].printed[0].html
    site.approve(*REVIEWERS, slug="second")
    notice = site.planned()[0].printed[0]
    assert '<a href="../second/">What comes after?</a>' in notice.html


def test_age_ends_the_approval_of_a_text_whose_newer_one_broke(site):
    broken(site)
    repository = Repository(site.root, cache=NO_CACHE, commit=site.tip)
    gone, _ = plan(repository, site.later + timedelta(days=4 * 366))
    assert [each.entry.state for each in gone.printed] == [State.EXPIRED]


def test_an_approval_that_came_by_a_merge_is_found_though_the_text_broke_on_its_way(site):
    site.git("switch", "-qc", "proposal")
    site.site.article("second", body=TEXT, head=head("From a branch?"))
    site.submit("second")
    site.commit()
    site.approve(*REVIEWERS, slug="second")
    site.site.write("docs/articles/second.md", UNREADABLE["half a merge"])
    site.commit()
    site.git("switch", "-q", "main")
    site.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    assert ("second", State.APPROVED, True) in states(site)


def test_an_emergency_takes_down_the_earlier_text_of_one_that_nobody_can_read(site, tmp_path):
    live = tmp_path / "live"
    site.site.article("second", body=OTHER, head=head("The second question?"))
    site.approved(*REVIEWERS, slug="second")
    broken(site)
    done = site.imprimatur("publish", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    withdrawn(site)
    done = site.imprimatur("publish", "--emergency", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    page = (live / "articles/contrast/index.html").read_text()
    assert 'data-standing="withdrawn"' in page
    assert "39% to 53%" not in page
    assert 'data-standing="approved"' in (live / "articles/second/index.html").read_text()


def test_a_text_that_broke_behind_the_last_release_is_taken_down_in_an_emergency(site, tmp_path):
    live = tmp_path / "live"
    done = site.imprimatur("publish", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    broken(site)
    withdrawn(site)
    done = site.imprimatur("publish", "--emergency", "--to", str(live))
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'data-standing="withdrawn"' in (live / "articles/contrast/index.html").read_text()


def test_where_pending_texts_are_withheld_nothing_is_shown_of_an_unreadable_one(site):
    site.pending("withhold", version=4)
    broken(site)
    assert states(site) == []
