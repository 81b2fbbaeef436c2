"""From the fields of an entry to the work a reader sees, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imprimatur.bibliography import identifiers
from imprimatur.bibliography.checks import (
    Problem,
    check_complete,
    check_kind,
    check_names,
    check_source,
    read_kind,
)
from imprimatur.bibliography.dates import month_name, year_and_month
from imprimatur.bibliography.inheritance import inherit
from imprimatur.bibliography.latex import decode
from imprimatur.bibliography.names import read_people
from imprimatur.bibliography.pages import expanded
from imprimatur.bibliography.people import People
from imprimatur.bibliography.rich import Rich, plain, rich
from imprimatur.bibliography.rules import CROSSREF, IDENTIFIER, LINK_HTTP, READABLE
from imprimatur.bibliography.work import FORMS, PRINTED, Form, Work
from imprimatur.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprimatur.bibliography.source import Source

_OTHER_NAMES = {
    "journal": ("journaltitle",),
    "number": ("issue",),
    "publisher": ("institution", "organization", "school"),
    "address": ("location",),
}
_NOTICES = ("erratum", "correct", "published correct", "published erratum", "retract", "expression")
_THESES = {"phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis"}
_IDENTIFIERS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "doi": (identifiers.doi, "10.3174/ajnr.A3104"),
    "pmid": (identifiers.pmid, "22555585, of one to eight digits"),
    "pmcid": (identifiers.pmcid, "PMC7965584"),
    "isbn": (identifiers.isbn, "978-1-4731-5305-9, with a right check digit"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A work, and the findings about its entry."""

    work: Work
    findings: tuple[Finding, ...]


def read_work(
    source: Source, path: str, parent_of: Callable[[str], Mapping[str, str] | None]
) -> Read:
    """Return the work of an entry with all its findings; never raises.

    parent_of: gives the fields of another entry by its key, for ``crossref``.
    """
    reader = _Reader(source=source, path=path)
    inherited = inherit(source.chunk.key, source.fields, parent_of)
    if inherited.fault:
        lost = Problem(
            rule=CROSSREF,
            message=f"expected crossref to lead to a readable entry, but {inherited.fault}",
            cure="give the parent's exact key, or put its fields into this entry",
        )
        reader.complain(lost)
    reader.fields = inherited.fields
    return Read(work=reader.work(), findings=tuple(sorted(reader.findings)))


@dataclass(slots=True, kw_only=True)
class _Reader:
    source: Source
    path: str
    fields: Mapping[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def complain(self, *problems: Problem) -> None:
        chunk = self.source.chunk
        for problem in problems:
            self.findings.append(
                Finding(
                    path=self.path,
                    line=chunk.line,
                    rule=problem.rule,
                    message=f"{chunk.key}: {problem.message}",
                    cure=problem.cure,
                )
            )

    def work(self) -> Work:
        chunk = self.source.chunk
        form = FORMS.get(chunk.kind, Form.DOCUMENT)
        texts = self.texts(form)
        kind = read_kind(self.plain("evidence_kind"))
        self.complain(*check_source(self.source), *check_complete(form, texts))
        self.complain(*check_kind(self.plain("evidence_kind")))
        people, editors = self.people("author"), self.people("editor")
        found = {name: self.identifier(name) for name in _IDENTIFIERS}
        return Work(
            key=chunk.key,
            path=self.path,
            line=chunk.line,
            entry_type=chunk.kind,
            form=form,
            evidence_kind=kind,
            people=people,
            editors=People() if people and form is not Form.PART else editors,
            texts=texts,
            url=self.url(),
            urldate=self.plain("urldate") or None,
            superseded_by=identifiers.verbatim(self.fields.get("superseded_by", "")),
            **found,
        )

    def texts(self, form: Form) -> dict[str, Rich]:
        texts = {name: self.text(name) for name in PRINTED[form]}
        subtitle = self.text("subtitle")
        if texts["title"] and subtitle:
            texts["title"] = (*texts["title"], *rich(": "), *subtitle)
        year, month = year_and_month(self.fields.get("date", ""))
        texts["year"] = texts["year"] or rich(year)
        if "pages" in texts:
            texts["pages"] = rich(expanded(plain(texts["pages"])))
        if "journal" in texts:
            texts["journal"] = rich(plain(texts["journal"]).replace(".", ""))
        if "month" in texts:
            name = month_name(plain(texts["month"]) or month)
            texts["month"] = rich(name) if texts["year"] else ()
        if "type" in texts:
            texts["type"] = texts["type"] or rich(_THESES.get(self.source.chunk.kind, ""))
        if "howpublished" in texts and self.howpublished_url() and not self.fields.get("url"):
            texts["howpublished"] = ()
        if not plain(texts["note"]).lower().startswith(_NOTICES):
            texts["note"] = ()
        return {name: value for name, value in texts.items() if value}

    def text(self, name: str) -> Rich:
        given = [self.fields.get(alias, "") for alias in (name, *_OTHER_NAMES.get(name, ()))]
        decoded = decode(next(filter(str.strip, given), ""))
        for command in decoded.unknown:
            self.complain(
                Problem(
                    rule=READABLE,
                    message=f"expected readable text in {name!r}, found LaTeX {command[:40]!r}",
                    cure="write the character itself, as UTF-8",
                )
            )
        return decoded.text

    def people(self, name: str) -> People:
        self.text(name)  # for its findings: what is no letter in a name is lost in its initials
        given = self.fields.get(name, "")
        self.complain(*check_names(name, given))
        return read_people(given)

    def plain(self, name: str) -> str:
        return plain(decode(self.fields.get(name, "")).text)

    def identifier(self, name: str) -> str | None:
        given = self.fields.get(name, "").strip()
        check, example = _IDENTIFIERS[name]
        found = check(given) if given else None
        if given and found is None:
            self.complain(
                Problem(
                    rule=IDENTIFIER,
                    message=f"expected a {name.upper()} such as {example}, found {given[:80]!r}",
                    cure=f"copy the {name.upper()} from the publisher or PubMed, or leave it out",
                )
            )
        return found

    def url(self) -> str | None:
        given = self.fields.get("url", "").strip() or self.howpublished_url()
        found = identifiers.url(given) if given else None
        if given and found is None:
            self.complain(
                Problem(
                    rule=LINK_HTTP,
                    message=f"expected a web address with http or https, found {given[:80]!r}",
                    cure="give the full address, beginning with https://, or leave it out",
                )
            )
        return found

    def howpublished_url(self) -> str:
        """Return the address that older BibTeX keeps in ``howpublished``; else nothing."""
        given = self.fields.get("howpublished", "")
        return given if identifiers.url(given) else ""
