"""One entry of a BibTeX file as it was written, or why it cannot be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprimatur.bibliography.chunks import Chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An entry as written: its fields in LaTeX, with every ``@string`` put in.

    fields: by name in lower case; of a field given twice, the first.
    repeated: the names of fields given more than once.
    undefined: the names of strings that are used and never defined.
    """

    chunk: Chunk
    fields: Mapping[str, str]
    repeated: tuple[str, ...] = ()
    undefined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why an entry could not be parsed."""

    reason: str
