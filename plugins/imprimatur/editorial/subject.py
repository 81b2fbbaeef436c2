"""An article as it stands, with what it is compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprimatur.manuscript import text_of

if TYPE_CHECKING:
    from imprimatur.bibliography import Bibliography
    from imprimatur.manuscript import Manifest, Manuscript, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An article as it stands in the tree, with the works it cites."""

    manuscript: Manuscript
    bibliography: Bibliography
    manifest: Manifest

    @property
    def text(self) -> Text:
        """What can be compared with an earlier text."""
        return text_of(self.manuscript, self.bibliography, self.manifest)
