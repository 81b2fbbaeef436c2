"""Does one act of a member of the board: shows, asks, signs, writes and says what comes next."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from imprimatur.desk.act_writer import bytes_of, write_act
from imprimatur.desk.answering import answered_act
from imprimatur.desk.asking import is_terminal
from imprimatur.desk.common import clock, git_at, open_repository, require_article
from imprimatur.desk.deeds import DECISIONS, LIGHT_APPROVAL
from imprimatur.desk.form import Asked, Form, Wish, fill
from imprimatur.desk.occasion import find_occasion, standing_of
from imprimatur.desk.rehearsal import (
    lightened,
    proposed,
    refuse_discounted,
    refuse_partial,
    rehearse,
)
from imprimatur.desk.showing import show_matter, show_signer, tell_next, tell_strangers
from imprimatur.desk.signer import demand_board, demand_own_key, find_signer, may, own_identity
from imprimatur.editorial import Act, ActName, Decision
from imprimatur.editorial.signature import verify
from imprimatur.editorial.signing import sign
from imprimatur.errors import CannotExamineError
from imprimatur.strict import reason_of

if TYPE_CHECKING:
    from imprimatur.desk.common import Place
    from imprimatur.desk.deeds import Deed
    from imprimatur.desk.occasion import Occasion
    from imprimatur.desk.signer import Signer
    from imprimatur.editorial import FiledAct, Standing
    from imprimatur.editorial.rounds import Round


def do(place: Place, deed: Deed, slug: str, wish: Wish) -> None:
    """Do the act, or say why not. Raises CannotExamineError, and then nothing was written."""
    occasion, form = find_occasion(place, slug, deed), Form()
    demand_board(occasion)
    by = form.need(
        "--by", "the id of who signs", wish.by or own_identity(occasion), lambda: _ask_by(occasion)
    )
    signer = find_signer(occasion, deed.name, by, wish.role, wish.key) if by else None
    answered = answered_act(occasion, deed, by or "", wish.answered) if deed.answers else None
    about = _about(occasion, deed)
    if is_terminal() or not form.missing:
        show_matter(occasion, deed, about, answered)
    fields = fill(form, _asked(occasion, deed), wish)
    if not wish.yes and not is_terminal():
        form.missing.append("--yes: that you have read what you sign, and sign it")
    form.close()
    if signer is None:
        raise CannotExamineError("nobody was named who signs; name them with --by")
    _demand_people(occasion, fields)
    act = _act(occasion, deed, signer, fields | _bound(occasion, deed, about, answered))
    if act.act is ActName.ASSIGN:
        refuse_partial(occasion, act, about)
    if act.decision is Decision.APPROVE:
        act = _weighed(occasion, act, wish)
    _sign(occasion, act, signer, wish)


def _ask_by(occasion: Occasion) -> str:
    choice = click.Choice([each.id for each in occasion.case.board.people])
    told: str = click.prompt("Who signs", type=choice, err=True)
    return told


def _asked(occasion: Occasion, deed: Deed) -> Asked:
    needs = occasion.case.needs
    return Asked(
        name=deed.name,
        checklist=needs.checklist if needs else (),
        audiences=occasion.case.manifest.audiences,
    )


def _about(occasion: Occasion, deed: Deed) -> Round:
    """The round that an act belongs to."""
    if deed.name in {ActName.ASSIGN, ActName.REVIEW}:
        return occasion.demand_open_round()
    found = occasion.shown if deed.takes_down else occasion.current or occasion.shown
    if found is None:
        raise CannotExamineError(
            f"no text of `{occasion.slug}` was ever submitted, so there is nothing to {deed.name}"
        )
    return found


def _bound(
    occasion: Occasion, deed: Deed, about: Round, answered: FiledAct | None
) -> dict[str, object]:
    """What ties an act to one round of one text, and to the act it answers."""
    if deed.name is ActName.REVIEW:
        assigned = [
            filed
            for filed in occasion.case.of(ActName.ASSIGN)
            if (filed.act.round, filed.act.manuscript) == (about.number, about.text)
        ]
        answered = assigned[-1] if assigned else about.submit
    return {
        "round": about.number,
        "manuscript": about.text,
        "previous": answered.digest if answered else None,
    }


def _demand_people(occasion: Occasion, fields: dict[str, object]) -> None:
    """Whom an assignment names may review, and what supersedes is another article."""
    names, case = fields.get("reviewers", ()), occasion.case
    able = [
        each.id
        for each in case.board.people
        if may(each, ActName.REVIEW, case.policy) and each.serves(case.now.date())
    ]
    for name in names if isinstance(names, tuple) else ():
        if name not in able:
            there = ", ".join(able) or "nobody"
            raise CannotExamineError(f"`{name}` may not review; these may: {there}")
    successor = fields.get("successor")
    if isinstance(successor, str):
        _demand_successor(occasion, successor)


def _demand_successor(occasion: Occasion, successor: str) -> None:
    """What takes the place of an article is another one, to which readers can be led."""
    repository = occasion.repository
    if successor == occasion.slug:
        others = [each for each in repository.slugs if each != occasion.slug]
        there = ", ".join(others[:20]) or "none"
        raise CannotExamineError(f"`{successor}` is no other article; there are: {there}")
    require_article(repository, successor)
    found = repository.standing(successor, occasion.case.now)
    if found.is_notice:
        raise CannotExamineError(
            f"`{successor}` is {found.state}, so it can take no other article's place; name one "
            f"that is shown, or withdraw this one: imprimatur withdraw {quote(occasion.slug)}"
        )


def _act(occasion: Occasion, deed: Deed, signer: Signer, fields: dict[str, object]) -> Act:
    decision = fields.get("decision")
    plain = {
        "act": deed.name,
        "site": occasion.case.policy.site,
        "article": occasion.slug,
        "by": signer.person.id,
        "role": signer.role,
        "printed_name": signer.person.name,
        "meaning": DECISIONS[Decision(str(decision))] if decision else deed.meaning,
        "signed_at": clock(),
        **fields,
    }
    try:
        return Act.model_validate(plain, strict=False)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, each['loc'])) or 'act'}: {reason_of(each)}"
            for each in error.errors()
        )
        raise CannotExamineError(f"what was given cannot stand in a record ({wrong})") from None


def _weighed(occasion: Occasion, act: Act, wish: Wish) -> Act:
    """The approval of the edit alone where that suffices, unless the person wants more."""
    made, reason = lightened(occasion, act)
    if wish.light and reason:
        raise CannotExamineError(
            f"a light review does not suffice: {reason}; review the whole text, without --light"
        )
    if reason and occasion.last_grant is not None and occasion.case.policy.light_review:
        click.echo(f"A review of the whole text is needed: {reason}.")
    if wish.light is False or reason:
        return act
    return made.model_copy(update={"meaning": LIGHT_APPROVAL})


def _sign(occasion: Occasion, act: Act, signer: Signer, wish: Wish) -> None:
    # What the law would refuse is refused before anybody looks for a passphrase.
    rehearse(occasion, proposed(act, signer.public))
    show_signer(act, signer)
    if not wish.yes and not click.confirm("Do you sign this?", err=True):
        raise CannotExamineError("nothing was signed, and nothing was written")
    armoured = sign(bytes_of(act), signer.key)
    used = verify(bytes_of(act), armoured).key
    demand_own_key(signer.person, used, occasion.case.board, occasion.case.now)
    found: list[Standing] = []
    root = occasion.place.root
    path = write_act(root, act, armoured, lambda: found.append(_checked(occasion, act)))
    click.echo(f"Wrote {path.relative_to(root)} and its signature.")
    tell_next(found[0], act, git_at(root))
    if act.act is ActName.REVIEW:
        tell_strangers(occasion, found[0])


def _checked(occasion: Occasion, act: Act) -> Standing:
    """How the article stands with what was written, read anew."""
    repository = open_repository(occasion.place)
    path = proposed(act, "").path
    written = next(
        (each for each in repository.records(act.article).value or () if each.path == path), None
    )
    if written is None:
        faults = [each for each in repository.records(act.article).findings if each.path == path]
        told = "; ".join(each.message for each in faults) or "it is not there"
        raise CannotExamineError(
            f"the act could not be read again, and was taken out: {told}; write plain text"
        )
    now, law = occasion.case.now, (occasion.case.policy, occasion.case.board)
    found = standing_of(repository, occasion.subject, law, now)
    for discount in found.discounts:
        if discount.path == path:
            landed = repository.dossiers.record((written,), occasion.subject, now).acts[0]
            refuse_discounted(occasion, landed, discount.reason)
    return found
