"""The evidence of an approval, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imprimatur.desk.showing import in_fours
from imprimatur.editorial import State
from imprimatur.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.desk.evidence import Evidence, Voice


def evidence_lines(evidence: Evidence) -> Iterator[str]:
    """All of it, the verdict last."""
    yield click.style(one_line(f"{evidence.slug}: {evidence.title}"), bold=True)
    yield from map(one_line, _body(evidence))
    yield f"{click.style('verdict', bold=True)}  {one_line(_verdict(evidence))}\n"


def _body(evidence: Evidence) -> Iterator[str]:
    standing = evidence.standing
    yield f"text  {in_fours(evidence.digest)}" if evidence.digest else "text  cannot be read"
    for part, digest in evidence.parts.items():
        yield f"  {digest[:19]}…  {part}"
    yield f"approvals (round {standing.round}, {standing.quorum} needed)"
    for voice in evidence.voices:
        yield from _voice(voice, evidence.policy)
    if not evidence.voices:
        yield "  none of this text counts"
    yield from _makings(evidence)
    yield from _objections(evidence)
    if standing.discounts:
        yield "acts that do not count"
    for each in standing.discounts:
        yield f"  {each.path}: {each.reason}"
    for path in evidence.lost:
        yield f"changed or deleted, and counted as it came to the protected branch: {path}"
    if standing.due is not None:
        yield f"valid  until {standing.due}, and shown until {standing.expires}"
    for fault in evidence.unexamined:
        yield f"not checked: {fault}"


def _voice(voice: Voice, policy: int) -> Iterator[str]:
    scope = "" if voice.of == "text" else ", of the edit alone"
    yield f"  {voice.name} ({voice.by}), {voice.credentials}, {voice.affiliation}"
    yield f"    as {voice.role}{scope}; interests declared: {voice.interests}"
    if voice.waiver:
        yield f"    that conflict of interest was {voice.waiver}"
    yield from arrival_lines(voice)
    yield f"    under version {voice.board} of the board, and version {policy} of the policy"


def arrival_lines(voice: Voice) -> Iterator[str]:
    """When an approval was signed, when it came to the protected branch, and with which key."""
    yield f"    signed {voice.signed_at:%Y-%m-%d %H:%M}Z, by their own account"
    yield (
        f"    on the protected branch since {voice.arrived:%Y-%m-%d %H:%M}Z, with the commit "
        f"{voice.commit[:12]}"
    )
    yield f"    with the key {voice.key}" if voice.key else "    recorded, not signed"


def _makings(evidence: Evidence) -> Iterator[str]:
    if not evidence.voices:
        return
    yield "who changed the text since the approval before"
    for making in evidence.makings:
        yield f"  {making.commit[:12]}  {', '.join(making.by)}"
    if evidence.own:
        yield f"  approvers are among them: {', '.join(evidence.own)}"
    else:
        yield "  no approver is among them"


def _objections(evidence: Evidence) -> Iterator[str]:
    yield "objections" if evidence.objections else "objections  none"
    for each in evidence.objections:
        yield f"  {each.name} ({each.decision}): {each.reason}"
        yield f"    {each.answer or 'stands'}"


def _verdict(evidence: Evidence) -> str:
    if evidence.unexamined:
        return "could not be examined whole, so nothing is granted."
    standing = evidence.standing
    if evidence.is_approval:
        is_plain = standing.state is State.APPROVED
        also = "" if is_plain else f" (its standing is {standing.state})"
        return f"approved{also}: {_approvers(evidence)}."
    why = f"; it waits for {'; and for '.join(standing.waits_for)}" if standing.waits_for else ""
    changed = f", since this changed: {'; '.join(standing.changed)}" if standing.changed else ""
    return f"not approved: its standing is {standing.state}{changed}{why}."


def _approvers(evidence: Evidence) -> str:
    """Who approved what: after a light review, the others approved an earlier text."""
    whole = " and ".join(each.name for each in evidence.voices if each.of == "text")
    edits = dict.fromkeys(each.name for each in evidence.voices if each.of == "edit")
    if not edits:
        return f"{whole} approved exactly this text"
    return f"{whole} approved the text as it was, and {' and '.join(edits)} what was edited since"
