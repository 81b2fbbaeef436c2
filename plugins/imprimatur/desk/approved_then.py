"""What was approved at an instant, by whom, and under which board and policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imprimatur.desk.derivation import evidence_of
from imprimatur.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from imprimatur.desk.evidence import Evidence, Voice
    from imprimatur.editorial import Repository


def approved_then(repository: Repository, now: datetime) -> tuple[Evidence, ...]:
    """The evidence of every article, as of this instant."""
    return tuple(evidence_of(repository, slug, now) for slug in repository.slugs)


def then_lines(found: Sequence[Evidence], commit: str, now: datetime) -> Iterator[str]:
    """It as a person reads it: which commit it was, then a few lines for each article."""
    yield f"As of {now:%Y-%m-%dT%H:%M:%SZ} the protected branch was at {commit[:12]}."
    for each in found:
        standing = each.standing
        name = click.style(one_line(each.slug), bold=True)
        yield f"{name}: {standing.state}; text {each.digest or 'none'}"
        if not each.is_approval and standing.granted not in {None, each.digest}:
            yield f"  approved before: text {standing.granted}"
        for voice in each.voices:
            yield (
                f"  approved by {voice.name} ({voice.by}) as {voice.role}, {_scope(voice)}, "
                f"{voice.arrived:%Y-%m-%d %H:%M}Z, under version {voice.board} of the board"
            )
        yield f"  by version {each.policy} of the policy" if each.policy else "  without a policy"


def then_data(found: Sequence[Evidence]) -> dict[str, object]:
    """It as plain data, for programs. Keys are only ever added."""
    return {
        each.slug: {
            "title": each.title,
            "standing": each.standing.state,
            "approved": each.is_approval,
            "manifest": each.digest or None,
            "granted": each.standing.granted,
            "policy": each.policy or None,
            "approvals": [_voice(voice) for voice in each.voices],
        }
        for each in found
    }


def _voice(voice: Voice) -> dict[str, object]:
    return {
        "by": voice.by,
        "name": voice.name,
        "role": voice.role,
        "of": voice.of,
        "arrived": voice.arrived.isoformat(),
        "commit": voice.commit,
        "board": voice.board,
        "act": voice.path,
    }


def _scope(voice: Voice) -> str:
    return "the whole text" if voice.of == "text" else "an edit alone"
