"""What a signer is asked: by options in a script, one question after the other at a terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from imprimatur.desk.asking import is_terminal
from imprimatur.editorial import ActName, Decision
from imprimatur.editorial.act import ConflictOfInterest
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TypeVar

    Answer = TypeVar("Answer")

ALL: Final = "all"
NONE: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was given by options; None or nothing where it was not.

    light: True for an approval of an edit alone, False for one of the whole text, None for
    whichever suffices. answered: the act that this one answers.
    """

    by: str | None = None
    role: str | None = None
    key: Path | None = None
    yes: bool = False
    reason: str | None = None
    decision: str | None = None
    conflict: str | None = None
    audiences: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    light: bool | None = None
    reviewers: tuple[str, ...] = ()
    answered: str | None = None
    successor: str | None = None


@dataclass(slots=True)
class Form:
    """Collects what is missing, where nobody can be asked."""

    missing: list[str] = field(default_factory=list)

    def need(
        self, option: str, words: str, known: Answer | None, ask: Callable[[], Answer]
    ) -> Answer | None:
        """What was given; else what is asked now; else None, and it is missing."""
        if known:
            return known
        if is_terminal():
            return ask()
        self.missing.append(f"{option}: {words}")
        return None

    def close(self) -> None:
        """Raise CannotExamineError with everything that is missing at once."""
        if self.missing:
            lines = "".join(f"\n  {each}" for each in self.missing)
            raise CannotExamineError(f"nothing was written, because this is missing:{lines}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the questions of a review and of the other acts are about."""

    name: ActName
    checklist: tuple[str, ...]
    audiences: tuple[str, ...]


def fill(form: Form, asked: Asked, wish: Wish) -> dict[str, object]:
    """The fields of an act that a person decides."""
    fields: dict[str, object] = {}
    granted = False
    if asked.name is ActName.REVIEW:
        decision = form.need(
            "--decision", "approve, revise, reject or abstain", wish.decision, _decide
        )
        granted = decision == Decision.APPROVE
        fields |= {"decision": decision} | _reviewed(form, asked, wish, granted=granted)
    if asked.name is ActName.ASSIGN:
        words = "the id of somebody who shall review; once for each"
        fields["reviewers"] = form.need("--reviewer", words, wish.reviewers, _ask_reviewers)
    if asked.name is ActName.SUPERSEDE:
        words = "the article that takes its place"
        fields["successor"] = form.need(
            "--by-article", words, wish.successor, lambda: _prompt("Article that takes its place")
        )
    needs_reason = asked.name is not ActName.ASSIGN and not granted and fields.get("decision", "-")
    if needs_reason:
        words = "why, in a sentence that readers may see"
        fields["reason"] = form.need("--reason", words, wish.reason, lambda: _prompt("Reason"))
    elif wish.reason:
        fields["reason"] = wish.reason
    return fields


def _reviewed(form: Form, asked: Asked, wish: Wish, *, granted: bool) -> dict[str, object]:
    words = "`none`, or your conflict of interest in a sentence"
    conflict = form.need("--conflict", words, wish.conflict, _ask_conflict)
    chosen = set(wish.audiences) - {ALL}
    unknown = sorted(chosen - set(asked.audiences))
    if unknown:
        there = ", ".join(asked.audiences)
        raise CannotExamineError(f"the text has no audience {', '.join(unknown)}; it has {there}")
    audiences = tuple(each for each in asked.audiences if not chosen or each in chosen)
    if is_terminal() and not wish.audiences and not wish.yes:
        audiences = _confirm_audiences(asked.audiences)
    fields: dict[str, object] = {"audiences": audiences}
    if conflict is not None:
        fields["conflict_of_interest"] = _conflict(conflict)
    if granted:
        fields["checklist"] = _checked(form, asked.checklist, wish.checked)
    return fields


def _conflict(words: str) -> ConflictOfInterest:
    is_none = words.strip().casefold() == NONE
    return ConflictOfInterest(
        declared=True, none=is_none, statement=None if is_none else words.strip()
    )


def _checked(form: Form, items: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    """The confirmed items: an approval confirms each of them."""
    if ALL in given:
        return tuple(items)
    known = {str(number): item for number, item in enumerate(items, start=1)}
    known |= {item: item for item in items}
    unknown = [each for each in given if each not in known]
    if unknown:
        raise CannotExamineError(
            f"the checklist has no `{unknown[0]}`; name its items by number, 1 to {len(items)}"
        )
    confirmed = {known[each] for each in given}
    for number, item in enumerate(items, start=1):
        if item not in confirmed:
            form.need(f"--checked {number}", item, None, partial(_confirm, item))
    return tuple(items)


def _confirm(item: str) -> bool:
    if not click.confirm(f"{item} Do you confirm this?", err=True):
        raise CannotExamineError(
            "nothing was signed: an approval confirms every item of the checklist; "
            "finish what is open, or decide otherwise with --decision"
        )
    return True


def _confirm_audiences(audiences: Sequence[str]) -> tuple[str, ...]:
    if len(audiences) == 1 or click.confirm(
        f"Does your review cover every audience ({', '.join(audiences)})?", err=True
    ):
        return tuple(audiences)
    return tuple(each for each in audiences if click.confirm(f"The {each}?", err=True))


def _decide() -> str:
    choice = click.Choice([each.value for each in Decision])
    told: str = click.prompt("Your decision", type=choice, err=True)
    return told


def _ask_conflict() -> str:
    # No answer is the usual one: a declaration is made, and never left to the Enter key.
    words = "Have you any conflict of interest with this article? [y/n]"
    if click.prompt(words, value_proc=_is_yes, err=True):
        return _prompt("Which one, in a sentence")
    return NONE


def _is_yes(answer: str) -> bool:
    """Whoever is asked for a conflict may answer with what it is to be written as: ``none``."""
    if answer.strip().casefold() not in {"y", "yes", "n", "no", NONE}:
        raise click.UsageError("answer y or n; which one it is, is asked next")
    return answer.strip().casefold() in {"y", "yes"}


def _ask_reviewers() -> tuple[str, ...]:
    told = _prompt("Ids of the reviewers, with commas between")
    return tuple(each.strip() for each in told.split(",") if each.strip())


def _prompt(words: str) -> str:
    told: str = click.prompt(words, err=True)
    return told.strip()
