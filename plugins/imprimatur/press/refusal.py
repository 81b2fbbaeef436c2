"""What stands in place of an article that must not be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.errors import one_line
from imprimatur.press.elements import element, serialise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.errors import Finding


def refusal(path: str, findings: Sequence[Finding]) -> str:
    """A page that names what is wrong, where, and how to mend it, and shows none of the text."""
    listed = element("ol")
    for finding in findings:
        place = one_line(f"{finding.path}:{finding.line}" if finding.line else finding.path)
        item = element("li", element("code", place), " ", element("code", finding.rule), ": ")
        item.append(element("span", one_line(f"{finding.message}; {finding.cure}.")))
        listed.append(item)
    source = element("code", one_line(path))
    page = element(
        "section",
        element("h1", "This article cannot be shown", id="title"),
        element("p", "It was refused because of what follows. Source: ", source),
        listed,
        class_="imp-refusal",
    )
    return serialise(page)
