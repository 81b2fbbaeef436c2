"""The mark in the text: ``[see @park2019spinal, p. 170; @liu2017vertebral]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from imprimatur.bibliography.key_index import KeyIndex

KEY: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
"""A citation key: begins and ends with a letter, digit or underscore, as in Pandoc."""

_ITEM: Final = re.compile(rf"(?P<prefix>|[^@]*\s)-?@(?P<key>{KEY})(?P<rest>|[,\s].*)", re.DOTALL)
_ANY_KEY: Final = re.compile(rf"@(?P<key>{KEY})")
_LABELS: Final = (
    "appendix|appendices|app|box|boxes|chapters?|chap|columns?|col|figures?|figs?|folios?|"
    "lines?|notes?|nn?|numbers?|nos?|pages?|pp?|paragraphs?|paras?|parts?|"
    "recommendations?|sections?|secs?|statements?|tables?|tabs?|variants?|verses?|volumes?|vols?"
)
_ARABIC: Final = r"[A-Z]?[0-9]+[A-Z]?(?:\.[0-9]+)*"
_NUMBER: Final = rf"(?:{_ARABIC}|[ivxlc]+\b)"
_LABELLED: Final = rf"(?:{_LABELS})(?:\.\s*|\s+|(?=[0-9])){_NUMBER}"
_LOCATOR: Final = re.compile(
    rf"(?P<locator>(?:{_LABELLED}|{_ARABIC})(?:\s?[-,&\u2013]\s?{_NUMBER})*)(?P<rest>|[,\s].*)",
    re.DOTALL | re.IGNORECASE,
)
_STARTS_WITH_NUMBER: Final = re.compile(_NUMBER, re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """One work within a mark.

    key: its key in the bibliography.
    prefix: words before it, such as "see".
    locator: the place within the work, such as "p. 170" or "table 3".
    suffix: words after it.
    """

    key: str
    prefix: str = ""
    locator: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        prefix = f"{self.prefix} " if self.prefix else ""
        locator = f", {self.locator}" if self.locator else ""
        # After a comma a number would belong to the locator.
        joint = " " if self.locator and _STARTS_WITH_NUMBER.match(self.suffix) else ", "
        suffix = f"{joint}{self.suffix}" if self.suffix else ""
        return f"{prefix}@{self.key}{locator}{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One mark: the works it cites, and whether their authors are part of the sentence."""

    works: tuple[CitedWork, ...]
    narrative: bool = False

    def __str__(self) -> str:
        if not self.narrative:
            return f"[{'; '.join(map(str, self.works))}]"
        work = self.works[0]
        return f"@{work.key} [{work.locator}]" if work.locator else f"@{work.key}"


@lru_cache(maxsize=4096)
def parse_citation(text: str) -> Citation | None:
    """Read what stands between the square brackets of a mark.

    Returns None if any part of it cites no work, or more than one, which is a mark to be mended.
    """
    items = [_item(part.strip()) for part in text.split(";")]
    works = tuple(item for item in items if item is not None)
    return Citation(works=works) if len(works) == len(items) else None


def _item(text: str) -> CitedWork | None:
    match = _ITEM.fullmatch(text)
    if match is None or "@" in match["rest"]:
        return None
    locator, suffix = _locator(" ".join(match["rest"].split()).lstrip(", "))
    prefix = " ".join(match["prefix"].split())
    return CitedWork(key=match["key"], prefix=prefix, locator=locator, suffix=suffix)


def _locator(text: str) -> tuple[str, str]:
    """Split what follows a key into the place within the work and other words."""
    match = _LOCATOR.fullmatch(text)
    if match is None:
        return "", text
    return match["locator"], match["rest"].lstrip(", ")


def cited_keys(source: str, known: KeyIndex) -> tuple[str, ...]:
    """Every known key that follows an ``@`` anywhere in the source, code and comments included.

    A superset of what is rendered: what an approval covers may be too much, never too little.
    """
    found: set[str] = set()
    for match in _ANY_KEY.finditer(source):
        key = match["key"][: known.longest]
        while key and key not in known.whole:
            key = key[:-1]
        found.add(key)
    return tuple(sorted(found - {""}))


def whole_keys(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Every known key behind an ``@``, each time it stands there, read as a citation reads it.

    So the key ``nice`` is not found in the address ``info@nice.org.uk``.
    """
    return tuple(match["key"] for match in _ANY_KEY.finditer(text) if match["key"] in known)
