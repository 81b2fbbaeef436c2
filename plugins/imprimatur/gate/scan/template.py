"""What a template writes into a page: its tags, its texts and its drawings, each as a form.

Where the template fills something in, the form has a gap. What stands in a gap is judged apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_GAP, _OPEN, _SHUT, _STEP = "\1", "\2", "\3", "\4"
"""Of Jinja: what is filled in, where a condition or a loop begins and ends, anything else."""

_BEGINS: Final = frozenset({"if", "for", "block", "macro", "call", "filter", "with"})
_JINJA: Final = re.compile(
    r"\{#.*?#\}|\{\{(?P<gap>.*?)\}\}|\{%[-+]?\s*(?P<name>[a-z]+)(?P<rest>.*?)%\}", re.DOTALL
)
_SIGN: Final = re.compile("([\1-\4])")
_STRING: Final = re.compile(r"""(["'])((?:(?!\1)[^\\<>])*)\1""")
_MEANT: Final = re.compile(r"[^\W\d_a-z]|.*\S\s+\S", re.DOTALL)
"""A string in a template's code that readers may see: it begins large, or is several words."""

_UNREAD: Final = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b.*?</title\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DRAWING: Final = re.compile("<svg\\b[^\1-\4]*?</svg>", re.DOTALL)
_CUT: Final = "<x-cut>"
"""Stands where a comment or a drawing stood: texts end at it."""

_TAG: Final = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<has>(?:[^<>"']|"[^"]*"|'[^']*')*)>"""
)
_HAS: Final = re.compile(
    "(?P<sign>[\1-\4])|(?P<name>[^\\s\"'<>/=\1-\4]+)"
    r"""(?:\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'<>=`]+)))?"""
)
_WORD: Final = re.compile(r"[^\W_]")
_ENOUGH: Final = 4
"""Words of a part of a sentence that tell whose it is, whatever is filled in beside it."""

_LONGEST: Final = {0: 2_000, 1: 2_000, 2: 1_000, 3: 300}
_MOST: Final = 100
"""Signs of a text in which so many gaps are looked for, and more; each makes it take longer."""

# Our plugin takes it out again, because HTML does not know it on check boxes.
_NEEDLESS: Final = frozenset({"autocomplete"})
_FILLED: Final = "(.*?)"
LEADING: Final = frozenset({"href", "src", "xlink:href"})
"""Attributes that hold an address."""

_SWITCHES: Final = frozenset({"hidden", "checked"})
"""What the themes fill in between attributes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A start tag. values: of each attribute, a pattern of which the groups are gaps.

    needed: the attributes that it always has. is_open: whether it fills in whole attributes.
    """

    values: Mapping[str, re.Pattern[str]]
    needed: frozenset[str]
    is_open: bool

    def gaps(self, attributes: Mapping[str, str]) -> list[tuple[str, str]] | None:
        """What stands in its gaps, each with its attribute; None if this is another tag."""
        if not self.needed <= attributes.keys():
            return None
        found = []
        for name, written in attributes.items():
            pattern, value = self.values.get(name), _value(name, written)
            if pattern is None and self.is_open and name in _SWITCHES and not value:
                continue
            match = pattern and filled(pattern, value)
            if not match:
                return None
            gaps = tuple(filter(None, match.groups("")))
            # An address says nothing in parts.
            found += [(name, each) for each in ((value,) if gaps and name in LEADING else gaps)]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What one template writes. tags: each with its name. phrases: texts without a gap.

    patterns: texts with gaps, which are the groups. drawings: whole ones, as they are written.
    named: the words of all strings in its code, of which it makes classes.
    """

    tags: tuple[tuple[str, Form], ...]
    phrases: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    drawings: tuple[str, ...]
    named: frozenset[str]


def tidy(text: str) -> str:
    """A text with one blank between its words."""
    return " ".join(text.split())


def filled(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """How a text fills the gaps of a pattern; None if it does not, or is too long to be tried."""
    is_short = len(text) <= _LONGEST.get(pattern.groups, _MOST)
    return pattern.fullmatch(tidy(text)) if is_short else None


def read_template(source: str) -> Template:
    """Take a template apart; plain HTML is one without gaps."""
    coded: list[str] = []
    bare = _JINJA.sub(lambda found: _sign(found, coded), _SIGN.sub("", source))
    bare = _UNREAD.sub(_CUT, bare)
    drawings = tuple(_DRAWING.findall(bare))
    bare = _TITLE.sub(_CUT, _DRAWING.sub(_CUT, bare))
    strings = (each for each in coded if _MEANT.match(each.strip()))
    phrases = {tidy(each) for each in (*strings, *_COMMENT.findall(bare))}
    tags, patterns, at = [], set[re.Pattern[str]](), 0
    bare = f"{_COMMENT.sub(_CUT, bare)}{_CUT}"
    for tag in _TAG.finditer(bare):
        text = tidy(unescape(bare[at : tag.start()]))
        at = tag.end()
        phrases.update(_phrases(text))
        if _GAP in text or _OPEN in text:
            patterns.update(_patterns(text))
        if not tag["end"] and tag[0] != _CUT:
            tags.append((tag["name"].lower(), _form(tag["has"])))
    return Template(
        tags=tuple(tags),
        phrases=frozenset(phrases),
        patterns=tuple(patterns),
        drawings=drawings,
        named=frozenset(word for each in coded for word in each.split()),
    )


def _sign(found: re.Match[str], strings: list[str]) -> str:
    """What stands for a part of Jinja. strings: where those in it are put."""
    code = found["gap"] or found["rest"] or ""
    strings += (each for _, each in _STRING.findall(code))
    if found["gap"] is not None:
        return _GAP
    name, rest = found["name"], found["rest"]
    if name is None:
        return ""
    if name in _BEGINS or (name == "set" and "=" not in rest):
        return _OPEN
    return _SHUT if name.startswith("end") else _STEP


def _phrases(text: str) -> Iterator[str]:
    """The texts that a page may show of one in a template, each as a whole."""
    parts = [each.strip() for each in _SIGN.split(text) if each.strip()]
    if _GAP not in parts and sum(not _SIGN.fullmatch(each) for each in parts) == 1:
        yield from (each for each in parts if not _SIGN.fullmatch(each))
    # Where a macro prints an element, a sentence is cut in two.
    yield from (each for each in parts if len(each.split()) >= _ENOUGH)


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    if _WORD.search(text):
        yield _pattern(text, " ?")


def _pattern(text: str, between: str = "") -> re.Pattern[str]:
    """What a text with gaps may become. A part of it on a condition may be missing."""
    made: list[str] = []
    depth = 0
    for part in _SIGN.split(text):
        depth += (part == _OPEN) - (part == _SHUT)
        if part == _GAP:
            # Of two gaps side by side nobody can say where one ends.
            made += [] if made and made[-1] == _FILLED else [_FILLED]
        elif part and not _SIGN.fullmatch(part):
            literal = re.escape(part.strip())
            if not between:
                # A blank beside a gap that is empty falls away with it.
                edges = part[:1].isspace(), part[-1:].isspace()
                literal = f"{' ?' * edges[0]}{literal}{' ?' * edges[1]}"
            made.append(f"(?:{literal})?" if depth > 0 else literal)
    return re.compile(between.join(made), re.DOTALL)


def _value(name: str, written: str) -> str:
    """A value without what parsers write into one that is empty."""
    return "" if written == name else written


def _form(has: str) -> Form:
    values: dict[str, re.Pattern[str]] = {}
    needed, depth, is_open = set[str](), 0, False
    for found in _HAS.finditer(has):
        sign = found["sign"]
        if sign:
            depth += (sign == _OPEN) - (sign == _SHUT)
            is_open = is_open or sign == _GAP
            continue
        name = found["name"].lower()
        written = next((each for each in found.group("a", "b", "c") if each is not None), "")
        values[name] = _pattern(_value(name, tidy(unescape(written))))
        if depth <= 0:
            needed.add(name)
    return Form(values=values, needed=frozenset(needed - _NEEDLESS), is_open=is_open)
