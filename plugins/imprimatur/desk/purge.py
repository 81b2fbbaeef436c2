"""What an emergency cannot reach by itself: copies of the page elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from imprimatur.gate.swap import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PLACES: Final = (
    "your content delivery network (CDN) or the cache of your web server: purge {}",
    "search engines, in the webmaster tools of each: ask for the removal of {} and of its copies",
    "web archives, such as archive.org: ask for {} to be left out",
    "mirrors, translations and apps that copy your site: tell whoever runs them of {}",
    "feeds and newsletters that carried {}: send a correction",
    "printed copies and documents made from {}: tell those who hand them out",
)


def checklist(site: str, slugs: Sequence[str], kept: Path) -> Iterator[str]:
    """Lines to tick off, each with the addresses that are meant.

    site: its own address. kept: the folder of the releases.
    """
    base = site.rstrip("/")
    base = base if "://" in base else f"https://{base}"
    addresses = [f"{base}/articles/{slug}/" for slug in slugs]
    yield "The site shows the notice now. Copies elsewhere do not; work through these:"
    for place in _PLACES:
        yield f"  [ ] {place.format(' and '.join(addresses))}"
    yield "The text stays in the history of the repository, which is public if that is,"
    yield f"and in earlier releases, in {kept}, until {KEPT} more are published."
