"""``imprimatur verify``."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from imprimatur.desk.commit import Instant, protected_at
from imprimatur.desk.commit import protected_at
from imprimatur.desk.common import Place, clock, open_repository, require_article
from imprimatur.desk.derivation import evidence_of
from imprimatur.desk.evidence_lines import evidence_lines
from imprimatur.desk.report import About, Format, print_verdict
from imprimatur.desk.standing_data import standing_data
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate import Unchecked
from imprimatur.gate.origin import RELEASE_IS_DERIVED, verify_origin
from imprimatur.gate.release import verify_release
from imprimatur.gate.release_file import read_release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.desk.evidence import Evidence
    from imprimatur.errors import Finding


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--at",
    metavar="TIME",
    type=Instant(),
    help="Derive it as of then, from what was the last commit of the protected branch.",
)
@click.argument("slug", required=False)
@click.pass_obj
def verify(place: Place, form: str, at: datetime | None, slug: str | None) -> None:
    """Derive an approval from the repository alone, offline, and print what it rests on.

    Nothing is taken from earlier runs. Without SLUG, every article is examined.
    """
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


def _verify_release(place: Place, site: Path, form: str, slug: str | None) -> NoReturn:
    if slug is not None:
        raise CannotExamineError("a release is verified as a whole; leave out SLUG, or --release")
    whole, release, now = verify_release(site), read_release(site), clock()
    found: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    try:
        present = protected_at(place, None, now)
        commit = release.commit
        released = Repository(place.root, commit, NO_CACHE, commit=commit)
        found = verify_origin(release, present, released, now)
    except CannotExamineError as error:
        unchecked = (Unchecked(rule=RELEASE_IS_DERIVED, reason=str(error)),)
    findings = (*whole.findings, *found)
    verdict = replace(whole, findings=findings, unchecked=(*whole.unchecked, *unchecked))
    moment = f"{release.at:%Y-%m-%dT%H:%M:%SZ}"
    line = f"Held against what the commit {release.commit[:12]} shows at {moment}."
    print_verdict(verdict, Format(form), "Nothing was found", About(lines=(line,)))
    raise SystemExit(verdict.outcome)


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
