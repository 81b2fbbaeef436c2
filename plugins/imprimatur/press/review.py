"""Who wrote and who reviewed, and the four dates, each derived and none typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial import State
from imprimatur.press.addresses import relocated
from imprimatur.press.audiences import choices
from imprimatur.press.elements import append, day, element
from imprimatur.press.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from lxml.html import HtmlElement

    from imprimatur.editorial import Approval, Standing
    from imprimatur.press.copy import Copy

BOARD_PAGE: Final = "docs/about/medical-advisory-board.md"
POLICY_PAGE: Final = "docs/about/editorial-policy.md"
"""The site pages that an article links to where they are there."""


def review(copy: Copy, grades: Mapping[str, float | None], *, directories: bool) -> HtmlElement:
    """The section of dates and people.

    grades: the school grade measured for each audience that has a ceiling.
    directories: whether ``x.md`` is published as ``x/``.
    """
    made = element("section", class_="imp-review", aria_label="Review and dates")
    made.append(_dates(copy))
    made.append(_reviewed(copy))
    made.append(_written(copy, grades))
    made.append(_approved_by(copy, directories=directories))
    return made


def _dates(copy: Copy) -> HtmlElement:
    standing = copy.standing
    edited = "not committed yet"
    rows: tuple[tuple[str, str, date | datetime | None, str], ...] = (
        ("Text edited", "edited", copy.edited, edited),
        ("Reviewed", "reviewed", standing.reviewed, _unreviewed(standing)),
        ("Evidence through", "evidence", copy.manuscript.front.evidence_through, ""),
        ("Next review due", "due", standing.due, "set at approval"),
    )
    dates = element("dl", class_="imp-dates")
    for term, name, moment, otherwise in rows:
        class_ = f"imp-date--{name}"
        value = day(moment, class_) if moment else element("span", otherwise, class_=class_)
        dates.append(element("div", element("dt", term), element("dd", value)))
    return dates


def _unreviewed(standing: Standing) -> str:
    """What stands in place of a review's date."""
    if standing.approvals:
        return f"{len(standing.approvals)} of {standing.quorum} signatures"
    if standing.state is State.LAPSED:
        return "not this text" if standing.changed else "no longer counts"
    return "not yet"


def _reviewed(copy: Copy) -> HtmlElement:
    standing = copy.standing
    if not standing.approvals:
        words = "No reviewer has approved this text."
        if standing.state is State.LAPSED:
            words = "An approval was given once. None counts for this text now."
            if standing.changed:
                words = "An earlier text was approved. No approval counts for this one."
        return element("p", words, class_="imp-reviewers")
    head = "Reviewed and approved by:" if standing.is_published else "Signed so far by:"
    made = element("div", element("p", head), class_="imp-reviewers")
    made.append(element("ul", *(_reviewer(each) for each in standing.approvals)))
    made.append(element("p", "They signed every version of the text, with its references."))
    append(made, (_light(each) for each in standing.lights))
    return made


def _light(approval: Approval) -> HtmlElement:
    made = element("p", f"A small edit since then was checked by {approval.name}, ")
    append(made, [day(approval.at), "." if approval.signed else ". Recorded, not signed."])
    return made


def _reviewer(approval: Approval) -> HtmlElement:
    role = ", ".join([approval.role, *approval.specialties]).replace("-", " ")
    about = f", {approval.credentials}, {approval.affiliation}; {role}. "
    item = element("li", element("strong", approval.name), about, day(approval.at))
    signed = "" if approval.signed else " Recorded, not signed."
    append(item, [f". Competing interests: {sentence(approval.interests)}{signed}"])
    return item


def _written(copy: Copy, grades: Mapping[str, float | None]) -> HtmlElement:
    front = copy.manuscript.front
    written = "; ".join(f"{each.name} ({each.affiliation})" for each in front.authors)
    declared = (f"{each.name}, {each.interests.rstrip('.')}" for each in front.authors)
    labels = [each.label for each in copy.policy.audiences if each.id in front.audiences]
    words = f"Written by {written}. Competing interests: {sentence('; '.join(declared))}"
    made = element("div", element("p", f"Written for: {', '.join(labels)}.{_shared(copy)}"))
    made.set("class", "imp-authors")
    append(made, _grades(copy, grades))
    made.append(element("p", words))
    return made


def _shared(copy: Copy) -> str:
    """Which audiences are shown the text of another one, as the choice offers them."""
    if len(copy.manuscript.front.audiences) == 1:
        return ""
    names = {each.id: each.label for each in copy.policy.audiences}
    others = [(each.label, names[shows]) for each, shows in choices(copy) if each.id != shows]
    return "".join(f" {label}: the text for {shown}." for label, shown in others)


def _grades(copy: Copy, grades: Mapping[str, float | None]) -> Iterator[HtmlElement]:
    """What schooling the text of each audience needs that is to be spared hard words."""
    for name, grade in grades.items():
        audience = copy.policy.audience(name)
        if audience is None or grade is None:
            continue
        said = "1 or lower" if grade <= 1 else f"{grade:.0f}"
        counted = "counted from the lengths of its words and sentences alone"
        words = f"Text for {audience.label}: school grade {said}, {counted}."
        yield element("p", words, class_="imp-grade")


def _approved_by(copy: Copy, *, directories: bool) -> HtmlElement:
    def page(words: str, path: str) -> HtmlElement | str:
        if path not in copy.pages:
            return words
        address = relocated(f"../{path.removeprefix('docs/')}", directories=directories)
        return element("a", words, href=address)

    made = element("p", "Articles need the approval of our ", class_="imp-approved-by")
    board = page("medical advisory board", BOARD_PAGE)
    append(made, [board, " under our ", page("editorial policy", POLICY_PAGE), "."])
    return made
