"""The exact list of what an approval covers."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NewType

from imprimatur.manuscript.citation import cited_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from imprimatur.bibliography import Bibliography
    from imprimatur.manuscript.manuscript import Manuscript

Digest = NewType("Digest", str)
"""``sha256:`` and 64 hexadecimal digits."""

MISSING: Final = Digest("missing")
"""Stands for a part that the text names and the repository lacks: never equal to any digest."""

IMAGE: Final = "image "
REFERENCE: Final = "reference "
"""What the name of such a part begins with, before the path of the image or the key of the work."""

_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_WORD: Final = re.compile(r"[^\s()<>\"'\[\]|?#`]+")
_ENDING: Final = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?)\b", re.IGNORECASE)


def digest_of(value: object) -> Digest:
    """Digest of bytes, or of any other value through its one canonical JSON form."""
    if not isinstance(value, bytes):
        value = _CANONICAL.encode(value).encode()
    return Digest("sha256:" + hashlib.sha256(value).hexdigest())


# No slots: they would leave no place for the digest, which the law asks for again and again.
@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Path, front matter, body, cited references and images, each with its digest.

    parts: ``path``, ``front matter``, ``body``, ``reference KEY``, ``image PATH`` to a digest.
    slug, article_class, audiences: what the law must know of the article.
    authors: names and ORCID iDs of who wrote it. All of these lie within the parts.
    """

    slug: str
    article_class: str
    audiences: tuple[str, ...]
    authors: frozenset[str]
    parts: Mapping[str, Digest]

    @cached_property
    def digest(self) -> Digest:
        """What a record binds: one changed part changes it."""
        return digest_of(dict(self.parts))

    @cached_property
    def images(self) -> Mapping[str, Digest]:
        """The digest of each image, by its path from the root of the site."""
        return dict(_named(self.parts, IMAGE))

    @cached_property
    def references(self) -> Mapping[str, Digest]:
        """The digest of each cited work, by its key."""
        return dict(_named(self.parts, REFERENCE))


def manifest_of(
    manuscript: Manuscript,
    bibliography: Bibliography,
    read_file: Callable[[str], bytes | None],
    known: dict[str, Digest] | None = None,
) -> Manifest:
    """List what an approval of this manuscript would cover.

    read_file: a path relative to the repository's root to its bytes, or None if there is no such
    file.
    known: digests of the works of this bibliography, by key, and where those found are added: many
    articles cite the same ones.
    """
    works = {} if known is None else known
    parts = {
        "path": digest_of(manuscript.path),
        "front matter": digest_of(manuscript.front.model_dump(mode="json", by_alias=True)),
        "body": digest_of(manuscript.body),
    }
    for key in cited_keys(manuscript.body, bibliography.index):
        if key not in works:
            bound = bibliography.bound(key)
            works[key] = MISSING if bound is None else digest_of(bound)
        parts[f"{REFERENCE}{key}"] = works[key]
    for path in _images(manuscript):
        data = read_file(path)
        parts[f"{IMAGE}{path}"] = image_digest(path, data)
    return Manifest(
        slug=manuscript.slug,
        article_class=manuscript.front.article_class,
        audiences=manuscript.front.audiences,
        authors=frozenset(_authors(manuscript)),
        parts=dict(sorted(parts.items())),
    )


def image_digest(path: str, data: bytes | None) -> Digest:
    """The digest of an image; a drawing is text, which a checkout may give other line ends."""
    if data is None:
        return MISSING
    is_text = path.lower().endswith(".svg")
    return digest_of(data.replace(b"\r\n", b"\n") if is_text else data)


def _named(parts: Mapping[str, Digest], begin: str) -> Iterator[tuple[str, Digest]]:
    for name, digest in parts.items():
        if name.startswith(begin):
            yield name.removeprefix(begin), digest


def _authors(manuscript: Manuscript) -> Iterator[str]:
    for author in manuscript.front.authors:
        yield author.name
        if author.orcid is not None:
            yield author.orcid


def _images(manuscript: Manuscript) -> set[str]:
    """Every path in the body that ends like an image: again rather too much than too little."""
    folder = posixpath.dirname(manuscript.path)
    found: set[str] = set()
    if not _ENDING.search(manuscript.body):
        return found
    for word in _WORD.finditer(manuscript.body):
        endings = [ending.end() for ending in _ENDING.finditer(word[0])]
        if endings:
            found.add(posixpath.normpath(posixpath.join(folder, word[0][: endings[-1]])))
    return found
