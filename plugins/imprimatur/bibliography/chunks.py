"""The pieces of a BibTeX file before they are parsed, and the account kept of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from imprimatur.bibliography.rules import READABLE
from imprimatur.errors import Finding, RuleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One ``@type{…}`` of the file, not yet parsed.

    line: where it begins, counted from 1.
    kind: its type in lower case.
    key: the citation key; empty for ``@string`` and its kin.
    text: the whole chunk, from ``@`` to the closing brace.
    """

    line: int
    kind: str
    key: str
    text: str


@dataclass(slots=True, kw_only=True)
class Scan:
    """What stands in a file, gathered during one walk.

    entries: readable at first sight, by key, in file order.
    strings: the ``@string`` definitions.
    entries_in: how many entries the file opens, readable or not.
    lost: how many of them can not be had; each has a finding.
    """

    path: str
    entries: dict[str, Chunk] = field(default_factory=dict)
    strings: list[Chunk] = field(default_factory=list)
    entries_in: int = 0
    lost: int = 0
    findings: list[Finding] = field(default_factory=list)

    def complain(self, line: int, message: str, cure: str, rule: RuleName = READABLE) -> None:
        """Note a finding at a line of this file."""
        self.findings.append(
            Finding(path=self.path, line=line, rule=rule, message=message, cure=cure)
        )

    def lose(self, line: int, message: str, cure: str, rule: RuleName = READABLE) -> None:
        """Note an entry that can not be had, and why."""
        self.entries_in += 1
        self.lost += 1
        self.complain(line, message, cure, rule)
