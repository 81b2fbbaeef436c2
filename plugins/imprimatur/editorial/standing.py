"""What the record says of a manuscript now: the one function that badge and gate both ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.act import Signature
from imprimatur.editorial.state import Standing, State
from imprimatur.editorial.vocabulary import ActName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from imprimatur.editorial.act import Act, FiledAct
    from imprimatur.editorial.board import Board
    from imprimatur.editorial.policy import Policy
    from imprimatur.manuscript import Manifest


def standing(
    manifest: Manifest, acts: Iterable[FiledAct], board: Board, policy: Policy, now: datetime
) -> Standing:
    """Weigh the acts of one article against its present text.

    Pure and total. Acts for another site, article or text, or from the future, weigh nothing. No
    state that shows the text can be reached yet: approval needs verified signatures and a quorum,
    and neither is weighed here.
    """
    own = sorted(_own(acts, manifest, policy, now), key=_order)
    last = last_submission(own, manifest, policy, now)
    quorum = _quorum(manifest, policy)
    if last is None:
        return Standing(state=State.DRAFT, waits_for=("somebody to submit it",), quorum=quorum)
    if last.manuscript != manifest.digest:
        waits = f"the present text to be submitted, which is not the one of round {last.round}"
        return Standing(state=State.DRAFT, round=last.round, waits_for=(waits,), quorum=quorum)
    return _of_submitted(last, own, manifest, board, policy)


def last_submission(
    acts: Iterable[FiledAct], manifest: Manifest, policy: Policy, now: datetime
) -> Act | None:
    """The submission that counts: the latest of this article on this site, none of the future."""
    submits = (each for each in _own(acts, manifest, policy, now) if each.act.act is ActName.SUBMIT)
    last = max(submits, key=_order, default=None)
    return last.act if last else None


def _own(
    acts: Iterable[FiledAct], manifest: Manifest, policy: Policy, now: datetime
) -> Iterator[FiledAct]:
    for filed in acts:
        is_here = (filed.act.site, filed.act.article) == (policy.site, manifest.slug)
        if is_here and filed.act.signed_at <= now:
            yield filed


def _order(filed: FiledAct) -> tuple[datetime, str]:
    return filed.act.signed_at, filed.path


def _of_submitted(
    submit: Act, own: list[FiledAct], manifest: Manifest, board: Board, policy: Policy
) -> Standing:
    """The standing of a text that was submitted just as it is."""
    others = [each for each in own if each.act.act is not ActName.SUBMIT]
    beyond = sorted({each.act.act for each in others} - {ActName.ASSIGN, ActName.REVIEW})
    if beyond:
        waits = f"a version of this software that can weigh the act `{beyond[0]}`"
        return Standing(state=State.DRAFT, round=submit.round, waits_for=(waits,))
    approvals, quorum = _approvals(manifest, policy), _quorum(manifest, policy)
    opening = [each.act for each in others if _opens_review(each, submit, board, policy)]
    if opening:
        return Standing(
            state=State.UNDER_REVIEW,
            since=opening[0].signed_at,
            round=submit.round,
            waits_for=(approvals,),
            quorum=quorum,
            submitted=submit.signed_at,
            assigned=opening[0].signed_at,
        )
    return Standing(
        state=State.SUBMITTED,
        since=submit.signed_at,
        round=submit.round,
        waits_for=("an editor to assign reviewers", approvals),
        quorum=quorum,
        submitted=submit.signed_at,
    )


def _approvals(manifest: Manifest, policy: Policy) -> str:
    needed = policy.classes.get(manifest.article_class)
    if needed is None:
        return f"the class `{manifest.article_class}` to be defined in the policy"
    people = "one member" if needed.quorum == 1 else f"{needed.quorum} members"
    return f"approval by {people} of the board"


def _quorum(manifest: Manifest, policy: Policy) -> int:
    needed = policy.classes.get(manifest.article_class)
    return needed.quorum if needed else 0


def _opens_review(filed: FiledAct, submit: Act, board: Board, policy: Policy) -> bool:
    """Whether an assignment or a review counts: this round, this text, an eligible signer."""
    act = filed.act
    same = (act.round, act.manuscript) == (submit.round, submit.manuscript)
    person = board.person(act.by)
    if not same or filed.signature is not Signature.VALID or person is None:
        return False
    entitled = {role for role in person.roles if role in policy.acts.get(act.act, ())}
    if act.role not in entitled or act.signed_at < submit.signed_at:
        return False
    revoked = person.revoked_from is not None and act.signed_at >= person.revoked_from
    return person.serves(act.signed_at.date()) and not revoked
