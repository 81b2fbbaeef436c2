"""Every standing as a reader meets it, rendered from its value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from imprimatur.editorial import Approval, Role, Standing, State, Successor
from imprimatur.press import headline, print_copy


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def approval(name: str, *, signed: bool = True) -> Approval:
    return Approval(
        name=name,
        credentials="MD",
        affiliation="Demonstration Hospital",
        role=Role.REVIEWER,
        interests="speaker's fee of 2025",
        at=at("2026-03-02"),
        signed=signed,
    )


APPROVED = Standing(
    state=State.APPROVED,
    quorum=2,
    submitted=at("2026-02-03"),
    assigned=at("2026-02-09"),
    approved=at("2026-03-02"),
    reviewed=at("2026-03-02"),
    due=date(2027, 3, 2),
    expires=date(2027, 4, 1),
    approvals=(approval("Reviewer A"), approval("Reviewer B")),
)
DOWN = {
    State.WITHDRAWN: "This article was withdrawn",
    State.RETRACTED: "This article was retracted",
    State.SUPERSEDED: "This article was superseded",
    State.EXPIRED: "The approval of this article has expired",
}


def text(page, class_):
    return " ".join(page.xpath(f"string(//*[@class='{class_}'])").split())


def test_an_approved_article_names_who_approved_it_as_what_when_and_with_which_interests(press):
    said = text(press.page("Text.", standing=APPROVED), "imp-reviewers")
    assert "Reviewer A, MD, Demonstration Hospital; reviewer. 2 March 2026." in said
    assert "Competing interests: speaker's fee of 2025." in said
    assert "Reviewer B" in said


@pytest.mark.parametrize(
    ("declared", "printed"),
    [
        ("I hold shares", "I hold shares."),
        ("I hold shares.", "I hold shares."),
        ("Shares? Yes!", "Shares? Yes!"),
        ("Fees and so on\u2026", "Fees and so on\u2026"),
        ("none?", "none?"),
    ],
)
def test_what_somebody_declared_ends_with_one_full_stop(press, declared, printed):
    signed = replace(approval("Reviewer A", signed=False), interests=declared)
    page = press.page("Text.", standing=replace(APPROVED, approvals=(signed,)))
    said = text(page, "imp-reviewers")
    assert f"Competing interests: {printed} Recorded, not signed." in said


def test_what_each_author_declared_is_told_apart_and_ends_with_one_full_stop(press):
    copy = press.copy("Text.")
    (none,) = copy.manuscript.front.authors
    shares = none.model_copy(update={"name": "A. One", "interests": "Holds shares."})
    for authors, told in (
        ((shares, none), "A. One, Holds shares; Demonstration author, none."),
        ((none, shares), "Demonstration author, none; A. One, Holds shares."),
    ):
        front = copy.manuscript.front.model_copy(update={"authors": authors})
        page = print_copy(replace(copy, manuscript=replace(copy.manuscript, front=front))).html
        assert f"Competing interests: {told}</p>" in page


def test_an_approved_article_carries_no_caution(press):
    page = press.page("Text.", standing=APPROVED)
    assert not page.xpath("//*[@class='imp-caution']")
    assert page.get("data-standing") == "approved"


def test_every_line_is_signed_once_the_quorum_has_signed(press):
    body = "/// answer\nYes.\n///\n"
    lines = press.page(body, standing=APPROVED).xpath("//ol[@class='imp-signatures']/li")
    assert ["--signed" in line.get("class") for line in lines] == [True, True]
    assert lines[0].text_content().startswith("Reviewer A, MD 2 March 2026")


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW])
def test_as_many_lines_as_the_policy_asks_for_say_that_nobody_signed(press, state):
    body = "/// answer\nYes.\n///\n"
    page = press.page(body, standing=Standing(state=state, quorum=3))
    lines = page.xpath("//ol[@class='imp-signatures']/li")
    assert [line.text_content()[:10] for line in lines] == ["not signed"] * 3


def test_what_was_recorded_and_not_signed_says_so_at_both_places(press):
    standing = Standing(
        state=State.APPROVED, quorum=1, approvals=(approval("Reviewer A", signed=False),)
    )
    page = press.page("/// answer\nYes.\n///\n", standing=standing)
    assert "recorded, not signed" in text(page, "imp-signatures")
    assert "Recorded, not signed" in text(page, "imp-reviewers")
    assert not page.xpath("//li[contains(@class, '--signed')]")


def test_some_of_the_signatures_needed_are_not_an_approval_and_nobody_says_so(press):
    standing = Standing(state=State.UNDER_REVIEW, quorum=2, approvals=(approval("Reviewer A"),))
    page = press.page("Text.", standing=standing)
    assert "1 of 2 reviewers needed have signed." in text(page, "imp-caution")
    assert text(page, "imp-reviewers").startswith("Signed so far by:")
    assert text(page, "imp-date--reviewed") == "1 of 2 signatures"


def test_the_steps_carry_the_dates_on_which_they_were_reached(press):
    page = press.page("Text.", standing=APPROVED)
    dates = page.xpath("//*[@class='imp-status']//time/@datetime")
    assert dates == ["2026-02-03", "2026-02-09", "2026-03-02"]


def test_the_steps_ahead_say_what_they_need(press):
    standing = Standing(state=State.SUBMITTED, quorum=2, submitted=at("2026-02-03"))
    said = text(press.page("Text.", standing=standing), "imp-status")
    assert "no reviewer assigned" in said
    assert "needs two signatures" in said


def test_a_lapse_names_what_changed(press):
    standing = Standing(
        state=State.LAPSED, approved=at("2026-03-02"), changed=("body", "reference park2019spinal")
    )
    page = press.page("Text.", standing=standing)
    said = text(page, "imp-caution")
    assert "because this changed: the text; the reference park2019spinal." in said
    assert "No approval counts for this one." in text(page, "imp-reviewers")


def test_a_lapse_says_how_the_head_and_a_reference_changed_where_that_is_known(press):
    changed = (
        "front matter (title, evidence_through)",
        "reference park2019spinal (year 2019 → 2020)",
        "image docs/assets/dose.png (no longer shown)",
    )
    page = press.page("Text.", standing=Standing(state=State.LAPSED, changed=changed))
    assert (
        "because this changed: the title, the day of the literature search; "
        "the reference park2019spinal (year 2019 → 2020); "
        "the image docs/assets/dose.png (no longer shown)."
    ) in text(page, "imp-caution")


def test_a_concern_stands_above_the_text_with_its_reason_and_who_raised_it(press):
    standing = Standing(
        state=State.CONCERN, reason="A figure is doubted.", by="C. (editor)", since=at("2026-05-04")
    )
    page = press.page("Text.", standing=standing)
    (notice,) = page.xpath("//header//*[@class='imp-notice']")
    assert notice.get("data-standing") == "concern"
    said = " ".join(notice.text_content().split())
    assert "A figure is doubted. Do not rely on what it is about" in said
    assert "Put on record by C. (editor) on 4 May 2026." in said
    assert "a concern is open" in text(page, "imp-status")
    assert "Text." in page.text_content()


def test_the_overdue_line_shows_when_the_record_says_so_and_waits_hidden_before(press):
    due = Standing(state=State.REVIEW_DUE, due=date(2026, 4, 1), expires=date(2026, 5, 1))
    (line,) = press.page("Text.", standing=due).xpath("//p[@class='imp-overdue']")
    assert line.get("hidden") is None
    assert "reviewed again by 1 April 2026" in line.text_content()
    (line,) = press.page("Text.", standing=APPROVED).xpath("//p[@class='imp-overdue']")
    assert line.get("hidden") is not None


def test_a_page_that_outlives_its_approval_has_the_words_for_it_ready(press):
    page = press.page("Text.", standing=APPROVED)
    (line,) = page.xpath("//p[@class='imp-expired']")
    assert (line.get("hidden"), page.get("data-expires")) == ("hidden", "2027-04-01")


def test_a_newer_text_that_waits_is_told_and_marked(press):
    page = press.page("Text.", standing=replace(APPROVED, update=True))
    assert page.get("data-update") == "under-review"
    assert "You are reading the approved one." in text(page, "imp-update")


@pytest.mark.parametrize(("state", "words"), DOWN.items())
def test_a_notice_stands_in_place_of_the_text(press, state, words):
    standing = Standing(state=state, reason="Because.", by="C. (editor)", since=at("2026-05-04"))
    proof = press.proof(
        "/// answer\nSecretword.\n///\n\n## Secretheading\n", standing=standing, title="Secrettitle"
    )
    assert f'data-standing="{state}"' in proof.html
    assert words in proof.html
    assert "Because." in proof.html
    assert "4 May 2026" in proof.html
    for word in ("Secretword", "Secretheading", "Secrettitle"):
        assert word not in proof.html
        assert word not in " ".join(each.text for each in proof.headings)
    assert "imp-audience" not in proof.html


@pytest.mark.parametrize("state", DOWN)
def test_a_notice_shows_a_title_only_if_that_title_was_approved(press, state):
    told = Standing(state=state, approved_title="The title of old")
    assert headline(told, "The title of now") == "The title of old"
    assert headline(Standing(state=state), "The title of now") == DOWN[state]
    page = press.page("Text.", standing=told, title="The title of now")
    assert page.xpath("string(//h1)") == "The title of old"


def test_a_superseded_article_leads_to_the_one_in_its_place(press):
    standing = Standing(
        state=State.SUPERSEDED, successor=Successor(slug="newer", title="The newer one")
    )
    (link,) = press.page("Text.", standing=standing).xpath("//*[@class='imp-notice']//a")
    assert (link.get("href"), link.text) == ("../newer/", "The newer one")


def test_a_superseded_article_says_so_where_the_one_in_its_place_is_not_shown(press):
    there = Standing(state=State.SUPERSEDED, successor=Successor(slug="newer", title="The newer"))
    said = text(press.page("Text.", standing=there), "imp-notice")
    assert "Another article has taken its place. Do not rely on copies of this one." in said
    assert "Read instead, approved: The newer" in said
    page = press.page("Text.", standing=Standing(state=State.SUPERSEDED))
    assert not page.xpath("//*[@class='imp-notice']//a")
    assert text(page, "imp-notice") == (
        "This article was supersededAnother article took its place. That one may not be available "
        "now either, so no link to it is given. Do not rely on copies of this one."
    )


@pytest.mark.parametrize("state", DOWN)
def test_a_notice_is_at_none_of_the_steps_and_no_search_finds_it(press, state):
    page = press.page("Text.", standing=Standing(state=state))
    assert not page.xpath("//*[@aria-current] | //*[@class='imp-status']")
    assert page.get("data-pagefind-ignore") == "all"
    assert page.get("data-pagefind-body") is None


@pytest.mark.parametrize("state", list(State))
def test_every_standing_prints_a_page_with_its_words_for_a_printed_head(press, state):
    page = press.page("Text.", standing=Standing(state=state))
    head = text(page, "imp-running-head")
    pending = state in {State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.LAPSED}
    assert ("Not for use in care." in head) == pending
    assert len(page.xpath("//*[@class='imp-running-foot']")) == 1
    assert page.get("data-short-status")
