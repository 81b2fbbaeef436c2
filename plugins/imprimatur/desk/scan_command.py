"""``imprimatur scan``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from imprimatur.desk.commit import Instant, protected_at, protected_tip
from imprimatur.desk.common import Place, clock
from imprimatur.desk.publishing import grave
from imprimatur.desk.report import About, Format, print_verdict
from imprimatur.editorial import Repository
from imprimatur.errors import CannotExamineError
from imprimatur.gate.emergency import emergency_plan
from imprimatur.gate.planning import plan
from imprimatur.gate.release_file import read_release
from imprimatur.gate.scan import scan as scan_site

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.gate import Verdict
    from imprimatur.gate.plan import Plan

_PENDING: Final = "article-is-approved"
"""That an article waits keeps a release from being made; it is no fault of a site that was built
without it."""


@click.command()
@click.argument("site", metavar="SITE", type=click.Path(path_type=Path))
@click.option(
    "--at",
    metavar="TIME",
    type=Instant(),
    help="Hold the site against what might be shown then, if it was built then.",
)
@click.option(
    "--emergency",
    is_flag=True,
    help="Hold it against the release that it names, without what was taken down since.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    default=Format.TEXT.value,
    help="Text for people, JSON for programs, annotations for GitHub.",
)
@click.pass_obj
def scan(place: Place, site: Path, at: datetime | None, form: str, *, emergency: bool) -> None:
    """Say whether a built site shows what was approved, and nothing else.

    SITE is the folder that any site generator built. Every approved text is printed again and held
    against its page; no file may tell anything of a text that is pending or was taken down; nothing
    may run, load or lie there that nobody claims.
    """
    if emergency and at is not None:
        raise CannotExamineError("an emergency names its instant itself; leave out --at")
    made, verdict = _held_after(place, site) if emergency else _held(place, site, at)
    but = ", without what was taken down since" if emergency else ""
    print_verdict(verdict, Format(form), "Nothing was found", _about(made, but))
    raise SystemExit(verdict.outcome)


def _held(place: Place, site: Path, at: datetime | None) -> tuple[Plan, Verdict]:
    now = clock()
    repository = protected_at(place, at, now)
    made, planned = plan(repository, at or now)
    verdict = scan_site(site, made)
    others = {each for each in planned.findings if each.rule != _PENDING}
    return made, replace(verdict, findings=tuple(sorted({*verdict.findings, *others})))


def _held_after(place: Place, site: Path) -> tuple[Plan, Verdict]:
    """The site held against what an emergency makes of the release that it names."""
    last, present = read_release(site), protected_tip(place)
    released = Repository(place.root, last.commit, present.cache, commit=last.commit)
    made, _ = emergency_plan(present, released, last.at, clock())
    return made, grave(scan_site(site, made))


def _about(made: Plan, but: str) -> About:
    moment = f"{made.at:%Y-%m-%dT%H:%M:%SZ}"
    line = f"Held against what may be shown at {moment} of the commit {made.commit[:12]}{but}."
    return About(lines=(line,), data={"commit": made.commit, "at": moment})
