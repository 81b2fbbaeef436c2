"""``imprimatur schema``."""

from __future__ import annotations

import click

from imprimatur.editorial.schemas import SCHEMAS, schema_text


@click.command()
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def schema(name: str) -> None:
    """Print the JSON Schema of a file, by which text editors complete and explain it.

    board, policy and site are of the files in editorial/, act is of a record, manuscript of what
    stands at the head of an article.
    """
    click.echo(schema_text(name), nl=False)
