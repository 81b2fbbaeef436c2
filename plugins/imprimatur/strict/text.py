"""Bytes to text that a reviewer sees whole."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from imprimatur.errors import Finding, RuleName
from imprimatur.strict.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT_IS_VISIBLE = RuleName("text-is-visible")

_SPACES_AFTER_A_NUMBER = "\u00a0\u202f\u2009\u2007"
_LINE_END = re.compile(r"\r\n?")


def read_text(data: bytes, path: str, rule: RuleName, *, limit: int) -> Reading[str]:
    """Decode UTF-8 and bring it to one form: NFC, lines ended by LF.

    data: the file's bytes; limit: how many of them are read at most.
    rule: the rule that an unreadable file breaks.
    Hidden characters are findings beside the text: they are named, not removed.
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
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
    return Reading(value=text, findings=tuple(_hidden(text, path)))


def _unreadable(path: str, line: int, rule: RuleName, message: str, cure: str) -> Reading[str]:
    finding = Finding(path=path, line=line, rule=rule, message=message, cure=cure)
    return Reading(value=None, findings=(finding,))


def _hidden(text: str, path: str) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.replace("\t", " ").isprintable():
            continue
        for column, sign in enumerate(line):
            if sign == "\t" or sign.isprintable() or _keeps_a_unit(line, column):
                continue
            name = unicodedata.name(sign, "control character")
            yield Finding(
                path=path,
                line=number,
                rule=TEXT_IS_VISIBLE,
                message=f"column {column + 1} holds U+{ord(sign):04X} ({name}), which nobody sees",
                cure="delete it, or type an ordinary space",
            )


def _keeps_a_unit(line: str, column: int) -> bool:
    """A space that keeps a number and its unit on one line is typography, not disguise."""
    return line[column] in _SPACES_AFTER_A_NUMBER and line[:column][-1:].isdigit()
