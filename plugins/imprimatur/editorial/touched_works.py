"""Which works of a bibliography a patch of it changes: rather too many than one too few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ANY_WORK: Final = "*"
"""Stands for every work of the bibliography, where a commit cannot be told to have spared one."""

# What the reader of bibliographies takes for the beginning of an entry, wherever it stands.
_OPENING: Final = re.compile(r"@[ \t]*[A-Za-z][\w:.+/*-]*\s*(?:[{(]|$)")
_HEADER: Final = re.compile(
    r"\s*@[ \t]*(?P<kind>[A-Za-z][\w:.+/*-]*)\s*"
    r"(?:\{\s*(?P<braced>[^\s,{}]+)|\(\s*(?P<round>[^\s,{}()]+))\s*(?:[,})]|$)"
)


def touched_works(patch: Iterable[str]) -> frozenset[str]:
    """Keys of the entries in which the lines of a patch of a BibTeX file change something.

    ``ANY_WORK`` is among them where a changed line cannot be told to belong to one entry: in a
    string that others use, beyond the lines shown, or typed while two branches were merged.
    """
    found: set[str] = set()
    # The two sides of a patch are two texts: a line is of the entry above it on its own side.
    within: dict[str, str] = {}
    for line in patch:
        if line.startswith("@@@"):
            return frozenset({ANY_WORK})
        if line.startswith("@@"):
            within = {"-": ANY_WORK, "+": ANY_WORK}
        elif within and line[:1] in {" ", "+", "-"}:
            for side in "-+" if line[0] == " " else line[0]:
                entry = _entry(line[1:], within[side])
                if entry == ANY_WORK and within[side] in found:
                    # An entry that begins in the midst of a line is part of the one before it
                    # where a brace of that one is lost.
                    found.add(ANY_WORK)
                within[side] = entry
            # Fixed spaces are part of a field; a line of ordinary ones is part of nothing.
            if line[0] != " " and line[1:].strip(" \t\r"):
                found.add(within[line[0]])
    return frozenset(found)


def _entry(line: str, before: str) -> str:
    """Key of the entry that a line belongs to, or ANY_WORK. before: that of the line above."""
    openings = len(_OPENING.findall(line))
    if not openings:
        return before
    header = _HEADER.match(line)
    if header is None or openings > 1:
        return ANY_WORK
    plain = header["kind"].lower() not in {"string", "preamble", "comment"}
    return (header["braced"] or header["round"]) if plain else ANY_WORK
