"""Every act of the site: those that lie in the tree, and those the protected branch once held."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import ABSENT, Act
from imprimatur.editorial.places import RECORDS
from imprimatur.editorial.records import read_act, read_records
from imprimatur.editorial.signature import verify_all
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imprimatur.editorial.act import FiledAct, Seal
    from imprimatur.editorial.cache import Cache, Parts
    from imprimatur.editorial.files import Source
    from imprimatur.editorial.trunk import Arrival, Trunk
    from imprimatur.strict import Reading

_MANY: Final = 200
"""Acts for which a second process is worth its start."""


class Ledger:
    """The acts of every article, with what their signatures prove; none is ever lost or changed.

    What came to the protected branch counts as it came, whatever the tree holds in its place.
    trunk: None where there is no Git, and then only the tree is known.
    """

    def __init__(self, files: Source, trunk: Trunk | None, cache: Cache) -> None:
        self._files, self._trunk, self._cache = files, trunk, cache
        self._read: dict[str, Reading[tuple[FiledAct, ...]]] = {}
        self._sources: dict[str, Mapping[str, bytes | None]] = {}

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """Files of the records by slug; what lies beside the folders stands under ``""``."""
        found: dict[str, list[str]] = {}
        for path in sorted({*self._files.under(RECORDS), *self.first}):
            slug, beside, _ = path.removeprefix(f"{RECORDS}/").partition("/")
            found.setdefault(slug if beside else "", []).append(path)
        return {slug: tuple(paths) for slug, paths in found.items()}

    @cached_property
    def first(self) -> Mapping[str, Arrival]:
        """The first version of each file of the records on the protected branch."""
        arrivals = self._trunk.editorial if self._trunk else ()
        found: dict[str, Arrival] = {}
        for each in arrivals:
            if each.blob and each.path.startswith(f"{RECORDS}/"):
                found.setdefault(each.path, each)
        return found

    @cached_property
    def rewritten(self) -> tuple[str, ...]:
        """Files of the records that are not, or no longer, as they came to the protected branch."""
        return tuple(
            sorted(
                path
                for path, arrival in self.first.items()
                if not self._files.holds(path, arrival.blob)
            )
        )

    def acts(self, slug: str) -> Reading[tuple[FiledAct, ...]]:
        """The acts of one article."""
        if slug not in self._read:
            self.read([slug])
        return self._read[slug]

    def read(self, slugs: Iterable[str]) -> None:
        """Read the acts of some articles at once, which is quicker than one by one."""
        wanted = [slug for slug in slugs if slug not in self._read]
        sources = {slug: self.sources(slug) for slug in wanted}
        known = self._known(sources.values())
        readings = {slug: read_records(files, known) for slug, files in sources.items()}
        seals = self._seals(readings, sources)
        for slug, reading in readings.items():
            sealed = tuple(
                replace(filed, seal=seals.get(filed.path, filed.seal))
                for filed in reading.value or ()
            )
            self._read[slug] = replace(reading, value=sealed)

    def sources(self, slug: str) -> Mapping[str, bytes | None]:
        """The bytes of each file of an article's record; None where it is no plain file."""
        if slug not in self._sources:
            self._sources[slug] = {path: self._bytes(path) for path in self.paths.get(slug, ())}
        return self._sources[slug]

    def order(self, path: str) -> int | None:
        """When an act came to the protected branch; None where it has not."""
        arrival = self.first.get(path)
        return arrival.order if arrival else None

    def _is_sealed(self, path: str) -> bool:
        """Whether the signature beside an act is the one it came with.

        One that follows later is none: it could replace what is known of the act by something else.
        """
        act, seal = self.first.get(path), self.first.get(f"{path}.sig")
        return act is None or (seal is not None and seal.order <= act.order)

    def _bytes(self, path: str) -> bytes | None:
        here, arrival = self._files.read(path), self.first.get(path)
        if arrival is None or self._trunk is None or self._files.holds(path, arrival.blob, here):
            return here
        return self._trunk.content(arrival.blob)

    def _known(
        self, sources: Iterable[Mapping[str, bytes | None]]
    ) -> Mapping[tuple[str, bytes], Act]:
        """Acts without a finding, by their path and bytes; many are read by all cores."""
        wanted: list[Parts] = [
            (path.encode("utf-8", "surrogateescape"), data)
            for each in sources
            for path, data in each.items()
            if data is not None and path.endswith(".yml")
        ]
        stored = self._cache.get_many("act", wanted)
        known = {part: Act.model_validate_json(text) for part, text in stored.items()}
        new = [part for part in wanted if part not in stored]
        read = zip(new, spread(_read, new, _MANY), strict=True)
        fresh = {part: act for part, act in read if act is not None}
        told = {part: act.model_dump_json(exclude_defaults=True) for part, act in fresh.items()}
        self._cache.put_many("act", told)
        return {(_path(part), part[1]): act for part, act in (known | fresh).items()}

    def _seals(
        self,
        readings: Mapping[str, Reading[tuple[FiledAct, ...]]],
        sources: Mapping[str, Mapping[str, bytes | None]],
    ) -> Mapping[str, Seal]:
        """What each signature proves, by the path of its act."""
        pairs: dict[str, tuple[bytes, bytes]] = {}
        late: dict[str, Seal] = {}
        for slug, reading in readings.items():
            for filed in reading.value or ():
                data, armour = sources[slug][filed.path], sources[slug].get(f"{filed.path}.sig")
                if not self._is_sealed(filed.path):
                    late[filed.path] = ABSENT
                elif data is not None and armour is not None:
                    pairs[filed.path] = data, armour
        return late | dict(zip(pairs, verify_all(pairs.values(), self._cache), strict=True))


def _read(part: Parts) -> Act | None:
    """An act that may be remembered; None where something is wrong, which is told anew."""
    found = read_act(part[1], _path(part), signed=False)
    return None if found.value is None or found.findings else found.value.act


def _path(part: Parts) -> str:
    return part[0].decode("utf-8", "surrogateescape")
