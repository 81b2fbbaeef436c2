"""The acts that the invented people of the demonstration would have left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from standings import NOT_COUNTED

from imprimatur.editorial import (
    Act,
    ActName,
    Board,
    Decision,
    FiledAct,
    Landing,
    Seal,
    Signature,
    State,
)
from imprimatur.editorial.act import Light
from imprimatur.manuscript import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from imprimatur.editorial import Standing
    from imprimatur.manuscript import Digest

_NOBODY = Board(version=1, people=())
_EDITOR = "Demonstration Editor C"
_LAST = {
    State.CONCERN: ActName.CONCERN,
    State.WITHDRAWN: ActName.WITHDRAW,
    State.RETRACTED: ActName.RETRACT,
    State.SUPERSEDED: ActName.SUPERSEDE,
}
_SIGNED = Seal(signature=Signature.VALID, key="ssh-ed25519 of-the-demonstration")
_BEFORE = digest_of("the text before the small edit")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clerk:
    """Writes the acts of one article. text: digest of what readers are shown."""

    slug: str
    text: Digest

    def act(self, name: ActName, at: datetime, who: str, role: str, **more: object) -> FiledAct:
        made = Act.model_construct(
            **{
                "act": name,
                "site": "demonstration.example",
                "article": self.slug,
                "round": 1,
                "manuscript": self.text,
                "by": who.lower().replace(" ", "-"),
                "role": role,
                "printed_name": who,
                "meaning": "A demonstration",
                "signed_at": at,
            }
            | more
        )
        return FiledAct(
            act=made,
            path=f"{who}, {at:%Y-%m-%d}",
            digest=digest_of(who),
            seal=Seal(signature=Signature.ABSENT) if name is ActName.SUBMIT else _SIGNED,
            landing=Landing(at=at, order=0, board=_NOBODY),
        )


def acts(slug: str, digest: Digest, standing: Standing) -> tuple[FiledAct, ...]:
    """A record that fits a standing, in the order of its acts."""
    return tuple(_acts(slug, digest, standing))


def _acts(slug: str, digest: Digest, standing: Standing) -> Iterator[FiledAct]:
    now = _Clerk(slug=slug, text=digest)
    first = _Clerk(slug=slug, text=_BEFORE) if standing.lights else now
    if standing.submitted:
        yield first.act(ActName.SUBMIT, standing.submitted, "A. Author", "author")
    if standing.assigned:
        yield first.act(ActName.ASSIGN, standing.assigned, _EDITOR, "editor")
    approve = {"decision": Decision.APPROVE}
    for each in standing.approvals:
        yield first.act(ActName.REVIEW, each.at, each.name, str(each.role), **approve)
    for discount in standing.discounts:
        yield first.act(ActName.REVIEW, NOT_COUNTED, discount.who, "reviewer", **approve)
    for each in standing.lights:
        light = Light(since=_BEFORE, diff=digest_of("the small edit"))
        more = {"round": 2, "light": light, **approve}
        yield now.act(ActName.SUBMIT, each.at, "A. Author", "author", round=2)
        yield now.act(ActName.REVIEW, each.at, each.name, str(each.role), **more)
    last = _LAST.get(standing.state)
    if last and standing.since:
        reason = standing.reason or "Another article takes its place."
        yield now.act(last, standing.since, _EDITOR, "editor", reason=reason)
