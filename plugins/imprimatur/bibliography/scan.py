"""Where each entry of a BibTeX file begins and ends, with an account of everything between."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice

from imprimatur.bibliography.balance import Walk
from imprimatur.bibliography.chunks import Chunk, Scan
from imprimatur.bibliography.rich import HIDDEN
from imprimatur.bibliography.rules import KEY_UNIQUE
from imprimatur.strict import SETTLE, UNSETTLED, unsettled

_OPEN = re.compile(r"(?P<at>@)[ \t]*+(?P<type>[A-Za-z][\w:.+/*-]*+)\s*+(?P<brace>[{(])")
_OPEN_ON_LINE = re.compile(r"^[ \t]*+" + _OPEN.pattern, re.MULTILINE)
_KEY = {
    "{": re.compile(r"\s*+(?P<key>[^\s,{}]++)\s*+(?=[,}])"),
    "(": re.compile(r"\s*+(?P<key>[^\s,{}()]++)\s*+(?=[,)])"),
}
_LONGEST_ENTRY = 100_000
_MOST_HIDDEN = 100


def scan(text: str, path: str) -> Scan:
    """Find every entry of the text; never raises, and takes time in proportion to its length.

    An opening such as ``@article{`` at the start of a line always begins a new entry: an entry
    whose closing brace was lost swallows nothing but itself.
    """
    return _Scanner(text, path).run()


class _Scanner:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.found = Scan(path=path)
        self.counted = (0, 1)
        self.openings = [match.start("at") for match in _OPEN_ON_LINE.finditer(text)]
        self.folded: dict[str, Chunk] = {}

    def run(self) -> Scan:
        at = 0
        while opening := _OPEN.search(self.text, at):
            line_end = self.gap(at, opening.start())
            at = line_end or self.chunk(opening)
        self.gap(at, len(self.text))
        self.hidden()
        for line in unsettled(self.text):
            self.found.complain(line, UNSETTLED, SETTLE)
        return self.found

    def hidden(self) -> None:
        first: dict[int, str] = {}
        for match in islice(HIDDEN.finditer(self.text), _MOST_HIDDEN):
            first.setdefault(self.line(match.start()), match[0])
        for line, character in first.items():
            self.found.complain(
                line,
                f"expected visible characters, found the hidden U+{ord(character):04X}",
                "delete it, or type the character that is meant",
            )

    def line(self, at: int) -> int:
        """Count on from the place asked for last: the walk hardly ever turns back."""
        before, line = self.counted if self.counted[0] <= at else (0, 1)
        self.counted = (at, line + self.text.count("\n", before, at))
        return self.counted[1]

    def gap(self, start: int, end: int) -> int:
        """Account for the text between two entries.

        Returns 0; or, when the entry that follows stands on a comment line, that line's end.
        """
        lines = self.text[start:end].split("\n")
        commented = lines[-1].lstrip().startswith("%") and end < len(self.text)
        stray = [number for number, line in enumerate(lines) if not _is_comment(line)]
        if stray:
            self.found.complain(
                self.line(start) + stray[0],
                "expected an entry, a comment line or a blank line, "
                f"found {lines[stray[0]].strip()[:40]!r}"
                + (f" and {len(stray) - 1} more such lines" if stray[1:] else ""),
                "put % before a comment, or mend the entry this text belongs to",
            )
        if not commented:
            return 0
        line_end = (self.text.find("\n", end) + 1 or len(self.text) + 1) - 1
        self.lose_within(end, line_end, "is commented out with %, which BibTeX does not heed")
        return max(line_end, 1)

    def lose_within(self, start: int, end: int, why: str) -> None:
        for inner in _OPEN.finditer(self.text, start, end):
            if inner["type"].lower() not in {"comment", "string", "preamble"}:
                self.found.lose(
                    self.line(inner.start()),
                    f"an entry of type {inner['type'][:40]!r} {why}",
                    "delete it, or set it free as an entry of its own",
                )

    def chunk(self, opening: re.Match[str]) -> int:
        """Take in what the opening begins, and return where it ends."""
        start = opening.start()
        following = bisect_right(self.openings, start)
        limit = self.openings[following] if following < len(self.openings) else len(self.text)
        walk = Walk(text=self.text, brace=opening["brace"], at=opening.end())
        broken = False
        for inner in _OPEN.finditer(self.text, opening.end(), limit):
            if walk.advance(inner.start()) is not None:
                break
            broken = broken or walk.between_values
        end = walk.advance(limit)
        stop = limit if end is None else end
        kind = opening["type"].lower()
        if kind in {"comment", "string", "preamble"}:
            self.special(kind, opening, end, stop)
        elif end is None or broken:
            why = "is not closed" if end is None else "holds the opening of another entry"
            begin = self.text[start : start + 40].split("\n", maxsplit=1)[0]
            self.found.lose(
                self.line(start),
                f"the entry that begins with {begin!r} {why}",
                "close its braces and quotation marks before the next entry begins",
            )
            self.lose_within(opening.end(), stop, "is swallowed by the entry before it")
        else:
            self.entry(opening, stop)
        return stop

    def special(self, kind: str, opening: re.Match[str], end: int | None, stop: int) -> None:
        line = self.line(opening.start())
        if end is None:
            self.found.complain(
                line, f"this @{kind} is not closed", "close its braces before the next entry begins"
            )
        if kind == "preamble":
            self.found.complain(
                line,
                "expected entries and @string only, found @preamble",
                "delete it: nothing it says reaches a reader",
            )
        if kind == "string" and end is not None:
            text = self.text[opening.start() : stop]
            self.found.strings.append(Chunk(line=line, kind=kind, key="", text=text))
        else:
            self.lose_within(opening.end(), stop, f"stands inside @{kind}")

    def entry(self, opening: re.Match[str], end: int) -> None:
        line = self.line(opening.start())
        match = _KEY[opening["brace"]].match(self.text, opening.end(), end)
        if match is None:
            self.found.lose(
                line,
                f"expected a key after @{opening['type'][:40]}{opening['brace']}, found none",
                "give the entry a key, such as smith2020spine, followed by a comma",
            )
            return
        key = match["key"]
        if end - opening.start() > _LONGEST_ENTRY:
            self.found.lose(
                line,
                f"entry {key[:40]!r} is longer than {_LONGEST_ENTRY:,} characters",
                "shorten it, or look for a brace that is never closed",
            )
            return
        text = self.text[opening.start() : end]
        self.register(Chunk(line=line, kind=opening["type"].lower(), key=key, text=text))

    def register(self, chunk: Chunk) -> None:
        first = self.found.entries.get(chunk.key)
        if first:
            self.found.lose(
                chunk.line,
                f"key {chunk.key!r} was already given on line {first.line}",
                "rename or delete one of the two entries",
                KEY_UNIQUE,
            )
            return
        self.found.entries_in += 1
        self.found.entries[chunk.key] = chunk
        variant = self.folded.setdefault(chunk.key.casefold(), chunk)
        if variant is not chunk:
            self.found.complain(
                chunk.line,
                f"key {chunk.key!r} differs only in case from {variant.key!r} on line "
                f"{variant.line}",
                "rename one of the two, and the citations that mean it",
                KEY_UNIQUE,
            )


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("%")
