"""What the record says, at the top of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial import State
from imprimatur.press.elements import day, element
from imprimatur.press.wording import CURRENT, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from imprimatur.editorial import Standing

_PENDING: Final = "Caution: for education only, and pending human review."
_CAUTIONS: Final = {
    State.DRAFT: ("Caution: a draft.", "This text has not been submitted for review."),
    State.SUBMITTED: (_PENDING, "Nobody on the medical advisory board has checked this text yet."),
    State.UNDER_REVIEW: (
        _PENDING,
        "The medical advisory board has begun to check this text. It is not approved.",
    ),
    State.LAPSED: ("Caution: no longer approved.", "An approval was given, and has ended."),
}
_OPEN: Final = {State.CONCERN: "a concern is open", State.REVIEW_DUE: "review overdue"}
_NOT_APPROVED: Final = ("Caution: not approved.", "This text is not, or no longer, approved.")
_SCOPE: Final = (
    "Approved for general information. It does not replace the judgement of a clinician who knows "
    "the patient."
)
_PARTS: Final = {"body": "the text", "front matter": "the title, the summary or what else heads it"}
_HEAD: Final = "front matter ("
_FIELDS: Final = {"evidence_through": "day of the literature search"}
_DO_NOT: Final = "Do not base care on it."
_QUORUMS: Final = ("", "one signature", "two signatures", "three signatures", "four signatures")


def status(standing: Standing) -> HtmlElement:
    """The three steps of review; in words, and with exactly one of them marked as current."""
    current = CURRENT.get(standing.state, 0)
    steps = element("ol")
    for position, label in enumerate(STEPS):
        step = element("li", element("span", label, class_="imp-step-label"), " ")
        step.append(element("span", _said(position, current, standing), class_="imp-step-state"))
        reached = "done" if position < current else "ahead"
        step.set("class", "imp-step imp-step--" + reached)
        if position == current:
            step.set("class", "imp-step imp-step--current")
            step.set("aria-current", "step")
        steps.append(step)
    return element("section", steps, class_="imp-status", aria_label="Review status")


def _said(position: int, current: int, standing: Standing) -> HtmlElement | str:
    if standing.state is State.DRAFT:
        return "not yet: a draft" if position == current else "not yet"
    moment = (standing.submitted, standing.assigned, standing.approved)[position]
    if position > current:
        return _ahead(position, standing)
    if standing.state is State.LAPSED and position == current:
        return "approval lapsed"
    if position == current and moment is None:
        moment = standing.since
    if moment is None:
        return "now" if position == current else "done"
    if position == current and standing.state in _OPEN:
        return element("span", day(moment), f", {_OPEN[standing.state]}")
    return day(moment)


def _ahead(position: int, standing: Standing) -> str:
    if position == 1:
        return "no reviewer assigned"
    if not standing.quorum:
        return "not yet"
    several = f"{standing.quorum} signatures"
    needed = _QUORUMS[standing.quorum] if standing.quorum < len(_QUORUMS) else several
    return f"needs {needed}"


def warnings(standing: Standing) -> Iterator[HtmlElement]:
    """What a reader must know before the text: a caution, a concern, that a review is overdue."""
    if not standing.is_published:
        yield _caution(standing)
        return
    if standing.state is State.CONCERN:
        yield _concern(standing)
    yield from _age(standing)
    if standing.update:
        words = (
            "A newer text is being written or under review, and is not approved. You are reading "
            "the approved one."
        )
        yield element("p", words, class_="imp-update")
    yield element("p", _SCOPE, class_="imp-scope")


def _caution(standing: Standing) -> HtmlElement:
    head, words = _CAUTIONS.get(standing.state, _NOT_APPROVED)
    if standing.state is State.LAPSED and standing.changed:
        head = "Caution: changed since it was approved."
        changed = "; ".join(map(_part, standing.changed))
        words = f"The approval ended because this changed: {changed}."
    if standing.approvals:
        words += f" {len(standing.approvals)} of {standing.quorum} reviewers needed have signed."
    return element("p", element("strong", head), f" {words} {_DO_NOT}", class_="imp-caution")


def _part(name: str) -> str:
    """A part of the manifest as a reader calls it: of the head, which of its fields."""
    if name.startswith(_HEAD):
        fields = name.removeprefix(_HEAD).removesuffix(")").split(", ")
        return ", ".join(f"the {_FIELDS.get(field, field)}" for field in fields)
    return _PARTS.get(name, f"the {name}")


def _concern(standing: Standing) -> HtmlElement:
    head = "Caution: a concern about this article is open."
    until = "Do not rely on what it is about until a new review has answered it."
    made = element(
        "section",
        element("p", element("strong", head), f" {standing.reason} {until}"),
        class_="imp-notice",
        data_standing=standing.state,
        aria_label="Concern",
    )
    if standing.by or standing.since:
        made.append(_who(standing, "Put on record"))
    return made


def _who(standing: Standing, verb: str) -> HtmlElement:
    line = element("p", verb, class_="imp-notice-by")
    if standing.by:
        line.text = f"{verb} by {standing.by}"
    if standing.since:
        line.text = f"{line.text} on "
        line.append(day(standing.since))
        line[-1].tail = "."
    else:
        line.text = f"{line.text}."
    return line


def _age(standing: Standing) -> Iterator[HtmlElement]:
    """That a review is overdue or an approval over: static pages grow old, a script unhides it."""
    if standing.due is not None:
        line = element("p", class_="imp-overdue")
        line.append(element("strong", "Review overdue."))
        line[0].tail = " This article was to be reviewed again by "
        line.append(day(standing.due))
        line[1].tail = ". Newer evidence may contradict it: check current guidance."
        if standing.state is not State.REVIEW_DUE:
            line.set("hidden", "hidden")
        yield line
    if standing.expires is not None:
        line = element("p", class_="imp-expired", hidden="hidden")
        line.append(element("strong", "The approval of this article has expired."))
        line[0].tail = " It held until "
        line.append(day(standing.expires))
        line[1].tail = f". {_DO_NOT}"
        yield line
