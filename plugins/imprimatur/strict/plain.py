"""The short way through YAML as people and this program write it: nothing of it is in doubt.

Most files are one flat list of plain values, for which YAML's own reader takes longer than all that
is then made of them. What is not beyond doubt is left to that reader, and so is whatever has to be
told: this one says nothing.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Final

from imprimatur.strict.yaml import plain_scalar

# So that it never holds more values than YAML's own reader takes.
_LONGEST: Final = 65_536
# Whatever YAML takes for the end of a line or refuses, and whatever could hide, is not among these.
_SIGNS: Final = re.compile("[\n -~\u00a1-\u00ac\u00ae-\u024f\u2013\u2014\u2018\u2019\u201c\u201d]*")
_KEY: Final = re.compile(r"[a-z][a-z_]{0,63}")
_INNER: Final = re.compile(r"[a-z][a-z_]{0,63}:")
_MARKS: Final = ("- ", "  - ")
# A key, and behind it text in which nothing could be a sign of YAML's.
_SIMPLE: Final = re.compile(r"([a-z][a-z_]{0,63}): ((?![-?,\[\]{}&*!|>'\"%@` ])[^:#]*[^:# ])")
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_QUOTED: Final = re.compile(r"'([^']*)'|\"([ !#-\[\]-~]*)\"")
_WORD: Final = r"[A-Za-z0-9][A-Za-z0-9-]*"
_WORDS: Final = re.compile(rf"\[({_WORD}(?:, {_WORD})*)\]")
_PAIRS: Final = re.compile(rf"\{{([a-z_]+: {_WORD}(?:, [a-z_]+: {_WORD})*)\}}")


class _DoubtError(Exception):
    """It takes YAML's own reader to say what this is."""


def plain_yaml(text: str) -> dict[str, object] | None:
    """What a document says; None where that takes YAML's own reader.

    It holds keys, each with a value on its line or a list below it, of values or of such keys.
    """
    if len(text) > _LONGEST or not _SIGNS.fullmatch(text):
        return None
    lines = deque(text.removesuffix("\n").split("\n"))
    found: dict[str, object] = {}
    try:
        while lines:
            line = lines.popleft()
            simple = _SIMPLE.fullmatch(line)
            if simple and simple[1] not in found:
                found[simple[1]] = plain_scalar(simple[2])
                continue
            name, rest = _pair(line, found)
            found[name] = _value(rest) if rest else _list(lines)
    except _DoubtError:
        return None
    return found


def _pair(line: str, before: dict[str, object]) -> tuple[str, str]:
    """A key that was not there before, and what stands behind it."""
    name, colon, rest = line.partition(":")
    if not colon or not _KEY.fullmatch(name) or name in before or rest[:1].strip():
        raise _DoubtError
    return name, rest[1:]


def _list(lines: deque[str]) -> list[object]:
    mark = next((each for each in _MARKS if lines and lines[0].startswith(each)), None)
    if mark is None:
        raise _DoubtError
    found: list[object] = []
    while lines and lines[0].startswith(mark):
        item = lines[0].removeprefix(mark)
        if _INNER.match(item):
            found.append(_keys(lines, len(mark)))
        else:
            lines.popleft()
            found.append(_value(item))
    return found


def _keys(lines: deque[str], indent: int) -> dict[str, object]:
    """An item of a list that holds keys of its own, the first one behind the sign of the item."""
    found: dict[str, object] = {}
    blank = " " * indent
    while lines and (not found or lines[0].startswith(blank)):
        name, rest = _pair(lines.popleft()[indent:], found)
        found[name] = _value(rest)
    return found


def _value(text: str) -> object:
    """What stands on one line behind a key or the sign of an item."""
    if text[:1] and text[0] not in _INDICATORS:
        if ": " in text or " #" in text or text[-1] in ": ":
            raise _DoubtError
        return plain_scalar(text)
    if found := _QUOTED.fullmatch(text):
        return found[found.lastindex or 0]
    if found := _WORDS.fullmatch(text):
        return [plain_scalar(each) for each in found[1].split(", ")]
    if found := _PAIRS.fullmatch(text):
        pairs = [each.split(": ") for each in found[1].split(", ")]
        if len({name for name, _ in pairs}) == len(pairs):
            return {name: plain_scalar(value) for name, value in pairs}
    raise _DoubtError
