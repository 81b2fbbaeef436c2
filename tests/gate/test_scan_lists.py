"""The lists of a built site say what this release says, in each letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from built import HOSTS, Built, built, release
from imprimatur.editorial import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from keys import Key

RULE = "page-says-what-its-source-says"
HOME = "index.html"
TOPIC = "topics/radiology/index.html"
ABOUT = "about/index.html"
LISTS = """\
# About

## Who

/// board
///

## How

/// policy
///

### Kinds

/// kinds
///
"""


@pytest.fixture(scope="module")
def models(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Built]:
    """A site with every list there is, as each host builds it."""
    repository = release(make_site, keys, tmp_path_factory.mktemp("repository") / "site")
    repository.site.write("docs/about/index.md", LISTS)
    repository.commit()
    plan, _ = repository.planned()
    return {host: built(plan, host, tmp_path_factory.mktemp(host)) for host in HOSTS}


@pytest.fixture(params=HOSTS)
def site(models: dict[str, Built], tmp_path: Path, request: pytest.FixtureRequest) -> Built:
    return models[request.param].copied_to(tmp_path / "site")


def test_the_lists_as_each_host_builds_them_are_those_of_the_release(site):
    assert site.found() == set()
    assert all(each in site.read(ABOUT) for each in ("imp-board", "imp-policy", "imp-kinds-all"))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (HOME, ">Approved</span>", ">Review due</span>"),
        (HOME, "imp-badge--approved", "imp-badge--submitted"),
        (HOME, "Status: ", "Status: not "),
        (HOME, "A demonstration.", "A demonstration of 50 mg."),
        (HOME, "Does contrast help", "Does contrast never help"),
        (HOME, 'href="articles/contrast/"', 'href="articles/strange/"'),
        (HOME, 'href="articles/contrast/"', 'href="https://elsewhere.example/"'),
        (HOME, "Reviewed <time", "Checked <time"),
        (HOME, 'class="imp-articles-title"', 'class="imp-articles-title" title="50 mg"'),
        (HOME, "</a><p", "</a><!-- 50 mg --><p"),
        (TOPIC, ">Radiology</a>", ">Cardiology</a>"),
        (TOPIC, '<ul class="imp-articles">', '<ul class="imp-articles"><li>One more.</li>'),
        ("topics/index.html", "2 articles", "3 articles"),
        (ABOUT, "Demonstration Demo Ana", "Demonstration Demo Ann"),
        (ABOUT, "reviewer", "chief reviewer"),
    ],
)
def test_a_letter_or_an_address_that_was_changed_in_a_list_is_found(site, path, old, new):
    site.change(path, old, new)
    assert (RULE, path) in site.found()


def test_a_date_that_was_changed_in_a_list_is_found(site):
    text = site.read(HOME)
    day = text.partition('Reviewed <time datetime="')[2][:10]
    site.write(HOME, text.replace(day, "2031-01-01"))
    assert (RULE, HOME) in site.found()


def test_a_list_says_what_the_plan_says_and_not_what_it_said_when_the_site_was_built(site):
    (first, *others) = (each for each in site.plan.printed if each.slug == "contrast")
    others = [each for each in site.plan.printed if each.slug != "contrast"]
    for changes in ({"state": State.REVIEW_DUE}, {"update": True}, {"summary": "Another."}):
        entry = replace(first.entry, **changes)
        printed = (replace(first, entry=entry), *others)
        later = replace(site, plan=replace(site.plan, printed=printed))
        assert (RULE, HOME) in later.found(), changes


def test_a_list_that_is_taken_out_or_put_in_is_found(site):
    text = site.read(ABOUT)
    site.write(ABOUT, text.replace('class="imp-board"', 'class="imp-bored"'))
    assert (RULE, ABOUT) in site.found()
    site.write(ABOUT, text.replace("</main>", '<p class="imp-list-empty">50 mg.</p></main>'))
    assert site.found() == {("frame-is-claimed", ABOUT)}
    home = site.read(HOME)
    start = home.index('<div class="imp-list"')
    whole = home[start : home.index("</ul></div>", start) + len("</ul></div>")]
    site.write(ABOUT, text)
    site.write(HOME, home.replace(whole, whole + whole))
    assert site.found() == {("frame-is-claimed", HOME)}


def test_the_list_of_another_page_in_place_of_its_own_is_found(site):
    text = site.read(TOPIC)
    site.write(TOPIC, text.replace('<a href="../../articles/', '<a href="../articles/'))
    assert (RULE, TOPIC) in site.found()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<div hidden>", "</div>"),
        ('<div class="md-overlay">', "</div>"),
        ('<div dir="rtl">', "</div>"),
        ("<details>", "</details>"),
        ("<dialog>", "</dialog>"),
    ],
)
def test_a_list_that_nobody_would_see_is_found(site, start, end):
    text = site.read(HOME)
    before, mark, behind = text.partition('<div class="imp-list"')
    inside, close, rest = behind.partition("</div>")
    site.write(HOME, f"{before}{start}{mark}{inside}{close}{end}{rest}")
    assert (RULE, HOME) in site.found()
