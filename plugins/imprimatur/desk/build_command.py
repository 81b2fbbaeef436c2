"""``imprimatur build --preview``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from imprimatur.desk.common import Place, clock, open_repository
from imprimatur.desk.preview import build_preview
from imprimatur.desk.report import Format, print_verdict
from imprimatur.errors import CannotExamineError
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.editorial import Repository

_BUILT: Final = "sitemap.xml"
"""Lies in every site that the host has built."""


@click.command()
@click.option("--preview", is_flag=True, help="Build everything, marked as not reviewed.")
@click.option(
    "--to",
    "site",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Build into this folder; else into site/.",
)
@click.pass_obj
def build(place: Place, site: Path | None, *, preview: bool) -> None:
    """Build the preview of the whole site and check it.

    The preview shows pending articles with their cautions and asks search engines to stay away.
    What readers may see is built by `imprimatur publish`.
    """
    if not preview:
        raise CannotExamineError(
            "only previews are built here; run `imprimatur build --preview`, "
            "or `imprimatur publish` for readers"
        )
    repository = open_repository(place)
    target = Path(os.path.realpath(site or place.root / "site"))
    _refuse_to_empty(target)
    build_preview(place, target)
    now = clock()
    verdict = check(Examination(repository, now, target), publishing=False)
    print_verdict(verdict, Format.TEXT, "Nothing was found")
    _say_pending(repository, now)
    click.echo("Search works only where the site is served: mkdocs serve")
    click.echo(f"Open the preview: {(target / 'index.html').as_uri()}")
    raise SystemExit(verdict.outcome)


def _refuse_to_empty(target: Path) -> None:
    """The host empties the folder it builds into: only what it once built may be lost."""
    if target.is_dir() and any(target.iterdir()) and not (target / _BUILT).is_file():
        raise CannotExamineError(
            f"{target} holds files that no site generator built, and building would delete them; "
            "name an empty folder, or a new one"
        )


def _say_pending(repository: Repository, now: datetime) -> None:
    standings = {slug: repository.standing(slug, now) for slug in repository.slugs}
    pending = {slug: each for slug, each in standings.items() if not each.is_published}
    for slug, standing in pending.items():
        waits = "; and for ".join(standing.waits_for)
        lacks = f", and waits for {waits}" if waits else ""
        click.echo(f"Pending: {slug} is {standing.state}{lacks}.")
    if pending:
        click.echo("What of it readers get is decided by `imprimatur publish`.")
