"""What ``check`` and ``gate`` are asked in the same way."""

from __future__ import annotations

from pathlib import Path

import click

from imprimatur.desk.report import Format

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    default=Format.TEXT.value,
    help="Text for people, JSON for programs, annotations for GitHub.",
)
SITE = click.option(
    "--site",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Look at the links of this built preview, too.",
)
