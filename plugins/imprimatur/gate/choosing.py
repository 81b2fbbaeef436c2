"""What becomes of each article in a release: shown as it stands, as it stood, or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.places import ARTICLES
from imprimatur.gate.plan import Withheld
from imprimatur.gate.shown import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from imprimatur.bibliography import Bibliography
    from imprimatur.editorial import Repository
    from imprimatur.gate.shown import Shown

_REPLACED: Final = "its image {} to be put back, of which the site shows another one now"
_RETRACTED: Final = "a text that rests on another work than `{}`, which was retracted"
_BROKEN: Final = "another text, since the one that was approved last breaks the rule `{}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What becomes of one article. text: what is shown of it; withheld: what is not."""

    text: Shown | None
    withheld: Withheld | None


def choose(
    repository: Repository, now: datetime, commit: str, files: Mapping[str, bytes]
) -> tuple[Choice, ...]:
    """What becomes of every article, in the order of their slugs.

    commit: the one that the repository is read from. files: what is staged beside the articles.
    """
    standings = repository.standings(repository.slugs, now)
    texts = {
        slug: shown(repository, slug, standings[slug], now, commit) for slug in repository.slugs
    }
    placed = dict(files)
    for text in texts.values():
        if text is not None and not text.copy.standing.update:
            placed |= text.images
    choices = []
    for slug, text in texts.items():
        waits, chosen = standings[slug].waits_for, text
        reason = _unfit(text, placed, repository.bibliography) if text is not None else ""
        if reason:
            chosen, waits = None, (*waits, reason)
        placed |= chosen.images if chosen is not None else {}
        waits = waits or (f"the board: its standing is {standings[slug].state}",)
        choices.append(Choice(text=chosen, withheld=_withheld(repository, slug, chosen, waits)))
    return tuple(choices)


def _withheld(
    repository: Repository, slug: str, text: Shown | None, waits: tuple[str, ...]
) -> Withheld | None:
    """The present text of an article, unless it is just that which is shown."""
    if text is not None and text.is_present:
        return None
    source = repository.files.read(f"{ARTICLES}/{slug}.md") or b""
    is_notice = text is not None and text.copy.standing.is_notice
    return Withheld(slug=slug, source=source, waits_for=waits, is_known=is_notice)


def _unfit(text: Shown, placed: Mapping[str, bytes], works: Bibliography) -> str:
    """Why an earlier text can be shown no more, as what it waits for; empty if it can.

    Around it the site is as it is now, and so is what is known of the works that it rests on: who
    says that one was retracted, signs nothing, and cannot put anything up by it.
    """
    if not text.copy.standing.update:
        return ""
    if text.broken:
        return _BROKEN.format(text.broken[0])
    for path, data in text.images.items():
        if placed.get(path, data) != data:
            return _REPLACED.format(path)
    for key in text.manifest.references:
        work = works.work(key)
        if work is not None and work.retracted:
            return _RETRACTED.format(key)
    return ""
