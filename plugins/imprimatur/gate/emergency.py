"""The last release again, with a notice in place of what was taken down since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprimatur.editorial import ActName, standing
from imprimatur.editorial.arrival import arrival, is_own
from imprimatur.editorial.subject import Subject
from imprimatur.errors import CannotExamineError
from imprimatur.gate.arrived import arrived
from imprimatur.gate.choosing import Choice
from imprimatur.gate.plan import Withheld
from imprimatur.gate.planning import outline, print_outline
from imprimatur.gate.shown import as_notice

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.editorial import Board, FiledAct, Policy, Repository, Standing
    from imprimatur.editorial.dossier import Dossiers
    from imprimatur.editorial.landing import Record
    from imprimatur.editorial.ledger import Ledger
    from imprimatur.gate.plan import Plan
    from imprimatur.gate.planning import Outline
    from imprimatur.gate.shown import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The present protected branch, asked for nothing but what took an article down.

    ledger, dossiers: its acts, of which no file of its last commit is asked: whoever puts a file
    there that nobody can read must not keep up what was taken down.
    board, policy: those in force; where nobody can read them any more, the last ones that somebody
    could.
    since: the order of the release's commit on the protected branch.
    """

    ledger: Ledger
    dossiers: Dossiers
    board: Board
    policy: Policy
    since: int
    now: datetime

    def notice(self, text: Shown) -> Shown | None:
        """The notice that stands in place of a released text now, or None if none does."""
        subject = Subject(
            manuscript=text.copy.manuscript,
            bibliography=text.copy.bibliography,
            manifest=text.manifest,
        )
        acts = self.ledger.acts(text.copy.manuscript.slug).value or ()
        record = self.dossiers.record(acts, subject, self.now)
        found = self._standing(text, record)
        if not found.is_published and not found.is_notice:
            # To reinstate opens a round of which an emergency publishes nothing: what was taken
            # down stays so, or one person alone could put it up again.
            down = replace(record, acts=tuple(filter(self._stays, record.acts)))
            found = self._standing(text, down)
        if not found.is_notice:
            return None
        told = self.dossiers.told(found, record, subject)
        # No rule refuses here what nothing proves, so it is not told at all.
        forged = {each.path for each in found.discounts if each.is_forged}
        own = (each for each in record.acts if is_own(each, self.policy))
        proven = (each for each in own if each.path not in forged)
        copy = replace(text.copy, history=tuple(sorted(proven, key=arrival)))
        return as_notice(replace(text, copy=copy), replace(told, successor=None))

    def _standing(self, text: Shown, record: Record) -> Standing:
        return standing(text.manifest, record, self.board, self.policy, self.now)

    def _stays(self, filed: FiledAct) -> bool:
        """Whether an act weighs here: all but what reinstates behind the release."""
        is_later = filed.landing is None or filed.landing.order > self.since
        return filed.act.act is not ActName.REINSTATE or not is_later


def emergency_plan(
    present: Repository, released: Repository, at: datetime, now: datetime
) -> tuple[Plan, tuple[str, ...]]:
    """Plan the last release anew, without what was taken down since; and name that.

    present: the protected branch's last commit, of which only the history is read. released: that
    of the release, by the law of then. at: the instant of the release. No rule is asked: the
    release kept them all when it was made.
    Raises CannotExamineError where the release was not made from the protected branch.
    """
    if present.unproven:
        raise CannotExamineError(present.unproven)
    if not present.trunk.is_on_line(released.commit):
        raise CannotExamineError(
            f"the release was made from the commit {released.commit[:12]}, which is not on the "
            "protected branch; publish without --emergency. If that is refused, too, because the "
            f"branch was rewritten: git switch -c takedown {released.commit[:12]}, withdraw and "
            "commit there, and run: imprimatur --trust takedown publish --emergency"
        )
    old = outline(released, at)
    new = without_taken_down(present, released, old, now)
    made, _ = print_outline(new, present.cache)
    taken = tuple(
        after.text.copy.manuscript.slug
        for before, after in zip(old.choices, new.choices, strict=True)
        if after.text is not None and after is not before
    )
    return made, taken


def without_taken_down(
    present: Repository, released: Repository, old: Outline, now: datetime
) -> Outline:
    """A release before it is printed, with a notice in place of each text taken down since.

    Raises CannotExamineError where no board and no policy is known.
    """
    known = _emergency(present, released, now)
    return replace(old, choices=tuple(_taken_down(known, each) for each in old.choices))


def _emergency(present: Repository, released: Repository, now: datetime) -> Emergency:
    ledger, dossiers = arrived(present)
    policy, board = dossiers.editions.readable
    policy = policy or released.law[0]
    if policy is None or board is None:
        raise CannotExamineError("no board and policy were ever in force on the protected branch")
    since = present.trunk.order(released.commit)
    return Emergency(
        ledger=ledger, dossiers=dossiers, board=board, policy=policy, since=since, now=now
    )


def _taken_down(known: Emergency, choice: Choice) -> Choice:
    text = choice.text
    if text is None or text.copy.standing.is_notice:
        return choice
    notice = known.notice(text)
    if notice is None:
        return choice
    why = (f"the board: its standing is {notice.copy.standing.state}",)
    hidden = Withheld(
        slug=text.copy.manuscript.slug, source=text.source, waits_for=why, is_known=True
    )
    return Choice(text=notice, withheld=choice.withheld or hidden)
