"""Bounds on YAML that is read as hosts read it, with anchors and whatever else they allow.

Readers of YAML recurse on what is nested, in C until the process breaks, copy what an anchor stands
for as often as it is named, and reckon with numbers of any length.
"""

from __future__ import annotations

from typing import Final

import yaml

DEEPEST: Final = 50
MOST: Final = 50_000
LONGEST: Final = 1_000
"""Signs of a value that may be no text, such as a number in base 60."""

_BEGINS: Final = frozenset("+-.0123456789")

UNREADABLE: Final = (
    yaml.YAMLError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What PyYAML raises of what it cannot read, and of a value that is not what its tag says."""


class ExcessError(yaml.YAMLError):
    """To read the file would take as much time and memory as it pleases."""


def keep_bounds(data: bytes | str) -> None:
    """Raise ExcessError, or another YAMLError, where YAML cannot be read in bounded time."""
    sizes: dict[str, int] = {}
    open_: list[tuple[str | None, int]] = []
    count = 0
    for event in yaml.parse(data, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                message = f"`*{event.anchor}` stands for what holds it, or for nothing"
                raise ExcessError(message)
            count += sizes[event.anchor]
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append((event.anchor, count))
            count += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            sizes.update({anchor: count - before} if anchor else {})
        elif isinstance(event, yaml.ScalarEvent):
            count += 1
            sizes.update({event.anchor: 1} if event.anchor else {})
            _keep_length(event)
        if len(open_) > DEEPEST or count > MOST:
            message = f"more than {MOST:,} values, or more than {DEEPEST} in one another"
            raise ExcessError(message)


def _keep_length(event: yaml.ScalarEvent) -> None:
    value = event.value
    is_text = not event.tag and not (event.implicit[0] and value[:1] in _BEGINS)
    if len(value) > LONGEST and not is_text:
        message = f"a value that is no text has more than {LONGEST:,} signs"
        raise ExcessError(message)
