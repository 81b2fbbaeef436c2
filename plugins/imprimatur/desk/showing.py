"""Shows a person what they are about to sign; all of it can be read without colour."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

import click

from imprimatur.desk.answering import told
from imprimatur.desk.rehearsal import approved_text
from imprimatur.editorial import Decision
from imprimatur.editorial.eligibility import unknown_addresses
from imprimatur.editorial.objections import objections
from imprimatur.editorial.ssh_key import fingerprint
from imprimatur.editorial.vocabulary import TAKE_DOWN
from imprimatur.errors import one_line
from imprimatur.manuscript import word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.desk.deeds import Deed
    from imprimatur.desk.occasion import Occasion
    from imprimatur.desk.signer import Signer
    from imprimatur.editorial import Act, FiledAct, Standing
    from imprimatur.editorial.rounds import Round
    from imprimatur.manuscript import Hunk, WordDiff

_MOST: Final = 200
"""Changes shown; a longer list is no reading any more, and the whole text must be read anyway."""


def in_fours(digest: str) -> str:
    """A digest that two people can compare by reading it aloud."""
    name, _, figure = digest.partition(":")
    parts = (figure[place : place + 4] for place in range(0, len(figure), 4))
    return f"{name} {' '.join(parts)}"


def show_matter(
    occasion: Occasion, deed: Deed, about: Round, answered: FiledAct | None = None
) -> None:
    """Print what an act will be about."""
    standing = occasion.standing
    waits = f", waits for {'; and for '.join(standing.waits_for)}" if standing.waits_for else ""
    _row("act", str(deed.name))
    _row("article", f"{occasion.subject.manuscript.front.title} ({occasion.slug})")
    _row("round", str(about.number))
    _row("text", in_fours(about.text))
    _row("standing", f"{standing.state}{waits}")
    if answered is not None:
        _row("answers", told(answered))
        _show_interests(occasion, answered)
    for filed in _objections(occasion, about):
        _row("objection", told(filed))
    for filed in occasion.open_concerns:
        _row("concern", told(filed))
    if not deed.takes_down:
        _show_edit(occasion)
    needs = occasion.case.needs
    if deed.name == "review" and needs is not None and needs.checklist:
        click.echo(f"checklist of the class {occasion.case.manifest.article_class}:")
        for number, item in enumerate(needs.checklist, start=1):
            click.echo(f"  {number}. {item}")


def show_signer(act: Act, signer: Signer) -> None:
    """Print who signs, with what, and what that means."""
    name = signer.key if isinstance(signer.key, Path) else fingerprint(signer.key)
    click.echo(f"signs     {act.printed_name} ({act.by}), as {act.role}, with {name}")
    if act.light is not None:
        click.echo("This is a light review: the edit alone. With --whole it is of the whole text.")
    click.echo(f"meaning   {act.meaning}")


def tell_next(found: Standing, act: Act, git: str) -> None:
    """Say how the article stands with the act, what it waits for, and what to do now.

    git: how Git is called here.
    """
    click.echo(f"`{act.article}` is {found.state}.")
    if found.would_be:
        click.echo(f"It would be {found.would_be} once this is merged into the protected branch.")
    elif found.waits_for:
        click.echo(f"It waits for {'; and for '.join(found.waits_for)}.")
    asked = act.conflict_of_interest
    if act.decision is Decision.APPROVE and asked is not None and not asked.none:
        click.echo("For its conflict of interest, this review counts once somebody waives it.")
    click.echo("Now commit it, and have it merged:")
    click.echo(f"  {git} add editorial/records/{act.article}")
    click.echo(f'  {git} commit -m "{act.article}: {act.act}, round {act.round}"')
    if act.act in TAKE_DOWN:
        click.echo("Readers see it with the next publication, not before.")
    if act.act in TAKE_DOWN and found.is_notice:
        click.echo(
            "If it cannot wait: commit, merge, then: imprimatur publish --emergency (with the --to "
            "that you publish with, if any)"
        )


def tell_strangers(occasion: Occasion, found: Standing) -> None:
    """Say of whose changes the gate will not know who wrote them, whatever was approved."""
    case = occasion.case
    since = (each for each in case.record.changes if each.commit not in found.base)
    unknown = unknown_addresses(since, case.board, case.policy)
    strangers = {who: each.commit for each, who in unknown}
    for address, commit in sorted(strangers.items()):
        told = one_line(
            f"Nothing is published until it is known whose address {address} is, of the commit "
            f"{commit[:12]}: imprimatur appoint ID --contributor --git {quote(address)}"
        )
        click.echo(told, err=True)


def in_words(diff: WordDiff) -> Iterator[str]:
    """Each change in a line: ``[-removed-]{+added+}`` among the words around it."""
    for hunk in diff.hunks[:_MOST]:
        yield f"  {hunk.part}, line {hunk.line}: {_marked(hunk)}"
    if len(diff.hunks) > _MOST:
        yield f"  … and {len(diff.hunks) - _MOST} more changes; read the whole text"


def _marked(hunk: Hunk) -> str:
    removed = click.style(f"[-{_visible(hunk.removed)}-]", fg="red") if hunk.removed else ""
    added = click.style(f"{{+{_visible(hunk.added)}+}}", fg="green") if hunk.added else ""
    return " ".join(each for each in (hunk.before, removed + added, hunk.after) if each)


def _visible(text: str) -> str:
    """Line breaks and the blanks at the edges can be a change, and are seen as one."""
    shown = text.replace("\n", "↵").replace("\u00a0", "⍽")
    return shown if shown.strip() else shown.replace(" ", "␣")


def _show_edit(occasion: Occasion) -> None:
    granted, past = occasion.standing.granted, approved_text(occasion)
    if past is None:
        words = "the text that was approved last is not found in history"
        if granted is None:
            words = "no text of this article was approved before"
        elif granted == occasion.subject.manifest.digest:
            words = "nothing was changed since this text was approved"
        click.echo(f"{words}: read the whole text, {occasion.subject.manuscript.path}")
        return
    click.echo("changed since the text that was approved last:")
    for line in in_words(word_diff(past.text, occasion.subject.text)):
        click.echo(line)


def _show_interests(occasion: Occasion, answered: FiledAct) -> None:
    """The conflict of interest of whoever signed an act, and what the board's file says of them."""
    asked = answered.act.conflict_of_interest
    person = occasion.case.board.person(answered.act.by)
    if asked is None or asked.none:
        return
    _row("conflict", asked.statement or "")
    if person is not None:
        _row("interests", f"on the board: {person.interests}")


def _objections(occasion: Occasion, about: Round) -> list[FiledAct]:
    return objections(occasion.case, about.number, about.text, occasion.case.genuine)


def _row(name: str, value: str) -> None:
    click.echo(f"{click.style(f'{name:<10}', bold=True)}{value}")
