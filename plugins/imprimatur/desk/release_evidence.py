"""A copy of a published folder, held against what it and the repository say of it."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from imprimatur.desk.commit import protected_tip
from imprimatur.desk.common import clock
from imprimatur.desk.report import About, Format, print_verdict
from imprimatur.editorial import Repository, Standing
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import CannotExamineError
from imprimatur.gate import Unchecked
from imprimatur.gate.origin import RELEASE_IS_DERIVED, missed, verify_origin
from imprimatur.gate.release import unnamed, verify_release
from imprimatur.gate.release_file import read_release

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.desk.common import Place
    from imprimatur.errors import Outcome
    from imprimatur.gate.release_file import Release
    from imprimatur.gate.verdict import Verdict


def print_release(place: Place, site: Path, form: Format) -> Outcome:
    """Print what is found of a copy, and give what came of it.

    Raises CannotExamineError where the copy says nothing of itself.
    """
    release = read_release(site)
    verdict = verify_release(site)
    verdict = replace(verdict, findings=(*verdict.findings, *unnamed(release)))
    verdict, behind = _with_origin(verdict, place, release)
    moment = f"{release.at:%Y-%m-%dT%H:%M:%SZ}"
    command = f"imprimatur scan --at {moment} {shlex.quote(str(site))}"
    emergency = f"imprimatur scan --emergency {shlex.quote(str(site))}"
    # Only the repository knows whether a notice stood there when the commit came.
    is_notice = any(Standing(state=each.standing).is_notice for each in release.articles)
    about = About(
        lines=(
            f"It says that it is the commit {release.commit[:12]} as of {moment}.",
            *([_behind(behind)] if behind else []),
            # Whoever can change a page can change its digest.
            f"What its pages say was not read; that does: {command}",
            *([f"or, if it was made in an emergency: {emergency}"] if is_notice else []),
        ),
        data={"commit": release.commit, "at": moment, "missed": behind},
    )
    print_verdict(verdict, form, "Nothing was found", about)
    return verdict.outcome


def _behind(count: int) -> str:
    who, are = "1 commit that by its date", "is"
    if count > 1:
        who, are = f"{count} commits that by their dates", "are"
    return f"{who} had come to the protected branch by then {are} not in it."


def _with_origin(verdict: Verdict, place: Place, release: Release) -> tuple[Verdict, int]:
    """The verdict on the files, with that on where they come from; and the commits it missed."""
    now, commit = clock(), release.commit
    try:
        present = protected_tip(place, NO_CACHE)
        released = Repository(place.root, commit, NO_CACHE, commit=commit)
        found = verify_origin(release, present, released, now)
    except CannotExamineError as error:
        unknown = Unchecked(rule=RELEASE_IS_DERIVED, reason=str(error))
        return replace(verdict, unchecked=(*verdict.unchecked, unknown)), 0
    behind = missed(release, present, now)
    return replace(verdict, findings=(*verdict.findings, *found)), behind
