"""Values as YAML, as a person would write them and the strict reader reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from imprimatur.errors import RuleName
from imprimatur.strict import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Plain = str | int | Sequence["Plain"] | Mapping[str, "Plain"]

_RULE: Final = RuleName("yaml-text")


def in_yaml(value: Plain) -> str:
    """A value on one line, fit to stand anywhere."""
    if isinstance(value, str):
        # The reader itself decides; within brackets, where most signs have a meaning.
        read = read_yaml(f"[{value}]", "", _RULE).value
        is_plain = read is not None and read.value == [value]
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_yaml(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(in_yaml, value)) + "]"


def block(value: Mapping[str, Plain]) -> list[str]:
    """A mapping as lines of one key each; lists of mappings with an item on lines of its own."""
    lines: list[str] = []
    for key, each in value.items():
        items = each if isinstance(each, list) else []
        if items and all(isinstance(one, dict) for one in items):
            lines += [f"{key}:", *(f"  {line}" for one in items for line in item(one))]
        else:
            lines.append(f"{key}: {in_yaml(each)}")
    return lines


def item(value: Mapping[str, Plain]) -> list[str]:
    """A mapping as the lines of an item of a list."""
    first, *others = block(value)
    return [f"- {first}", *(f"  {line}" for line in others)]
