"""Changes one place in a YAML file and leaves every other byte as it is."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from imprimatur.desk.yaml_text import in_yaml, item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprimatur.desk.yaml_text import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to write into a file.

    where: path of a value, such as ``("people", 0, "term", "to")``; of a list, if something is
    added to it. value: what shall stand there. adds: whether it is a new item at the end.
    """

    where: tuple[str | int, ...]
    value: Plain
    adds: bool = False


def meant(value: object, changes: Iterable[Change]) -> Any:  # noqa: ANN401 - whatever YAML holds
    """What a file shall say afterwards, worked out on what it says now."""
    result: Any = deepcopy(value)
    for change in changes:
        inner = result
        for step in change.where[:-1]:
            inner = inner[step]
        last = change.where[-1]
        if not change.adds:
            inner[last] = change.value
        elif last in inner:
            inner[last].append(change.value)
        else:
            inner[last] = [change.value]
    return result


def edited(text: str, changes: Iterable[Change]) -> str:
    """The text of a file with the changes in it. Whoever writes it reads it again first."""
    for change in changes:
        text = _edited(text if text.endswith("\n") else text + _newline(text), change)
    return text


def _edited(text: str, change: Change) -> str:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    *steps, last = change.where
    for step in steps:
        node = _child(node, step)
    found = _child(node, last)
    if change.adds:
        return _with_item(text, node, found, change)
    if found is None:
        return _with_key(text, node, str(last), change.value)
    return text[: found.start_mark.index] + in_yaml(change.value) + text[found.end_mark.index :]


def _child(node: Any, step: str | int) -> Any:  # noqa: ANN401 - the library's nodes have no types
    if isinstance(step, int):
        return node.value[step]
    return next((value for key, value in node.value if key.value == step), None)


def _with_item(text: str, parent: Any, seq: Any, change: Change) -> str:  # noqa: ANN401 - as above
    """With one more item in a list, which is begun where there is none."""
    value: Any = change.value
    if seq is None:
        lines = [f"{change.where[-1]}:", *(f"  {line}" for line in item(value))]
        return _below(text, parent, lines, parent.start_mark.column)
    if not seq.flow_style:
        return _below(text, seq, item(value), seq.start_mark.column)
    begin, end = seq.start_mark.index, seq.end_mark.index
    if seq.value:
        return f"{text[: seq.value[-1].end_mark.index]}, {in_yaml(value)}{_rest(text, seq)}"
    column = parent.start_mark.column + 2
    lines = [f"{' ' * column}{line}" for line in item(value)]
    head, tail = text[:begin].rstrip(" "), text[end:]
    # What stands behind an empty list on its line, such as a comment, stays on that line.
    rest, _, below = tail.partition("\n")
    return f"{head}{rest}{_newline(text)}{_newline(text).join(lines)}{_newline(text)}{below}"


def _with_key(text: str, mapping: Any, key: str, value: Plain) -> str:  # noqa: ANN401 - as above
    if mapping.flow_style:
        last = mapping.value[-1][1]
        return f"{text[: last.end_mark.index]}, {key}: {in_yaml(value)}{_rest(text, mapping)}"
    return _below(text, mapping, [f"{key}: {in_yaml(value)}"], mapping.start_mark.column)


def _rest(text: str, node: Any) -> str:  # noqa: ANN401 - as above
    """What follows the last value in brackets."""
    last = node.value[-1]
    return text[(last[1] if isinstance(last, tuple) else last).end_mark.index :]


def _below(text: str, node: Any, lines: list[str], column: int) -> str:  # noqa: ANN401 - as above
    """With these lines below the last line of a node, before any comment that follows it."""
    end = _end(node)
    place = end if text[:end].endswith("\n") else text.index("\n", end) + 1
    line_end = _newline(text)
    added = "".join(f"{' ' * column}{line}{line_end}" for line in lines)
    return text[:place] + added + text[place:]


def _end(node: Any) -> int:  # noqa: ANN401 - as above
    """Where the last value within a node ends; its own end lies behind the comments below it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
