"""``imprimatur references``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from imprimatur.bibliography import Style, format_reference, read_bibliography
from imprimatur.editorial.places import BIBLIOGRAPHY
from imprimatur.errors import CannotExamineError, Outcome, one_line

if TYPE_CHECKING:
    from imprimatur.desk.common import Place


@click.group()
def references() -> None:
    """Work with the bibliography."""


@references.command("list")
@click.option(
    "--style",
    type=click.Choice([each.value for each in Style]),
    default=Style.AMA.value,
    help="The reference style to print.",
)
@click.option(
    "--bib",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another bibliography than the repository's own.",
)
@click.option("--with-keys", is_flag=True, help="Begin each line with the key to cite.")
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.pass_obj
def list_references(
    place: Place, style: str, bib: Path | None, keys: tuple[str, ...], *, with_keys: bool
) -> None:
    """Print formatted references, one a line, as plain text; all of them if no key is given."""
    path = bib or place.root / BIBLIOGRAPHY
    if not path.is_file():
        raise CannotExamineError(f"{path} is no file; name a bibliography with --bib")
    name = BIBLIOGRAPHY if bib is None else str(bib)
    bibliography = read_bibliography(path.read_bytes(), name)
    wanted = keys or tuple(bibliography.keys)
    missing = False
    for key in wanted:
        work = bibliography.work(key)
        if work is not None:
            shown = format_reference(work, Style(style)).plain
            click.echo(f"@{one_line(key)}\t{shown}" if with_keys else shown)
        elif key not in bibliography.keys:
            missing = True
            near = ", ".join(bibliography.nearest(key)) or "none"
            click.echo(
                f"{name}: citation-resolves: `{key}` is no key; nearest: {near}; all of them: "
                "imprimatur references list --with-keys",
                err=True,
            )
    findings = bibliography.examine(wanted)
    for finding in findings:
        click.echo(str(finding), err=True)
    if missing or findings:
        raise SystemExit(Outcome.REFUSED)
