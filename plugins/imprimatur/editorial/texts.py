"""Every manuscript of the site, and what an approval of it would cover."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Final

from imprimatur.manuscript import (
    Manifest,
    Manuscript,
    image_digest,
    manifest_of,
    read_manuscript,
)
from imprimatur.manuscript.citation import cited_keys
from imprimatur.manuscript.front_matter import FrontMatter
from imprimatur.manuscript.manifest import IMAGE
from imprimatur.manuscript.manuscript import slug_of
from imprimatur.strict import Reading
from imprimatur.strict.spread import cores, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from imprimatur.bibliography import Bibliography
    from imprimatur.editorial.cache import Cache, Parts
    from imprimatur.editorial.files import Source
    from imprimatur.manuscript import Digest

_MANY: Final = 100
"""Manuscripts for which a second process is worth its start."""


class Texts:
    """The manuscripts in the tree, each read at most once; many at once are quicker.

    What was read without a finding is remembered by all its bytes. What was wrong is read anew, so
    that it is told anew.
    works: reads the bibliography, whose file is named by ``works_path``; asked only if needed.
    """

    def __init__(
        self, files: Source, works: Callable[[], Bibliography], works_path: str, cache: Cache
    ) -> None:
        self._files, self._works, self._works_path, self._cache = files, works, works_path, cache
        self._manuscripts: dict[str, Reading[Manuscript]] = {}
        self._manifests: dict[str, Manifest | None] = {}
        self._sources: dict[str, Parts] = {}
        self._digests: dict[str, Digest] = {}

    def manuscript(self, path: str) -> Reading[Manuscript]:
        """A manuscript as it lies there."""
        self.read([path])
        return self._manuscripts[path]

    def manifest(self, path: str) -> Manifest | None:
        """What an approval of it would cover; None if it cannot be read."""
        self.read([path])
        return self._manifests[path]

    def read(self, paths: Iterable[str]) -> None:
        """Read some manuscripts."""
        new = [path for path in paths if path not in self._manuscripts]
        if not new:
            return
        sources = {path: self.source(path) for path in new}
        self._read_manuscripts({path: sources[path][:2] for path in new})
        self._read_manifests(sources)

    def source(self, path: str) -> Parts:
        """All bytes that a manifest is made from, but those of images."""
        if path not in self._sources:
            data = self._files.read(path) or b""
            self._sources[path] = (path.encode(), data, self._works_digest)
        return self._sources[path]

    @cached_property
    def _works_digest(self) -> bytes:
        return hashlib.sha256(self._files.read(self._works_path) or b"").digest()

    def _read_manuscripts(self, parts: Mapping[str, Parts]) -> None:
        stored = self._cache.get_many("manuscript", parts.values())
        new = [part for part in parts.values() if part not in stored]
        fresh = dict(zip(new, spread(_read, new, _MANY), strict=True))
        told = {part: text for part, each in fresh.items() if (text := _told(each, part[1]))}
        self._cache.put_many("manuscript", told)
        for path, part in parts.items():
            known = stored.get(part)
            self._manuscripts[path] = (
                Reading(value=_manuscript(path, part[1], known)) if known else fresh[part]
            )

    def _read_manifests(self, parts: Mapping[str, Parts]) -> None:
        stored = self._cache.get_many("manifest", parts.values())
        whole = {path: each for path in parts if (each := self._manuscripts[path].value)}
        new = [path for path in whole if parts[path] not in stored]
        self._read_works(new)
        made = spread(lambda path: self._list(whole[path]), new, _MANY)
        fresh = dict(zip(new, made, strict=True))
        told = {parts[path]: _listed(manifest) for path, manifest in fresh.items()}
        self._cache.put_many("manifest", told)
        for path, part in parts.items():
            known = stored.get(part)
            self._manifests[path] = (
                self._manifest(whole[path], known) if known and path in whole else fresh.get(path)
            )

    def _list(self, manuscript: Manuscript) -> Manifest:
        """What an approval of it would cover."""
        return manifest_of(manuscript, self._works(), self._files.read, self._digests)

    def _read_works(self, paths: Iterable[str]) -> None:
        """Parse what these manuscripts cite, where many processes can do it at once."""
        whole = [found for path in paths if (found := self._manuscripts[path].value)]
        if len(whole) >= _MANY and cores() > 1:
            works = self._works()
            works.read_ahead(key for each in whole for key in cited_keys(each.body, works.index))

    def _manifest(self, manuscript: Manuscript, stored: str) -> Manifest:
        """A manifest that is remembered, with the images as they are now."""
        parts, authors = json.loads(stored)
        for name in parts:
            if name.startswith(IMAGE):
                data = self._files.read(name.removeprefix(IMAGE))
                parts[name] = image_digest(name, data)
        return Manifest(
            slug=manuscript.slug,
            article_class=manuscript.front.article_class,
            audiences=manuscript.front.audiences,
            authors=frozenset(authors),
            parts=parts,
        )


def _listed(manifest: Manifest) -> str:
    """A manifest as it is remembered."""
    return json.dumps([manifest.parts, sorted(manifest.authors)])


def _read(part: Parts) -> Reading[Manuscript]:
    return read_manuscript(part[1], part[0].decode())


def _told(reading: Reading[Manuscript], data: bytes) -> str | None:
    """A manuscript without its body, which stands in its bytes; None if it is not to be kept."""
    if reading.value is None or reading.findings:
        return None
    body = reading.value.body.encode()
    if not data.endswith(b"\n---\n" + body):
        # Not as it is read: with other line ends, or with letters in another form.
        return None
    front = reading.value.front.model_dump_json(by_alias=True)
    return json.dumps([front, len(body), reading.value.body_line])


def _manuscript(path: str, data: bytes, stored: str) -> Manuscript:
    front, length, line = json.loads(stored)
    return Manuscript(
        path=path,
        slug=slug_of(path),
        front=FrontMatter.model_validate_json(front),
        body=data[len(data) - length :].decode(),
        body_line=line,
    )
