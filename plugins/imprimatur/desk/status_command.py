"""``imprimatur status``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click
from pydantic_core import to_json

from imprimatur.desk.common import Place, clock, open_repository, require_article
from imprimatur.desk.record_lines import record_lines
from imprimatur.desk.site_state import site_data, site_lines
from imprimatur.desk.standing_data import standing_data
from imprimatur.editorial.git import git
from imprimatur.editorial.site_list import SITE_SLUG
from imprimatur.editorial.site_record import read_site
from imprimatur.errors import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.editorial import Repository, Standing


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.argument("slug", required=False)
@click.pass_obj
def status(place: Place, form: str, slug: str | None) -> None:
    """Say where each article stands, since when, and what it waits for; or one whole record.

    The site's own files stand below the articles: approved by whom, and what differs.
    """
    repository, now = open_repository(place), clock()
    if slug is not None:
        require_article(repository, slug)
    slugs = repository.slugs if slug is None else (slug,)
    derived = repository.derived(slugs, now)
    if form == "json":
        plain = {each: standing_data(found, repository.unproven) for each, found in derived.items()}
        if slug is None:
            # No article may have this name.
            record = read_site(repository, now)
            plain[SITE_SLUG] = site_data(record, repository.unproven)
        # Python's own writer takes a third of the time of all else, as soon as it indents.
        click.echo(to_json(plain, indent=2).decode())
        return
    standings = {each: found.standing for each, found in derived.items()}
    if standings:
        _print_table(standings)
    else:
        click.echo("There are no articles yet; begin one: imprimatur new SLUG")
    if slug is not None:
        for line in record_lines(repository, slug, standings[slug], now):
            click.echo(line)
    else:
        click.echo()
        for line in site_lines(read_site(repository, now)):
            click.echo(line)
    _print_trust(repository)
    fault = repository.unproven or repository.trunk.clock_fault(now)
    if fault and not repository.unproven:
        click.echo(f"Do not rely on this: {fault}.")
    if fault:
        raise SystemExit(Outcome.NOT_EXAMINED)


def _print_table(standings: dict[str, Standing]) -> None:
    if sys.stdout.isatty() or "FORCE_COLOR" in os.environ:
        # What draws tables takes its time to come, and programs need none.
        from imprimatur.desk.status_table import print_table  # noqa: PLC0415 - as said

        print_table(
            (slug, each, date_of(each.since), "; ".join(waiting(each)) or "-")
            for slug, each in standings.items()
        )
        return
    _print_lines(standings)


def _print_lines(standings: dict[str, Standing]) -> None:
    """One article, one line, for programs that search it."""
    rows = [("article", "standing", "since", "waits for")]
    for slug, standing in standings.items():
        waits = "; ".join(waiting(standing)) or "-"
        rows.append((slug, str(standing.state), date_of(standing.since), waits))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        start = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        click.echo("  ".join([*start, row[3]]))


def waiting(standing: Standing) -> tuple[str, ...]:
    """What an article waits for, and what ended or would follow."""
    lines = []
    if standing.changed:
        lines.append(f"{standing.state}: {_sentence(standing)}")
    lines += standing.waits_for
    if standing.would_be:
        lines.append(f"would be {standing.would_be} once merged")
    return tuple(lines)


def _sentence(standing: Standing) -> str:
    return "; ".join(f"{_named(part)} changed" for part in standing.changed)


def _named(part: str) -> str:
    """``reference park2019spinal (year 2019 → 2020)`` with the key as a person would type it."""
    sort, _, rest = part.partition(" ")
    if sort not in {"reference", "image"}:
        return part
    name, _, detail = rest.partition(" (")
    return f"{sort} `{name}`" + (f" ({detail}" if detail else "")


def _print_trust(repository: Repository) -> None:
    """On which protected branch all this relies."""
    if repository.unproven:
        click.echo(f"\nNothing is proven: {repository.unproven}.")
        return
    tip = repository.trunk.tip
    if not tip:
        click.echo("\nNothing is committed yet, so nothing is proven.")
        return
    names = git(repository.root, "for-each-ref", "--format=%(refname:short)", f"--points-at={tip}")
    chosen = repository.trust or ", ".join(names.split()) or "no name"
    click.echo(f"\nRelies on the protected branch at {tip[:12]} ({chosen}).")


def date_of(moment: datetime | None) -> str:
    """A day as programs sort it."""
    return f"{moment:%Y-%m-%d}" if moment else "-"
