"""What the record says, at the top of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial import State
from imprimatur.press.elements import day, element

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from imprimatur.editorial import Standing
    from imprimatur.press.copy import Copy

_STEPS: Final = ("Submitted", "Under Review", "Approved")
_CURRENT: Final = {
    State.DRAFT: 0,
    State.SUBMITTED: 0,
    State.UNDER_REVIEW: 1,
    State.LAPSED: 1,
    State.APPROVED: 2,
    State.REVIEW_DUE: 2,
    State.CONCERN: 2,
}
_CAUTIONS: Final = {
    State.DRAFT: ("Caution: a draft.", "This text has not been submitted for review."),
    State.SUBMITTED: (
        "Caution: for education only, and pending human review.",
        "Nobody on the medical advisory board has checked this text yet.",
    ),
    State.UNDER_REVIEW: (
        "Caution: for education only, and pending human review.",
        "The medical advisory board has begun to check this text and has not approved it.",
    ),
}
_NOT_APPROVED: Final = ("Caution: not approved.", "This text is not, or no longer, approved.")
_DO_NOT: Final = "Do not base care on it."


def status(standing: Standing) -> HtmlElement:
    """The three steps of review; in words, and with one of them marked as current."""
    current = _CURRENT.get(standing.state, 0)
    steps = element("ol")
    for position, label in enumerate(_STEPS):
        step = element("li", element("span", label, class_="imp-step-label"))
        step.append(element("span", _said(position, current, standing), class_="imp-step-state"))
        reached = "done" if position < current else "ahead"
        step.set("class", "imp-step imp-step--" + reached)
        if position == current:
            step.set("class", "imp-step imp-step--current")
            step.set("aria-current", "step")
        steps.append(step)
    return element("section", steps, class_="imp-status", aria_label="Review status")


def _said(position: int, current: int, standing: Standing) -> HtmlElement | str:
    if position < current:
        return "done"
    if position > current:
        return "not yet"
    if standing.state is State.DRAFT:
        return "not yet: a draft"
    return day(standing.since) if standing.since else "now"


def caution(standing: Standing) -> HtmlElement | None:
    """The warning above a text that is not approved; None above one that is."""
    if standing.is_published:
        return None
    head, words = _CAUTIONS.get(standing.state, _NOT_APPROVED)
    return element("p", element("strong", head), f" {words} {_DO_NOT}", class_="imp-caution")


def review(copy: Copy) -> HtmlElement:
    """Who wrote and who reviewed, and the dates, each derived and none typed."""
    front = copy.manuscript.front
    dates = element("dl", class_="imp-dates")
    edited = copy.edited
    rows: tuple[tuple[str, HtmlElement | str], ...] = (
        ("Text edited", day(edited, "imp-date--edited") if edited else "not committed yet"),
        ("Reviewed", element("span", "not yet", class_="imp-date--reviewed")),
        ("Evidence through", day(front.evidence_through, "imp-date--evidence")),
        ("Next review due", element("span", "set at approval", class_="imp-date--due")),
    )
    for term, value in rows:
        dates.append(element("div", element("dt", term), element("dd", value)))
    written = "; ".join(f"{each.name} ({each.affiliation})" for each in front.authors)
    interests = "; ".join(f"{each.name}, {each.interests}" for each in front.authors)
    labels = [each.label for each in copy.policy.audiences if each.id in front.audiences]
    return element(
        "section",
        element("p", f"Written for: {', '.join(labels)}."),
        element("p", f"Written by {written}. Competing interests: {interests}."),
        element("p", "No reviewer has approved this text."),
        dates,
        class_="imp-review",
        aria_label="Review and dates",
    )
