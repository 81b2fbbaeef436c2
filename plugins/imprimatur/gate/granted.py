"""The gate's answer for a commit, asked anew or remembered as granted on the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.errors import Outcome
from imprimatur.gate.git_rules import history_is_not_replaced
from imprimatur.gate.rules import check
from imprimatur.gate.verdict import Verdict

if TYPE_CHECKING:
    from imprimatur.editorial.cache import Parts
    from imprimatur.gate.examination import Examination

_KIND: Final = "granted"


def examine(examination: Examination) -> Verdict:
    """Whether what a commit holds may be published; how articles are made is asked elsewhere.

    A commit is named by all that it holds and by all that led to it, and the law looks at the clock
    for the day alone, once all acts have arrived. So what was granted stays so until the day ends.
    What was refused is examined anew, and so is what the clone may cover up.
    Of a working tree or a built site nothing is remembered. Raises as ``check`` does.
    """
    repository = examination.repository
    if not repository.commit or examination.site is not None or repository.unproven:
        return check(examination, publishing=True, craft=False)
    parts = _parts(examination)
    known = repository.cache.get(_KIND, *parts)
    moment = f"{examination.now:%Y-%m-%dT%H:%M:%S}"
    if known is not None and not list(history_is_not_replaced(examination)):
        since, _, count = known.partition(" ")
        if since <= moment:
            return Verdict(findings=(), unchecked=(), articles=int(count))
    verdict = check(examination, publishing=True, craft=False)
    if verdict.outcome is Outcome.GRANTED and repository.trunk.latest <= examination.now:
        repository.cache.put_many(_KIND, {parts: f"{moment} {verdict.articles}"})
    return verdict


def _parts(examination: Examination) -> Parts:
    """Everything that decides: the history, the commit that is looked at, and the day."""
    state, day = examination.repository.trunk.state, f"{examination.now:%Y-%m-%d}"
    return (*state, examination.repository.commit.encode(), day.encode())
