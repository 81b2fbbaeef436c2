"""How the site's own files stand, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imprimatur.desk.derivation import voice_of
from imprimatur.desk.evidence_lines import arrival_lines
from imprimatur.desk.record_lines import proof_of
from imprimatur.desk.showing import in_fours
from imprimatur.desk.site_showing import listed_change
from imprimatur.editorial import Signature
from imprimatur.editorial.site_list import SITE, SITE_SLUG, site_digest
from imprimatur.errors import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.editorial import Repository
    from imprimatur.editorial.site_record import SiteRecord


def site_lines(record: SiteRecord) -> Iterator[str]:
    """Who approved them and since when, or what they wait for; and what is not as it is listed."""
    yield f"The site's own files: {_verdict(record)}."
    yield from listed_change(record)


def site_data(record: SiteRecord, unproven: str) -> dict[str, object]:
    """The same for programs. Keys are only ever added.

    unproven: why nothing of the protected branch is known; empty if it is.
    """
    standing, change = record.standing, record.change
    approved = standing.approved
    return {
        "standing": "approved" if is_approved(record) else "not-approved",
        "since": approved.landing.at.isoformat() if approved and approved.landing else None,
        "version": record.listed.value.version if record.listed.value else None,
        "list": site_digest(record.data) if record.data is not None else None,
        "approved_by": approved.name if approved else None,
        "act": approved.path if approved else None,
        "waits_for": [standing.waits_for] if standing.waits_for else [],
        "would_be": standing.would_be,
        "added": list(change.added),
        "changed": list(change.changed),
        "removed": list(change.removed),
        "discounts": [
            {"path": each.path, "who": each.who, "reason": each.reason, "is_forged": each.is_forged}
            for each in standing.discounts
        ],
        "unproven": unproven or None,
    }


def site_evidence(repository: Repository, record: SiteRecord) -> Iterator[str]:
    """All that an approval of them rests on, the verdict last."""
    standing, listed = record.standing, record.listed.value
    yield click.style("site: its pages, assets and settings, all but the articles", bold=True)
    if record.data is None or listed is None:
        yield f"list  {SITE} is not there" if record.data is None else f"list  {SITE}, unreadable"
    else:
        digest = in_fours(site_digest(record.data))
        yield f"list  version {listed.version}, {len(listed.files)} files, {digest}"
    yield from listed_change(record)
    yield "approval" if standing.approved else "approval  none of this list counts"
    if standing.approved:
        voice = voice_of(repository, standing.approved, frozenset())
        yield f"  {voice.name} ({voice.by}), {voice.credentials}, {voice.affiliation}"
        yield f"    as {voice.role}"
        yield from arrival_lines(voice)
        yield f"    under version {voice.board} of the board"
    if standing.discounts:
        yield "acts that do not count"
    for each in standing.discounts:
        yield f"  {each.path}: {each.reason}"
    for fault in unexamined(repository):
        yield f"not checked: {fault}"
    yield f"{click.style('verdict', bold=True)}  {_verdict(record)}.\n"


def is_approved(record: SiteRecord) -> bool:
    """Whether they are approved exactly as they lie there."""
    return record.standing.approved is not None and not record.change


def site_outcome(repository: Repository, record: SiteRecord) -> Outcome:
    """Granted only if what is listed is approved, and every act about it could be examined.

    Where nothing is listed, nothing claims to be approved.
    """
    if next(unexamined(repository), None) is not None:
        return Outcome.NOT_EXAMINED
    is_fit = record.data is None or is_approved(record)
    return Outcome.GRANTED if is_fit else Outcome.REFUSED


def unexamined(repository: Repository) -> Iterator[str]:
    """Acts about the site that cannot be read, or whose signatures cannot be examined here."""
    acts = repository.records(SITE_SLUG)
    yield from map(str, acts.findings)
    for filed in acts.value or ():
        if filed.signature is Signature.NOT_CHECKED:
            yield f"{filed.path}: {proof_of(filed)}"


def _verdict(record: SiteRecord) -> str:
    """The standing as a clause."""
    standing, listed = record.standing, record.listed.value
    approved = standing.approved
    if approved is None or approved.landing is None or listed is None:
        merged = "; they would be approved once this is merged" if standing.would_be else ""
        return f"not approved: they wait for {standing.waits_for}{merged}"
    since = f"{approved.landing.at:%Y-%m-%d}"
    if record.change:
        return (
            f"not approved as they are: they differ from version {listed.version} of {SITE}, "
            f"approved by {approved.name} since {since}"
        )
    return f"approved by {approved.name} since {since} (version {listed.version} of {SITE})"
