"""Rules that an earlier text breaks: nobody asks them of it while it is not the present one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.eligibility import unknown_addresses
from imprimatur.errors import RuleName
from imprimatur.gate.image_rules import flawed
from imprimatur.gate.reader_rules import searched_ahead
from imprimatur.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from imprimatur.editorial import Repository, Standing
    from imprimatur.editorial.landing import Record
    from imprimatur.editorial.past import PastText


def broken_by_text(past: PastText, source: bytes, now: datetime) -> Iterator[RuleName]:
    """Rules that an earlier text breaks by its own words. source: the manuscript's bytes."""
    manuscript = past.manuscript
    # Of the bibliography nothing: the works that are cited are bound, whatever lies beside them.
    yield from (each.rule for each in read_manuscript(source, manuscript.path).findings)
    yield from (each.rule for each in searched_ahead(manuscript, now.date()))


def broken_by_images(images: Mapping[str, bytes]) -> Iterator[RuleName]:
    """Rules that the images of an earlier text break."""
    yield from (each.rule for path, data in images.items() for each in flawed(path, data))


def broken_by_authors(
    repository: Repository, past: PastText, record: Record, found: Standing
) -> Iterator[RuleName]:
    """Whether it is not known who wrote an earlier text, who then may have reviewed their own.

    record: for that text. found: how it stands. What came behind the text is no part of it.
    """
    policy, board = repository.law
    last = repository.trunk.order(past.commit)
    until = (
        each for each in record.changes if each.order <= last and each.commit not in found.base
    )
    if policy is None or board is None or next(unknown_addresses(until, board, policy), None):
        yield RuleName("author-is-known")
