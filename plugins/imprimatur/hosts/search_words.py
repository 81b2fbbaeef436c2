"""The words of an index, each with the pages it stands on, under other numbers of pages."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from imprimatur.hosts.cbor import CborError, array, begun, end, head, number

if TYPE_CHECKING:
    from collections.abc import Sequence

_POSITIVE: Final = rb"(?:[\x00-\x17]|\x18.|\x19..|\x1a.{4})"
_ANY: Final = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_LIST: Final = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})" + _ANY + rb"*+"
_PAGE: Final = re.compile(rb"\x83(" + _POSITIVE + rb")(" + _LIST + _LIST + rb")", re.DOTALL)
"""How far the number of a page is from the last one, and the places on it. Taken apart by a
pattern, since a large site has half a million of them."""

_FIELDS: Final = 3
"""Of a word: as it is spelled mostly, its pages, its other forms."""
_FORM_FIELDS: Final = 2
"""Of such a form: its spelling and its pages."""

_written: Final = lru_cache(maxsize=4096)(number)


def renumbered(words: bytes, places: Sequence[int]) -> bytes:
    """A part of the index under other numbers of pages. places: the new number by the old one.

    Raises CborError where it is something else, and IndexError for a page that is not there.
    """
    outer, at = begun(words, 0)
    count, at = begun(words, at)
    if outer != 1:
        raise CborError(f"a part of the index has {outer} lists of words")
    found = []
    for _ in range(count):
        word, at = _word(words, at, places)
        found.append(word)
    if at != len(words):
        raise CborError("something stands behind the words of an index")
    return array([array(found)])


def _word(data: bytes, at: int, places: Sequence[int]) -> tuple[bytes, int]:
    fields, at = begun(data, at)
    if fields != _FIELDS:
        raise CborError(f"a word of the index has {fields} fields")
    behind = end(data, at)
    pages, then = _pages(data, behind, places)
    forms, then = _forms(data, then, places)
    return array([data[at:behind], pages, forms]), then


def _forms(data: bytes, at: int, places: Sequence[int]) -> tuple[bytes, int]:
    """How a word is written otherwise, with other accents, and on which pages."""
    count, at = begun(data, at)
    found = []
    for _ in range(count):
        fields, at = begun(data, at)
        if fields != _FORM_FIELDS:
            raise CborError(f"a form of a word has {fields} fields")
        behind = end(data, at)
        pages, then = _pages(data, behind, places)
        found.append(array([data[at:behind], pages]))
        at = then
    # They stand in the order of the pages on which they were met.
    return array(sorted(found)), at


def _pages(data: bytes, at: int, places: Sequence[int]) -> tuple[bytes, int]:
    count, at = begun(data, at)
    found, old = [], 0
    for page in islice(_PAGE.finditer(data, at), count):
        if page.start() != at:
            break
        at = page.end()
        old += _value(page[1])
        found.append((places[old], page[2]))
    if len(found) != count:
        raise CborError("a word stands on something that is no page")
    found.sort()
    made, last = [], 0
    for new, rest in found:
        made.append(b"\x83" + _written(new - last) + rest)
        last = new
    return array(made), at


@lru_cache(maxsize=4096)
def _value(data: bytes) -> int:
    return head(data, 0)[1]
