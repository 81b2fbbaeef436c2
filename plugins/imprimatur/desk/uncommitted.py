"""What ``status`` tells of the working tree that no commit holds."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.git import git
from imprimatur.editorial.history import uncommitted
from imprimatur.editorial.places import (
    ARTICLES,
    BIBLIOGRAPHY,
    BOARD,
    DOCS,
    POLICY,
    PUBLISHED,
    RECORDS,
)
from imprimatur.editorial.site_list import SITE, SITE_SLUG
from imprimatur.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from imprimatur.editorial import Derived, Repository

_ALL: Final = (DOCS, BIBLIOGRAPHY, "editorial")
_LAW: Final = (BIBLIOGRAPHY, BOARD, POLICY, SITE)


def uncommitted_files(repository: Repository) -> frozenset[str]:
    """Files from which a standing derives and that are not what the commit holds.

    Nothing where Git can say nothing: then nothing is proven, and that is told.
    """
    if repository.unproven:
        return frozenset()
    return frozenset(uncommitted(repository.root, _ALL))


def of_article(slug: str, derived: Derived, files: Iterable[str]) -> tuple[str, ...]:
    """Those of these files that are an article's own: its text, its images and its acts."""
    texts = {f"{ARTICLES}/{slug}.md", *derived.images}
    return tuple(
        sorted(each for each in files if each in texts or each.startswith(f"{RECORDS}/{slug}/"))
    )


def clause(own: Collection[str]) -> str:
    """What of an article is not committed, in a few words; empty where all of it is."""
    acts = {each.removesuffix(".sig") for each in own if each.startswith(f"{RECORDS}/")}
    parts = ["its text"] if any(not each.startswith(f"{RECORDS}/") for each in own) else []
    if acts:
        parts.append("1 act" if len(acts) == 1 else f"{len(acts)} acts")
    return f"not committed: {' and '.join(parts)}" if parts else ""


def commit_first(files: Sequence[str], call: str) -> str:
    """Why nothing is signed, and the commands that end it.

    Board and policy go by themselves: an act that came with them would not count by them.
    call: how Git is called here.
    """
    law = [each for each in files if each in {BOARD, POLICY}]
    parts = ((law, "change the rules"), ([each for each in files if each not in law], "for review"))
    commands = (
        f'{call} add {" ".join(map(quote, names))} && {call} commit -m "{words}"'
        for names, words in parts
        if names
    )
    return one_line(
        f"not committed yet: {' '.join(files)}; commit it first, so that what is signed can be "
        f"found again: {' && '.join(commands)}"
    )


def beside(repository: Repository) -> Iterator[str]:
    """A line on what lies in the working tree, where only a commit was looked at."""
    paths = uncommitted(repository.root, PUBLISHED)
    if paths:
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        yield one_line(
            f"Only the commit {repository.commit[:12]} was examined: "
            f"{paths[0]}{more} in the working tree is not what it holds."
        )


def ahead(repository: Repository) -> Iterator[str]:
    """A line on commits that are checked out here and that the commit looked at does not hold."""
    count = int(git(repository.root, "rev-list", "--count", f"{repository.commit}..HEAD"))
    if count:
        what = "1 commit" if count == 1 else f"{count} commits"
        yield f"Not on the protected branch yet, and left out: {what}; push, or have it merged."


def for_all(files: Iterable[str]) -> Iterator[str]:
    """A line on what bears on every article, or on the site's own files."""
    about_site = f"{RECORDS}/{SITE_SLUG}/"
    found = sorted(each for each in files if each in _LAW or each.startswith(about_site))
    if found:
        yield one_line(f"Not committed: {', '.join(found)}.")
