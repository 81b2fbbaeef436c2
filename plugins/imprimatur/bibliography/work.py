"""A work that can be cited, with every field a reader may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from imprimatur.bibliography.people import People
from imprimatur.bibliography.rich import Rich, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprimatur.bibliography.kinds import EvidenceKind


class Form(StrEnum):
    """How a work was published, which decides how its reference is built."""

    ARTICLE = "article"
    BOOK = "book"
    PART = "part of a book"
    REPORT = "report"
    DOCUMENT = "document"


FORMS: dict[str, Form] = {
    "article": Form.ARTICLE,
    "book": Form.BOOK,
    "booklet": Form.BOOK,
    "collection": Form.BOOK,
    "manual": Form.BOOK,
    "proceedings": Form.BOOK,
    "conference": Form.PART,
    "inbook": Form.PART,
    "incollection": Form.PART,
    "inproceedings": Form.PART,
    "mastersthesis": Form.REPORT,
    "phdthesis": Form.REPORT,
    "report": Form.REPORT,
    "techreport": Form.REPORT,
    "thesis": Form.REPORT,
    "electronic": Form.DOCUMENT,
    "misc": Form.DOCUMENT,
    "online": Form.DOCUMENT,
    "unpublished": Form.DOCUMENT,
    "www": Form.DOCUMENT,
}
"""The entry types that are known, each with the form of its reference."""

_ALWAYS = ("title", "year", "note", "retracted")
_BOOK = ("publisher", "address", "edition", "series", "volume")
_DOCUMENT = ("month", "type", "number", "howpublished", "publisher", "address")
PRINTED: dict[Form, tuple[str, ...]] = {
    Form.ARTICLE: (*_ALWAYS, "journal", "month", "volume", "number", "pages"),
    Form.BOOK: (*_ALWAYS, *_BOOK),
    Form.PART: (*_ALWAYS, *_BOOK, "booktitle", "pages"),
    Form.REPORT: (*_ALWAYS, *_DOCUMENT),
    Form.DOCUMENT: (*_ALWAYS, *_DOCUMENT),
}
"""The text fields that a reference of each form prints, in one style or another."""

TYPE: Final = "entry type"
"""Stands beside the bound fields for the type of an entry: no field has a blank in its name."""

BOUND: Final = frozenset(
    {name for names in PRINTED.values() for name in names}
    | {"author", "editor", "subtitle", "date", "evidence_kind"}
    | {"doi", "pmid", "pmcid", "isbn", "url", "urldate"}
    | {"journaltitle", "issue", "institution", "organization", "school", "location"}
)
"""Every field that readers may see of a work of any form, under each of its names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One entry of the bibliography, resolved: ``@string``, crossref and LaTeX are gone.

    path, line: where the entry begins.
    entry_type: as written, in lower case; form: what its reference looks like.
    evidence_kind: None when missing or unknown, which is a finding.
    people, editors: who wrote it; who edited the whole, where that is printed.
    texts: the fields its reference prints, by name, only those that are not empty.
    doi, pmid, pmcid, isbn, url, urldate: checked and normalised, or None.
    superseded_by: the key of the work that replaces it, or empty.
    """

    key: str
    path: str
    line: int
    entry_type: str
    form: Form
    evidence_kind: EvidenceKind | None = None
    people: People = field(default_factory=People)
    editors: People = field(default_factory=People)
    texts: Mapping[str, Rich] = field(default_factory=dict)
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    isbn: str | None = None
    url: str | None = None
    urldate: str | None = None
    superseded_by: str = ""

    def text(self, name: str) -> Rich:
        """Return the text of a field, with its marks; empty if it has none."""
        return self.texts.get(name, ())

    @property
    def title(self) -> str:
        """The title as plain text."""
        return plain(self.text("title"))

    @property
    def year(self) -> str:
        """The year as plain text; empty where none is known."""
        return plain(self.text("year"))

    @property
    def retracted(self) -> str:
        """Where the retraction is published; empty unless the work was retracted."""
        return plain(self.text("retracted"))

    @property
    def running_authors(self) -> str:
        """Who a sentence says wrote it; the title where nobody is named."""
        return (self.people or self.editors).running or self.title

    @property
    def shown_url(self) -> str | None:
        """The address that the reference prints: only where no DOI leads there better."""
        return None if self.doi else self.url

    @property
    def shown_isbn(self) -> str | None:
        """The ISBN, where the reference prints it: no article, and nothing else leads to it."""
        linked = self.doi or self.url or self.form is Form.ARTICLE
        return None if linked else self.isbn
