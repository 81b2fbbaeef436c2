"""``imprimatur verify``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from imprimatur.desk.common import Place, clock, open_repository, require_article
from imprimatur.desk.derivation import evidence_of
from imprimatur.desk.evidence_lines import evidence_lines
from imprimatur.desk.standing_data import standing_data
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import CannotExamineError, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.desk.evidence import Evidence


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.argument("slug", required=False)
@click.pass_obj
def verify(place: Place, form: str, slug: str | None) -> None:
    """Derive an approval from the repository alone, offline, and print what it rests on.

    Nothing is taken from earlier runs. Without SLUG, every article is examined.
    """
    open_repository(place)
    repository = Repository(place.root, place.trust, NO_CACHE)
    if slug is not None:
        require_article(repository, slug)
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    now = clock()
    slugs = repository.slugs if slug is None else (slug,)
    found = [evidence_of(repository, each, now) for each in slugs]
    if form == "json":
        plain = {each.slug: _plain(repository, each) for each in found}
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False, default=_text))
    else:
        for each in found:
            for line in evidence_lines(each):
                click.echo(line)
        if not found:
            click.echo("There are no articles, so nothing is approved.")
    raise SystemExit(_outcome(found))


def _outcome(found: Sequence[Evidence]) -> Outcome:
    if not found or any(each.unexamined for each in found):
        return Outcome.NOT_EXAMINED
    return Outcome.GRANTED if all(each.is_approval for each in found) else Outcome.REFUSED


def _plain(repository: Repository, evidence: Evidence) -> dict[str, object]:
    standing = standing_data(repository, evidence.slug, evidence.standing)
    return asdict(evidence) | {"approved": evidence.is_approval, "standing": standing}


def _text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
