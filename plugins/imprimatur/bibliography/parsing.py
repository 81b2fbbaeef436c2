"""The wall around pybtex: one chunk of BibTeX in, its fields out, whatever stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pybtex.database.input.bibtex import (
    LowLevelParser,
    UndefinedMacro,
    month_names,
)

from imprimatur.bibliography.rules import READABLE
from imprimatur.bibliography.source import Source, Unreadable
from imprimatur.errors import Finding

if TYPE_CHECKING:
    from pybtex.scanner import PybtexSyntaxError

    from imprimatur.bibliography.chunks import Chunk, Scan

_MOST_EXPANDED = 100_000
_MOST_DEFINED = 2_000_000
_MOST_STRINGS = 10_000


class _TooLargeError(Exception):
    """The strings of one entry expand beyond all reason."""


class _RedefinedError(Exception):
    """A string is defined twice, with two values."""


class Strings:
    """The abbreviations of a file, by name in any case, with a bound on what they expand to."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._left = _MOST_EXPANDED
        self._room = _MOST_DEFINED

    def renew(self) -> None:
        """Grant the next chunk its allowance."""
        self._left = _MOST_EXPANDED

    def __getitem__(self, name: str) -> str:
        value = self._values.get(name.lower()) or str(month_names[name.lower()])
        self._left -= len(value)
        if self._left < 0:
            raise _TooLargeError
        return value

    def __setitem__(self, name: str, value: str) -> None:
        self._room -= len(value)
        if self._room < 0 or len(value) > _MOST_EXPANDED:
            raise _TooLargeError
        if self._values.setdefault(name.lower(), value) != value:
            raise _RedefinedError(name)


def read_strings(found: Scan) -> tuple[Strings, tuple[Finding, ...]]:
    """Return the file's ``@string`` definitions, and the findings about those it can not use."""
    strings = Strings()
    findings = []
    for at, chunk in enumerate(found.strings):
        outcome = _parse(chunk, strings) if at < _MOST_STRINGS else "there are too many"
        reason = outcome if isinstance(outcome, str) else _undefined(outcome)
        if reason:
            findings.append(
                Finding(
                    path=found.path,
                    line=chunk.line,
                    rule=READABLE,
                    message=f"this @string can not be used: {reason}",
                    cure="define each string once, before its use, as @string{name = {text}}",
                )
            )
    return strings, tuple(findings)


def read_source(chunk: Chunk, strings: Strings) -> Source | Unreadable:
    """Parse one entry; never raises."""
    outcome = _parse(chunk, strings)
    if isinstance(outcome, str):
        return Unreadable(reason=outcome)
    if outcome.key != chunk.key:
        return Unreadable(reason=f"its key reads {str(outcome.key)[:40]!r} to BibTeX")
    fields: dict[str, str] = {}
    repeated = []
    for name, values in outcome.fields:
        if name.lower() in fields:
            repeated.append(name.lower())
        fields.setdefault(name.lower(), " ".join("".join(values).split()))
    return Source(
        chunk=chunk,
        fields=fields,
        repeated=tuple(dict.fromkeys(repeated)),
        undefined=outcome.undefined,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    key: str | None
    fields: tuple[tuple[str, list[str]], ...]
    undefined: tuple[str, ...]


def _undefined(parsed: _Parsed) -> str:
    return f"it uses {', '.join(parsed.undefined)}, not defined before" if parsed.undefined else ""


def _parse(chunk: Chunk, strings: Strings) -> _Parsed | str:
    """Return what pybtex makes of one chunk, or the reason why it can make nothing."""
    strings.renew()
    errors: list[PybtexSyntaxError] = []
    # pybtex's own switch between raising and collecting is global to the process: this is not.
    parser = LowLevelParser(chunk.text, macros=strings, handle_error=errors.append)
    try:
        commands = list(parser)
    except _TooLargeError:
        return f"its strings expand to more than {_MOST_EXPANDED:,} characters"
    except _RedefinedError as error:
        return f"{str(error)[:40]!r} already has another value"
    except RecursionError:
        return "its braces are nested too deep"
    names = [_name(error) for error in errors if isinstance(error, UndefinedMacro)]
    faults = [error for error in errors if not isinstance(error, UndefinedMacro)]
    if faults or len(commands) != 1:
        return _reason(faults[0], chunk) if faults else "it is no whole entry"
    _, (key, fields) = commands[0]
    if commands[0][0].lower() == "string":
        key, fields = None, ()
    return _Parsed(key=key, fields=tuple(fields), undefined=tuple(dict.fromkeys(names)))


def _reason(error: PybtexSyntaxError, chunk: Chunk) -> str:
    return f"{str(error).split(': ', 1)[-1]}, on line {chunk.line + error.lineno - 1}"


def _name(error: UndefinedMacro) -> str:
    return str(error).rsplit(": ", 1)[-1]
