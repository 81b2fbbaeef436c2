"""For whom a passage is, and the choice between the variants of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.press.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from imprimatur.editorial import Policy
    from imprimatur.editorial.policy import Audience
    from imprimatur.press.copy import Copy


def passage(block: HtmlElement, names: Iterable[str], policy: Policy) -> None:
    """Mark a block as a passage for these audiences, with a label that says so.

    Its voice is plain where everybody it is for is to be spared hard words.
    """
    names = tuple(names)
    audiences = [each for each in map(policy.audience, names) if each]
    label = f"For: {', '.join(each.label for each in audiences)}"
    block.set("class", "imp-passage")
    block.set("data-audience", " ".join(names))
    if audiences and all(each.reading_grade for each in audiences):
        block.set("data-voice", "plain")
    block.insert(0, element("p", label, class_="imp-for"))


def choice(copy: Copy) -> HtmlElement | None:
    """The choice as radio buttons; None where there is nothing to choose between.

    Hidden until a script can carry it out: without one every variant stands, labelled.
    """
    if len(copy.manuscript.front.audiences) < 2:  # noqa: PLR2004 - one variant is no choice
        return None
    made = element("fieldset", class_="imp-audience", hidden="hidden")
    made.append(element("legend", "Personalize: which best describes you?"))
    row = element("div", class_="imp-choices")
    for audience, shows in choices(copy):
        button = element("input", type="radio", name="audience", value=audience.id)
        button.set("data-shows", shows)
        button.tail = f" {audience.label}"
        row.append(element("label", button, class_="imp-choice"))
    made.append(row)
    made.append(element("p", class_="imp-audience-said", role="status"))
    return made


def printed_for() -> HtmlElement:
    """What a printed copy says of its variants; a script rewrites it when one is chosen."""
    words = "This copy carries the text for every reader, each labelled."
    return element("p", words, class_="imp-printed-for")


def choices(copy: Copy) -> Iterator[tuple[Audience, str]]:
    """Each audience of the policy that the article has a text for, and whose text that is."""
    written = copy.manuscript.front.audiences
    for audience in copy.policy.audiences:
        here: Audience | None = audience
        while here is not None and here.id not in written:
            here = copy.policy.audience(here.fallback) if here.fallback else None
        if here is not None:
            yield audience, here.id
