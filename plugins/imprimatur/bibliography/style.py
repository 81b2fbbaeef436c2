"""The reference styles, as the settings in which they differ.

Decided once, for both, where the manuals leave room:

- a group counts as one author, as in the style files; a semicolon parts it from people;
- titles keep the capitals of their entry; BibTeX braces protect nothing that we change;
- of a date, AMA prints the year alone where volume, issue or pages stand, month and year else;
- nothing follows the DOI in AMA, so errata and retractions stand before it; NLM closes the
  location with a full stop after the DOI, as Citing Medicine does;
- DOIs are printed in the case they were given; an address only where there is no DOI, an ISBN
  only where there is neither; no date of access is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from imprimatur.bibliography.pages import expanded, shortened

if TYPE_CHECKING:
    from collections.abc import Callable


class Style(StrEnum):
    """A style of references."""

    AMA = "ama"
    VANCOUVER = "vancouver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one style does where the other does something else.

    first: how many authors are named when there are more than six.
    pages: how a range of pages is written.
    nlm: whether dates, places, suffixes and identifiers follow the National Library of Medicine.
    editor, editors: what follows the name of one, of several.
    """

    first: int
    pages: Callable[[str], str]
    nlm: bool
    editor: str
    editors: str


SETTINGS: dict[Style, Settings] = {
    Style.AMA: Settings(first=3, pages=expanded, nlm=False, editor="ed", editors="eds"),
    Style.VANCOUVER: Settings(
        first=6, pages=shortened, nlm=True, editor="editor", editors="editors"
    ),
}
