"""A release, thought through: what each page will say, and which texts nobody may see."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprimatur.editorial.places import ARTICLES, BOARD, DOCS, POLICY
from imprimatur.editorial.policy import Pending
from imprimatur.errors import CannotExamineError
from imprimatur.gate.choosing import choose
from imprimatur.gate.examination import Examination
from imprimatur.gate.host_settings import SETTINGS, read_settings
from imprimatur.gate.image_rules import unbound
from imprimatur.gate.plan import Plan, Printed
from imprimatur.gate.printing import print_all
from imprimatur.gate.reader_rules import searched_ahead
from imprimatur.gate.record_rules import article_is_approved
from imprimatur.gate.verdict import Verdict
from imprimatur.press import Entry, headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from imprimatur.editorial import Repository
    from imprimatur.editorial.cache import Cache
    from imprimatur.errors import Finding
    from imprimatur.gate.choosing import Choice
    from imprimatur.gate.printing import Print
    from imprimatur.gate.shown import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A release before it is printed.

    findings: what keeps it from being published, whatever the print looks like.
    """

    commit: str
    at: datetime
    choices: tuple[Choice, ...]
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def plan(repository: Repository, now: datetime) -> tuple[Plan, Verdict]:
    """Plan a release, and say what keeps it from being published.

    Every published article is printed here, and nowhere else. What the rules about the repository
    as a whole say is asked elsewhere.
    Raises CannotExamineError where the protected branch is not known.
    """
    return print_outline(outline(repository, now), repository.cache)


def outline(repository: Repository, now: datetime) -> Outline:
    """What is shown of each article. Raises as ``plan`` does."""
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    repository.read_ahead(repository.slugs)
    settings = read_settings(repository.files.read(SETTINGS))
    files = files_of(repository, settings.overrides)
    commit = repository.commit or repository.trunk.head
    choices = choose(repository, now, commit, files)
    texts = [each.text for each in choices if each.text is not None]
    amiss = (each for text in texts for each in _amiss(repository, text, now))
    found = (*settings.findings, *amiss, *_blocked(repository, now))
    return Outline(commit=commit, at=now, choices=choices, files=files, findings=found)


def print_outline(made: Outline, cache: Cache) -> tuple[Plan, Verdict]:
    """Print what is shown, and judge it."""
    texts = [each.text for each in made.choices if each.text is not None]
    printed, findings = _print_texts(texts, cache)
    release = Plan(
        commit=made.commit,
        at=made.at,
        printed=printed,
        withheld=tuple(each.withheld for each in made.choices if each.withheld is not None),
        files=made.files,
    )
    found = tuple(sorted({*made.findings, *findings}))
    return release, Verdict(findings=found, unchecked=(), articles=len(printed))


def files_of(repository: Repository, overrides: str) -> Mapping[str, bytes]:
    """Every file that is staged beside the articles: no bibliography, and no records.

    overrides: the folder of the site's templates; empty if there is none.
    """
    places = [SETTINGS, BOARD, POLICY]
    places += [
        path
        for path in repository.files.under(DOCS)
        if PurePosixPath(ARTICLES) not in PurePosixPath(path).parents
    ]
    places += repository.files.under(overrides) if overrides else []
    # What is no plain file is never staged; that it lies there at all, the gate refuses.
    read = {path: repository.files.read(path) for path in places}
    return {path: data for path, data in read.items() if data is not None}


def _print_texts(
    texts: Sequence[Shown], cache: Cache
) -> tuple[tuple[Printed, ...], tuple[Finding, ...]]:
    """Print some texts, and say what breaks a rule about articles in them."""
    prints = print_all([each.copy for each in texts], [each.works for each in texts], cache)
    pairs = list(zip(texts, prints, strict=True))
    findings = [finding for each in prints for finding in each.findings]
    for text, made in pairs:
        findings += unbound(text.copy.manuscript, text.manifest, made.images)
    return tuple(_printed(text, made) for text, made in pairs), tuple(findings)


def _printed(text: Shown, made: Print) -> Printed:
    front, found = text.copy.manuscript.front, text.copy.standing
    title = headline(found, front.title)
    entry = Entry(
        slug=text.copy.manuscript.slug,
        title=title,
        summary=front.summary,
        topics=front.topics,
        state=found.state,
        reviewed=found.reviewed,
        update=found.update,
    )
    return Printed(
        slug=entry.slug,
        title=title,
        summary=front.summary,
        html=made.html,
        headings=made.headings,
        entry=entry,
        digest=text.copy.digest,
        commit=text.commit,
        source=text.source,
        images=text.images,
    )


def _amiss(repository: Repository, text: Shown, now: datetime) -> Iterator[Finding]:
    """What is wrong with a text that is shown just as it stands, before it is printed."""
    manuscript = text.copy.manuscript
    if text.is_present:
        yield from repository.manuscript(manuscript.slug).findings
        yield from repository.missing
        yield from searched_ahead(manuscript, now.date())


def _blocked(repository: Repository, now: datetime) -> Iterator[Finding]:
    """Every pending article, where the policy says that one keeps all from being published."""
    policy = repository.law[0]
    if policy is None or policy.pending is Pending.BLOCK:
        yield from article_is_approved(Examination(repository, now))
