"""Which sheet goes with which page: what every host asks before it prints."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property, lru_cache, partial
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprimatur.editorial.places import ARTICLES, DOCS
from imprimatur.errors import Finding, RuleName
from imprimatur.gate import copy_of, judge
from imprimatur.press import (
    ArticleSheet,
    Catalogue,
    Entry,
    RefusedSheet,
    Sheet,
    SiteAddress,
    SiteLists,
    SiteSheet,
    generated_pages,
    headline,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from imprimatur.editorial import Repository
    from imprimatur.press import PrintedSheet

FILE_IS_CLAIMED = RuleName("file-is-claimed")


class Pages(ABC):
    """What any printing of a site tells a host."""

    def is_among_articles(self, source: str) -> bool:
        """Whether a file below ``docs/`` lies where only manuscripts may lie."""
        return _place(source)[0]

    def slug(self, source: str) -> str | None:
        """The slug of a file below ``docs/``, or None if it is no manuscript."""
        return _place(source)[1]

    @abstractmethod
    def sheet(self, source: str, url: str) -> Sheet:
        """What to print for a file.

        source: its path below ``docs/``; url: its address below the site's root.
        """

    def printed(self, source: str) -> PrintedSheet | None:
        """What was printed of a file before, if it was: nothing but its frame is to be made."""
        del source
        return None

    @abstractmethod
    def head(self, source: str) -> dict[str, str]:
        """What a host may say of a page among the articles: its title, of a text its summary.

        As HTML, because hosts' templates print as it is whatever they are given.
        """

    @cached_property
    @abstractmethod
    def catalogue(self) -> Catalogue:
        """Every article that is listed; read and put in order once, however many pages ask."""

    @property
    def generated(self) -> Mapping[str, str]:
        """The pages that nobody writes, by their file below ``docs/``."""
        return generated_pages(self.catalogue)


class Edition(Pages):
    """One printing of the whole repository.

    now: the instant of asking. directories: whether ``x.md`` is published as ``x/``.
    """

    def __init__(self, repository: Repository, now: datetime, *, directories: bool) -> None:
        self.repository, self.now, self.directories = repository, now, directories

    def sheet(self, source: str, url: str) -> Sheet:
        """What to print for a file; of an article, as it stands in the repository."""
        slug = self.slug(source)
        if slug is None and self.is_among_articles(source):
            return RefusedSheet(path=f"docs/{source}", findings=(_stray(f"docs/{source}"),))
        if slug is None:
            return SiteSheet(lists=self._lists(url))
        copy = copy_of(self.repository, slug, self.now)
        reading = (*self.repository.manuscript(slug).findings, *self.repository.missing)
        if copy is None or reading:
            findings = (*reading, *self.repository.policy.findings)
            return RefusedSheet(path=f"docs/{source}", findings=findings)
        judged = partial(judge, copy)
        return ArticleSheet(copy=copy, directories=self.directories, judge=judged)

    def head(self, source: str) -> dict[str, str]:
        """What a host may say of a page among the articles, as HTML."""
        slug = self.slug(source)
        manuscript = self.repository.manuscript(slug).value if slug else None
        if manuscript is None or slug is None:
            return {"title": escape(source)}
        standing = self.repository.standing(slug, self.now)
        title = escape(headline(standing, manuscript.front.title))
        if standing.is_notice:
            return {"title": title}
        return {"title": title, "description": escape(manuscript.front.summary)}

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every article that is listed."""
        return Catalogue(self._entries())

    def _lists(self, url: str) -> SiteLists:
        return SiteLists(
            catalogue=lambda: self.catalogue,
            board=lambda: self.repository.board,
            policy=lambda: self.repository.policy,
            here=SiteAddress(url=url, directories=self.directories),
            today=self.now.date(),
        )

    def _entries(self) -> Iterator[Entry]:
        for slug in self.repository.slugs:
            manuscript = self.repository.manuscript(slug).value
            if manuscript is not None:
                standing = self.repository.standing(slug, self.now)
                yield Entry(
                    slug=slug,
                    title=manuscript.front.title,
                    summary=manuscript.front.summary,
                    topics=manuscript.front.topics,
                    state=standing.state,
                    reviewed=standing.reviewed,
                    update=standing.update,
                )


# Each page is asked half a dozen times where it lies.
@lru_cache(maxsize=4096)
def _place(source: str) -> tuple[bool, str | None]:
    """Whether a file below ``docs/`` lies among the manuscripts, and the slug of one of them."""
    path = PurePosixPath(DOCS, source)
    is_manuscript = path.suffix == ".md" and path.parent == PurePosixPath(ARTICLES)
    return PurePosixPath(ARTICLES) in path.parents, path.stem if is_manuscript else None


def _stray(path: str) -> Finding:
    return Finding(
        path=path,
        line=0,
        rule=FILE_IS_CLAIMED,
        message="hosts print this file as a page, and no rule would judge it as an article",
        cure=f"name it {ARTICLES}/<slug>.md, or move it out of {ARTICLES}/",
    )
