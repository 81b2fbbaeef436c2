"""Bytes to text that a reviewer sees whole."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from imprimatur.errors import Finding, RuleName
from imprimatur.strict.lookalikes import lookalikes, untyped
from imprimatur.strict.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT_IS_VISIBLE = RuleName("text-is-visible")

_SPACES_AFTER_A_NUMBER: Final = "\u00a0\u202f\u2009\u2007"
_LINE_END: Final = re.compile(r"\r\n?")
# Python counts these as printable; no font prints them: joiners, fillers, variation selectors.
_UNPRINTED: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd\U0001d159\U000e0100-\U000e01ef]"
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""Signs that parsers choke on and terminals obey; tabs and line ends are none."""

_CONTROL_BYTES: Final = bytes([*range(9), *range(11, 32), 127])
_CONTROL_BEYOND: Final = (re.compile(rb"\xc2[\x80-\x9f]"), re.compile(rb"\xef\xbf[\xbe\xbf]"))
"""The same in UTF-8, where they are found ten times as fast."""

_MOST_MARKS: Final = 4
# Below U+0300 nothing combines, so nothing else can be a run of marks.
_RUN: Final = re.compile(rf"[\u0300-\U0010ffff]{{{_MOST_MARKS + 1},}}")


def read_text(data: bytes, path: str, rule: RuleName, *, limit: int) -> Reading[str]:
    """Decode UTF-8 and bring it to one form: NFC, lines ended by LF.

    data: the file's bytes; limit: how many of them are read at most.
    rule: the rule that an unreadable file breaks.
    Hidden characters are findings beside the text: they are named, not removed. Control characters
    leave no text at all: parsers and terminals obey them.
    """
    if len(data) > limit:
        message = f"the file has {len(data):,} bytes; at most {limit:,} are read"
        return _unreadable(path, 0, rule, message, "split the file or shorten it")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        message = "the file begins with a byte-order mark"
        return _unreadable(path, 1, rule, message, "save it as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is no UTF-8"
        return _unreadable(path, line, rule, message, "save the file as UTF-8")
    text = _LINE_END.sub("\n", text) if "\r" in text else text
    if text.isascii() and not has_control(text):
        # Nothing of the keyboard is hidden or can be written in two ways.
        return Reading(value=text)
    piled = _piled(text)
    if piled is not None:
        line = text.count("\n", 0, piled) + 1
        message = f"more than {_MOST_MARKS} combining marks stand on one letter"
        return _unreadable(path, line, rule, message, "delete them")
    text = unicodedata.normalize("NFC", text)
    findings = tuple(_hidden(text, path))
    return Reading(value=None if has_control(text) else text, findings=findings)


def has_control(text: str) -> bool:
    """Whether a text holds a sign that parsers choke on and terminals obey."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _CONTROL_BYTES)) < len(data):
        return True
    return not data.isascii() and any(each.search(data) for each in _CONTROL_BEYOND)


def disguise(value: str) -> str | None:
    """What a value holds that does not read as it is, in words, or None."""
    if _piled(value) is not None:
        return f"more than {_MOST_MARKS} combining marks on one letter"
    if not unicodedata.is_normalized("NFC", value):
        return "a letter that is not in its usual form (NFC)"
    return next((what for line in value.split("\n") for _, what in disguises(line)), None)


def _unreadable(path: str, line: int, rule: RuleName, message: str, cure: str) -> Reading[str]:
    finding = Finding(path=path, line=line, rule=rule, message=message, cure=cure)
    return Reading(value=None, findings=(finding,))


def _piled(text: str) -> int | None:
    """Where too many marks begin to pile up; to order them would take a reader for ever."""
    if not any(map(unicodedata.combining, untyped(text))):
        return None
    for found in _RUN.finditer(text):
        run = 0
        for index, sign in enumerate(found[0], start=found.start()):
            run = run + 1 if unicodedata.combining(sign) else 0
            if run > _MOST_MARKS:
                return index
    return None


def _hidden(text: str, path: str) -> Iterator[Finding]:
    """One finding for each line that holds hidden signs."""
    seen = all(sign == "\n" or _is_seen(sign) for sign in untyped(text))
    if seen and next(lookalikes(text), None) is None:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        found = list(disguises(line))
        if not found:
            continue
        column, what = found[0]
        more = ", ".join(str(each) for each, _ in found[1:20])
        others = f" (more in the columns {more})" if more else ""
        yield Finding(
            path=path,
            line=number,
            rule=TEXT_IS_VISIBLE,
            message=f"column {column} holds {what}{others}",
            cure="delete it, or type the ordinary letter, digit or space",
        )


def disguises(line: str) -> Iterator[tuple[int, str]]:
    """What in a line does not read as it is, each with its column, in words."""
    found = [(column, f"{sign_name(sign)}, which nobody sees") for column, sign in unseen(line)]
    for column, sign in lookalikes(line):
        found.append((column, f"{sign_name(sign)}, which passes for another sign"))
    yield from sorted(found)


def unseen(line: str) -> Iterator[tuple[int, str]]:
    """The signs of a line that nobody sees, each with its column."""
    if not _has_unseen(line):
        return
    for column, sign in enumerate(line, start=1):
        if not _is_seen(sign) and not _keeps_a_unit(line, column - 1):
            yield column, sign


def _has_unseen(text: str) -> bool:
    """Whether any sign is one that nobody sees; each is looked at once, however often it stands."""
    return not all(map(_is_seen, untyped(text)))


def _is_seen(sign: str) -> bool:
    return sign == "\t" or (sign.isprintable() and not _UNPRINTED.match(sign))


def sign_name(sign: str) -> str:
    """A sign nobody sees, in letters everybody sees."""
    other = "control character" if unicodedata.category(sign) == "Cc" else "no character"
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, other)})"


def _keeps_a_unit(line: str, column: int) -> bool:
    """A space that keeps a number and its unit on one line is typography, not disguise."""
    return line[column] in _SPACES_AFTER_A_NUMBER and line[column - 1 : column].isdigit()
