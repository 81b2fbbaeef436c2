"""How articles stand, as a table on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprimatur.editorial import Standing


def print_table(rows: Iterable[tuple[str, Standing, str, str]]) -> None:
    """Print a row for each article: its slug, how it stands, since when, what it waits for."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("article", "standing", "since", "waits for"):
        table.add_column(heading, overflow="fold")
    for slug, standing, since, waits in rows:
        table.add_row(slug, _coloured(standing), since, waits)
    Console(highlight=False, markup=False, emoji=False).print(table)


def _coloured(standing: Standing) -> Text:
    """The name of the standing says all; the colour only helps to find it."""
    colour = "yellow"
    if standing.is_published:
        colour = "green"
    elif standing.is_notice:
        colour = "red"
    return Text(str(standing.state), style=colour)
