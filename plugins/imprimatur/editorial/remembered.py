"""Standings that were derived before: of the same bytes and the same history, on the same day."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

from imprimatur.editorial.derived import Derived
from imprimatur.editorial.moment import Moment
from imprimatur.editorial.state import Standing
from imprimatur.manuscript import Digest, image_digest
from imprimatur.strict import Closed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from imprimatur.editorial.cache import Cache, Parts
    from imprimatur.editorial.files import Source
    from imprimatur.editorial.trunk import Trunk

_KIND: Final = "standing"


class _Kept(Closed):
    """What is remembered of an article. at: when its standing was derived."""

    at: Moment
    images: dict[str, Digest]
    standing: Standing
    manifest: Digest
    acts: tuple[str, ...]


@cache
def _many() -> TypeAdapter[list[_Kept]]:
    """Made when it is asked for, since most commands ask for no standing."""
    return TypeAdapter(list[_Kept])


class Remembered:
    """The standings that the cache holds.

    The law looks at the clock for two things: which acts have arrived, and which day it is. So what
    it said once all acts had arrived, it says until that day ends.
    """

    def __init__(self, files: Source, trunk: Trunk, cache: Cache) -> None:
        self._files, self._trunk, self._cache = files, trunk, cache

    def recall(self, sources: Mapping[str, Parts], now: datetime) -> dict[str, Derived]:
        """The standings that are known, by slug. sources: as for ``keep``."""
        wanted = {slug: self._parts(parts, now) for slug, parts in sources.items()}
        stored = self._cache.get_many(_KIND, wanted.values())
        known = [slug for slug, parts in wanted.items() if parts in stored]
        kept = _many().validate_json(f"[{','.join(stored[wanted[slug]] for slug in known)}]")
        return {
            slug: Derived(
                standing=each.standing,
                manifest=each.manifest,
                acts=each.acts,
                images=each.images,
                is_certain=True,
            )
            for slug, each in zip(known, kept, strict=True)
            if each.at <= now and self._has(each.images)
        }

    def keep(
        self, sources: Mapping[str, Parts], found: Mapping[str, Derived], now: datetime
    ) -> None:
        """Remember standings, as far as nothing but these bytes and the history made them so.

        sources: by slug, every byte of the repository that a standing was derived from, but for
        images. found: what was derived, by slug.
        """
        if self._trunk.latest > now:
            return
        self._cache.put_many(
            _KIND,
            {
                self._parts(sources[slug], now): _text(each, each.manifest, now)
                for slug, each in found.items()
                # What stands in another article, or what this machine cannot do, may change.
                if slug in sources and each.standing.successor is None and each.is_certain
                if each.manifest is not None
            },
        )

    def _parts(self, source: Parts, now: datetime) -> Parts:
        return (*self._trunk.state, f"{now:%Y-%m-%d}".encode(), *source)

    def _has(self, images: Mapping[str, str]) -> bool:
        """Whether the images are the same still."""
        return all(
            image_digest(path, self._files.read(path)) == digest for path, digest in images.items()
        )


def _text(derived: Derived, manifest: Digest, now: datetime) -> str:
    kept = _Kept(
        at=now,
        images=dict(derived.images),
        standing=derived.standing,
        manifest=manifest,
        acts=derived.acts,
    )
    return kept.model_dump_json(exclude_defaults=True)
