"""LaTeX, as bibliographies hold it, turned into text a reader can read, losing none of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise

from imprimatur.bibliography.latex_symbols import ACCENTS, MARKS, SILENT, SPACING, symbol
from imprimatur.bibliography.rich import Mark, Rich, Span, plain, rich, tidy

_LEXEME = re.compile(
    r"\\[A-Za-z]+\*?\s*|\\.|[{}$~^_]|---?|``|''|[^\\{}$~^_`'-]+|.",
    re.DOTALL,
)
# What no lexeme but text stands in: it means what it says.
_PLAIN = re.compile(r"(?:[^\\{}$~`'-]+|-(?!-)|'(?!'))*+")
_LIGATURES = {
    "--": "\N{EN DASH}",
    "---": "\N{EM DASH}",
    "``": "\N{LEFT DOUBLE QUOTATION MARK}",
    "''": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "`": "\N{LEFT SINGLE QUOTATION MARK}",
    "~": " ",
}
_DEEPEST = 40
_SIMPLE = re.compile(r"[\w.]*")
_DOTLESS = {"\N{LATIN SMALL LETTER DOTLESS I}": "i", "\N{LATIN SMALL LETTER DOTLESS J}": "j"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What became of a LaTeX value.

    text: the readable text; braces are gone.
    unknown: commands without a meaning here; their arguments, or else their names, are in the text.
    """

    text: Rich
    unknown: tuple[str, ...] = ()


def decode(source: str) -> Decoded:
    r"""Return the value of a field as readable text; never raises.

    ``{\'c}`` becomes ć, ``--`` an en dash, ``$\alpha$`` a Greek letter; ``\textsuperscript{2}`` and
    ``\textit{in vitro}`` keep their marks; HTML stays the characters it is made of.
    """
    if _PLAIN.fullmatch(source):
        return Decoded(text=tidy(rich(source)))
    return in_full(source)


def in_full(source: str) -> Decoded:
    """The same, lexeme by lexeme, which a plain text needs not."""
    lexemes = _LEXEME.findall(source)
    reader = _Reader(lexemes=lexemes, formulas=_formulas(lexemes))
    return Decoded(text=tidy(reader.until("")), unknown=tuple(sorted(reader.unknown)))


def _formulas(lexemes: list[str]) -> frozenset[int]:
    """Return where the dollars stand that open or close a formula, not a price."""
    dollars = [at for at, lexeme in enumerate(lexemes) if lexeme == "$"]
    found: set[int] = set()
    for first, last in pairwise(dollars):
        inner = "".join(lexemes[first + 1 : last])
        follower = lexemes[last + 1] if last + 1 < len(lexemes) else ""
        apart = inner and inner == inner.strip() and not follower[:1].isdigit()
        if apart and first not in found:
            found |= {first, last}
    return frozenset(found)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """One walk over the lexemes of a value."""

    lexemes: list[str]
    formulas: frozenset[int]
    at: int = 0
    depth: int = 0
    math: bool = False
    unknown: set[str] = field(default_factory=set)

    def until(self, end: str) -> Rich:
        spans: list[Span] = []
        while self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            self.at += 1
            if lexeme == end:
                break
            spans.extend(self.piece(lexeme))
        return tuple(spans)

    def piece(self, lexeme: str) -> Rich:
        if self.depth > _DEEPEST:
            # Past this depth nothing is meant to be read: the characters stand for themselves.
            return rich(lexeme)
        self.depth += 1
        try:
            return self.meaning(lexeme)
        finally:
            self.depth -= 1

    def meaning(self, lexeme: str) -> Rich:
        if lexeme == "{":
            return self.until("}")
        if lexeme == "}":
            return ()
        if lexeme == "$":
            return self.dollar()
        if self.math and lexeme in {"^", "_"}:
            return self.marked(Mark.SUP if lexeme == "^" else Mark.SUB)
        if lexeme.startswith("\\"):
            return self.command(lexeme[1:].rstrip() or lexeme[1:], blank=lexeme[-1:].isspace())
        return rich(_LIGATURES.get(lexeme, lexeme))

    def dollar(self) -> Rich:
        if self.at - 1 not in self.formulas:
            return rich("$")
        self.math = not self.math
        return ()

    def argument(self) -> Rich:
        while self.at < len(self.lexemes) and self.lexemes[self.at].isspace():
            self.at += 1
        if self.at == len(self.lexemes) or self.lexemes[self.at] in {"}", "$"}:
            return ()
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme == "{" or lexeme.startswith("\\"):
            return self.piece(lexeme)
        lexeme = lexeme.lstrip()
        if len(lexeme) > 1:
            self.at -= 1
            self.lexemes[self.at] = lexeme[1:]
        return rich(lexeme[0])

    def marked(self, mark: Mark) -> Rich:
        return tuple(replace(span, mark=span.mark or mark) for span in self.argument())

    def command(self, name: str, *, blank: bool) -> Rich:
        bare = name.rstrip("*") or name
        if bare in ACCENTS and not (self.math and bare == "."):
            return self.accented(bare)
        if bare in MARKS:
            return self.marked(MARKS[bare])
        if bare in {"frac", "sqrt", "href"}:
            return self.structured(bare)
        if not bare[:1].isalpha():
            return rich(SPACING.get(bare, bare))
        return () if bare in SILENT else self.named(bare, blank=blank)

    def structured(self, name: str) -> Rich:
        """Read the commands whose arguments mean more than their text side by side."""
        if name == "frac":
            return (*self.operand(), Span(text="/"), *self.operand())
        if name == "sqrt":
            return (Span(text="√"), *self.operand())
        self.argument()  # the address of a link: its text follows
        return ()

    def named(self, name: str, *, blank: bool) -> Rich:
        found = symbol(name)
        if found is not None:
            return rich(found)
        self.unknown.add(f"\\{name}")
        follower = self.lexemes[self.at] if self.at < len(self.lexemes) else ""
        return () if follower == "{" else rich(f"{name} " if blank else name)

    def operand(self) -> Rich:
        inner = self.argument()
        whole = _SIMPLE.fullmatch(plain(inner))
        return inner if whole else (Span(text="("), *inner, Span(text=")"))

    def accented(self, accent: str) -> Rich:
        inner = self.argument()
        if not inner or not inner[0].text.strip():
            return rich(accent if accent in "~^'`\"" else "")
        first, rest = inner[0].text[0], inner[0].text[1:]
        letter = unicodedata.normalize("NFC", _DOTLESS.get(first, first) + ACCENTS[accent])
        return (replace(inner[0], text=letter + rest), *inner[1:])
