"""A law with a name that says what is true of a good repository."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprimatur.errors import Finding, RuleName

if TYPE_CHECKING:
    from imprimatur.gate.examination import ArticleProof, Examination
    from imprimatur.gate.scan.page import Page
    from imprimatur.gate.scan.site_rules import BuiltSite

ArticleCheck = Callable[["ArticleProof"], Iterator[Finding]]
RepositoryCheck = Callable[["Examination"], Iterator[Finding]]
PageCheck = Callable[["Page"], Iterator[Finding]]
SiteCheck = Callable[["BuiltSite"], Iterator[Finding]]
Reasons = Callable[["Examination"], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """What a rule means, with a bad and a good example."""

    meaning: str
    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class ArticleRule:
    """A rule about one article; the host asks it too, for the page it prints."""

    check: ArticleCheck

    @property
    def name(self) -> RuleName:
        """The function's name, in kebab case."""
        return _name(self.check)


@dataclass(frozen=True, slots=True)
class RepositoryRule:
    """A rule about the repository as a whole.

    publishing: whether it is asked only when something is to be published.
    built: whether it looks at a built site, so that before publishing it is asked only of one that
        is named: building a site is not the gate's part.
    craft: whether it looks at how an article or a work is made. The board sees that in a review,
    and the gate leaves it: it is asked again of each article that is printed to be published.
    unchecked: why it could not be examined, as far as it could not; None if it always can.
    """

    check: RepositoryCheck
    publishing: bool = False
    built: bool = False
    craft: bool = False
    unchecked: Reasons | None = None

    @property
    def name(self) -> RuleName:
        """The function's name, in kebab case."""
        return _name(self.check)

    def is_asked(self, *, publishing: bool, site: bool) -> bool:
        """Whether it belongs to an examination. site: whether a built site is named."""
        if self.built and publishing:
            return site
        return publishing or not self.publishing


@dataclass(frozen=True, slots=True)
class PageRule:
    """A rule about one page of a built site, from whatever host."""

    check: PageCheck

    @property
    def name(self) -> RuleName:
        """The function's name, in kebab case."""
        return _name(self.check)


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A rule about a built site as a whole."""

    check: SiteCheck

    @property
    def name(self) -> RuleName:
        """The function's name, in kebab case."""
        return _name(self.check)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRule:
    """A rule that is asked in a place of its own, which no examination comes to."""

    name: RuleName
    text: RuleText


Rule = ArticleRule | RepositoryRule | PageRule | SiteRule


def text_of(rule: Rule | ToldRule) -> RuleText:
    """Read a rule's documentation, which every rule has."""
    if isinstance(rule, ToldRule):
        return rule.text
    written = inspect.getdoc(rule.check) or ""
    meaning, _, examples = written.partition("\n\nBad:")
    bad, _, good = examples.partition("\nGood:")
    tidy = re.compile(r"\s+")
    return RuleText(
        meaning=tidy.sub(" ", meaning).strip(),
        bad=tidy.sub(" ", bad).strip(),
        good=tidy.sub(" ", good).strip(),
    )


def _name(check: Callable[..., object]) -> RuleName:
    return RuleName(check.__name__.replace("_", "-"))
