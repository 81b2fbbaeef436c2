"""What every reader is told below every article, in the words of the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.press.audiences import passage
from imprimatur.press.elements import element
from imprimatur.press.own_headings import OwnHeading

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from imprimatur.press.copy import Copy


def disclaimer(copy: Copy) -> HtmlElement:
    """One for each audience the article is written for."""
    made = element(
        "section",
        element("h2", OwnHeading.DISCLAIMER, id="disclaimer"),
        class_="imp-disclaimer",
        aria_labelledby="disclaimer",
    )
    several = len(copy.manuscript.front.audiences) > 1
    for name in copy.manuscript.front.audiences:
        audience = copy.policy.audience(name)
        if audience is None:
            continue
        words = element("p", audience.disclaimer)
        if several:
            words = element("div", words)
            passage(words, [name], copy.policy)
        made.append(words)
    return made
