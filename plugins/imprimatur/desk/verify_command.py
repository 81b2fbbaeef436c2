"""``imprimatur verify``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imprimatur.desk.commit import Instant, protected_at
from imprimatur.desk.common import Place, clock, open_repository, require_article
from imprimatur.desk.derivation import evidence_of
from imprimatur.desk.evidence_lines import evidence_lines
from imprimatur.desk.release_evidence import print_release
from imprimatur.desk.report import Format
from imprimatur.desk.site_state import site_data, site_evidence, site_outcome, unexamined
from imprimatur.desk.standing_data import standing_data
from imprimatur.editorial import Derived, Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.site_list import SITE_SLUG
from imprimatur.editorial.site_record import read_site
from imprimatur.errors import CannotExamineError, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.desk.evidence import Evidence
    from imprimatur.editorial.site_record import SiteRecord


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--at",
    metavar="TIME",
    type=Instant(),
    help="Derive it as of then, from what was the last commit of the protected branch.",
)
@click.option(
    "--release",
    "site",
    metavar="SITE",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Hold a copy of a published folder against what it and the repository say of it.",
)
@click.argument("slug", required=False)
@click.pass_obj
def verify(
    place: Place, form: str, at: datetime | None, site: Path | None, slug: str | None
) -> None:
    """Derive an approval from the repository alone, offline, and print what it rests on.

    Nothing is taken from earlier runs. Without SLUG, every article is examined, and whether an
    editor approved the site's own files.

    With --release, files that are missing, changed or too many are named, and what was not approved
    at that instant. Copy the folder from its server, as by `rsync`; what is fetched over the web,
    as by `wget --mirror`, needs every file that release.json names. `imprimatur scan` reads what
    the pages say.
    """
    if site is not None:
        if slug is not None or at is not None:
            raise CannotExamineError("a release is verified whole, as of itself; name only SITE")
        raise SystemExit(print_release(place, site, Format(form)))
    open_repository(place)
    present = clock()
    repository = Repository(place.root, place.trust, NO_CACHE)
    if at is not None:
        repository = protected_at(place, at, present, NO_CACHE)
    if slug is not None:
        require_article(repository, slug)
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    now = at or present
    slugs = repository.slugs if slug is None else (slug,)
    found = [evidence_of(repository, each, now) for each in slugs]
    own = read_site(repository, now) if found and slug is None else None
    if form == "json":
        _print_json(repository, found, own)
    else:
        _print_text(repository, found, own)
    granted = site_outcome(repository, own) if own is not None else Outcome.GRANTED
    raise SystemExit(max(_outcome(found), granted))


def _print_json(repository: Repository, found: Sequence[Evidence], own: SiteRecord | None) -> None:
    plain: dict[str, object] = {each.slug: _plain(repository, each) for each in found}
    if own is not None:
        # No article may have this name.
        plain[SITE_SLUG] = site_data(own, "") | {"unexamined": list(unexamined(repository))}
    click.echo(json.dumps(plain, indent=2, ensure_ascii=False, default=_text))


def _print_text(repository: Repository, found: Sequence[Evidence], own: SiteRecord | None) -> None:
    for each in found:
        for line in evidence_lines(each):
            click.echo(line)
    for line in site_evidence(repository, own) if own is not None else ():
        click.echo(line)
    if not found:
        click.echo("There are no articles, so nothing is approved.")


def _outcome(found: Sequence[Evidence]) -> Outcome:
    if not found or any(each.unexamined for each in found):
        return Outcome.NOT_EXAMINED
    return Outcome.GRANTED if all(each.is_approval for each in found) else Outcome.REFUSED


def _plain(repository: Repository, evidence: Evidence) -> dict[str, object]:
    manifest, acts = repository.manifest(evidence.slug), repository.records(evidence.slug)
    derived = Derived(
        standing=evidence.standing,
        manifest=manifest.digest if manifest else None,
        acts=tuple(filed.path for filed in acts.value or ()),
    )
    standing = standing_data(derived, repository.unproven)
    return asdict(evidence) | {"approved": evidence.is_approval, "standing": standing}


def _text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
