"""Earlier texts of the articles, found in history by the digest of their manifests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from imprimatur.bibliography import read_bibliography
from imprimatur.manuscript import manifest_of, read_manuscript, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprimatur.bibliography import Bibliography
    from imprimatur.editorial.trunk import Place, Trunk
    from imprimatur.manuscript import Digest, Manifest, Manuscript, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PastText:
    """A text as it was. commit: one in which it stood so."""

    manuscript: Manuscript
    bibliography: Bibliography
    manifest: Manifest
    commit: str

    @property
    def text(self) -> Text:
        """What can be compared with another text."""
        return text_of(self.manuscript, self.bibliography, self.manifest)


class Past:
    """The history of the texts of a site. bibliography: its path."""

    def __init__(self, trunk: Trunk, bibliography: str) -> None:
        self._trunk, self._bibliography = trunk, bibliography
        self._works = cache(self._read_works)
        self._texts = cache(self._read_text)
        self._ahead: dict[Place, bytes | None] = {}

    def read_ahead(self, places: Iterable[Place]) -> None:
        """Read manuscripts at once that ``known`` will ask for. places: of each."""
        wanted = dict.fromkeys(places)
        found = self._trunk.at_once(wanted)
        self._ahead.update((each, found.get(each)) for each in wanted)

    def known(
        self, path: str, digest: Digest, commits: Iterable[str], works: Bibliography
    ) -> PastText | None:
        """The text that had this digest, if one of these commits holds its manuscript.

        As ``find``, and much quicker where its works are still as they were: a digest tells that
        they are, whichever bibliography they are read from. Then the commit may be one in which
        they were not. works: the present ones.
        """
        commits = tuple(commits)
        for commit in commits:
            manuscript = read_manuscript(self._manuscript(path, commit), path).value
            if manuscript is not None:
                files = partial(self._trunk.file, commit)
                manifest = manifest_of(manuscript, works, files)
                if manifest.digest == digest:
                    return PastText(
                        manuscript=manuscript, bibliography=works, manifest=manifest, commit=commit
                    )
        return self.find(path, digest, commits)

    def _manuscript(self, path: str, commit: str) -> bytes:
        place = (commit, path)
        if place not in self._ahead:
            self.read_ahead([place])
        return self._ahead.pop(place) or b""

    def find(self, path: str, digest: Digest, commits: Iterable[str]) -> PastText | None:
        """The text of a manuscript that has this digest, in the first of these commits with it."""
        for commit in commits:
            found = self._texts(path, commit)
            if found is not None and found.manifest.digest == digest:
                return found
        return None

    def readable(self, path: str, commits: Iterable[str]) -> Iterator[PastText]:
        """The text of a manuscript in each of these commits, where it can be read."""
        texts = (self._texts(path, commit) for commit in commits)
        yield from (text for text in texts if text is not None)

    def changed(self, commit: str, keys: Iterable[str]) -> bool:
        """Whether a commit gave one of these works a form that none of its parents held."""
        works = self._works(self._trunk.blob(commit, self._bibliography))
        parents = self._trunk.graph.parents.get(commit, ())
        # Before the first commit there was no work: who begins a site without any wrote none.
        blobs = [self._trunk.blob(parent, self._bibliography) for parent in parents] or [""]
        before = [self._works(each) for each in blobs]
        return any(all(each.bound(key) != works.bound(key) for each in before) for key in keys)

    def _read_text(self, path: str, commit: str) -> PastText | None:
        data = self._trunk.file(commit, path)
        manuscript = read_manuscript(data, path).value if data is not None else None
        if manuscript is None:
            return None
        works = self._works(self._trunk.blob(commit, self._bibliography))
        manifest = manifest_of(manuscript, works, lambda file: self._trunk.file(commit, file))
        return PastText(manuscript=manuscript, bibliography=works, manifest=manifest, commit=commit)

    def _read_works(self, blob: str) -> Bibliography:
        data = self._trunk.content(blob) if blob else b""
        return read_bibliography(data, self._bibliography)
