"""The record of an article, folded, with the digests that bind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial import ActName, Signature
from imprimatur.press.elements import append, day, element

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from imprimatur.editorial import FiledAct
    from imprimatur.press.copy import Copy

_DEEDS = {
    ActName.SUBMIT: "Submitted for review",
    ActName.ASSIGN: "Reviewers assigned",
    ActName.REVIEW: "Reviewed",
    ActName.OVERRULE: "Objection overruled",
    ActName.WAIVE: "Conflict of interest waived",
    ActName.CONCERN: "Concern raised",
    ActName.WITHDRAW: "Withdrawn",
    ActName.RETRACT: "Retracted",
    ActName.SUPERSEDE: "Superseded",
    ActName.REINSTATE: "Reinstated",
}
_SIGNATURES = {
    Signature.VALID: "Signature verified.",
    Signature.ABSENT: "Not signed.",
    Signature.NOT_CHECKED: "Signature not checked.",
}


def grouped(digest: str) -> str:
    """The digits of a digest, in fours, to be compared by eye."""
    digits = digest.removeprefix("sha256:")
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def history(copy: Copy) -> HtmlElement:
    """Every act, the oldest first; and how to check that the text is the one they name."""
    count = len(copy.history)
    said = "no record yet" if not count else "1 record" if count == 1 else f"{count} records"
    summary = element("summary", "Review history ", element("span", said, class_="imp-count"))
    folded = element("details", summary)
    if count:
        folded.append(element("ol", *(_act(each, copy) for each in copy.history)))
    shown = element("code", grouped(copy.digest), class_="imp-digest")
    here = "this record" if copy.standing.is_notice else "this page"
    folded.append(element("p", f"Text of {here} (SHA-256): ", shown))
    how = (
        "The digest covers the text, its references and images, and every variant. If one letter "
        "changes, the digest changes, and an approval of the earlier text ends. In a copy of the "
        "site's repository "
    )
    command = element("code", f"imprimatur status {copy.manuscript.slug}")
    folded.append(element("p", how, command, " derives it and the status anew."))
    return element("section", folded, class_="imp-history", aria_label="Review history")


def _act(filed: FiledAct, copy: Copy) -> HtmlElement:
    act = filed.act
    deed = _DEEDS[act.act] + (f": {act.decision}" if act.decision else "")
    item = element("li", element("strong", deed))
    by = f" by {act.printed_name} ({act.role.replace('-', ' ')}), round {act.round}, "
    append(item, [by, day(act.signed_at), f". {_SIGNATURES[filed.signature]}"])
    if act.reason:
        append(item, [f" Reason: {act.reason}"])
    is_this = act.manuscript == copy.digest
    words = " Of this text." if is_this else " Of an earlier text: "
    append(item, [words])
    if not is_this:
        item.append(element("code", grouped(act.manuscript), class_="imp-digest"))
    return item
