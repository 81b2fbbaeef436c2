"""The press as a Python-Markdown extension: any generator that runs those can print with it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from markdown.extensions import Extension
from markdown.extensions.toc import nest_toc_tokens
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from imprimatur.press.blocks import PressBlocks
from imprimatur.press.body import print_copy
from imprimatur.press.notice import headline
from imprimatur.press.refusal import refusal
from imprimatur.press.site_lists import LISTS, PrintLists
from imprimatur.press.stash import Stash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown import Markdown

    from imprimatur.errors import Finding
    from imprimatur.press.copy import Copy, Heading, Proof
    from imprimatur.press.site_lists import SiteLists

_LABEL: Final = "data-toc-label"
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSheet:
    """An article to print.

    judge: says what is wrong with the proof; with any finding the page becomes a refusal.
    directories: whether the host publishes ``x.md`` as ``x/``.
    """

    copy: Copy
    directories: bool
    judge: Callable[[Proof], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """An article that was printed and judged before: the host only frames it.

    title: as its heading shows it. html: the whole ``<article>``.
    """

    title: str
    html: str
    headings: tuple[Heading, ...]

    @property
    def contents(self) -> list[Any]:
        """Its contents, as Python-Markdown tells hosts of them."""
        return contents(self.title, self.headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSheet:
    """A site page to print. lists: what its blocks may list."""

    lists: SiteLists


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedSheet:
    """A page that must not be printed, and why."""

    path: str
    findings: tuple[Finding, ...]


Sheet = ArticleSheet | PrintedSheet | SiteSheet | RefusedSheet


class PressExtension(Extension):
    """Prints one sheet. A fresh instance, like a fresh Markdown, for every page."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Stand before everything the host does to the text, and after it."""
        stash = Stash()
        if isinstance(self._sheet, SiteSheet):
            md.registerExtensions([PressBlocks(stash, LISTS)], {})
            md.postprocessors.register(PrintLists(md, self._sheet.lists, stash), "imp-lists", -1000)
        else:
            md.preprocessors.register(_Withhold(md), "imp-withhold", 1000)
            md.postprocessors.register(_Print(md, self._sheet), "imp-print", -1000)


class _Withhold(Preprocessor):
    """Gives the host's parser nothing: the press prints the text it read strictly itself.

    So no other extension of the host can change an article, and no host its meaning.
    """

    def run(self, lines: list[str]) -> list[str]:
        del lines
        # The host's table of contents, run after us, would replace the article's.
        if self.md is not None and "toc" in self.md.treeprocessors:
            self.md.treeprocessors.deregister("toc")
        return [""]


class _Print(Postprocessor):
    """Puts the article, or the refusal, in place of the host's HTML."""

    def __init__(self, md: Markdown, sheet: ArticleSheet | PrintedSheet | RefusedSheet) -> None:
        super().__init__(md)
        self._sheet = sheet

    def run(self, text: str) -> str:
        del text
        sheet = self._sheet
        self._contents([])
        if isinstance(sheet, RefusedSheet):
            return refusal(sheet.path, sheet.findings)
        if isinstance(sheet, PrintedSheet):
            self._contents(sheet.contents)
            return sheet.html
        proof = print_copy(sheet.copy, directories=sheet.directories)
        title = headline(sheet.copy.standing, sheet.copy.manuscript.front.title)
        findings = sheet.judge(proof)
        if findings:
            return refusal(sheet.copy.manuscript.path, findings)
        self._contents(contents(title, proof.headings))
        return proof.html

    def _contents(self, found: list[Any]) -> None:
        # Hosts read the contents where Python-Markdown's own extension would have left them.
        setattr(self.md, "toc_tokens", found)  # noqa: B010 - no declared field


def contents(title: str, headings: Iterable[Heading]) -> list[Any]:
    """An article's contents, nested, as Python-Markdown's own extension `toc` tells hosts of them.

    The title stands first, so that a host's way past its navigation leads there.
    """
    shown = [(1, "title", title)]
    shown += [(each.level, each.id, each.text) for each in headings]
    tokens: list[Any] = [
        {"level": level, "id": name, "name": words, "html": words, _LABEL: ""}
        for level, name, text in shown
        if level <= _DEEPEST
        for words in (escape(text),)
    ]
    nested: list[Any] = nest_toc_tokens(tokens)
    return nested
