"""What stands in place of an article that must not be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.press.elements import element, serialise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.errors import Finding


def refusal(path: str, findings: Sequence[Finding]) -> str:
    """A page that names what is wrong, where, and how to mend it, and shows none of the text."""
    listed = element("ol")
    for finding in findings:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        item = element("li", element("code", place), " ", element("code", finding.rule), ": ")
        item.append(element("span", f"{finding.message}; {finding.cure}."))
        listed.append(item)
    page = element(
        "section",
        element("h1", "This article cannot be shown", id="title"),
        element("p", "It was refused because of what follows. Source: ", element("code", path)),
        listed,
        class_="imp-refusal",
    )
    return serialise(page)
