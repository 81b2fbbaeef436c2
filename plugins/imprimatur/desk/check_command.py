"""``imprimatur check``."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from imprimatur.desk.check_options import FORMAT, SITE
from imprimatur.desk.common import Place, clock, open_repository
from imprimatur.desk.preview import build_preview
from imprimatur.desk.report import Format, print_verdict
from imprimatur.errors import CannotExamineError
from imprimatur.gate import Examination
from imprimatur.gate import check as check_rules

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@FORMAT
@SITE
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
