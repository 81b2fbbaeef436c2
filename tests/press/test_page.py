"""The parts of an article that readers, scripts and tests rely on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html as lxml_html

from imprimatur.editorial import Standing, State
from imprimatur.errors import Finding, RuleName
from imprimatur.hosts.search import Searchable
from imprimatur.press.assembly import _UNINDEXED
from imprimatur.press.refusal import refusal

SUBMITTED = Standing(
    state=State.SUBMITTED, since=datetime(2026, 11, 23, tzinfo=UTC), round=1, waits_for=("x",)
)


def _at(state: State) -> Standing:
    return Standing(state=state)


SECTIONS = """
/// answer
Yes.
///

/// evidence | research
Studied.
///

/// audience | patient clinician
Plain.
///

/// safety
Never.
///
"""


def test_there_is_one_article_with_its_slug_standing_and_manifest(press):
    copy = press.copy("Text.")
    page = press.page("Text.", standing=SUBMITTED)
    assert (page.tag, page.get("class")) == ("article", "imp-article")
    assert page.get("data-slug") == "contrast"
    assert page.get("data-standing") == "submitted"
    assert page.get("data-manifest") == copy.digest


@pytest.mark.parametrize(
    ("state", "current"),
    [
        (State.DRAFT, "Submitted"),
        (State.SUBMITTED, "Submitted"),
        (State.UNDER_REVIEW, "Under Review"),
    ],
)
def test_exactly_one_of_three_steps_is_current(press, state, current):
    page = press.page("Text.", standing=Standing(state=state))
    steps = page.xpath("//*[@class='imp-status']//li")
    now = [step for step in steps if step.get("aria-current") == "step"]
    assert len(steps) == 3
    assert [step.text_content().startswith(current) for step in now] == [True]


@pytest.mark.parametrize(
    "state", [each for each in State if not (_at(each).is_published or _at(each).is_notice)]
)
def test_whatever_is_not_approved_carries_a_caution(press, state):
    page = press.page("Text.", standing=Standing(state=state))
    caution = page.xpath("string(//p[@class='imp-caution'])")
    assert "Caution" in caution
    assert "Do not base care on it." in caution


def test_only_a_draft_is_said_not_to_have_been_submitted(press):
    told = {
        state: "has not been submitted" in press.proof("Text.", standing=Standing(state=state)).html
        for state in State
    }
    assert [state for state, is_said in told.items() if is_said] == [State.DRAFT]


def test_the_dates_are_derived_and_an_empty_one_says_so(press):
    page = press.page("Text.", standing=SUBMITTED)
    evidence = page.xpath("//time[@class='imp-date--evidence']")[0]
    assert (evidence.get("datetime"), evidence.text) == ("2025-02-21", "21 February 2025")
    assert page.xpath("string(//*[@class='imp-date--reviewed'])") == "not yet"
    assert page.xpath("string(//*[@class='imp-date--due'])") == "set at approval"


def test_blocks_become_the_parts_of_the_contract(press):
    page = press.page(SECTIONS)
    assert len(page.xpath("//section[@class='imp-answer']")) == 1
    assert len(page.xpath("//section[@class='imp-safety']")) == 1
    evidence = page.xpath("//section[@class='imp-evidence']")
    assert [each.get("data-evidence") for each in evidence] == ["research"]
    assert evidence[0].xpath("string(h2)") == "From the research"
    assert (
        page.xpath("//*[@data-audience='patient clinician']//p")[0].text
        == "For: Patient, Clinician"
    )


def test_every_section_is_named_by_a_heading_that_is_there(press):
    page = press.page(SECTIONS + "\nCited [@park2019spinal].\n")
    for named in page.xpath("//@aria-labelledby"):
        assert page.get_element_by_id(named).tag == "h2"


def test_no_id_is_given_twice(press):
    body = "## References\n\n## Title\n\n## References\n\nA [@park2019spinal].[^1]\n\n[^1]: Note.\n"
    ids = press.page(SECTIONS + body).xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "name", ["Safety", "Title", "Ref park2019spinal", "__search", "1 mg", "\u4f60"]
)
def test_a_heading_never_takes_an_id_that_is_the_presss_or_the_themes(press, name):
    page = press.page(f"## {name.replace('_', chr(92) + '_')}\n")
    (heading,) = page.xpath("//div[@class='imp-body']/h2")
    assert heading.get("id").startswith("section")


def test_two_passages_of_one_kind_have_ids_of_their_own(press):
    page = press.page(SECTIONS + SECTIONS)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = page.xpath("//section[@class='imp-safety']/@aria-labelledby")
    assert len(set(named)) == 2
    assert set(named) <= set(ids)


def test_the_contents_hold_the_headings_of_the_page(press):
    names = [each.text for each in press.proof(SECTIONS).headings]
    assert names == [
        "Short answer",
        "From the research",
        "Safety: read this whoever you are",
        "Disclaimer",
        "Have a follow-up question?",
    ]


def test_each_audience_of_the_article_has_its_disclaimer(press):
    page = press.page("Text.", audiences="[clinician, patient]")
    told = page.xpath("//section[@class='imp-disclaimer']/div")
    assert [each.get("data-audience") for each in told] == ["clinician", "patient"]
    assert [each[0].text for each in told] == ["For: Clinician", "For: Patient"]


def test_a_title_with_markup_is_text(press):
    page = press.page("Text.", title='"Is <script>alert(1)</script> & <b>bold</b> safe?"')
    assert page.xpath("string(header/h1)") == "Is <script>alert(1)</script> & <b>bold</b> safe?"
    assert not page.xpath("//script | //h1//b")


def test_a_refusal_names_place_and_cure_and_shows_no_text():
    finding = Finding(
        path="docs/articles/x.md", line=7, rule=RuleName("a-rule"), message="<b>wrong", cure="mend"
    )
    page = lxml_html.fragment_fromstring(refusal("docs/articles/x.md", [finding]))
    assert "docs/articles/x.md:7" in page.text_content()
    assert "<b>wrong; mend." in page.text_content()
    assert not page.xpath("//article | //b")


def test_a_search_passes_over_every_part_that_is_no_text(press):
    body = SECTIONS.replace("Studied.", "Studied [@park2019spinal].")
    page = press.page(body, audiences="[clinician, patient]")
    parts = [each for each in page.iter() if each.get("class") in _UNINDEXED]
    # Only what was approved has signatures.
    assert {each.get("class") for each in parts} | {"imp-signatures"} == _UNINDEXED
    assert all(each.get("data-pagefind-ignore") == "" for each in parts)
    assert len(page.xpath("//*[@data-pagefind-ignore]")) == len(parts)


def test_pagefind_is_given_the_text_and_its_labels_without_what_it_passes_over(press):
    html = press.proof(SECTIONS.replace("Studied.", "Studied [@park2019spinal].")).html
    given = Searchable(html, is_article=True).text
    assert len(given) < 0.7 * len(html)
    assert "Studied" in given
    assert "imp-references" not in given
    assert "imp-cites" not in given
    assert given.count("data-pagefind-filter") == html.count("data-pagefind-filter") > 2
    assert given.count("data-pagefind-meta") == html.count("data-pagefind-meta") == 1
