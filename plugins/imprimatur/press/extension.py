"""The press as a Python-Markdown extension: any generator that runs those can print with it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import nest_toc_tokens
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from imprimatur.manuscript import Mark
from imprimatur.press.article import print_article
from imprimatur.press.blocks import PressBlocks
from imprimatur.press.citations import BracketedCitation, NarrativeCitation
from imprimatur.press.elements import parse, serialise
from imprimatur.press.listing import article_list
from imprimatur.press.refusal import refusal
from imprimatur.press.stash import ATTRIBUTE, BlockMark, Stash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from imprimatur.errors import Finding
    from imprimatur.press.copy import Copy, Proof
    from imprimatur.press.listing import Entry

LISTS: Final = ("articles",)
"""The blocks of site pages."""

_LABEL: Final = "data-toc-label"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSheet:
    """An article to print.

    judge: says what is wrong with the proof; with any finding the page becomes a refusal.
    """

    copy: Copy
    judge: Callable[[Proof], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSheet:
    """A site page to print. entries: the articles it may list, asked for only if it lists them."""

    entries: Callable[[], Iterable[Entry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedSheet:
    """A page that must not be printed, and why."""

    path: str
    findings: tuple[Finding, ...]


Sheet = ArticleSheet | SiteSheet | RefusedSheet


class PressExtension(Extension):
    """Prints one sheet. A fresh instance, like a fresh Markdown, for every page."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register what this sheet needs."""
        stash = Stash()
        sheet = self._sheet
        extensions: list[Any] = []
        if isinstance(sheet, ArticleSheet):
            names: tuple[str, ...] = tuple(Mark)
            extensions = ["fenced_code", "def_list", "sane_lists", FootnoteExtension()]
            extensions.append(TableExtension(use_align_attribute=True))
            md.ESCAPED_CHARS.append("@")
            md.inlinePatterns.register(BracketedCitation(md, stash), "imp-bracketed", 165)
            md.inlinePatterns.register(NarrativeCitation(md, stash), "imp-narrative", 85)
        else:
            names = LISTS
        md.registerExtensions([*extensions, PressBlocks(stash, names)], {})
        md.preprocessors.register(_Feed(md, sheet), "imp-feed", 1000)
        md.postprocessors.register(_Print(md, sheet, stash), "imp-print", -1000)


class _Feed(Preprocessor):
    """Feeds the strictly read body to the parser, whatever the host made of the file."""

    def __init__(self, md: Markdown, sheet: Sheet) -> None:
        super().__init__(md)
        self._sheet = sheet

    def run(self, lines: list[str]) -> list[str]:
        if isinstance(self._sheet, SiteSheet):
            return lines
        # The press names the headings itself; the host's table of contents would do it twice.
        if self.md is not None and "toc" in self.md.treeprocessors:
            self.md.treeprocessors.deregister("toc")
        if isinstance(self._sheet, ArticleSheet):
            return self._sheet.copy.manuscript.body.split("\n")
        return [""]


class _Print(Postprocessor):
    """Turns the host's HTML into the page's content."""

    def __init__(self, md: Markdown, sheet: Sheet, stash: Stash) -> None:
        super().__init__(md)
        self._sheet, self._stash = sheet, stash

    def run(self, text: str) -> str:
        sheet = self._sheet
        if isinstance(sheet, SiteSheet):
            return _expand(text, self._stash, sheet)
        self._contents([])
        if isinstance(sheet, RefusedSheet):
            return refusal(sheet.path, sheet.findings)
        proof = print_article(text, self._stash, sheet.copy)
        findings = sheet.judge(proof)
        if findings:
            return refusal(sheet.copy.manuscript.path, findings)
        self._contents(
            [
                {"level": each.level, "id": each.id, "name": name, "html": name, _LABEL: ""}
                for each in proof.headings
                for name in (escape(each.text),)
            ]
        )
        return proof.html

    def _contents(self, headings: list[Any]) -> None:
        # Hosts read the contents where Python-Markdown's own extension would have left them.
        setattr(self.md, "toc_tokens", nest_toc_tokens(headings))  # noqa: B010 - no declared field


def _expand(text: str, stash: Stash, sheet: SiteSheet) -> str:
    """Put each list where its block stood."""
    if ATTRIBUTE not in text:
        return text
    root = parse(text)
    for block in root.xpath(f".//div[@{ATTRIBUTE}]"):
        if isinstance(stash.get(block.get(ATTRIBUTE)), BlockMark):
            made = article_list(sheet.entries())
            made.tail = block.tail
            block.getparent().replace(block, made)
    return "".join([root.text or "", *(serialise(each) + (each.tail or "") for each in root)])


def print_copy(copy: Copy) -> Proof:
    """Print one article by itself, without a host."""
    proofs: list[Proof] = []

    def keep(proof: Proof) -> tuple[Finding, ...]:
        proofs.append(proof)
        return ()

    Markdown(extensions=[PressExtension(ArticleSheet(copy=copy, judge=keep))]).convert("x")
    return proofs[0]
