"""Whether the repository that a release is made from keeps its rules, as far as readers see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.places import ARTICLES
from imprimatur.editorial.policy import Pending
from imprimatur.errors import RuleName
from imprimatur.gate.granted import examine

if TYPE_CHECKING:
    from imprimatur.gate.examination import Examination
    from imprimatur.gate.plan import Plan
    from imprimatur.gate.verdict import Verdict

OF_A_TEXT: Final = frozenset(
    map(
        RuleName,
        (
            "article-has-record",
            "article-is-approved",
            "author-is-known",
            "evidence-is-searched-already",
            "front-matter-is-valid",
            "image-is-plain",
            "manuscript-is-readable",
            "record-matches-manuscript",
            "text-is-visible",
        ),
    )
)
"""Rules of which a breach harms nobody while nobody sees the text or the image it is found in."""


def check_release(examination: Examination, made: Plan) -> Verdict:
    """Ask every rule about the repository as a whole; those about articles are asked of the print.

    What is found in a text that readers do not see refuses nothing, unless the policy lets a
    pending one block all. Raises CannotExamineError as ``examine`` does.
    """
    verdict = examine(examination)
    spared = _spared(examination, made)
    kept = tuple(
        each for each in verdict.findings if not (each.rule in OF_A_TEXT and each.path in spared)
    )
    return replace(verdict, findings=kept)


def _spared(examination: Examination, made: Plan) -> frozenset[str]:
    """Manuscripts that nobody sees, and images among the articles that belong to none they see."""
    policy = examination.repository.law[0]
    notices = {each.slug for each in made.printed if each.is_notice}
    hidden = {each.slug for each in made.withheld}
    if policy is None or policy.pending is Pending.BLOCK:
        hidden &= notices
    shown = {path for each in made.printed for path in each.images}
    below = examination.repository.files.under(ARTICLES)
    images = {path for path in below if not path.endswith(".md")} - shown
    return frozenset({f"{ARTICLES}/{slug}.md" for slug in hidden} | images)


def together(*verdicts: Verdict) -> Verdict:
    """One verdict of several on one release: the last one says how many articles it holds."""
    return replace(
        verdicts[-1],
        findings=tuple(sorted({each for one in verdicts for each in one.findings})),
        unchecked=tuple(each for one in verdicts for each in one.unchecked),
    )
