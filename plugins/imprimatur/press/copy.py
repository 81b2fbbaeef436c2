"""What goes into the press, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.bibliography import Bibliography, EvidenceSection
    from imprimatur.editorial import FiledAct, Policy, Standing
    from imprimatur.manuscript import Digest, Manuscript
    from imprimatur.press.passages import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Everything one article is printed from.

    digest: of the manifest, so that the page names the text it shows.
    edited: when the manuscript was last committed; None where that is not known.
    history: every act of the article, the oldest first.
    pages: the site pages there are, ``docs/about/editorial-policy.md``, which an article may link.
    """

    manuscript: Manuscript
    bibliography: Bibliography
    policy: Policy
    standing: Standing
    digest: Digest
    edited: datetime | None
    history: tuple[FiledAct, ...] = ()
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One work cited at one place.

    line: of the file. section: the evidence section it stands in, if any.
    in_heading: whether it stands in a heading.
    figure: the number or unit straight before its superscript, which reads as an exponent.
    """

    key: str
    line: int
    section: EvidenceSection | None
    in_heading: bool
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the printed article.

    own: whether the press wrote it. audiences: whom it is for; none means everybody.
    """

    level: int
    id: str
    text: str
    own: bool
    audiences: tuple[str, ...] = ()


class Misread(Enum):
    """What an author meant and Markdown did not take it for."""

    LIST = "list"
    TABLE = "table"
    CITATION = "citation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A printed article, and what the press met on the way. Rules judge it; the press does not.

    malformed: line and text of each mark of which some part cites nothing.
    removed: line and name of what may not stand in the author's HTML, most of it taken out.
    misread: what was meant otherwise than it is printed, with its line and text.
    blocks: name of each block as rendered, in order, to hold against those in the source.
    citing: of each of these blocks, whether a citation stands in it.
    passages: the words outside all blocks, then those of each block, for whom each is.
    """

    html: str
    headings: tuple[Heading, ...]
    cited: tuple[Cited, ...]
    malformed: tuple[tuple[int, str], ...]
    removed: tuple[tuple[int, str], ...]
    misread: tuple[tuple[Misread, int, str], ...]
    blocks: tuple[str, ...]
    citing: tuple[bool, ...]
    passages: tuple[Passage, ...]
    is_empty: bool
