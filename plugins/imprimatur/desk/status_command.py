"""``imprimatur status``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TypeAlias

import click
from pydantic_core import to_json

from imprimatur.desk.common import Place, clock, open_repository, require_article
from imprimatur.desk.record_lines import record_lines
from imprimatur.desk.site_state import site_data, site_lines
from imprimatur.desk.standing_data import standing_data
from imprimatur.desk.uncommitted import clause, for_all, of_article, uncommitted_files
from imprimatur.editorial.git import git
from imprimatur.editorial.site_list import SITE_SLUG
from imprimatur.editorial.site_record import read_site
from imprimatur.errors import Outcome, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from imprimatur.editorial import Derived, Repository, Standing

    Row: TypeAlias = tuple[str, Standing, str, str]


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.argument("slug", required=False)
@click.pass_obj
def status(place: Place, form: str, slug: str | None) -> None:
    """Say where each article stands, since when, and what it waits for; or one whole record.

    The site's own files stand below the articles: approved by whom, and what differs. Read is the
    working tree; what of it is not committed yet, is called that.
    """
    repository, now = open_repository(place), clock()
    if slug is not None:
        require_article(repository, slug)
    slugs = repository.slugs if slug is None else (slug,)
    derived, beside = repository.derived(slugs, now), uncommitted_files(repository)
    own = {each: of_article(each, found, beside) for each, found in derived.items()}
    if form == "json":
        plain = {
            each: standing_data(found, repository.unproven) | {"uncommitted": list(own[each])}
            for each, found in derived.items()
        }
        if slug is None:
            # No article may have this name.
            record = read_site(repository, now)
            plain[SITE_SLUG] = site_data(record, repository.unproven)
        # Python's own writer takes a third of the time of all else, as soon as it indents.
        click.echo(to_json(plain, indent=2).decode())
        return
    _print_table(
        (each, found.standing, date_of(found.standing.since), _waits(found.standing, own[each]))
        for each, found in derived.items()
    )
    for line in _beneath(repository, derived, slug, now, beside):
        click.echo(line)
    _print_trust(repository)
    fault = repository.unproven or repository.trunk.clock_fault(now)
    if fault and not repository.unproven:
        click.echo(f"Do not rely on this: {fault}.")
    if fault:
        raise SystemExit(Outcome.NOT_EXAMINED)


def _beneath(
    repository: Repository,
    derived: Mapping[str, Derived],
    slug: str | None,
    now: datetime,
    beside: frozenset[str],
) -> Iterator[str]:
    """The record of the one article that was asked for, or how the site's own files stand."""
    if slug is not None:
        yield from record_lines(repository, slug, derived[slug].standing, now, beside)
    else:
        yield ""
        yield from site_lines(read_site(repository, now))
    for line in for_all(beside):
        yield f"\n{line}"


def _print_table(rows: Iterable[Row]) -> None:
    found = [(one_line(slug), how, since, one_line(waits)) for slug, how, since, waits in rows]
    if not found:
        click.echo("There are no articles yet; begin one: imprimatur new SLUG")
    elif sys.stdout.isatty() or "FORCE_COLOR" in os.environ:
        # What draws tables takes its time to come, and programs need none.
        from imprimatur.desk.status_table import print_table  # noqa: PLC0415 - as said

        print_table(found)
    else:
        _print_lines(found)


def _print_lines(found: Iterable[Row]) -> None:
    """One article, one line, for programs that search it."""
    rows = [("article", "standing", "since", "waits for")]
    rows += [(slug, str(standing.state), since, waits) for slug, standing, since, waits in found]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        start = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        click.echo("  ".join([*start, row[3]]))


def _waits(standing: Standing, own: tuple[str, ...]) -> str:
    """What an article waits for, and what ended or would follow. own: what is not committed."""
    lines = []
    if standing.changed:
        lines.append(f"{standing.state}: {_sentence(standing)}")
    lines += standing.waits_for
    if standing.would_be:
        lines.append(f"would be {standing.would_be} once {'committed and ' if own else ''}merged")
    if own:
        lines.append(clause(own))
    return "; ".join(lines) or "-"


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
    click.echo(f"\nRelies on the protected branch at {tip[:12]} ({one_line(chosen)}).")


def date_of(moment: datetime | None) -> str:
    """A day as programs sort it."""
    return f"{moment:%Y-%m-%d}" if moment else "-"
