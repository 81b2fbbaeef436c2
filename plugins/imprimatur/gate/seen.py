"""What the rules have to know of an article and its record, seen once where both are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from imprimatur.editorial.act import Signature
from imprimatur.editorial.eligibility import unknown_addresses
from imprimatur.editorial.forgery import is_of_site
from imprimatur.editorial.landing import PROPOSED
from imprimatur.editorial.vocabulary import ActName

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from imprimatur.editorial import FiledAct, Policy, Repository, Standing
    from imprimatur.errors import Finding
    from imprimatur.manuscript import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One article, or a record without one.

    manuscript, record: what was found as each was read.
    submits: what each `submit` in it is about. foreign: the site that an act is for, by its path,
        where that is not this one.
    unexamined: acts whose signatures this machine cannot examine, each with the reason.
    strangers: addresses that nobody knows, of commits that changed the text since it was approved
        last, each with such a commit; only where a review makes them matter.
    """

    manuscript: tuple[Finding, ...] = ()
    record: tuple[Finding, ...] = ()
    submits: tuple[Digest, ...] = ()
    foreign: Mapping[str, str] = field(default_factory=dict)
    unexamined: Mapping[str, str] = field(default_factory=dict)
    strangers: Mapping[str, str] = field(default_factory=dict)


def see(repository: Repository, slug: str, standing: Standing, now: datetime) -> Seen:
    """See an article. standing: its own."""
    record = see_record(repository, slug)
    return Seen(
        manuscript=repository.manuscript(slug).findings,
        record=record.record,
        submits=record.submits,
        foreign=record.foreign,
        unexamined=record.unexamined,
        strangers=_strangers(repository, slug, standing, now),
    )


def see_record(repository: Repository, slug: str) -> Seen:
    """See the acts alone, whether or not there is a manuscript that they are about."""
    reading, policy = repository.records(slug), repository.policy.value
    acts = reading.value or ()
    return Seen(
        record=reading.findings,
        submits=tuple(each.act.manuscript for each in acts if each.act.act is ActName.SUBMIT),
        foreign={
            each.path: each.act.site
            for each in acts
            if policy is not None and not _is_own(repository, each, policy)
        },
        unexamined={
            each.path: each.seal.fault for each in acts if each.signature is Signature.NOT_CHECKED
        },
    )


def _is_own(repository: Repository, filed: FiledAct, present: Policy) -> bool:
    """Whether an act names the address that the site had when it arrived; else the present one."""
    if repository.unproven:
        return filed.act.site == present.site
    order, editions = repository.ledger.order(filed.path), repository.dossiers.editions
    order = PROPOSED if order is None else order
    policy = editions.policy_before(order) or present
    return is_of_site(filed, policy.site, editions.sites_before(order))


def see_all(repository: Repository, now: datetime) -> Mapping[str, Seen]:
    """See every article, by all cores, and derive how each stands."""
    return repository.looked_at(
        repository.slugs,
        now,
        lambda slug, derived: see(repository, slug, derived.standing, now),
        _bring_rules,
    )


def _bring_rules() -> None:
    """Let the rules, and the press that they bring, come while others read."""
    import_module("imprimatur.gate.rules")


def _strangers(
    repository: Repository, slug: str, standing: Standing, now: datetime
) -> Mapping[str, str]:
    policy, board = repository.law
    if policy is None or board is None:
        return {}
    record = repository.record(slug, now)
    if not any(filed.act.act is ActName.REVIEW for filed in record.acts):
        return {}
    since = (change for change in record.changes if change.commit not in standing.base)
    return {address: change.commit for change, address in unknown_addresses(since, board, policy)}
