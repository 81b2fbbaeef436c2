"""Whether the repository that a release is made from keeps its rules, as far as readers see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.places import ARTICLES
from imprimatur.editorial.policy import Pending
from imprimatur.errors import RuleName
from imprimatur.gate.granted import examine
from imprimatur.gate.image_rules import is_image

if TYPE_CHECKING:
    from imprimatur.errors import Finding
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
            "front-matter-is-valid",
            "image-is-plain",
            "manuscript-is-readable",
            "record-matches-manuscript",
            "text-is-visible",
        ),
    )
)
"""Rules of which a breach harms nobody while nobody sees the text or the image it is found in."""

FILE_IS_CLAIMED: Final = RuleName("file-is-claimed")


def check_release(examination: Examination, made: Plan) -> Verdict:
    """Ask every rule about the repository as a whole; those about articles are asked of the print.

    What is found in a text or an image that readers do not see refuses nothing, unless the policy
    lets a pending one block all. Raises CannotExamineError as ``examine`` does.
    """
    verdict = examine(examination.repository, examination.now, examination.site)
    hidden = _hidden(examination, made)
    kept = tuple(
        each for each in verdict.findings if not _is_spared(each, examination, made, hidden)
    )
    return replace(verdict, findings=kept)


def _is_spared(
    finding: Finding, examination: Examination, made: Plan, hidden: frozenset[str]
) -> bool:
    """Whether a finding is of a text that nobody sees, or of an image among the articles.

    hidden: the manuscripts that nobody sees.
    """
    path = finding.path
    if finding.rule not in OF_A_TEXT:
        # Of a text that cannot be read nobody knows which images it claims.
        is_stray = finding.rule == FILE_IS_CLAIMED and is_image(path)
        return is_stray and bool(hidden) and path.startswith(f"{ARTICLES}/")
    if not path.startswith(f"{ARTICLES}/") or path.endswith(".md"):
        return path in hidden
    # An earlier text comes with its own image, of which the rule was asked where it was chosen.
    shown = {each.images.get(path) for each in made.printed} - {None}
    return examination.repository.files.read(path) not in shown


def _hidden(examination: Examination, made: Plan) -> frozenset[str]:
    """The manuscripts that nobody sees, and that may say what they like for as long."""
    policy = examination.repository.law[0]
    hidden = {each.slug for each in made.withheld}
    if policy is None or policy.pending is Pending.BLOCK:
        hidden &= {each.slug for each in made.printed if each.is_notice}
    return frozenset(f"{ARTICLES}/{slug}.md" for slug in hidden)


def together(*verdicts: Verdict) -> Verdict:
    """One verdict of several on one release: the last one says how many articles it holds."""
    return replace(
        verdicts[-1],
        findings=tuple(sorted({each for one in verdicts for each in one.findings})),
        unchecked=tuple(each for one in verdicts for each in one.unchecked),
    )
