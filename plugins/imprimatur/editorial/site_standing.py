"""What the record says of the site's own files: the counterpart of an article's standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.arrival import arrival, is_older_word, is_own, policy_of
from imprimatur.editorial.forgery import forgery, lapse, untimely
from imprimatur.editorial.site_list import SITE, SITE_SLUG
from imprimatur.editorial.state import Discount
from imprimatur.editorial.vocabulary import ActName, Role
from imprimatur.editorial.word import is_approval, is_objection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from imprimatur.editorial.act import FiledAct
    from imprimatur.editorial.board import Board
    from imprimatur.editorial.policy import Policy
    from imprimatur.manuscript import Digest

SITE_ROLES: Final = (Role.EDITOR_IN_CHIEF, Role.EDITOR)
"""Who may approve the site's own files: no policy gives this right to anybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStanding:
    """Whether a list of the site's files is approved.

    approved: the act that grants it; None where it is not approved. last: the last approval of any
    list, whatever became of it. waits_for: what is lacking, as a clause; empty where it is
    approved. would_be: whether it is approved once what is proposed is merged.
    discounts: the acts that weigh nothing, and why.
    """

    approved: FiledAct | None = None
    last: FiledAct | None = None
    waits_for: str = ""
    would_be: bool = False
    discounts: tuple[Discount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCase:
    """Everything that is weighed.

    version, digest: of the list. acts: about the site, each with its landing.
    later: of lists above it that the branch ever held, each with its version.
    """

    version: int
    digest: Digest
    acts: tuple[FiledAct, ...]
    board: Board
    policy: Policy
    now: datetime
    later: frozenset[tuple[int, Digest]] = frozenset()


def site_policy(policy: Policy) -> Policy:
    """The policy as it is for the site: a review is an editor's."""
    return policy.model_copy(update={"acts": {**policy.acts, ActName.REVIEW: SITE_ROLES}})


def site_standing(case: SiteCase) -> SiteStanding:
    """Weigh the acts about the site against its present list.

    Pure and total. One editor approves, by an act that is proven as any other. What is only
    proposed can object and never grants.
    """
    own = _own(case)
    reasons = _reasons(own, case)
    sound = [filed for filed in own if filed.path not in reasons]
    genuine = [filed for filed in own if filed.path not in reasons or not reasons[filed.path][1]]
    firm = [filed for filed in sound if filed.landing and not filed.landing.is_provisional]
    grants, proposed = _grants(firm, case), _grants(sound, case)
    stops = _stopped(genuine, sound, case)
    earlier = [filed for filed in firm if is_approval(filed)]
    return SiteStanding(
        approved=grants[-1] if grants and not stops else None,
        last=earlier[-1] if earlier else None,
        waits_for=stops or ("" if grants else _lack(case)),
        would_be=bool(proposed) and not stops,
        discounts=tuple(
            Discount(path=path, who=who, reason=reason, is_forged=is_forged)
            for path, (reason, is_forged, who) in reasons.items()
        ),
    )


def _own(case: SiteCase) -> list[FiledAct]:
    return sorted(
        (
            filed
            for filed in case.acts
            if filed.act.article == SITE_SLUG
            and is_own(filed, case.policy)
            and filed.landing is not None
            and filed.landing.at <= case.now
        ),
        key=arrival,
    )


def _reasons(own: Iterable[FiledAct], case: SiteCase) -> Mapping[str, tuple[str, bool, str]]:
    """Why acts weigh nothing: the reason, whether nothing proves them, and who signed."""
    rights, found = site_policy(case.policy), dict[str, tuple[str, bool, str]]()
    for filed in own:
        who = filed.act.printed_name
        if filed.act.act is not ActName.REVIEW:
            found[filed.path] = f"nobody can {filed.act.act} the site", True, who
        elif reason := forgery(filed, site_policy(policy_of(filed, case.policy))):
            found[filed.path] = reason, True, who
        elif not is_objection(filed) and (reason := lapse(filed, case.board, rights)):
            found[filed.path] = reason, False, who
    return found


def _grants(acts: Iterable[FiledAct], case: SiteCase) -> list[FiledAct]:
    wanted = (case.version, case.digest)
    return [
        filed
        for filed in acts
        if is_approval(filed) and (filed.act.round, filed.act.manuscript) == wanted
    ]


def _stopped(genuine: list[FiledAct], sound: list[FiledAct], case: SiteCase) -> str:
    """What stands against a list: an objection to it, or a later list that was approved.

    Whatever became of who approved it: an editor who leaves puts no earlier list into force again.
    But the branch must have held it, with that version: else one act could name so high a version
    that no list ever follows it.
    """
    for filed in genuine:
        is_firm = filed.landing is not None and not filed.landing.is_provisional
        is_in_time = is_firm and untimely(filed) is None
        is_later = (filed.act.round, filed.act.manuscript) in case.later
        if is_in_time and is_approval(filed) and is_later and filed.act.round > case.version:
            return (
                f"a version above {filed.act.round}, which was approved: {SITE} was put back to "
                f"version {case.version}"
            )
    for place, filed in enumerate(genuine):
        if not is_objection(filed) or filed.act.manuscript != case.digest:
            continue
        lifted = any(
            later.act.by == filed.act.by
            and later.act.manuscript == case.digest
            and not is_objection(later)
            and later in sound
            and not is_older_word(later, filed)
            for later in genuine[place + 1 :]
        )
        if not lifted:
            # Whoever tells it ends the sentence.
            reason = (filed.act.reason or "").strip().rstrip(".")
            return f"another version, since `{filed.act.by}` objects to this one: {reason}"
    return ""


def _lack(case: SiteCase) -> str:
    return f"an editor's approval of version {case.version} of {SITE}"
