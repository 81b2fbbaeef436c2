"""All works that can be cited: opened at once, parsed only as far as asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from imprimatur.bibliography import identifiers
from imprimatur.bibliography.inheritance import inherit
from imprimatur.bibliography.key_index import index_of
from imprimatur.bibliography.plain_entry import MONTHS, plain_source
from imprimatur.bibliography.reference import format_reference
from imprimatur.bibliography.rules import READABLE
from imprimatur.bibliography.source import Source, Unreadable
from imprimatur.bibliography.work import BOUND, TYPE
from imprimatur.errors import Finding
from imprimatur.strict.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imprimatur.bibliography.chunks import Chunk, Scan
    from imprimatur.bibliography.key_index import KeyIndex
    from imprimatur.bibliography.parsing import Strings
    from imprimatur.bibliography.reader import Read
    from imprimatur.bibliography.reference import Reference
    from imprimatur.bibliography.work import Work

_FEW = 2_000
_MANY = 200
"""Entries for which a second process is worth its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the entries of a file: ``entries_in == entries_out + named``.

    entries_in: the entries it opens.
    entries_out: those that can be had as works.
    named: the rest, each named in a finding with its line.
    """

    entries_in: int
    entries_out: int
    named: int


@dataclass(slots=True)
class _Cache:
    strings: tuple[Strings, tuple[Finding, ...]] | None = None
    sources: dict[str, Source | Unreadable] = field(default_factory=dict)
    works: dict[str, Read] = field(default_factory=dict)
    index: KeyIndex | None = None
    references: dict[str, Reference] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bibliography:
    """The entries of one BibTeX file, found but not yet parsed.

    path: the file, relative to the repository's root.
    entries_in: how many entries it opens, readable or not.
    keys: of the entries that look whole, in file order.
    findings: what was wrong with the file at first sight; ``examine`` finds the rest.
    """

    path: str
    entries_in: int
    keys: tuple[str, ...]
    findings: tuple[Finding, ...]
    _scan: Scan = field(repr=False)
    _cache: _Cache = field(default_factory=_Cache, repr=False)

    @property
    def index(self) -> KeyIndex:
        """The keys, for looking many up."""
        if self._cache.index is None:
            self._cache.index = index_of(self.keys)
        return self._cache.index

    def work(self, key: str) -> Work | None:
        """Return the work with exactly this key, or None if there is none or it is unreadable."""
        read = self._read(key)
        return read.work if read else None

    def reference(self, key: str) -> Reference | None:
        """Return what an article's list says of the work with this key; None as for ``work``."""
        if key not in self._cache.references and (work := self.work(key)):
            self._cache.references[key] = format_reference(work)
        return self._cache.references.get(key)

    def bound(self, key: str) -> dict[str, str] | None:
        """What an approval covers of a work: its type, and the fields that a reference may print.

        As written, with every ``@string`` and what a parent gives put in, so that nothing depends
        on how this software reads LaTeX. None where ``work`` would be None.
        """
        source = self._source(key)
        if source is None:
            return None
        fields = inherit(key, source.fields, self._fields).fields
        seen = {name: value for name, value in fields.items() if name in BOUND and value}
        if identifiers.is_surely_doi(seen.get("doi", "")) and not seen.get("howpublished"):
            # A DOI leads there better, so neither is printed beside it. An address that stands in
            # `howpublished` is printed or not as `url` says another or none.
            for name in ("url", "urldate"):
                seen.pop(name, None)
        return {TYPE: source.chunk.kind, **seen}

    def line(self, key: str) -> int | None:
        """Return the line on which the entry with this key begins, or None."""
        chunk = self._scan.entries.get(key)
        return chunk.line if chunk else None

    def nearest(self, key: str, most: int = 3) -> tuple[str, ...]:
        """Return the keys that may be meant, best first: case variants, then misspellings."""
        folded = key.casefold()
        same = [known for known in self.keys if known.casefold() == folded and known != key]
        near = self.keys
        if len(near) > _FEW:
            # Comparing with every key takes seconds; a slip in the first letter is rare.
            near = tuple(known for known in near if known[:1].casefold() == folded[:1])
        close = get_close_matches(key, near, n=max(most, 1) + len(same))
        return tuple(known for known in dict.fromkeys([*same, *close]) if known != key)[:most]

    def examine(self, keys: Iterable[str] | None = None) -> tuple[Finding, ...]:
        """Return all findings about the file and these entries (None: every one), sorted.

        The parents an entry takes fields from are examined with it.
        """
        findings = [*self.findings, *self._strings()[1]]
        for key in self.with_parents(self.keys if keys is None else keys):
            read = self._read(key)
            source = self._cache.sources.get(key)
            if read:
                findings.extend(read.findings)
            elif isinstance(source, Unreadable):
                findings.append(self._unreadable(key, source))
        return tuple(sorted(findings))

    def with_parents(self, keys: Iterable[str]) -> tuple[str, ...]:
        """These keys, and behind them those of the parents that they take fields from."""
        asked = dict.fromkeys(keys)
        waiting = list(asked)
        while waiting:
            key = waiting.pop()
            chunk = self._scan.entries.get(key)
            # Few entries name a parent; to parse the others would take most of a status.
            if chunk is None or "crossref" not in chunk.text.lower():
                continue
            parent = (self._fields(key) or {}).get("crossref", "").strip()
            if parent and parent not in asked:
                asked[parent] = None
                waiting.append(parent)
        return tuple(asked)

    def account(self) -> Account:
        """Return what became of every entry; this parses the whole file."""
        out = sum(self._read(key) is not None for key in self.keys)
        named = self._scan.lost + len(self.keys) - out
        return Account(entries_in=self.entries_in, entries_out=out, named=named)

    def read_ahead(self, keys: Iterable[str]) -> None:
        """Parse many entries at once, by all cores."""
        waiting = [key for key in dict.fromkeys(keys) if key in self._scan.entries]
        new = [key for key in waiting if key not in self._cache.sources]
        if not new:
            return
        read = spread(lambda key: self._parsed(self._scan.entries[key]), new, _MANY)
        self._cache.sources.update(zip(new, read, strict=True))

    def format_ahead(self, keys: Iterable[str]) -> None:
        """Read and format many works at once, by all cores."""
        known = self._cache
        new = [each for each in dict.fromkeys(keys) if each not in known.references]
        made = spread(lambda key: (self._read(key), self.reference(key)), new, _MANY)
        for key, (read, reference) in zip(new, made, strict=True):
            if read is not None and reference is not None:
                known.works[key], known.references[key] = read, reference

    def _parsed(self, chunk: Chunk) -> Source | Unreadable:
        plain = plain_source(chunk, {} if self._scan.strings else MONTHS)
        if plain is not None:
            return plain
        from imprimatur.bibliography.parsing import read_source  # noqa: PLC0415 - see _strings

        return read_source(chunk, self._strings()[0])

    def _strings(self) -> tuple[Strings, tuple[Finding, ...]]:
        if self._cache.strings is None:
            # pybtex takes a tenth of a second to come; whoever remembers all needs none of it.
            from imprimatur.bibliography.parsing import read_strings  # noqa: PLC0415 - as said

            self._cache.strings = read_strings(self._scan)
        return self._cache.strings

    def _source(self, key: str) -> Source | None:
        chunk = self._scan.entries.get(key)
        if chunk and key not in self._cache.sources:
            self._cache.sources[key] = self._parsed(chunk)
        found = self._cache.sources.get(key)
        return found if isinstance(found, Source) else None

    def _fields(self, key: str) -> Mapping[str, str] | None:
        source = self._source(key)
        return source.fields if source else None

    def _read(self, key: str) -> Read | None:
        known = self._cache.works.get(key)
        if known is None and (source := self._source(key)):
            from imprimatur.bibliography.reader import read_work  # noqa: PLC0415 - see _strings

            known = self._cache.works[key] = read_work(source, self.path, self._fields)
        return known

    def _unreadable(self, key: str, why: Unreadable) -> Finding:
        return Finding(
            path=self.path,
            line=self.line(key) or 0,
            rule=READABLE,
            message=f"{key}: the entry can not be read: {why.reason}",
            cure="mend its braces, quotation marks and commas",
        )
