"""The files of the site that are no articles, each with its digest: ``editorial/site.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import yaml
from pydantic import Field, StringConstraints

from imprimatur.editorial.act import DigestText
from imprimatur.editorial.places import ARTICLES
from imprimatur.errors import RuleName
from imprimatur.manuscript import MISSING, digest_of
from imprimatur.strict import Closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.editorial.files import Source
    from imprimatur.manuscript import Digest

SITE: Final = "editorial/site.yml"
SITE_SLUG: Final = "site"
"""What acts about the site name in place of an article; no article may be called so."""

SITE_LIST_IS_READABLE = RuleName("site-list-is-readable")

SETTINGS: Final = "mkdocs.yml"
FOLDERS: Final = ("docs", "hooks", "overrides")
"""Where the files of a site lie, beside its settings: pages and assets, and what frames them."""

_HEAD: Final = """\
# yaml-language-server: $schema=schemas/site.schema.json
# The files of the site that are no articles, as an editor approves them. The command
# `imprimatur site` writes this file; what it names and what lies there must be the same.
"""
_PLACES: Final = rf"^(?:{SETTINGS.replace('.', '[.]')}|(?:{'|'.join(FOLDERS)})/.+)$"

_Path = Annotated[str, StringConstraints(pattern=_PLACES, max_length=1000)]


class SiteList(Closed):
    """The files of the site that are no articles, as an editor approves them.

    version: only grows. files: of each, by its path from the root, the SHA-256 of its bytes; of a
    text file with plain line ends, so that a checkout that writes others is the same.
    """

    version: Annotated[int, Field(ge=1)]
    files: Annotated[
        dict[_Path, DigestText],
        Field(min_length=1, json_schema_extra={"additionalProperties": False}),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChange:
    """What became of files between two lists; each path stands in one place, in order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def site_digest(data: bytes) -> Digest:
    """The digest of a file of the site, or of its list.

    Of text, CRLF counts as LF: a checkout may write either. Of anything else, every byte counts.
    """
    return digest_of(data if as_text(data) is None else data.replace(b"\r\n", b"\n"))


def as_text(data: bytes) -> str | None:
    """The text that some bytes are; None if they are no UTF-8, or hold a NUL."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n")


def is_site_path(path: str) -> bool:
    """Whether a list must name a file there: all but articles and what lies in their folder."""
    if path.startswith(f"{ARTICLES}/"):
        return False
    return path == SETTINGS or path.startswith(tuple(f"{each}/" for each in FOLDERS))


def site_paths(files: Source) -> Iterator[str]:
    """Every file that a list must name."""
    yield SETTINGS
    for folder in FOLDERS:
        yield from (path for path in files.under(folder) if is_site_path(path))


def site_digests(files: Source) -> Mapping[str, Digest]:
    """The digest of every file that a list must name; ``missing`` where it is no plain file."""
    found = {path: files.read(path) for path in site_paths(files)}
    return {path: MISSING if data is None else site_digest(data) for path, data in found.items()}


def site_change(old: Mapping[str, str], new: Mapping[str, str]) -> SiteChange:
    """What differs between two lists of files."""
    return SiteChange(
        added=tuple(sorted(set(new) - set(old))),
        changed=tuple(sorted(path for path in set(old) & set(new) if old[path] != new[path])),
        removed=tuple(sorted(set(old) - set(new))),
    )


def site_list_text(version: int, digests: Mapping[str, str]) -> str:
    """A list as it is written: always the same text for the same files."""
    plain = {"version": version, "files": {path: digests[path] for path in sorted(digests)}}
    body = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=2000)
    return f"{_HEAD}{body}"
