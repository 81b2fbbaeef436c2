"""What is cited: BibTeX in, references out. Only here is pybtex imported."""

from __future__ import annotations

from imprimatur.bibliography.kinds import EvidenceKind, EvidenceSection
from imprimatur.bibliography.library import Account, Bibliography
from imprimatur.bibliography.opening import read_bibliography
from imprimatur.bibliography.people import People, Person
from imprimatur.bibliography.reference import Link, Reference, format_reference
from imprimatur.bibliography.rules import (
    COMPLETE,
    CROSSREF,
    FIELD_SINGLE,
    IDENTIFIER,
    KEY_UNIQUE,
    KIND_KNOWN,
    LINK_HTTP,
    READABLE,
    TYPE_KNOWN,
)
from imprimatur.bibliography.style import Style
from imprimatur.bibliography.work import Work

__all__ = [
    "COMPLETE",
    "CROSSREF",
    "FIELD_SINGLE",
    "IDENTIFIER",
    "KEY_UNIQUE",
    "KIND_KNOWN",
    "LINK_HTTP",
    "READABLE",
    "TYPE_KNOWN",
    "Account",
    "Bibliography",
    "EvidenceKind",
    "EvidenceSection",
    "Link",
    "People",
    "Person",
    "Reference",
    "Style",
    "Work",
    "format_reference",
    "read_bibliography",
]
