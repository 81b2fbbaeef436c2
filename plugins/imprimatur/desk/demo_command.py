"""``imprimatur demo``."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from imprimatur.desk.demonstration import STEPS
from imprimatur.desk.stage import Stage, StepError
from imprimatur.errors import CannotExamineError, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@click.option(
    "--keep",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Play in this new folder and leave it; else in one that is removed.",
)
def demo(keep: Path | None) -> None:
    """Play the whole life of an article, with keys and people made for show.

    Every command is a real one, and can be repeated as it is printed. Nothing of yours is touched.
    """
    for program in ("git", "ssh-keygen"):
        if shutil.which(program) is None:
            raise CannotExamineError(f"the demonstration needs {program}, which is not installed")
    if find_spec("mkdocs") is None:
        raise CannotExamineError(
            "the demonstration builds a page, and MkDocs is not installed; "
            'install it: pip install "mkdocs-imprimatur[site]"'
        )
    click.echo("DEMONSTRATION. No person, text or source in it is real.")
    with _folder(keep) as root:
        stage = Stage(root)
        for step in STEPS:
            try:
                stage.play(step)
            except StepError as error:
                click.echo(f"DEMONSTRATION stopped: {error}.", err=True)
                raise SystemExit(Outcome.REFUSED) from None
    left = f"It lies in {keep}." if keep else "Its folder is removed."
    click.echo(f"\nDEMONSTRATION ended: every step did what it should. {left}")


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with TemporaryDirectory(prefix="imprimatur-demonstration-") as folder:
            yield Path(folder).resolve()
        return
    if keep.exists() and any(keep.iterdir()):
        raise CannotExamineError(f"{keep} is not empty; name a new folder")
    keep.mkdir(parents=True, exist_ok=True)
    yield Path(os.path.realpath(keep))
