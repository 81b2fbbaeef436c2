"""The lines under the answer: broken until named people sign, then whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.press.elements import day, element

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from imprimatur.editorial import Approval, Standing

_ORDINALS: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


def signatures(standing: Standing) -> HtmlElement | None:
    """As many lines as the policy's quorum asks for, or as people who signed; None without any."""
    lines = max(standing.quorum, len(standing.approvals))
    if not lines:
        return None
    listed = element("ol", class_="imp-signatures", aria_label="Signatures")
    for position in range(lines):
        signed = standing.approvals[position : position + 1]
        listed.append(_line(position, signed[0] if signed else None))
    return listed


def _line(position: int, approval: Approval | None) -> HtmlElement:
    ordinal = _ORDINALS[position] if position < len(_ORDINALS) else f"{position + 1}th"
    role = element("span", f"{ordinal} reviewer", class_="imp-signature-role")
    if approval is None:
        name = element("span", "not signed", class_="imp-signature-name")
        return element("li", name, " ", role, class_="imp-signature imp-signature--open")
    written = element("span", f"{approval.name}, {approval.credentials}")
    written.set("class", "imp-signature-name")
    when = day(approval.at, "imp-signature-date")
    said = "" if approval.signed else " (recorded, not signed)"
    role.text = f"{ordinal} reviewer{said}"
    kind = "imp-signature--signed" if approval.signed else "imp-signature--recorded"
    return element("li", written, " ", when, " ", role, class_=f"imp-signature {kind}")
