"""Lets an editor sign the list of the site's own files: shows, asks, signs and writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click
from pydantic import ValidationError

from imprimatur.desk.act_writer import bytes_of, path_of, write_act
from imprimatur.desk.asking import is_terminal
from imprimatur.desk.common import clock, git_at, open_repository
from imprimatur.desk.form import Form
from imprimatur.desk.occasion import demand_branch, demand_clock
from imprimatur.desk.rehearsal import proposed
from imprimatur.desk.showing import show_signer
from imprimatur.desk.signer import demand_board, demand_own_key, find_signer, own_identity
from imprimatur.desk.site_draft import demand_commit, draft_of
from imprimatur.desk.site_showing import show_site
from imprimatur.editorial import Act, ActName, Decision
from imprimatur.editorial.places import RECORDS
from imprimatur.editorial.signature import verify
from imprimatur.editorial.signing import sign
from imprimatur.editorial.site_list import SITE, SITE_SLUG, site_digest
from imprimatur.editorial.site_record import read_site, weigh_site
from imprimatur.editorial.site_standing import site_policy
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imprimatur.desk.common import Place
    from imprimatur.desk.signer import Signer
    from imprimatur.desk.site_draft import SiteDraft
    from imprimatur.editorial import Board, Policy, Repository
    from imprimatur.editorial.site_record import SiteRecord
    from imprimatur.editorial.site_standing import SiteStanding

_MEANING: Final = {
    Decision.APPROVE: (
        "I have read what was changed of the site's own pages, assets and settings, exactly as "
        "this list names them, and I approve them for publication."
    ),
    Decision.REVISE: (
        "I have read the site's own pages, assets and settings, exactly as this list names them, "
        "and they must be changed before they are published."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWish:
    """What was given by options. reason: of an objection; None for an approval."""

    reason: str | None
    by: str | None
    role: str | None
    key: Path | None
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLaw:
    """Under which the site's files are signed."""

    board: Board
    policy: Policy
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOccasion:
    """The site's own files at the moment an editor wants to sign for them."""

    repository: Repository
    case: SiteLaw
    record: SiteRecord
    draft: SiteDraft


def sign_site(place: Place, wish: SiteWish) -> None:
    """Sign the list, or say why not. Raises CannotExamineError, and then nothing was written."""
    occasion = _occasion(place)
    if wish.reason is None and not occasion.draft.is_new and occasion.record.standing.approved:
        click.echo(f"This list is approved already: {occasion.record.standing.approved.path}")
        return
    demand_board(occasion)
    demand_commit(occasion.repository)
    form, ids = Form(), [each.id for each in occasion.case.board.people]
    by = form.need(
        "--by",
        "the id of who signs",
        wish.by or own_identity(occasion),
        lambda: str(click.prompt("Who signs", type=click.Choice(ids), err=True)),
    )
    signer = find_signer(occasion, ActName.REVIEW, by, wish.role, wish.key) if by else None
    show_site(occasion.repository, occasion.record, occasion.draft)
    if not wish.yes and not is_terminal():
        form.missing.append("--yes: that you have read what you sign, and sign it")
    form.close()
    if signer is None:
        raise CannotExamineError("nobody was named who signs; name them with --by")
    _sign(place, occasion, _act(occasion, signer, wish), signer, yes=wish.yes)


def _occasion(place: Place) -> SiteOccasion:
    repository, now = open_repository(place), clock()
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    demand_branch(repository)
    demand_clock(repository, now)
    policy, board = repository.law
    if policy is None or board is None:
        raise CannotExamineError(
            "policy or board of the protected branch cannot be read; run `imprimatur check` and "
            "mend it"
        )
    record = read_site(repository, now)
    return SiteOccasion(
        repository=repository,
        case=SiteLaw(board=board, policy=site_policy(policy), now=now),
        record=record,
        draft=draft_of(repository, record),
    )


def _act(occasion: SiteOccasion, signer: Signer, wish: SiteWish) -> Act:
    decision = Decision.APPROVE if wish.reason is None else Decision.REVISE
    plain = {
        "act": ActName.REVIEW,
        "site": occasion.case.policy.site,
        "article": SITE_SLUG,
        "round": occasion.draft.version,
        "manuscript": site_digest(occasion.draft.data),
        "by": signer.person.id,
        "role": signer.role,
        "printed_name": signer.person.name,
        "meaning": _MEANING[decision],
        "decision": decision,
        "reason": wish.reason,
        "signed_at": occasion.case.now,
    }
    try:
        return Act.model_validate(plain, strict=False)
    except ValidationError:
        raise CannotExamineError("the reason is empty or too long; give it in a sentence") from None


def _sign(place: Place, occasion: SiteOccasion, act: Act, signer: Signer, *, yes: bool) -> None:
    more, draft = (proposed(act, signer.public),), occasion.draft
    found = weigh_site(occasion.repository, draft.data, draft.version, occasion.case.now, more=more)
    _refuse_worthless(found, act)
    show_signer(act, signer)
    if not yes and not click.confirm("Do you sign this?", err=True):
        raise CannotExamineError("nothing was signed, and nothing was written")
    armoured = sign(bytes_of(act), signer.key)
    used = verify(bytes_of(act), armoured).key
    demand_own_key(signer.person, used, occasion.case.board, occasion.case.now)
    _write(place, occasion, act, armoured)
    click.echo(f"Wrote {SITE}, version {draft.version}, {path_of(act)} and its signature.")
    if act.decision is Decision.APPROVE:
        click.echo("The list is approved once this is merged into the protected branch.")
    click.echo("Now commit it, and have it merged:")
    git = git_at(place.root)
    click.echo(f"  {git} add {SITE} {RECORDS}/{SITE_SLUG}")
    click.echo(f'  {git} commit -m "site: {act.decision} version {draft.version}"')


def _write(place: Place, occasion: SiteOccasion, act: Act, armoured: bytes) -> None:
    """Write the list, the act and its signature, or nothing."""
    path, before = place.root / SITE, occasion.record.data

    def check() -> None:
        again = open_repository(place)
        _refuse_worthless(read_site(again, occasion.case.now).standing, act)

    path.write_bytes(occasion.draft.data)
    try:
        write_act(place.root, act, armoured, check)
    except BaseException:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise


def _refuse_worthless(found: SiteStanding, act: Act) -> None:
    """Raise CannotExamineError for an act that would weigh nothing."""
    for discount in found.discounts:
        if discount.path == path_of(act):
            raise CannotExamineError(
                f"this act would not count: {discount.reason}; nothing was written"
            )
    if act.decision is Decision.APPROVE and not found.would_be:
        raise CannotExamineError(
            f"this would not approve the site, which waits for {found.waits_for}; nothing was "
            "written"
        )
