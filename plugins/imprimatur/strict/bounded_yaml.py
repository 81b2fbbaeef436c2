"""YAML that was written for a host: looked through before it is built, which could take for ever.

A few aliases of aliases stand for more values than any memory holds, and libyaml's own builder ends
the program where values are nested some ten thousand deep.
"""

from __future__ import annotations

from typing import Final

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

_DEEPEST: Final = 100
_MOST: Final = 300_000


class TooMuchError(yaml.YAMLError):
    """It is nested too deep, or stands for too many values."""


def bounded(data: bytes | str) -> bytes | str:
    """The same, if it may be built. Raises YAMLError where it can not be read, or is too much."""
    walk = _Walk()
    for event in yaml.parse(data, Loader=yaml.CSafeLoader):
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            walk.begin(event.anchor)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            walk.end()
        elif isinstance(event, ScalarEvent):
            walk.add(event.anchor, 1)
        elif isinstance(event, AliasEvent):
            walk.repeat(event.anchor)
    return data


class _Walk:
    """Counts the values, those that an alias repeats once more."""

    def __init__(self) -> None:
        self._open: list[tuple[str | None, int]] = [(None, 0)]
        self._weights: dict[str, int] = {}

    def begin(self, anchor: str | None) -> None:
        if len(self._open) > _DEEPEST:
            raise TooMuchError(f"values are nested more than {_DEEPEST} deep")
        self._open.append((anchor, 1))

    def end(self) -> None:
        self.add(*self._open.pop())

    def add(self, anchor: str | None, weight: int) -> None:
        if anchor:
            self._weights[anchor] = weight
        name, count = self._open[-1]
        if count + weight > _MOST:
            raise TooMuchError(f"it holds more than {_MOST:,} values, aliases put in")
        self._open[-1] = (name, count + weight)

    def repeat(self, anchor: str | None) -> None:
        if anchor and any(name == anchor for name, _ in self._open):
            raise TooMuchError(f"the alias `*{anchor}` stands within itself")
        self.add(None, self._weights.get(anchor or "", 1))
