"""The follow-up question is answered with the words of approved articles, or with none."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, Route, expect

# Nothing can be approved yet, so what the record says is set by hand.
BUILD = """
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from imprimatur.editorial import Repository, Standing, State
from mkdocs.__main__ import cli

NOW = datetime.now(tz=UTC)
DAY = timedelta(days=1)
WHEN = datetime(2026, 3, 2, tzinfo=UTC)
APPROVED = Standing(
    state=State.APPROVED, quorum=2, submitted=WHEN, assigned=WHEN, approved=WHEN, reviewed=WHEN,
    due=(NOW + 90 * DAY).date(), expires=(NOW + 180 * DAY).date(),
)
STANDINGS = {
    "overdue": replace(APPROVED, due=(NOW - 3 * DAY).date()),
    "expired": replace(APPROVED, due=(NOW - 9 * DAY).date(), expires=(NOW - 3 * DAY).date()),
    "doubted": replace(APPROVED, state=State.CONCERN, reason="A trial was retracted.", by="A"),
    "pending": Standing(state=State.SUBMITTED, submitted=WHEN, since=WHEN),
}
NONE = "none" in sys.argv
Repository.standing = lambda self, slug, now: (
    STANDINGS["pending"] if NONE else STANDINGS.get(slug, APPROVED)
)
cli(["build", "--quiet", "--strict", "--site-dir", "none" if NONE else "site"])
"""
HEAD = """\
---
title: {title}
summary: A demonstration.
topics: [radiology]
class: general
authors:
  - {{name: Demonstration author, affiliation: Nowhere, interests: none}}
evidence_through: 2025-02-21
audiences: [{audiences}]
---
"""
LONG = "\n\n".join(" ".join([f"Paragraph {each} goes on at length."] * 7) for each in range(9))
GADOLINIUM = f"""
//// answer
/// audience | clinician
Gadolinium crosses the placenta [@park2019spinal; @hutchins2021acr].

It may be given in pregnancy only when:

- the question is urgent, and
- nothing else answers it, except in anaphylaxis.
///

/// audience | patient
The dye can reach the unborn child during pregnancy [@park2019spinal]. **Tell** the staff.
///
////

/// safety
Never inject gadolinium into the spinal canal.
///

## Breastfeeding

Breastfeeding may go on after gadolinium.

## Excretion

{LONG}

Gadolinium leaves by the kidneys in a day.

However, not in renal failure.

{LONG}
"""
ONE = """
/// answer
{text} [@liu2017vertebral].
///
"""


@pytest.fixture(scope="module")
def library(make_site, tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("asked") / "site")
    both = HEAD.format(title="Is gadolinium safe?", audiences="clinician, patient")
    site.article("contrast", head=both, body=GADOLINIUM)
    for slug, text in {
        "overdue": "Metformin is paused before iodinated contrast",
        "expired": "Barium is swallowed cold",
        "doubted": "Adrenaline reverses anaphylaxis",
        "pending": "Thallium shows the myocardium",
    }.items():
        head = HEAD.format(title=f"About {slug}", audiences="clinician")
        site.article(slug, head=head, body=ONE.format(text=text))
    site.commit()
    return site


@pytest.fixture(scope="module")
def published(library, serve):
    """The address of a site with articles at several standings, and of one with none approved."""
    for folder in ("site", "none"):
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", BUILD, folder],
            cwd=library.root,
            check=True,
            env={**os.environ, "IMPRIMATUR_PREVIEW": "1", "NO_MKDOCS_2_WARNING": "1"},
        )
    return serve(library.root / "site"), serve(library.root / "none")


@pytest.fixture
def ask(page, published):
    """Ask a question at the end of an article."""

    def ask_question(question: str, slug: str = "overdue", shown: Page | None = None) -> Page:
        shown = shown or page(f"{published[0]}articles/{slug}/")
        shown.locator(".imp-followup").scroll_into_view_if_needed()
        shown.get_by_label("Your question").fill(question)
        shown.get_by_role("button", name="Search the approved passages").click()
        expect(shown.locator(".imp-ask-said")).to_contain_text(".")
        expect(shown.locator(".imp-ask-said")).not_to_have_text("Searching.")
        return shown

    return ask_question


def quotes(shown):
    return shown.locator(".imp-quote")


def test_a_passage_is_quoted_whole_with_its_article_status_and_date(ask, published):
    shown = ask("Can gadolinium be given during breastfeeding?")
    quote = quotes(shown).first
    address = f"{published[0]}articles/contrast/#breastfeeding"
    expect(quote.locator("h3")).to_have_text("Is gadolinium safe?")
    expect(quote.locator(".imp-quote-for")).to_contain_text("Under: Breastfeeding. Written for:")
    assert quote.locator("h3 a").evaluate("a => a.href") == address
    assert quote.locator("blockquote").get_attribute("cite") == address
    expect(quote.locator("blockquote")).to_have_text("Breastfeeding may go on after gadolinium.")
    expect(quote.locator(".imp-result-status")).to_have_text("Approved")
    expect(quote.locator(".imp-result-about")).to_contain_text("Reviewed 2 March 2026")
    quote.get_by_role("link", name="its safety passage").click()
    expect(shown.locator(".imp-safety")).to_be_in_viewport()


def test_a_list_is_quoted_with_what_leads_to_it_and_its_numbers_lead_to_the_references(
    ask, published
):
    shown = ask("gadolinium pregnancy")
    words = quotes(shown).first.locator("blockquote")
    expect(words).to_contain_text("It may be given in pregnancy only when:")
    expect(words.locator("li")).to_have_count(2)
    expect(words).to_contain_text("except in anaphylaxis.")
    numbers = words.locator(".imp-cites a")
    expect(numbers).to_have_text(["1", "2"])
    target = f"{published[0]}articles/contrast/#ref-park2019spinal"
    assert numbers.first.evaluate("a => a.href") == target
    numbers.first.click()
    expect(shown.locator("#ref-park2019spinal")).to_be_in_viewport()


def test_a_passage_for_another_reader_says_for_whom_it_is(ask):
    shown = ask("gadolinium pregnancy", "contrast")
    quote = quotes(shown).first
    expect(quote.locator(".imp-quote-for")).to_have_text("Under: Short answer. For: Clinician")
    shown.get_by_label("Patient", exact=True).check()
    shown = ask("gadolinium placenta", shown=shown)
    expect(quote.locator(".imp-quote-for")).to_contain_text("For: Clinician. You chose: Patient")
    # It is hidden on this page now; the link shows it.
    quote.locator("h3 a").click()
    expect(shown.locator(".imp-answer [data-audience=clinician]")).to_be_visible()
    shown = ask("dye pregnancy", shown=shown)
    expect(quote.locator(".imp-quote-for")).to_have_text("Under: Short answer. For: Patient")
    expect(quote.locator("blockquote strong")).to_have_text("Tell")


def test_a_safety_passage_is_quoted_as_a_whole(ask):
    shown = ask("inject gadolinium into the spinal canal")
    words = quotes(shown).first.locator("blockquote")
    expect(words).to_contain_text("Never inject gadolinium into the spinal canal.")


def test_of_a_long_section_the_exception_that_follows_is_quoted_and_that_there_is_more(ask):
    quote = quotes(ask("gadolinium kidneys")).first
    expect(quote.locator("blockquote")).to_contain_text("leaves by the kidneys in a day.")
    expect(quote.locator("blockquote")).to_contain_text("However, not in renal failure.")
    expect(quote.locator("blockquote")).not_to_contain_text("Paragraph 0")
    expect(quote).to_contain_text("This is a part of a longer section.")


def test_an_overdue_review_and_a_concern_are_said_with_the_passage(ask):
    shown = ask("metformin contrast")
    expect(quotes(shown).first.locator(".imp-result-status")).to_have_text(
        "Approved, review overdue"
    )
    shown = ask("adrenaline anaphylaxis")
    quote = quotes(shown).filter(has_text="Adrenaline reverses")
    expect(quote.locator(".imp-result-status")).to_have_text("Approved, with a concern")
    expect(quote.locator(".imp-quote-concern")).to_contain_text("A trial was retracted.")


@pytest.mark.parametrize("question", ["thallium myocardium", "barium swallowed", "xenotransplant"])
def test_nothing_is_quoted_that_is_pending_expired_or_not_there(ask, question):
    shown = ask(question)
    expect(shown.locator(".imp-ask-said")).to_contain_text(
        "No approved passage on this site answers that. It was looked for in 4 approved articles."
    )
    expect(quotes(shown)).to_have_count(0)


def test_what_the_index_calls_approved_is_quoted_only_if_its_page_says_so(ask, page, published):
    shown = page(published[0] + "articles/overdue/")

    def withdrawn(route: Route) -> None:
        page = route.fetch()
        body = page.text().replace('data-standing="concern"', 'data-standing="withdrawn"')
        route.fulfill(response=page, body=body)

    shown.route("**/articles/doubted/", withdrawn)
    shown = ask("adrenaline reverses", shown=shown)
    expect(shown.locator(".imp-ask-said")).to_contain_text("No approved passage")


def test_words_that_a_passage_lacks_are_named(ask):
    quote = quotes(ask("gadolinium breastfeeding tattoo")).first
    expect(quote).to_contain_text("Not mentioned here: tattoo.")


def test_where_nothing_is_approved_it_says_so(ask, page, published):
    shown = ask("contrast", shown=page(published[1] + "articles/contrast/"))
    expect(shown.locator(".imp-ask-said")).to_have_text(
        "No article on this site has been approved yet."
    )


def test_what_is_typed_leaves_the_page_in_no_request_and_no_address(ask, page, published):
    asked = []
    shown = page(published[0] + "articles/overdue/")
    shown.on("request", lambda request: asked.append(request.url))
    ask("gadolinium breastfeeding", shown=shown)
    shown.get_by_label("Your question").press("Enter")
    expect(quotes(shown).first).to_be_visible()
    assert asked
    assert [each for each in asked if not each.startswith(published[0])] == []
    assert [each for each in asked if "breastfeeding" in each.lower()] == []
    assert "breastfeeding" not in shown.url


def test_a_failure_to_load_is_said_and_the_button_tries_again(ask, page, published):
    shown = page(published[0] + "articles/overdue/")
    for each in ("pagefind.js*", "pagefind-entry.json*", "contrast/"):
        shown.route(f"**/{each}", lambda route: route.abort())
        ask("gadolinium breastfeeding", shown=shown)
        expect(shown.locator(".imp-ask-said")).to_contain_text("could not be loaded")
        shown.unroute(f"**/{each}")
        ask("gadolinium breastfeeding", shown=shown)
        expect(quotes(shown).first).to_be_visible()
        shown.reload()


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_axe_finds_no_fault_in_it(ask, axe, page, published, scheme):
    shown = page(published[0] + "articles/overdue/")
    shown.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme; }", scheme)
    ask("adrenaline anaphylaxis", shown=shown)
    expect(quotes(shown).first).to_be_visible()
    assert axe(shown) == []


def test_without_scripts_no_form_is_drawn(page, published):
    shown = page(published[0] + "articles/overdue/", java_script_enabled=False)
    expect(shown.locator(".imp-ask")).to_be_hidden()


def test_it_fits_a_narrow_phone(ask, page, published):
    narrow = page(published[0] + "articles/overdue/", viewport={"width": 320, "height": 640})
    shown = ask("gadolinium pregnancy", shown=narrow)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
