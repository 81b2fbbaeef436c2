"""One article at the moment somebody wants to act on it, and whether anything stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from shlex import quote
from typing import TYPE_CHECKING

from imprimatur.desk.common import clock, git_at, open_repository, require_article
from imprimatur.desk.uncommitted import commit_first
from imprimatur.editorial import standing
from imprimatur.editorial.case import Case
from imprimatur.editorial.git import git
from imprimatur.editorial.grants import Grant, grants_of
from imprimatur.editorial.history import uncommitted
from imprimatur.editorial.places import BIBLIOGRAPHY, BOARD, POLICY, RECORDS
from imprimatur.editorial.rounds import Round, closed, rounds_of
from imprimatur.editorial.takedowns import open_concerns
from imprimatur.errors import CannotExamineError
from imprimatur.gate.last_approved import readable_texts, subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.desk.common import Place
    from imprimatur.desk.deeds import Deed
    from imprimatur.editorial import Board, FiledAct, Policy, Repository, Standing
    from imprimatur.editorial.subject import Subject


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """An article, its record and its standing at one instant.

    case: what the law weighs, the proposed acts included.
    """

    place: Place
    repository: Repository
    subject: Subject
    case: Case
    standing: Standing

    @property
    def slug(self) -> str:
        """The article's."""
        return self.subject.manuscript.slug

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """Every round, the oldest first."""
        return rounds_of(self.case)

    @cached_property
    def last_grant(self) -> Grant | None:
        """The last approval, whatever became of it."""
        grants = grants_of(self.case, self.rounds)
        return grants[-1] if grants else None

    @property
    def open_concerns(self) -> tuple[FiledAct, ...]:
        """The concerns that no later review of the whole text has answered."""
        return open_concerns(self.case, self.last_grant)

    @property
    def current(self) -> Round | None:
        """The last round of the present text."""
        return self._last(self.subject.manifest.digest)

    @property
    def shown(self) -> Round | None:
        """The round of the text that readers may be shown; else the last one there is."""
        granted = self.standing.granted
        found = self._last(granted) if granted else self.current
        return found or (self.rounds[-1] if self.rounds else None)

    def demand_open_round(self) -> Round:
        """The round in which the present text can be reviewed. Raises CannotExamineError."""
        found = self.current
        if found is None:
            raise CannotExamineError(
                f"the present text of `{self.slug}` was not submitted; "
                f"run `imprimatur submit {quote(self.slug)}` and commit that first"
            )
        if closed(self.case, found, self.case.genuine):
            raise CannotExamineError(
                f"round {found.number} of `{self.slug}` is closed, since the article was taken "
                f"down; reinstate it, and for a new round: imprimatur submit {quote(self.slug)}"
            )
        return found

    def _last(self, text: str) -> Round | None:
        return next((each for each in reversed(self.rounds) if each.text == text), None)


def find_occasion(place: Place, slug: str, deed: Deed) -> Occasion:
    """The article as somebody finds it who wants to act. Raises CannotExamineError.

    Nothing may be signed where the history is not whole, the files are not those of a commit, the
    record cannot be read or the clock is behind. What cannot be read keeps nothing up, though: to
    take an article down, the acts are enough that can be read, the newest such text, and the last
    such board and policy.
    """
    repository, now = open_repository(place), clock()
    require_article(repository, slug)
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    subject = _demand_subject(repository, slug, deed)
    demand_branch(repository)
    demand_clock(repository, now)
    _demand_commit(repository, subject, deed)
    law = _law(repository, deed)
    return Occasion(
        place=place,
        repository=repository,
        subject=subject,
        case=_case(repository, subject, law, now),
        standing=standing_of(repository, subject, law, now),
    )


def standing_of(
    repository: Repository, subject: Subject, law: tuple[Policy, Board], now: datetime
) -> Standing:
    """How an article stands, though an earlier text or law must stand in for the present one."""
    slug, (policy, board) = subject.manuscript.slug, law
    if repository.law == law and repository.subject(slug) is not None:
        return repository.standing(slug, now)
    record = repository.dossiers.record(repository.records(slug).value or (), subject, now)
    found = standing(subject.manifest, record, board, policy, now)
    return repository.dossiers.told(found, record, subject)


def _law(repository: Repository, deed: Deed) -> tuple[Policy, Board]:
    policy, board = repository.law
    if deed.takes_down:
        last = repository.dossiers.editions.readable
        policy, board = policy or last[0], board or last[1]
    if policy is None or board is None:
        name = POLICY if policy is None else BOARD
        raise CannotExamineError(
            f"{name} of the protected branch cannot be read; run `imprimatur check` and mend it"
        )
    return policy, board


def _case(
    repository: Repository, subject: Subject, law: tuple[Policy, Board], now: datetime
) -> Case:
    acts, manifest = repository.records(subject.manuscript.slug).value or (), subject.manifest
    record, (policy, board) = repository.dossiers.record(acts, subject, now), law
    return Case(manifest=manifest, record=record, board=board, policy=policy, now=now, firm=False)


def file_of(filed: FiledAct) -> str:
    """The name of an act's file, by which a person names the act."""
    return filed.path.rpartition("/")[2]


def _demand_subject(repository: Repository, slug: str, deed: Deed) -> Subject:
    findings, subject = repository.manuscript(slug).findings, repository.subject(slug)
    if not deed.takes_down:
        findings = (*repository.records(slug).findings, *findings)
    else:
        subject = subject or next(map(subject_of, readable_texts(repository, slug)), None)
        findings = () if subject else findings
    if findings or subject is None:
        told = "".join(f"\n{finding}" for finding in findings)
        raise CannotExamineError(f"`{slug}` cannot be read whole; mend this first:{told}")
    return subject


def demand_branch(repository: Repository) -> None:
    """Refuse where a commit would be lost. Raises CannotExamineError."""
    if not git(repository.root, "branch", "--show-current").strip():
        raise CannotExamineError(
            "no branch is checked out, so that what is committed here would be lost; "
            "go to a branch: git switch NAME, or make one: git switch -c NAME"
        )


def demand_clock(repository: Repository, now: datetime) -> None:
    """Refuse where this machine's clock is behind. Raises CannotExamineError."""
    fault = repository.trunk.clock_fault(now)
    if fault:
        raise CannotExamineError(fault)


def _demand_commit(repository: Repository, subject: Subject, deed: Deed) -> None:
    """What is signed must be what others find in the commit."""
    # What lies outside the repository is no image of it, and Git would refuse to look there.
    images = [path for path in subject.manifest.images if not path.startswith(("/", "../"))]
    slug = subject.manuscript.slug
    watched = [f"{RECORDS}/{slug}", BOARD, POLICY]
    # To take something down does not vouch for the text in the tree, and may be urgent.
    if not deed.takes_down:
        watched += [subject.manuscript.path, BIBLIOGRAPHY, *images]
    found = uncommitted(repository.root, tuple(watched))
    if found:
        raise CannotExamineError(commit_first(found, git_at(repository.root)))
