"""The reference styles, as the settings in which they differ."""

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
