"""The outcome of an examination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprimatur.errors import Outcome

if TYPE_CHECKING:
    from imprimatur.errors import Finding, RuleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """A rule that could not be examined, and why. It is never counted as kept."""

    rule: RuleName
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an examination found.

    articles: how many were examined. Nothing examined proves nothing.
    """

    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    articles: int

    @property
    def outcome(self) -> Outcome:
        """Granted only if everything was examined and nothing was found."""
        if self.findings:
            return Outcome.REFUSED
        if self.unchecked or not self.articles:
            return Outcome.NOT_EXAMINED
        return Outcome.GRANTED
