"""The gate's answer for a commit, asked anew or remembered as granted on the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.errors import Outcome
from imprimatur.gate.git_rules import covers
from imprimatur.gate.seen import see_all
from imprimatur.gate.verdict import Verdict

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imprimatur.editorial import Repository
    from imprimatur.editorial.cache import Parts

_KIND: Final = "granted"


def examine(repository: Repository, now: datetime, site: Path | None = None) -> Verdict:
    """Whether what a commit holds may be published; how articles are made is asked elsewhere.

    A commit is named by all that it holds and by all that led to it, and the law looks at the clock
    for the day alone, once all acts have arrived. So what was granted stays so until the day ends.
    What was refused is examined anew, and so is what the clone may cover up.
    Of a working tree or a built site nothing is remembered.
    site: a built site whose links are looked at, too. Raises as ``check`` does.
    """
    if not repository.commit or site is not None or repository.unproven:
        return _check(repository, now, site)
    parts = _parts(repository, now)
    known = repository.cache.get(_KIND, *parts)
    moment = f"{now:%Y-%m-%dT%H:%M:%S}"
    if known is not None and not list(covers(repository)):
        since, _, count = known.partition(" ")
        if since <= moment:
            return Verdict(findings=(), unchecked=(), articles=int(count))
    verdict = _check(repository, now)
    if verdict.outcome is Outcome.GRANTED and repository.trunk.latest <= now:
        repository.cache.put_many(_KIND, {parts: f"{moment} {verdict.articles}"})
    return verdict


def _check(repository: Repository, now: datetime, site: Path | None = None) -> Verdict:
    seen = see_all(repository, now)
    # The rules bring the press, which takes longer to come than an answer that is remembered.
    from imprimatur.gate.examination import Examination  # noqa: PLC0415 - as said
    from imprimatur.gate.rules import check  # noqa: PLC0415 - as said

    return check(Examination(repository, now, site, seen), publishing=True, craft=False)


def _parts(repository: Repository, now: datetime) -> Parts:
    """Everything that decides: the history, the commit that is looked at, and the day."""
    return (*repository.trunk.state, repository.commit.encode(), f"{now:%Y-%m-%d}".encode())
