"""Attacks by an edit behind a text that the gate refuses: the earlier one would be shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprimatur.errors import Outcome
from releases import OTHER, REVIEWERS, TEXT, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key

_SCRIPT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<script>alert(1)</script><rect width="9" height="9"/></svg>'
)


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    """A site that shows the last approved text of whatever is pending."""
    root = tmp_path_factory.mktemp("model") / "site"
    return release_site(make_site, keys, root, pending="last-approved")


@pytest.fixture
def site(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "site")


def approved(site: Releases, body: str, author: str = "") -> None:
    """Let two reviewers approve another article."""
    site.site.article("another", body=body, head=head("Another question?"))
    site.commit(author)
    site.approved(*REVIEWERS, slug="another")


def edited(site: Releases) -> None:
    """Edit that article, so that the approved text is no longer the present one."""
    site.site.article("another", body=OTHER, head=head("Another question?"))
    site.commit()


def assert_left_out(site: Releases, rule: str) -> None:
    made, verdict = site.planned()
    assert verdict.outcome is Outcome.GRANTED, verdict.findings
    assert [each.slug for each in made.printed] == ["contrast"]
    (withheld,) = made.withheld
    assert f"breaks the rule `{rule}`" in " ".join(withheld.waits_for)


def test_27_a_script_in_a_picture_of_an_earlier_text_reaches_nobody(site):
    site.site.write("docs/articles/dose.svg", _SCRIPT)
    approved(site, f"{TEXT}\n![A drawing](dose.svg)\n")
    (site.root / "docs/articles/dose.svg").unlink()
    edited(site)
    assert_left_out(site, "image-is-plain")


def test_32_hidden_signs_in_an_earlier_text_reach_nobody(site):
    approved(site, TEXT.replace("It helped", "It\u202e helped"))
    edited(site)
    assert_left_out(site, "text-is-visible")


def test_06_whoever_hides_behind_an_unknown_address_reviews_no_earlier_text_of_their_own(site):
    approved(site, TEXT, author="stranger@elsewhere.example")
    edited(site)
    assert_left_out(site, "author-is-known")


def test_06_an_unknown_author_of_a_newer_text_alone_takes_nothing_from_the_earlier_one(site):
    approved(site, TEXT)
    site.site.article("another", body=OTHER, head=head("Another question?"))
    site.commit("stranger@elsewhere.example")
    made, verdict = site.planned()
    assert verdict.outcome is Outcome.GRANTED, verdict.findings
    assert [(each.slug, each.entry.update) for each in made.printed] == [
        ("another", True),
        ("contrast", False),
    ]
