"""Where a reader turns next: approved passages of the site, the board, a report of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from imprimatur.press.elements import append, element
from imprimatur.press.own_headings import OwnHeading

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from imprimatur.press.copy import Copy

_NO_PATIENTS = "Leave out names and anything about your own or another person's health."


def followup(copy: Copy, title: str) -> HtmlElement:
    """The section. A script fills ``imp-ask`` with a search of what is approved on this site."""
    made = element("section", class_="imp-followup", aria_labelledby="followup")
    made.append(element("h2", OwnHeading.FOLLOWUP, id="followup"))
    made.append(element("div", class_="imp-ask", hidden="hidden"))
    made.append(_line(copy, title, copy.policy.questions, "imp-ask-board"))
    made.append(_line(copy, title, copy.policy.errors, "imp-report-error"))
    return made


def _line(copy: Copy, title: str, address: str | None, class_: str) -> HtmlElement:
    asks = class_ == "imp-ask-board"
    line = element("p", class_=class_)
    if address is None:
        what = "questions" if asks else "reports of errors"
        append(line, [f"The board has given no address for {what}."])
        return line
    subject = f"{'Question about' if asks else 'Error in'}: {title}"
    prompt = "My question:" if asks else "What is wrong, and where:"
    link = "Ask the editorial board" if asks else "Report an error in this article"
    about = (
        " It goes to editors, not to your doctor, and is not for emergencies."
        if asks
        else " Say which sentence is wrong, and what shows it."
    )
    href = _prefilled(address, subject, _body(copy, title, prompt))
    append(line, [element("a", link, href=href), f".{about} {_NO_PATIENTS}"])
    return line


def _body(copy: Copy, title: str, prompt: str) -> str:
    return (
        f"Article: {title} ({copy.manuscript.slug})\nStanding: {copy.standing.state}\n"
        f"Text: {copy.digest}\n\nNo patient details, please. {_NO_PATIENTS}\n\n{prompt}\n"
    )


def _prefilled(address: str, subject: str, body: str) -> str:
    if not address.startswith("https://"):
        # Of a form field %20 is a blank; of an e-mail address `+` would be a plus.
        fields = urlencode({"subject": subject, "body": body}, quote_via=quote)
        return f"mailto:{quote(address, safe='@+')}?{fields}"
    parts = urlsplit(address)
    fields = urlencode({"title": subject, "body": body}, quote_via=quote)
    query = f"{parts.query}&{fields}" if parts.query else fields
    return urlunsplit(parts._replace(query=query))
