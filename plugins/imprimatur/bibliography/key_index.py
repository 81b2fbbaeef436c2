"""The keys of a bibliography, for looking many up in many texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyIndex:
    """whole: every key. longest: the length of the longest."""

    whole: frozenset[str]
    longest: int


def index_of(keys: Iterable[str]) -> KeyIndex:
    """The index of some keys; made once for all texts."""
    whole = frozenset(keys)
    return KeyIndex(whole=whole, longest=max(map(len, whole), default=0))
