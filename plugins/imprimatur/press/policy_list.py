"""The policy as readers are told of it, each rule in a plain sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from imprimatur.editorial import ActName
from imprimatur.editorial.light import MOST_LIGHT
from imprimatur.editorial.policy import Pending
from imprimatur.press.catalogue import topic_label
from imprimatur.press.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from imprimatur.editorial import Policy, Role
    from imprimatur.editorial.policy import ArticleClass, Audience

    _Rule = tuple[str, Iterable[HtmlElement | str]]

_DEEDS: Final = {
    ActName.ASSIGN: "Assign reviewers",
    ActName.REVIEW: "Review",
    ActName.OVERRULE: "Overrule an objection",
    ActName.WAIVE: "Waive a conflict of interest",
    ActName.CONCERN: "Raise a concern",
    ActName.WITHDRAW: "Take an article down",
    ActName.RETRACT: "Retract an article for good",
    ActName.SUPERSEDE: "Replace an article by another",
    ActName.REINSTATE: "Put an article back into review",
}
_PENDING: Final = {
    Pending.BLOCK: "While one article waits for approval, nothing new is published.",
    Pending.WITHHOLD: "An article that is not approved is left out. The others are published.",
    Pending.LAST_APPROVED: "Readers see the last text that was approved, if there is one.",
}
_SIGNATURES: Final = {
    "required": "A review counts only with a valid signature.",
    "optional": "A review may count without a signature. Pages then say: recorded, not signed.",
}
_LIGHT: Final = {
    True: (
        "If an edit only mends spelling, blanks or small words, and touches nothing that bears on "
        "care, one earlier approver may sign the difference. The review date stays. After "
        f"{MOST_LIGHT} such edits in a row, the whole text is reviewed again."
    ),
    False: "Each edit, however small, needs a new review.",
}


def policy_list(policy: Policy, level: int) -> HtmlElement:
    """What an approval needs, who may do what, and for whom is written.

    level: of the heading above each group.
    """
    made = element("div", class_="imp-policy")
    for title, rows in (
        ("Classes of articles", _classes(policy)),
        ("Who may do what", _acts(policy)),
        ("Readers", (_audience(each, policy) for each in policy.audiences)),
        ("Other rules", _others(policy)),
    ):
        made.append(element(f"h{level}", title))
        made.append(element("dl", *(_row(term, said) for term, said in rows)))
    words = f"This is version {policy.version} of the policy. Each change gives it a higher one."
    made.append(element("p", words, class_="imp-version"))
    return made


def _row(term: str, said: Iterable[HtmlElement | str]) -> HtmlElement:
    return element("div", element("dt", term), *(element("dd", each) for each in said))


def _classes(policy: Policy) -> Iterator[_Rule]:
    for name, needed in policy.classes.items():
        yield topic_label(name), _class(needed)


def _class(needed: ArticleClass) -> Iterator[str]:
    people = "1 member" if needed.quorum == 1 else f"{needed.quorum} members"
    yield f"{people} of the board must approve the same text."
    if needed.roles:
        yield f"Roles needed among them: {_words(needed.roles)}."
    if needed.specialties:
        yield f"Specialties needed among them: {_words(needed.specialties)}."
    if needed.checklist:
        yield f"Who approves is asked to confirm: {' '.join(needed.checklist)}"
    yield f"An approval holds for {_count(needed.valid_months, 'month')}."
    if needed.grace_days:
        grace = _count(needed.grace_days, "day")
        yield f"After that the text is shown for {grace} more, marked as overdue for review."
    else:
        yield "After that the text gives way to a notice at once."


def _acts(policy: Policy) -> Iterator[_Rule]:
    yield "Submit a text", ("Every author. It grants nothing.",)
    for act, deed in _DEEDS.items():
        roles: tuple[Role, ...] = policy.acts.get(act, ())
        yield deed, (f"{topic_label(_words(roles))}." if roles else "Nobody.",)


def _audience(audience: Audience, policy: Policy) -> _Rule:
    grade = audience.reading_grade
    said = [
        f"Their text may be as hard to read as school grade {grade}, and no harder."
        if grade
        else "No limit is set for how hard their text may be to read."
    ]
    other = policy.audience(audience.fallback) if audience.fallback else None
    if other is not None:
        said.append(f"Without a passage of their own they see the one for: {other.label}.")
    return audience.label, said


def _others(policy: Policy) -> Iterator[_Rule]:
    yield "Articles that wait", (_PENDING[policy.pending],)
    yield "Signatures", (_SIGNATURES[policy.signatures],)
    yield "Small edits", (_LIGHT[policy.light_review],)
    for term, address in (("Questions", policy.questions), ("Error reports", policy.errors)):
        yield term, (_link(address) if address else "No address has been given yet.",)


def _link(address: str) -> HtmlElement:
    """An address of the policy: of a form, or else of a mailbox."""
    is_form = address.startswith("https://")
    return element("a", address, href=address if is_form else f"mailto:{quote(address, safe='@+')}")


def _words(names: Iterable[str]) -> str:
    return ", ".join(each.replace("-", " ") for each in names)


def _count(number: int, unit: str) -> str:
    return f"1 {unit}" if number == 1 else f"{number} {unit}s"
