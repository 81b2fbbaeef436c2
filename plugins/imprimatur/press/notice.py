"""What stands in place of an article that is withdrawn, retracted, superseded or expired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial import State
from imprimatur.press.addresses import relocated
from imprimatur.press.elements import day, element

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from imprimatur.editorial import Standing

_TITLES: Final = {
    State.WITHDRAWN: "This article was withdrawn",
    State.RETRACTED: "This article was retracted",
    State.SUPERSEDED: "This article was superseded",
    State.EXPIRED: "The approval of this article has expired",
}
_MEANINGS: Final = {
    State.WITHDRAWN: "It was taken down; a new review may bring it back. Do not rely on copies.",
    State.RETRACTED: "It was taken back for good. Do not rely on any copy of it.",
    State.SUPERSEDED: "Another article has taken its place. Do not rely on copies of this one.",
    State.EXPIRED: (
        "It was not reviewed again in time, so its text is no longer shown. Do not rely on copies."
    ),
}


def headline(standing: Standing, title: str) -> str:
    """What the page is called: a notice shows a title only if that title was once approved."""
    if not standing.is_notice:
        return title
    return standing.approved_title or _TITLES[standing.state]


def notice(standing: Standing, *, directories: bool) -> HtmlElement:
    """The notice, with the reason, who gave it, when, and where to go instead.

    directories: whether the host publishes ``x.md`` as ``x/``.
    """
    made = element(
        "section", class_="imp-notice", data_standing=standing.state, aria_labelledby="notice"
    )
    made.append(element("h2", _TITLES[standing.state], id="notice"))
    made.append(element("p", _MEANINGS[standing.state]))
    if standing.reason:
        made.append(element("p", element("strong", "Reason: "), standing.reason))
    if standing.since:
        said = element("p", f"By {standing.by} on " if standing.by else "On ", day(standing.since))
        said.set("class", "imp-notice-by")
        said[-1].tail = "."
        made.append(said)
    if standing.successor:
        address = relocated(f"{standing.successor.slug}.md", directories=directories)
        link = element("a", standing.successor.title, href=address)
        made.append(element("p", "Read instead, approved: ", link))
    return made
