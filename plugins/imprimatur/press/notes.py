"""Authors' own footnotes, kept apart from the references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from markdown.treeprocessors import Treeprocessor

from imprimatur.press.elements import element, lettered
from imprimatur.press.own_headings import OwnHeading
from imprimatur.press.stash import ATTRIBUTE, NoteMark, NotePart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement
    from markdown import Markdown

    from imprimatur.press.stash import Stash

_CLASSES: Final = {
    "footnote": NotePart.LIST,
    "footnote-ref": NotePart.LINK,
    "footnote-backref": NotePart.BACK,
}
_IDS: Final = {"sup": NotePart.PLACE, "li": NotePart.NOTE}


class NoteTickets(Treeprocessor):
    """Gives each part of a footnote a ticket in place of its class and id.

    Here the tree holds nothing that an author wrote as HTML, so nobody can write a false note.
    """

    def __init__(self, md: Markdown, stash: Stash) -> None:
        super().__init__(md)
        self._stash = stash

    def run(self, root: Element) -> None:
        """Mark what the footnote extension made: nothing else in the tree has a class or an id."""
        for each in root.iter():
            part = _CLASSES.get(each.attrib.pop("class", ""))
            name = each.attrib.pop("id", "")
            part = _IDS.get(each.tag) if name else part
            if part is not None:
                each.set(ATTRIBUTE, self._stash.put(NoteMark(part=part, id=name)))


def set_notes(marks: Sequence[tuple[HtmlElement, NoteMark]]) -> None:
    """Give the notes a section of their own, and each way back a name of its own."""
    names = {mark.id for _, mark in marks}
    for each, mark in marks:
        if mark.part is NotePart.LIST:
            _set_list(each)
        elif mark.part is NotePart.LINK:
            each.set("role", "doc-noteref")
            each.set("class", "imp-noteref")
            each.set("aria-label", f"Note {each.text_content()}")
        elif mark.part is not NotePart.BACK:
            each.set("id", mark.id)
    notes = [each for each, mark in marks if mark.part is NotePart.NOTE]
    back = {each for each, mark in marks if mark.part is NotePart.BACK}
    for number, note in enumerate(notes, start=1):
        _set_back(number, [each for each in note.iter("a") if each in back], names)


def _set_list(block: HtmlElement) -> None:
    for rule in block.findall("hr"):
        rule.drop_tree()
    block.tag = "section"
    block.set("class", "imp-notes")
    block.set("role", "doc-endnotes")
    block.set("aria-labelledby", "notes")
    block.insert(0, element("h2", OwnHeading.NOTES, id="notes"))


def _set_back(number: int, links: Sequence[HtmlElement], names: set[str]) -> None:
    """Python-Markdown gives every way back the same words; a listener cannot tell them apart.

    And it gives one to a note that stands nowhere in the text, which would lead nowhere.
    """
    for position, link in enumerate(links):
        if unquote(link.get("href", "").removeprefix("#")) not in names:
            link.drop_tree()
            continue
        letter = lettered(position)
        link.attrib.pop("title", None)
        link.set("class", "imp-back")
        link.set("role", "doc-backlink")
        link.set("aria-label", f"{letter}: back to where note {number} stands")
        link.text = letter
