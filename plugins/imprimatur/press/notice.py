"""What stands in place of an article that is withdrawn, retracted, superseded or expired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.editorial import Said, State
from imprimatur.press.addresses import relocated
from imprimatur.press.elements import append, day, element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from imprimatur.editorial import Standing
    from imprimatur.press.copy import Copy

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
# In an emergency nobody asks how the other one stands, so no more is claimed.
_NO_SUCCESSOR: Final = (
    "Another article took its place. That one may not be available now either, so no link to it is "
    "given. Do not rely on copies of this one."
)


def headline(standing: Standing, title: str) -> str:
    """What the page is called: a notice shows a title only if that title was once approved."""
    if not standing.is_notice:
        return title
    return standing.approved_title or _TITLES[standing.state]


def notice(copy: Copy, *, directories: bool) -> HtmlElement:
    """The notice, with the reasons, who gave them, when, and where to go instead.

    directories: whether the host publishes ``x.md`` as ``x/``.
    """
    standing = copy.standing
    made = element(
        "section", class_="imp-notice", data_standing=standing.state, aria_labelledby="notice"
    )
    made.append(element("h2", _TITLES[standing.state], id="notice"))
    made.append(element("p", _meaning(standing)))
    own = Said(reason=standing.reason, by=standing.by, at=standing.since)
    for said in standing.retractions or (own,):
        append(made, _told(said))
    if standing.successor:
        address = relocated(f"{standing.successor.slug}.md", directories=directories)
        link = element("a", standing.successor.title, href=address)
        made.append(element("p", "Read instead, approved: ", link))
    return made


def _meaning(standing: Standing) -> str:
    if standing.state is State.SUPERSEDED and standing.successor is None:
        return _NO_SUCCESSOR
    return _MEANINGS[standing.state]


def _told(said: Said) -> Iterator[HtmlElement]:
    if said.reason:
        yield element("p", element("strong", "Reason: "), said.reason)
    if said.at:
        line = element("p", f"By {said.by} on " if said.by else "On ", day(said.at))
        line.set("class", "imp-notice-by")
        line[-1].tail = "."
        yield line
