"""Authors' own footnotes, kept apart from the references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.press.elements import element

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONTAINER: Final = "div[@class='footnote']"


def set_notes(root: HtmlElement) -> None:
    """Give the notes a section of their own, and each way back a name of its own."""
    for block in root.xpath(f".//{_CONTAINER}"):
        for rule in block.findall("hr"):
            rule.drop_tree()
        block.tag = "section"
        block.set("class", "imp-notes")
        block.set("role", "doc-endnotes")
        block.set("aria-labelledby", "notes")
        block.insert(0, element("h2", "Notes", id="notes"))
    for link in root.xpath(".//a[@class='footnote-ref']"):
        link.set("role", "doc-noteref")
        link.set("class", "imp-noteref")
        link.set("aria-label", f"Note {link.text_content()}")
    for number, note in enumerate(root.xpath(".//section[@class='imp-notes']/ol/li"), start=1):
        _back(note, number)


def _back(note: HtmlElement, number: int) -> None:
    """Python-Markdown gives every way back the same words; a listener cannot tell them apart."""
    for position, link in enumerate(note.xpath(".//a[@class='footnote-backref']")):
        letter = chr(ord("a") + position % 26)
        link.attrib.pop("title", None)
        link.set("class", "imp-back")
        link.set("role", "doc-backlink")
        link.set("aria-label", f"{letter}: back to where note {number} stands")
        link.text = letter
