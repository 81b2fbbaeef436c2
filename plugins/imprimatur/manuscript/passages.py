"""A body as a frame that an edit may not touch, and the paragraphs that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from imprimatur.manuscript.marks import Mark, prose_lines

SAFETY: Final = "the safety passage"
PARAGRAPH: Final = "a paragraph break"

_MARK: Final = re.compile(r"(?P<slashes>/{3,})(?P<rest>.*)")
_LIST: Final = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)]) +")
# What begins like this is text wherever it stands; anything else may be a mark.
_PLAIN: Final = re.compile(r"(?P<indent> {0,3})(?:[^\W_]|[\"'\u201c\u2018(]|\*\*[^\W_]|\[?@)")
_NUMBERED: Final = re.compile(r" {0,3}\d{1,9}[.)](?: |$)")
_TAG: Final = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*|[!?])")
_INLINE: Final = frozenset({"sub", "sup", "em", "strong", "i", "b", "abbr", "br"})
_SPECIAL: Final = re.compile(r"[`{}\\\t]")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+) *")


@dataclass(slots=True)
class Frame:
    """The frame of a body.

    items: every line, or group of lines, that must stay as it is, with the name of what it is;
    of a paragraph, only its place. paragraphs: the text of each, in order.
    """

    items: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


def frame_of(body: str) -> Frame:
    """Part a body into frame and paragraphs: whatever is not surely a paragraph is frame."""
    walk = _Walk()
    outside_code = {number for number, _ in prose_lines(body, 0)}
    for number, line in enumerate(body.rstrip("\n").split("\n")):
        mark = _MARK.fullmatch(line)
        if number in outside_code and mark is None and line.strip(" "):
            walk.group.append(line)
            continue
        walk.close_group()
        if number not in outside_code:
            walk.frame.items.append((walk.name("code"), line))
        elif mark is not None:
            walk.mark(mark)
        else:
            walk.frame.items.append((PARAGRAPH, ""))
    walk.close_group()
    return walk.frame


class _Walk:
    """The state of one walk down a body."""

    def __init__(self) -> None:
        self.frame = Frame()
        self.group: list[str] = []
        self.opened: list[tuple[int, str]] = []
        self.in_html = False

    def name(self, otherwise: str) -> str:
        in_safety = any(name == Mark.SAFETY for _, name in self.opened)
        return SAFETY if in_safety else otherwise

    def mark(self, mark: re.Match[str]) -> None:
        """Open or close a block; a mark that closes nothing leaves all open."""
        slashes, name = len(mark["slashes"]), mark["rest"].partition("|")[0].strip().lower()
        if mark["rest"].strip():
            self.opened.append((slashes, name))
        elif self.opened and self.opened[-1][0] == slashes:
            self.opened.pop()
        self.frame.items.append(("a block mark", mark[0]))

    def close_group(self) -> None:
        """File the lines since the last blank one or mark."""
        if not self.group:
            return
        text = "\n".join(self.group)
        tags = {tag["name"].lower() for tag in _TAG.finditer(text)}
        # An element, or a comment, may reach down to the end of the body.
        self.in_html = self.in_html or bool(tags - _INLINE)
        kind = "raw HTML" if tags or self.in_html else _kind(self.group)
        if self.name(kind):
            self.frame.items.append((self.name(kind), text))
        else:
            self._paragraphs()
        self.group = []

    def _paragraphs(self) -> None:
        """File a group of text and list items: each marker begins a paragraph of its own."""
        paragraphs: list[list[str]] = []
        for line in self.group:
            marker = _LIST.match(line)
            if marker is None and paragraphs:
                paragraphs[-1].append(line)
                continue
            plain = _PLAIN.match(line)
            start = marker.end() if marker else plain.end("indent") if plain else 0
            self.frame.items.append(("a list mark" if marker else PARAGRAPH, f"{line[:start]}\0"))
            paragraphs.append([line[start:]])
        self.frame.paragraphs.extend(map("\n".join, paragraphs))


def _kind(group: list[str]) -> str:
    """What lines are that are no paragraph or list; empty if they are."""
    if any(line.lstrip(" ").startswith("#") or _UNDERLINE.fullmatch(line) for line in group):
        return "a heading"
    if any("|" in line for line in group):
        return "a table"
    if any(_SPECIAL.search(line) for line in group):
        return "code or a special mark"
    return "" if all(_is_text(line) for line in group) else "a note, list, quotation or other mark"


def _is_text(line: str) -> bool:
    marker = _LIST.match(line)
    rest = line[marker.end() :] if marker else line
    return _PLAIN.match(rest) is not None and not _NUMBERED.match(rest) and not _LIST.match(rest)
