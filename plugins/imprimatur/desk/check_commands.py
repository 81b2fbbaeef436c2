"""``imprimatur check`` and ``imprimatur gate``."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from imprimatur.desk.approved_then import approved_then, then_data, then_lines
from imprimatur.desk.commit import Instant, checked_out, protected_at
from imprimatur.desk.common import Place, clock, open_repository
from imprimatur.desk.preview import build_preview
from imprimatur.desk.report import About, Format, print_verdict
from imprimatur.editorial.history import uncommitted
from imprimatur.editorial.places import PUBLISHED
from imprimatur.errors import CannotExamineError
from imprimatur.gate import Examination
from imprimatur.gate import check as check_rules
from imprimatur.gate.granted import examine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from imprimatur.editorial import Repository

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    default=Format.TEXT.value,
    help="Text for people, JSON for programs, annotations for GitHub.",
)
_SITE = click.option(
    "--site",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Look at the links of this built preview, too.",
)


@click.command()
@_FORMAT
@_SITE
@click.pass_obj
def check(place: Place, form: str, site: Path | None) -> None:
    """Examine everything in the repository by every rule.

    Links are looked at in a preview, which is built in a temporary folder unless one is named.
    """
    repository = open_repository(place)
    with _preview(place, site) as built:
        verdict = check_rules(Examination(repository, clock(), built), publishing=False)
    print_verdict(verdict, Format(form), "Nothing was found")
    raise SystemExit(verdict.outcome)


@click.command()
@_FORMAT
@_SITE
@click.option(
    "--at",
    metavar="TIME",
    type=Instant(),
    help="Answer as of then: what was approved, by whom, and whether it could be published.",
)
@click.pass_obj
def gate(place: Place, form: str, site: Path | None, at: datetime | None) -> None:
    """Say whether what is committed may be published, and why not.

    The commit that is checked out is examined, whatever lies in the working tree; with --at, what
    was the last commit of the protected branch at that time, by the law of that time. Nothing is
    printed or built for it: `imprimatur check` looks at how articles are made and at links.
    """
    now = clock()
    repository = checked_out(place) if at is None else protected_at(place, at, now)
    verdict = examine(Examination(repository, at or now, site))
    print_verdict(verdict, Format(form), "Granted", _about(repository, at, now))
    raise SystemExit(verdict.outcome)


def _about(repository: Repository, at: datetime | None, now: datetime) -> About:
    """What was examined, and what was approved then or lies beside it now."""
    data: dict[str, object] = {"commit": repository.commit, "at": (at or now).isoformat()}
    if at is None:
        beside = uncommitted(repository.root, PUBLISHED)
        return About(lines=tuple(_beside(repository.commit, beside)), data=data)
    found = approved_then(repository, at)
    lines = tuple(then_lines(found, repository.commit, at))
    return About(lines=lines, data=data | {"approved": then_data(found)})


def _beside(commit: str, paths: Sequence[str]) -> Iterator[str]:
    if paths:
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        yield (
            f"Only the commit {commit[:12]} was examined: "
            f"{paths[0]}{more} in the working tree is not what it holds."
        )


@contextmanager
def _preview(place: Place, site: Path | None) -> Iterator[Path | None]:
    """A built preview; None where none can be built, which leaves its links not checked."""
    if site is not None:
        yield site
        return
    with TemporaryDirectory(prefix="imprimatur-") as folder:
        try:
            build_preview(place, Path(folder))
        except CannotExamineError as error:
            click.echo(f"imprimatur: {error}", err=True)
            built = None
        else:
            built = Path(folder)
        yield built
