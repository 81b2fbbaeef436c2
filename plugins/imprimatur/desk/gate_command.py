"""``imprimatur gate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imprimatur.desk.approved_then import approved_then, then_data, then_lines
from imprimatur.desk.check_options import FORMAT, SITE
from imprimatur.desk.commit import Instant, checked_out, protected_at
from imprimatur.desk.common import Place, clock
from imprimatur.desk.report import About, Format, print_verdict
from imprimatur.desk.uncommitted import beside
from imprimatur.editorial.policy import Pending
from imprimatur.errors import Outcome, RuleName
from imprimatur.gate.granted import examine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from imprimatur.editorial import Repository
    from imprimatur.gate import Verdict


@click.command()
@FORMAT
@SITE
@click.option(
    "--at",
    metavar="TIME",
    type=Instant(),
    help="Answer as of then: what was approved, by whom, and whether it could be published.",
)
@click.pass_obj
def gate(place: Place, form: str, site: Path | None, at: datetime | None) -> None:
    """Say whether what is committed may be published, and why not.

    The commit that is checked out is examined, whatever lies in the working tree; with --at, what
    was the last commit of the protected branch at that time, by the law of that time. Nothing is
    printed or built for it: `imprimatur check` looks at how articles are made and at links.
    """
    now = clock()
    repository = checked_out(place) if at is None else protected_at(place, at, now)
    verdict = examine(repository, at or now, site)
    print_verdict(verdict, Format(form), "Granted", _about(repository, at, now, verdict))
    raise SystemExit(verdict.outcome)


def _about(repository: Repository, at: datetime | None, now: datetime, verdict: Verdict) -> About:
    """What was examined, and what was approved then or lies beside it now."""
    data: dict[str, object] = {"commit": repository.commit, "at": (at or now).isoformat()}
    if at is None:
        return About(lines=(*beside(repository), *_softened(repository, verdict)), data=data)
    found = approved_then(repository, at)
    lines = tuple(then_lines(found, repository.commit, at))
    return About(lines=lines, data=data | {"approved": then_data(found)})


def _softened(repository: Repository, verdict: Verdict) -> Iterator[str]:
    """That a publication may go on all the same: it weighs one article at a time."""
    pending = {each.rule for each in verdict.findings} == {RuleName("article-is-approved")}
    if verdict.outcome is not Outcome.REFUSED or not pending:
        return
    policy = repository.law[0]
    if policy is not None and policy.pending is not Pending.BLOCK:
        yield (
            "This is about every article as it stands. By the policy "
            f"(`pending: {policy.pending}`), `imprimatur publish` goes on without what is pending."
        )
