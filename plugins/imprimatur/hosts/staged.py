"""Which sheet goes with which page of a staged tree: what was printed before, and nothing else."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import CannotExamineError, Finding, RuleName
from imprimatur.gate.stage_file import read_stage
from imprimatur.hosts.edition import Pages
from imprimatur.press import Catalogue, RefusedSheet, SiteAddress, SiteLists, SiteSheet

if TYPE_CHECKING:
    from imprimatur.press import PrintedSheet, Sheet

PAGE_IS_STAGED = RuleName("page-is-staged")


class StagedEdition(Pages):
    """One printing of a staged tree. It asks no gate: what is not staged, nobody can show.

    file: the stage's own, as the environment names it; root: of the tree.
    Raises CannotExamineError where one is not what the other says.
    """

    def __init__(self, file: str, root: Path, *, directories: bool) -> None:
        if not directories:
            raise CannotExamineError(
                "articles are published as `x/`; remove `use_directory_urls` from mkdocs.yml"
            )
        self._stage = read_stage(Path(file), root.resolve())
        self._articles = {each.slug: each for each in self._stage.articles}
        # Of the tree only board and policy are read, for the site pages that list them.
        self._repository = Repository(root, cache=NO_CACHE)

    def sheet(self, source: str, url: str) -> Sheet:
        """What to frame for a file, as of an edition."""
        if not self.is_among_articles(source):
            return SiteSheet(lists=self._lists(url))
        printed = self.printed(source)
        if printed is None:
            return RefusedSheet(path=f"docs/{source}", findings=(_unstaged(f"docs/{source}"),))
        return printed

    def printed(self, source: str) -> PrintedSheet | None:
        """The staged article, or None if it is none."""
        article = self._articles.get(self.slug(source) or "")
        return article.sheet if article else None

    def head(self, source: str) -> dict[str, str]:
        """What a host may say of a page among the articles, as HTML."""
        article = self._articles.get(self.slug(source) or "")
        if article is None:
            return {"title": escape(source)}
        head = {"title": escape(article.title)}
        return head | {"description": escape(article.summary)} if article.summary else head

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every article that is listed."""
        return Catalogue(each.entry for each in self._stage.articles)

    def _lists(self, url: str) -> SiteLists:
        return SiteLists(
            catalogue=lambda: self.catalogue,
            board=lambda: self._repository.board,
            policy=lambda: self._repository.policy,
            here=SiteAddress(url=url, directories=True),
            today=self._stage.at.date(),
        )


def _unstaged(path: str) -> Finding:
    return Finding(
        path=path,
        line=0,
        rule=PAGE_IS_STAGED,
        message="this page is not among the articles that were printed",
        cure="run `imprimatur publish`, which stages all of them anew",
    )
