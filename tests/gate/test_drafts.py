"""What is found in a text or an image that nobody is shown refuses no release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import Outcome
from imprimatur.gate import Examination, check
from imprimatur.gate.planning import plan
from imprimatur.gate.release_check import check_release, together
from releases import OTHER, REVIEWERS, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate import Verdict
    from imprimatur.gate.plan import Plan
    from keys import Key

PLAIN: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>'
)
SCRIPTED: Final = PLAIN.replace("<rect", "<script>alert(1)</script><rect")
DRAWN: Final = OTHER + "\n![A drawing](dose.svg)\n"
HEAD: Final = head("The second question?")


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    return release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")


@pytest.fixture
def blocked(model: Releases, tmp_path: Path) -> Releases:
    return model.copied_to(tmp_path / "blocked")


@pytest.fixture(params=["withhold", "last-approved"])
def site(model: Releases, tmp_path: Path, request: pytest.FixtureRequest) -> Releases:
    made = model.copied_to(tmp_path / "site")
    made.pending(request.param)
    return made


def released(site: Releases) -> tuple[Plan, Verdict]:
    """What would be released of the present commit, and the verdict of every rule."""
    repository, now = Repository(site.root, cache=NO_CACHE, commit=site.tip), site.later
    made, verdict = plan(repository, now)
    return made, together(verdict, check_release(Examination(repository, now), made))


def rules(verdict: Verdict) -> set[str]:
    return {str(each.rule) for each in verdict.findings}


def told(site: Releases) -> set[str]:
    """The rules of which `imprimatur check` finds a breach."""
    return rules(check(Examination(site.repository(), site.later), publishing=False))


def second(body: str = OTHER, top: str = HEAD) -> bytes:
    return (top + body).encode()


@pytest.mark.parametrize(
    ("rule", "manuscript", "drawing"),
    [
        ("image-is-plain", second(DRAWN), SCRIPTED),
        ("file-is-claimed", b"---\nstatus: approved\n---\n![A drawing](dose.svg)\n", PLAIN),
        ("front-matter-is-valid", b"---\nstatus: approved\n---\nText\n", None),
        ("manuscript-is-readable", b"\xff\xfe", None),
        ("manuscript-is-readable", second("word " * 300_000), None),
        ("text-is-visible", second(OTHER.replace("low", "l\u202eow")), None),
        ("citation-resolves", second(OTHER.replace("liu2017vertebral", "nobody2091")), None),
        ("block-is-closed", second(OTHER + "\n/// safety\nText.\n"), None),
        ("front-matter-fits-policy", second(top=HEAD.replace("general", "odd")), None),
        ("evidence-is-searched-already", second(top=HEAD.replace("2025-02", "2095-02")), None),
        ("article-has-record", second(), None),
    ],
)
def test_what_is_amiss_in_a_draft_is_told_by_check_alone(site, rule, manuscript, drawing):
    site.site.write("docs/articles/second.md", manuscript)
    if drawing is not None:
        site.site.write("docs/articles/dose.svg", drawing)
    site.commit()
    made, verdict = released(site)
    assert verdict.outcome is Outcome.GRANTED, verdict.findings
    assert [each.slug for each in made.printed] == ["contrast"]
    assert rule in told(site)


def test_a_newer_picture_is_asked_nothing_while_the_approved_one_is_shown(site):
    site.site.write("docs/articles/dose.svg", PLAIN)
    site.site.write("docs/articles/second.md", second(DRAWN))
    site.approved(*REVIEWERS, slug="second")
    site.site.write("docs/articles/dose.svg", SCRIPTED)
    site.commit()
    made, verdict = released(site)
    assert verdict.outcome is Outcome.GRANTED, verdict.findings
    assert "script" not in str([each.images for each in made.printed])
    assert "image-is-plain" in told(site)


def test_a_picture_that_readers_are_shown_is_asked_everything(site):
    site.site.write("docs/articles/dose.svg", SCRIPTED)
    site.site.write("docs/articles/second.md", second(DRAWN))
    site.approved(*REVIEWERS, slug="second")
    assert rules(released(site)[1]) == {"image-is-plain"}


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("docs/articles/notes.md.bak", "file-is-claimed"),
        ("docs/drawing.svg", "file-is-claimed"),
        ("docs/articles/Dose table.svg", "file-name-is-plain"),
        ("docs/articles/aux.svg", "path-fits-every-system"),
    ],
)
def test_what_concerns_the_whole_repository_refuses_beside_a_draft_as_well(site, path, rule):
    site.site.write("docs/articles/second.md", b"---\nstatus: approved\n---\nText\n")
    site.site.write(path, PLAIN)
    site.commit()
    assert rule in rules(released(site)[1])


def test_a_link_in_place_of_a_draft_s_picture_refuses(site):
    (site.root / "docs/articles/dose.svg").symlink_to("/etc/passwd")
    site.site.write("docs/articles/second.md", second(DRAWN))
    site.commit()
    assert rules(released(site)[1]) == {"file-name-is-plain"}


def test_a_picture_that_nothing_claims_refuses_where_nothing_is_pending(site):
    site.site.write("docs/articles/dose.svg", PLAIN)
    site.commit()
    assert rules(released(site)[1]) == {"file-is-claimed"}


def test_a_draft_refuses_all_where_the_policy_lets_it_block(blocked):
    blocked.site.write("docs/articles/second.md", b"---\nstatus: approved\n---\nText\n")
    blocked.site.write("docs/articles/dose.svg", PLAIN)
    blocked.commit()
    found = rules(released(blocked)[1])
    assert {"article-is-approved", "file-is-claimed", "front-matter-is-valid"} <= found
