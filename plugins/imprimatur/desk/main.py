"""The command ``imprimatur``."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import click

from imprimatur.desk.act_commands import ACTS
from imprimatur.desk.appoint_command import appoint
from imprimatur.desk.build_command import build
from imprimatur.desk.check_commands import check, gate
from imprimatur.desk.common import Place, find_root
from imprimatur.desk.demo_command import demo
from imprimatur.desk.init_command import init
from imprimatur.desk.new_command import new
from imprimatur.desk.references_command import references
from imprimatur.desk.rules_command import rules
from imprimatur.desk.schema_command import schema
from imprimatur.desk.status_command import status
from imprimatur.desk.submit_command import submit
from imprimatur.desk.verify_command import verify
from imprimatur.errors import CannotExamineError
from imprimatur.gate import Outcome

_DEBUG: Final = "IMPRIMATUR_DEBUG"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.option(
    "-C",
    "root",
    metavar="DIR",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Work in the site that this folder belongs to, instead of the current one.",
)
@click.option(
    "--trust",
    metavar="REF",
    envvar="IMPRIMATUR_TRUST",
    help="The protected branch, such as origin/main; else the one that Git's settings name.",
)
@click.version_option(package_name="mkdocs-imprimatur", prog_name="imprimatur")
@click.pass_context
def command(context: click.Context, root: Path, trust: str | None) -> None:
    """Publish medical articles only as far as named people have approved exactly this text.

    Exit codes: 0 granted, 1 refused, 2 could not examine.
    """
    context.obj = Place(root=find_root(root.resolve()), trust=trust or None)


for each in (
    appoint,
    build,
    check,
    demo,
    gate,
    init,
    new,
    references,
    rules,
    schema,
    status,
    submit,
    verify,
    *ACTS,
):
    command.add_command(each)


def main() -> None:
    """Run the command; whatever goes wrong ends as a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # The name of a file may be no text at all, and is told nevertheless.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        command(standalone_mode=False)
    except click.Abort:
        sys.exit(Outcome.NOT_EXAMINED)
    except click.ClickException as error:
        error.show()
        sys.exit(Outcome.NOT_EXAMINED)
    except CannotExamineError as error:
        click.echo(f"imprimatur: {error}", err=True)
        sys.exit(Outcome.NOT_EXAMINED)
    except OSError as error:
        # What the disk, its permissions or the reader of our output refuses is no fault of ours.
        refused = error.filename or "the output"
        click.echo(f"imprimatur: {error.strerror or error}: {refused}", err=True)
        sys.exit(Outcome.NOT_EXAMINED)
    except Exception as error:
        if _DEBUG in os.environ:
            raise
        told = f"{type(error).__name__}: {error}"
        click.echo(
            f"imprimatur: this is a fault of the program, not of your files ({told}). Nothing was "
            f"granted. Please report it with the output of the same command under {_DEBUG}=1.",
            err=True,
        )
        sys.exit(Outcome.NOT_EXAMINED)
