"""Signs written as HTML entities: ``&#8238;`` turns the digits of a dose round."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding
from imprimatur.strict import CONTROL, TEXT_IS_VISIBLE, disguises

if TYPE_CHECKING:
    from collections.abc import Iterator

# Browsers read figures, and these two names, without the semicolon, too.
_ENTITY: Final = re.compile(
    r"&(?:#x0*(?P<hex>[0-9a-f]{1,6})|#0*(?P<decimal>[0-9]{1,7})|(?P<name>[a-z][a-z0-9]*;|shy|nbsp))",
    re.IGNORECASE,
)
_LAST: Final = 0x10FFFF


def hidden_entities(text: str, path: str, first_line: int) -> Iterator[Finding]:
    """One finding for each line whose entities stand for signs that nobody sees.

    first_line: the number of the text's first line in the file.
    """
    lines = text.split("\n") if "&" in text else ()
    for number, line in enumerate(lines, start=first_line):
        what = next(_hidden(line), None) if "&" in line else None
        if what is not None:
            yield Finding(
                path=path,
                line=number,
                rule=TEXT_IS_VISIBLE,
                message=f"an entity on this line stands for {what}",
                cure="delete it, or type what should be read",
            )


def commands(text: str) -> bool:
    """Whether an entity stands for a control character, which no parser may be given."""
    return "&" in text and any(CONTROL.search(_sign(each)) for each in _ENTITY.finditer(text))


def _hidden(line: str) -> Iterator[str]:
    for entity in _ENTITY.finditer(line):
        # What stands before it tells whether a fixed blank keeps a number and its unit together.
        before = line[max(entity.start() - 1, 0) : entity.start()]
        written = before + _sign(entity)
        yield from (what for column, what in disguises(written) if column > len(before))


def _sign(entity: re.Match[str]) -> str:
    if entity["name"]:
        return html5.get(entity["name"], entity[0])
    number = int(entity["hex"], 16) if entity["hex"] else int(entity["decimal"])
    return chr(number) if number <= _LAST else entity[0]
