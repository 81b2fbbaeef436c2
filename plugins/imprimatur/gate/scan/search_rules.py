"""Whether what is searched says what the pages say, whoever made it."""

from __future__ import annotations

from functools import cached_property, lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding
from imprimatur.gate.scan.page_text import blocks_of, is_all, is_said, parts_of, squeezed
from imprimatur.gate.scan.searched import CURE, FILTER, META, RULE
from imprimatur.gate.scan.tree import finder
from imprimatur.press.elements import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from imprimatur.gate.scan.page import Page
    from imprimatur.gate.scan.page_text import Block, Part
    from imprimatur.gate.scan.searched import Head, Searched

_BODY: Final = "data-pagefind-body"
_TITLES: Final = finder("//head/title")
_UNREAD: Final = frozenset({"script", "style", "template", "textarea", "title", "iframe", "svg"})


def search_says_what_its_page_says(page: Page) -> Iterator[Finding]:
    """What is searched says of each page only what that page says, sentence by sentence.

    Held against the page are the search data of MkDocs, of Zensical and of pagefind. What is said
    below a heading stands below it in the page, and pagefind leaves nothing out.

    Bad: search.json says 50 mg of a page that says 5 mg
    Good: search.json as the host writes it
    """
    if not page.searched:
        return
    words = _Words(page)
    for said in page.searched:
        told = _amiss(words, said)
        if told:
            address = page.path.removesuffix("index.html") or "the home page"
            message = f"{told} of {address} in the search is not what that page says"
            yield Finding(path=said.file, line=0, rule=RULE, message=message, cure=CURE)


def _amiss(words: _Words, said: Searched) -> str:
    """What is said that the page does not say, as a name; empty where it says all of it."""
    parts = {
        # What is left out could be a warning, or the heading of what follows.
        "the text": words.is_all(said.texts)
        if said.is_whole
        else all(words.says(each, said.place) for each in said.texts),
        "the place of a heading": words.heads(said.heads)
        if said.is_whole
        else not said.place or words.names(said.place, said.titles),
        "a title": all(map(words.is_title, said.titles)),
        "a menu or a tag": all(map(words.frames, said.framing)),
        "a heading": all(words.begins(place, text) for place, text in said.places),
        "a mark": all(words.marks(*each) for each in said.marked),
        # A standing that is left out is one that nobody sees beside the result.
        "the choice of marks": not said.is_whole or words.is_all_marked(said.marked),
    }
    return next((name for name, is_whole in parts.items() if not is_whole), "")


class _Words:
    """All that a page says to those who search."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._bodies = [element for element, _ in page.attributes.get(_BODY, ())]
        self._roots = self._bodies or page.root.findall("body")

    def says(self, text: str, place: str = "") -> bool:
        """Whether its sentences say a text. place: of the part that says it."""
        blocks = self._below(place) if place else self._blocks
        return any(is_said(each, blocks) for each in _readings(text))

    def is_all(self, texts: Iterable[str]) -> bool:
        """Whether these texts are all that our search reads of it."""
        blocks = tuple(block for part in self._searched for block in part.blocks)
        return any(is_all(each, blocks) for each in _readings("".join(texts)))

    def names(self, place: str, titles: Iterable[str]) -> bool:
        """Whether a part of it, which begins with a heading, has these titles."""
        parts = [each for each in self._parts if each.place == squeezed(place)]
        known = frozenset(text for each in parts for text in _heading(each))
        return all(not known.isdisjoint(_readings(each)) for each in titles)

    def heads(self, heads: tuple[Head, ...]) -> bool:
        """Whether these are all its headings that our search reads, each in its place."""
        parts = self._searched[1:]
        return len(heads) == len(parts) and all(
            squeezed(each.place) == part.place
            and squeezed(each.text) in _heading(part)
            and any(form.startswith(squeezed(each.text)) for form in _read_twice([each.said]))
            for each, part in zip(heads, parts, strict=True)
        )

    def is_title(self, text: str) -> bool:
        """Whether a text is the title in its head, or a whole block of it."""
        readings = _readings(text)
        return not self._titles.isdisjoint(readings) or not self._wholes.isdisjoint(readings)

    def frames(self, text: str) -> bool:
        """Whether a text is a title, or said by the theme or a file of the site."""
        tidy, claims = " ".join(text.split()), self._page.claims
        return (
            self.is_title(text)
            or claims.frame.says(tidy)
            or tidy in claims.texts.head(self._page.path)
        )

    def begins(self, place: str, text: str) -> bool:
        """Whether a part of it has a text. place: its id."""
        if place in self._page.ids and squeezed(text) in self._wholes:
            return True
        element = self._places.get(place)
        return element is not None and squeezed(text) in _read_twice(_wholes(blocks_of([element])))

    def marks(self, attribute: str, name: str, value: str) -> bool:
        """Whether it marks a value for the search under a name, or has an image with it."""
        if attribute not in {FILTER, META}:
            return any(each.get(attribute) == value for each in self._page.root.iter("img"))
        return (attribute, name, squeezed(value)) in self._marks

    def is_all_marked(self, marked: Iterable[tuple[str, str, str]]) -> bool:
        """Whether these are all that may be chosen of what is searched of it."""
        said = {(name, squeezed(value)) for _, name, value in marked}
        return all(
            any((name, text) in said for text in _read_twice([_text(element)]))
            for element, name in self._page.attributes.get(FILTER, ())
            if any(body in self._bodies for body in element.iterancestors())
        )

    @cached_property
    def _marks(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (name, value, said)
            for name in (FILTER, META)
            for element, value in self._page.attributes.get(name, ())
            for said in _read_twice([_text(element)])
        )

    @cached_property
    def _titles(self) -> frozenset[str]:
        title = "".join(text for each in _TITLES(self._page.root) for text in each.itertext())
        own = title.removesuffix(f" - {self._page.claims.settings.name}")
        return frozenset({"", squeezed(title), squeezed(own)})

    @cached_property
    def _wholes(self) -> frozenset[str]:
        return _wholes(self._blocks)

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return tuple(block for part in self._parts for block in part.blocks)

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        return parts_of(self._roots)

    def _below(self, place: str) -> tuple[Block, ...]:
        """What stands below a heading, smaller headings and what is below them included.

        Hosts tell text behind a part with a smaller heading below the larger one again.
        """
        found, level = list["Block"](), ""
        for part in self._parts:
            if level and part.level <= level:
                level = ""
            if part.place == squeezed(place):
                level = part.level
            found += part.blocks if level else ()
        return tuple(found)

    @cached_property
    def _searched(self) -> tuple[Part, ...]:
        """What pagefind reads: it is given the text alone, whatever a template sets around it."""
        is_unmarked = not self._bodies and self._page.printed is None
        texts = self._page.shown.parts if is_unmarked else ()
        return parts_of(list(texts) or self._roots, searched=True)

    @cached_property
    def _places(self) -> Mapping[str, _Element]:
        named = self._page.attributes.get("id", ())
        return {value: element for element, value in reversed(named)}


def _heading(part: Part) -> frozenset[str]:
    """The text of the heading with which a part begins, as it may be read."""
    return _read_twice("".join(each) for block in part.blocks[:1] for each in block)


def _text(element: _Element) -> str:
    return squeezed("".join(map(str, element.itertext())))


def _wholes(blocks: Iterable[Block]) -> frozenset[str]:
    """What each block says as a whole; or nothing."""
    return frozenset({"", *("".join(each) for block in blocks for each in block)})


def _read_twice(texts: Iterable[str]) -> frozenset[str]:
    """Texts, and what stands there where ``&amp;`` is read once more, as pagefind does of some."""
    return frozenset(form for each in texts for form in (each, squeezed(unescape(each))))


@lru_cache(maxsize=1_000)
def _readings(text: str) -> frozenset[str]:
    """A text as it is, and as the HTML that some searches hold, without blanks.

    HTML that could show or run anything but its words is not read as such.
    """
    plain = squeezed(text)
    if "<" not in text and "&" not in text:
        return frozenset({plain})
    root = parse(text)
    inside = list(root.iterdescendants())
    if any(not isinstance(e.tag, str) or e.attrib or e.tag in _UNREAD for e in inside):
        return frozenset({plain})
    return frozenset({plain, squeezed("".join(root.itertext()))})
