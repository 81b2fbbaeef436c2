"""What a release consists of: what readers may see of each article, and what they must not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprimatur.editorial import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from imprimatur.manuscript import Digest
    from imprimatur.press import Entry
    from imprimatur.press.copy import Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One article as it is published, or the notice in its place: all that a host frames.

    title: as its heading shows it. summary: empty for a notice. html: the whole ``<article>``, as
    the press printed it. headings: of the printed article. entry: what lists say of it.
    digest: of the manifest that is shown. commit: which holds the text that is shown.
    source: what is staged as the manuscript: the approved bytes, or of a notice only its heading.
    images: its images by their path from the root.
    """

    slug: str
    title: str
    summary: str
    html: str
    headings: tuple[Heading, ...]
    entry: Entry
    digest: Digest
    commit: str
    source: bytes
    images: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_notice(self) -> bool:
        """Whether a notice stands in place of the text."""
        return Standing(state=self.entry.state).is_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A text that readers must not see: pending, or behind a notice.

    source: the manuscript's bytes. waits_for: why it is not shown, in words. is_known: whether
    readers saw a text of the article before, which a notice takes the place of.
    """

    slug: str
    source: bytes
    waits_for: tuple[str, ...]
    is_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A release, thought through before a byte of it is written.

    commit: of the protected branch. at: the instant for which standings hold.
    files: every other file that is staged, by its path from the root: site pages, assets, the
    host's settings, board and policy.
    """

    commit: str
    at: datetime
    printed: tuple[Printed, ...]
    withheld: tuple[Withheld, ...]
    files: Mapping[str, bytes]
