"""``imprimatur status``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from imprimatur.desk.common import Place, clock, open_repository, require_article

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.editorial import Repository, Standing


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.argument("slug", required=False)
@click.pass_obj
def status(place: Place, form: str, slug: str | None) -> None:
    """Say where each article stands, since when, and what it waits for; or one whole record."""
    repository, now = open_repository(place), clock()
    if slug is not None:
        require_article(repository, slug)
    slugs = repository.slugs if slug is None else (slug,)
    repository.read_ahead(slugs)
    standings = {each: repository.standing(each, now) for each in slugs}
    if form == "json":
        plain = {each: _plain(repository, each, standing) for each, standing in standings.items()}
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    if not standings:
        click.echo("There are no articles yet.")
        return
    _print_table(standings)
    if slug is not None:
        _print_record(repository, slug)


def _print_table(standings: dict[str, Standing]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("article", "standing", "since", "waits for"):
        table.add_column(heading, overflow="fold")
    for slug, standing in standings.items():
        waits = "; ".join(standing.waits_for)
        table.add_row(slug, standing.state, _date(standing.since), waits)
    console = Console(highlight=False)
    if not console.is_terminal:
        # One article, one line, for programs that search it.
        console = Console(highlight=False, width=1000)
    console.print(table)


def _print_record(repository: Repository, slug: str) -> None:
    manifest = repository.manifest(slug)
    if manifest is not None:
        click.echo(f"\nmanifest {manifest.digest}")
        for part, digest in manifest.parts.items():
            click.echo(f"  {digest[:19]}…  {part}")
    click.echo("\nrecord")
    acts = repository.records(slug).value or ()
    for filed in acts:
        act = filed.act
        told = f"{act.act}{f' ({act.decision})' if act.decision else ''}, round {act.round}"
        signed = f"signature {filed.signature.value}"
        click.echo(f"  {act.signed_at:%Y-%m-%d %H:%M} {told}, by {act.printed_name}; {signed}")
    if not acts:
        click.echo("  no acts")
    for finding in repository.records(slug).findings:
        click.echo(f"  {finding}")


def _plain(repository: Repository, slug: str, standing: Standing) -> dict[str, object]:
    manifest = repository.manifest(slug)
    return {
        "standing": standing.state,
        "since": standing.since.isoformat() if standing.since else None,
        "round": standing.round,
        "waits_for": list(standing.waits_for),
        "manifest": manifest.digest if manifest else None,
        "acts": [filed.path for filed in repository.records(slug).value or ()],
    }


def _date(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "-"
