"""Block marks in the source: ``/// evidence | guidelines`` to its closing ``///``.

Checked here because the renderer closes an unclosed block without a word and prints an unknown
one to readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BLOCK_IS_CLOSED = RuleName("block-is-closed")
BLOCK_IS_KNOWN = RuleName("block-is-known")

_MARK: Final = "///"
_FENCES: Final = ("```", "~~~")
_FENCE: Final = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_INFO: Final = re.compile(
    r"\{.*\}|\.?[\w#.+-]*(?:[ ]*hl_lines=(?P<quote>[\"']).*?(?P=quote))?", re.ASCII
)
_BLOCK: Final = re.compile(r"(?P<before>[\s>*+\-0-9.:]*)(?P<slashes>/{3,})(?P<rest>.*)")

# Never beyond the line: over a run of such lines it would take the square of their number.
_DISPLACED: Final = re.compile(r"^(?:[^\S\n]|[>*+\-0-9.:])++/{3}", re.MULTILINE)

# Within a line at most one run of each length stays open, so this is linear.
_INLINE_CODE: Final = re.compile(r"(?<!`)(`{1,8})(?!`).*?(?<!`)\1(?!`)")


class Mark(StrEnum):
    """The blocks that authors may write."""

    ANSWER = "answer"
    EVIDENCE = "evidence"
    AUDIENCE = "audience"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """A block as it stands in the source; line is counted in the file."""

    name: str
    argument: str
    line: int
    slashes: int


def prose_lines(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The lines outside fenced code, each with its number in the file.

    A fence is what the renderer takes for one: at the beginning of its line, and closed.
    """
    lines = body.split("\n")
    last = {line.rstrip(" "): number for number, line in enumerate(lines)}
    fence = ""
    for number, line in enumerate(lines):
        if fence:
            fence = "" if line.rstrip(" ") == fence else fence
            continue
        match = _FENCE.fullmatch(line) if line.startswith(_FENCES) else None
        if (
            match
            and _INFO.fullmatch(match["info"].strip(" "))
            and last.get(match["fence"], 0) > number
        ):
            fence = match["fence"]
        else:
            yield first_line + number, line


def displaced_marks(body: str, first_line: int) -> Iterator[int]:
    """Lines on which a block mark stands inside a list, a quotation or a definition."""
    if not _DISPLACED.search(body):
        return
    for number, line in prose_lines(body, first_line):
        match = _BLOCK.fullmatch(line) if _MARK in line else None
        if match and match["before"]:
            yield number


def without_code(line: str) -> str:
    """A line without its inline code."""
    return _INLINE_CODE.sub("", line)


def scan_marks(
    body: str, path: str, first_line: int, allowed: Mapping[str, frozenset[str] | None]
) -> tuple[tuple[MarkLine, ...], tuple[Finding, ...]]:
    """List the blocks of a body and what is wrong with them.

    allowed: name of each block that may stand here, with the arguments it takes; None for none.
    """
    opened: list[MarkLine] = []
    found: list[MarkLine] = []
    findings: list[Finding] = []
    for number, line in prose_lines(body, first_line):
        match = _BLOCK.fullmatch(line) if _MARK in line else None
        if match is None or match["before"]:
            continue
        mark = _mark(match, number)
        if mark.name or mark.argument:
            found.append(mark)
            opened.append(mark)
            findings.extend(_unknown(mark, path, allowed))
        elif opened and opened[-1].slashes == mark.slashes:
            opened.pop()
        else:
            findings.append(_stray(mark, path))
    findings.extend(_unclosed(mark, path) for mark in opened)
    return tuple(found), tuple(findings)


def _mark(match: re.Match[str], number: int) -> MarkLine:
    name, _, argument = match["rest"].partition("|")
    slashes = len(match["slashes"])
    return MarkLine(name=name.strip(), argument=argument.strip(), line=number, slashes=slashes)


def _unknown(
    mark: MarkLine, path: str, allowed: Mapping[str, frozenset[str] | None]
) -> Iterator[Finding]:
    if mark.name not in allowed:
        known = ", ".join(f"`/// {name}`" for name in allowed) or "none"
        message = f"`/// {mark.name}` is no block known here"
        near = get_close_matches(mark.name.lower(), allowed, n=1)
        cure = f"write `/// {near[0]}`" if near else f"known here: {known}"
        yield _finding(BLOCK_IS_KNOWN, mark, path, message, cure)
        return
    arguments = allowed[mark.name]
    given = set(mark.argument.split())
    if len(given) > 1 and mark.name == Mark.EVIDENCE:
        message = f"`/// evidence` rests on one kind of source, got `{mark.argument}`"
        yield _finding(BLOCK_IS_KNOWN, mark, path, message, "write a section of its own for each")
        return
    if arguments is None and given:
        message = f"`/// {mark.name}` takes no argument, got `{mark.argument}`"
        yield _finding(BLOCK_IS_KNOWN, mark, path, message, f"write `/// {mark.name}` alone")
    elif arguments is not None and (not given or not given <= arguments):
        got = f"`{mark.argument}`" if mark.argument else "no argument"
        message = f"`/// {mark.name}` got {got}"
        cure = f"write `/// {mark.name} | ` and one of: {', '.join(sorted(arguments))}"
        yield _finding(BLOCK_IS_KNOWN, mark, path, message, cure)


def _stray(mark: MarkLine, path: str) -> Finding:
    slashes = "/" * mark.slashes
    message = f"`{slashes}` closes nothing that was opened with {mark.slashes} slashes"
    return _finding(BLOCK_IS_CLOSED, mark, path, message, "delete it, or match the opening line")


def _unclosed(mark: MarkLine, path: str) -> Finding:
    slashes = "/" * mark.slashes
    message = f"the block `{mark.name}` is never closed"
    return _finding(BLOCK_IS_CLOSED, mark, path, message, f"put a line `{slashes}` where it ends")


def _finding(rule: RuleName, mark: MarkLine, path: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=mark.line, rule=rule, message=message, cure=cure)
