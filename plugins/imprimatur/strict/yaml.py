"""YAML without the parts that let a file say two things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from imprimatur.errors import Finding, RuleName
from imprimatur.strict.document import Document
from imprimatur.strict.merge import SETTLE, UNSETTLED
from imprimatur.strict.reading import Reading
from imprimatur.strict.text import TEXT_IS_VISIBLE, disguise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.strict.document import Path

_MAX_DEPTH: Final = 12
_MAX_VALUES: Final = 50_000
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}

_CONFLICT: Final = re.compile(r"^<{7} ", re.MULTILINE)
_CURE: Final = "correct the YAML at this place"
# By what libyaml says, in which nobody who writes about medicine would see their slip.
_CURES: Final = {
    "mapping values are not allowed": "put the value in quotation marks; it holds a colon",
    "cannot start any token": "put the value in quotation marks, and use blanks, not tabs",
    "unexpected end of stream": "close the quotation mark or bracket that was opened above",
    "did not find expected key": (
        "write the key at the beginning of its line; a value with quotation marks in it stands in "
        "single ones: 'Is it \"really\" so?'"
    ),
    "found unknown escape": "write the backslash twice, or use single quotation marks",
}


def read_yaml(text: str, path: str, rule: RuleName, *, first_line: int = 1) -> Reading[Document]:
    """Read one strict document: no duplicate keys, anchors, merge keys, tags or second document.

    first_line: line of the file on which the text begins.
    """
    value = None
    builder = _Builder(path=path, rule=rule, first_line=first_line)
    conflict = _CONFLICT.search(text)
    if conflict:
        line = first_line + text.count("\n", 0, conflict.start())
        builder.find(line, UNSETTLED, SETTLE)
        return Reading(value=None, findings=tuple(builder.findings))
    try:
        value = builder.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        builder.syntax(error)
    except UnicodeEncodeError:
        builder.find(first_line, "it holds half of a surrogate pair", "delete it")
    except _TooMuchError as error:
        builder.find(error.line, str(error), "write it flatter or shorter")
    if builder.findings:
        return Reading(value=None, findings=tuple(builder.findings))
    return Reading(value=Document(path=path, value=value, lines=builder.lines))


def plain_scalar(text: str) -> object:
    """What a value without quotation marks stands for: hardly anything is more than its text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if _INTEGER.match(text) else text


class _TooMuchError(Exception):
    """Going on would take as much time and memory as the file pleases."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


class _Builder:
    """Builds values from libyaml's events and keeps every objection."""

    def __init__(self, *, path: str, rule: RuleName, first_line: int) -> None:
        self.path, self.rule, self.first_line = path, rule, first_line
        self.findings: list[Finding] = []
        self.lines: dict[Path, int] = {(): first_line}

    def document(self, events: Iterator[Event]) -> object:
        value: object = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._object(event, "a second document begins", "keep one document a file")
                    return None
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
                self.lines[()] = self._line(event)
                value = self._value(event, events, ())
            elif isinstance(event, AliasEvent):
                self._alias(event)
        return value

    def syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        line = self.first_line + mark.line if mark else self.first_line
        said = getattr(error, "problem", None) or getattr(error, "reason", None)
        problem = str(said or "not valid YAML")
        cure = next((cure for sign, cure in _CURES.items() if sign in problem), _CURE)
        self.find(line, f"the YAML cannot be read: {problem}", cure)

    def find(self, line: int, message: str, cure: str, rule: RuleName | None = None) -> None:
        rule = rule or self.rule
        self.findings.append(
            Finding(path=self.path, line=line, rule=rule, message=message, cure=cure)
        )

    def _value(self, event: Event, events: Iterator[Event], where: Path) -> object:
        self.lines.setdefault(where, self._line(event))
        if len(self.lines) > _MAX_VALUES:
            raise _TooMuchError(self._line(event), f"it holds more than {_MAX_VALUES:,} values")
        if isinstance(event, AliasEvent):
            self._alias(event)
            return None
        self._plain(cast("Any", event))
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if len(where) >= _MAX_DEPTH:
            what = f"values are nested more than {_MAX_DEPTH} deep"
            raise _TooMuchError(self._line(event), what)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, where)
        return self._sequence(events, where)

    def _mapping(self, events: Iterator[Event], where: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, events, where)
            if key in found:
                first = self.lines[(*where, key)]
                message = f"the key `{key}` stands twice, first on line {first}"
                self._object(event, message, "keep one of the two")
            else:
                self.lines[(*where, key)] = self._line(event)
            found[key] = self._value(next(events), events, (*where, key))
        return found

    def _key(self, event: Event, events: Iterator[Event], where: Path) -> str:
        if not isinstance(event, ScalarEvent):
            self._value(event, events, (*where, "?"))
            self._object(event, "a key is no plain word", "write keys as plain words")
            return "?"
        self._plain(event)
        self._open(event)
        if event.value == "<<":
            self._object(event, "a merge key `<<` is used", "write the values out")
        return str(event.value)

    def _sequence(self, events: Iterator[Event], where: Path) -> list[object]:
        found: list[object] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self._value(event, events, (*where, len(found))))
        return found

    def _scalar(self, event: ScalarEvent) -> object:
        text = self._open(event)
        return text if event.style else plain_scalar(text)

    def _open(self, event: ScalarEvent) -> str:
        """The text of a scalar; only between double quotes can an escape hide something in it."""
        text = str(event.value)
        hidden = disguise(text) if event.style == '"' else None
        if hidden:
            cure = "type it as it should be read"
            message = f"the quoted text holds {hidden}"
            self.find(self._line(event), message, cure, TEXT_IS_VISIBLE)
        return text

    def _plain(self, event: Any) -> None:  # noqa: ANN401 - three event classes without a base
        if event.anchor:
            self._object(event, f"an anchor `&{event.anchor}` is set", "write the value out")
        if event.tag:
            self._object(event, f"a tag `{event.tag}` is set", "leave the tag away")

    def _alias(self, event: AliasEvent) -> None:
        self._object(event, f"an alias `*{event.anchor}` is used", "write the value out")

    def _line(self, event: Event) -> int:
        mark = event.start_mark
        return self.first_line + (mark.line if mark else 0)

    def _object(self, event: Event, message: str, cure: str) -> None:
        self.find(self._line(event), message, cure)
