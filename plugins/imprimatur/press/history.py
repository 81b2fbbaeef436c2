"""The record of an article, folded, with the digests that bind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial import ActName, Decision, Signature
from imprimatur.editorial.arrival import came
from imprimatur.press.elements import append, day, element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from imprimatur.editorial import Discount, FiledAct
    from imprimatur.press.copy import Copy

_DEEDS: Final = {
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
_SIGNATURES: Final = {
    Signature.VALID: "Signature verified.",
    Signature.ABSENT: "Not signed.",
    Signature.INVALID: "Signature not valid.",
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
    command = element("code", f"imprimatur verify {copy.manuscript.slug}")
    derives = " derives it, every signature and the status anew."
    folded.append(element("p", how, command, derives))
    return element("section", folded, class_="imp-history", aria_label="Review history")


def _act(filed: FiledAct, copy: Copy) -> HtmlElement:
    act = filed.act
    discounts = [each for each in copy.standing.discounts if each.path == filed.path]
    is_forged = any(each.is_forged for each in discounts)
    item = element("li", element("strong", _deed(filed)))
    who = _who(filed, copy, is_forged=is_forged)
    # Nobody signs a submission: what else it says is anybody's.
    is_signed = act.act is not ActName.SUBMIT
    role = f" ({act.role.replace('-', ' ')})" if is_signed else ""
    append(item, [f" by {who}{role}, round {act.round}, ", *_when(filed), "."])
    append(item, _worth(filed, discounts, is_forged=is_forged))
    if act.reason and is_signed:
        append(item, [f" Reason: {_ended(act.reason)}"])
    is_this = act.manuscript == copy.digest
    words = " Of this text." if is_this else " Of an earlier text: "
    append(item, [words])
    if not is_this:
        item.append(element("code", grouped(act.manuscript), class_="imp-digest"))
    return item


def _ended(reason: str) -> str:
    """A reason as a sentence: what follows it is our own."""
    return f"{reason}." if reason[-1:].isalnum() or reason.endswith((")", "%")) else reason


def _who(filed: FiledAct, copy: Copy, *, is_forged: bool) -> str:
    """Who did it. Of a submission, which nobody signs, only a name that somebody vouches for."""
    if filed.act.act is not ActName.SUBMIT:
        # Of what nothing proves, no more is known than what it says itself.
        return filed.act.printed_name if is_forged else filed.name
    known = filed.landing.board.known(filed.act.by) if filed.landing else None
    if known is not None:
        return known.name
    authors = {each.name for each in copy.manuscript.front.authors}
    name = filed.act.printed_name
    return name if name in authors else "somebody whom the board does not know"


def _deed(filed: FiledAct) -> str:
    act = filed.act
    deed = "Small edit reviewed" if act.light else _DEEDS[act.act]
    return f"{deed}: {act.decision}" if act.decision else deed


def _when(filed: FiledAct) -> Iterator[HtmlElement | str]:
    """When it came to the protected branch; before that, the date that its signer gave it."""
    landing = filed.landing
    if landing is None or landing.is_provisional:
        yield day(filed.act.signed_at)
        yield " by its own account"
    else:
        yield day(came(filed) or landing.at)


def _worth(
    filed: FiledAct, discounts: Sequence[Discount], *, is_forged: bool
) -> Iterator[HtmlElement | str]:
    """What is known of its signature; of an act that weighs nothing, that and why."""
    # Somebody's key fits, but nobody's who might: "verified" would say too much.
    if not is_forged or filed.signature is not Signature.VALID:
        yield f" {_SIGNATURES[filed.signature]}"
    for each in discounts:
        yield from _discounted(filed, each)


def _discounted(filed: FiledAct, discount: Discount) -> Iterator[HtmlElement | str]:
    """That an act weighs nothing, or not what it says, and why; names of files as code."""
    said = "This does not count:"
    if discount.is_forged:
        said = "Nothing proves this, and it does not count:"
    elif filed.act.decision in {Decision.REVISE, Decision.REJECT}:
        said = "This counts as an objection and for nothing else:"
    yield " "
    yield element("strong", said)
    plain, *codes = f" {discount.reason}.".split("`")
    yield plain
    for position, part in enumerate(codes):
        yield element("code", part) if position % 2 == 0 else part
