"""The acts that the invented people of the demonstration would have left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial import Act, ActName, Decision, FiledAct, Signature, State
from imprimatur.manuscript import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from imprimatur.editorial import Standing
    from imprimatur.manuscript import Digest

_LAST = {
    State.CONCERN: ActName.CONCERN,
    State.WITHDRAWN: ActName.WITHDRAW,
    State.RETRACTED: ActName.RETRACT,
    State.SUPERSEDED: ActName.SUPERSEDE,
}


def acts(slug: str, digest: Digest, standing: Standing) -> tuple[FiledAct, ...]:
    """A record that fits a standing, in the order of its acts."""
    return tuple(_acts(slug, digest, standing))


def _acts(slug: str, digest: Digest, standing: Standing) -> Iterator[FiledAct]:
    def act(name: ActName, at: datetime, who: str, role: str, **more: object) -> FiledAct:
        made = Act.model_construct(
            act=name,
            site="demonstration.example",
            article=slug,
            round=1,
            manuscript=digest,
            by=who.lower().replace(" ", "-"),
            role=role,
            printed_name=who,
            meaning="A demonstration",
            signed_at=at,
            **({"decision": None, "reason": None} | more),
        )
        signed = Signature.VALID if name is not ActName.SUBMIT else Signature.ABSENT
        return FiledAct(act=made, path="", digest=digest_of(who), signature=signed)

    if standing.submitted:
        yield act(ActName.SUBMIT, standing.submitted, "A. Author", "author")
    if standing.assigned:
        editor = "Demonstration Editor C"
        yield act(ActName.ASSIGN, standing.assigned, editor, "editor")
    for each in standing.approvals:
        role = str(each.role)
        yield act(ActName.REVIEW, each.at, each.name, role, decision=Decision.APPROVE)
    last = _LAST.get(standing.state)
    if last and standing.since:
        reason = standing.reason or "Another article takes its place."
        yield act(last, standing.since, "Demonstration Editor C", "editor", reason=reason)
