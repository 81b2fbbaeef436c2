"""Attacks on an emergency: what was taken down is to stay up, or to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releases import EDITOR, OTHER, REVIEWERS, Releases, head, release_site

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
    """A site with two approved articles."""
    made = release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")
    made.pending("withhold")
    made.site.article("second", body=OTHER, head=head("The second question?"))
    made.approved(*REVIEWERS, slug="second")
    return made


@pytest.fixture
def site(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "site")


def publish(site: Releases, live: Path, *arguments: str, code: int = 0) -> str:
    done = site.imprimatur("publish", "--to", str(live), *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def shown(site: Releases, live: Path) -> dict[str, str]:
    """Publish in an emergency, and say how each article stands for its readers."""
    publish(site, live, "--emergency")
    pages = {each.parent.name: each.read_text() for each in live.glob("articles/*/index.html")}
    return {
        slug: text.partition('data-standing="')[2].partition('"')[0] for slug, text in pages.items()
    }


def test_61_one_editor_alone_brings_nothing_back_by_the_next_emergency(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    assert shown(site, live) == {"contrast": "approved", "second": "withdrawn"}
    site.act("reinstate", EDITOR, "second")
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    assert shown(site, live) == {"contrast": "withdrawn", "second": "withdrawn"}
    done = site.imprimatur("verify", "--release", str(live))
    assert done.returncode == 0, done.stdout + done.stderr


def test_61_what_was_reinstated_and_approved_anew_stays(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.act("reinstate", EDITOR, "second")
    site.commit()
    site.approved(*REVIEWERS, slug="second")
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    assert shown(site, live) == {"contrast": "withdrawn", "second": "approved"}


def test_01_a_forged_act_says_nothing_in_the_notice_of_an_emergency(site, tmp_path):
    live = tmp_path / "live"
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    site.act("concern", EDITOR, "second", key=None, reason="The true dose is 50 mg.")
    site.act("concern", EDITOR, "second", key=None, site="elsewhere.example", reason="50 mg.")
    site.act("submit", "nobody-known", "second", printed_name="Take 50 mg", reason="Take 50 mg.")
    site.commit()
    assert shown(site, live)["second"] == "withdrawn"
    page = (live / "articles/second/index.html").read_text()
    assert "It may harm." in page
    assert "50 mg" not in page


def test_39_a_link_to_a_part_of_a_text_does_not_keep_that_text_up(site, tmp_path):
    live = tmp_path / "live"
    body = OTHER + "\n## The dose\n\nSome say more [@liu2017vertebral].\n"
    site.site.article("second", body=body, head=head("The second question?"))
    site.approved(*REVIEWERS, slug="second")
    body = OTHER + "\nSee [the dose](second.md#the-dose).\n"
    site.site.article("third", body=body, head=head("The third question?"))
    site.approved(*REVIEWERS, slug="third")
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    assert "leads nowhere" in publish(site, live, code=1)
    assert shown(site, live)["second"] == "withdrawn"


def test_39_a_link_to_what_goes_with_a_text_does_not_keep_it_up(site, tmp_path):
    live = tmp_path / "live"
    other = head("The second question?").replace("[radiology]", "[cardiology]")
    site.site.article("second", body=OTHER, head=other)
    site.approved(*REVIEWERS, slug="second")
    home = (site.root / "docs/index.md").read_text()
    site.site.write("docs/index.md", f"{home}\n[Hearts](topics/cardiology/index.md)\n")
    site.sign_site(EDITOR)
    site.commit()
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    assert shown(site, live)["second"] == "withdrawn"


def test_62_words_of_a_pending_text_that_a_list_says_anyway_keep_nothing_up(site, tmp_path):
    live = tmp_path / "live"
    words = ("1 article", "2 articles", "All topics", "Status", "Newer text under review")
    headings = "".join(f"\n## {each}\n\nText.\n" for each in words)
    site.site.article("pending", body=OTHER + headings, head=head("Who pends?"))
    site.commit()
    publish(site, live)
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    assert shown(site, live)["second"] == "withdrawn"
