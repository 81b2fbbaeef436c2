"""Derives from the repository alone what an approval rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprimatur.desk.evidence import Evidence, Making, Objection, Voice
from imprimatur.desk.record_lines import proof_of
from imprimatur.editorial import PROPOSED, ActName, Signature
from imprimatur.editorial.case import Case
from imprimatur.editorial.grants import base_of, grants_of
from imprimatur.editorial.objections import lifts
from imprimatur.editorial.reviews import interests_of
from imprimatur.editorial.rounds import approvals, rounds_of
from imprimatur.editorial.ssh_key import fingerprint
from imprimatur.editorial.word import is_objection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from imprimatur.editorial import FiledAct, Repository, Standing
    from imprimatur.editorial.rounds import Round
    from imprimatur.manuscript import Digest


def evidence_of(repository: Repository, slug: str, now: datetime) -> Evidence:
    """Derive it. The history must be whole: what is unproven is refused before."""
    subject, (policy, board) = repository.subject(slug), repository.law
    found = Evidence(
        slug=slug,
        title=subject.manuscript.front.title if subject else "",
        standing=repository.standing(slug, now),
        digest=subject.manifest.digest if subject else "",
        parts=dict(subject.manifest.parts) if subject else {},
        policy=policy.version if policy else 0,
        lost=_lost(repository, slug),
        unexamined=tuple(_unexamined(repository, slug)),
    )
    if subject is None or policy is None or board is None:
        return found
    record, manifest = repository.record(slug, now), subject.manifest
    case = Case(manifest=manifest, record=record, board=board, policy=policy, now=now, firm=True)
    return _filled(found, repository, case)


def _filled(found: Evidence, repository: Repository, case: Case) -> Evidence:
    stages = _stages(case)
    voices = tuple(_voices(repository, case, stages, found.standing))
    makings = tuple(_makings(case, stages))
    return replace(
        found,
        voices=voices,
        makings=makings,
        own=tuple(_own(case, voices, makings)),
        objections=tuple(_objections(case, stages)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """A round on which the present text rests. base: as of a grant."""

    round: Round
    base: frozenset[str]
    is_light: bool


def _stages(case: Case) -> tuple[_Stage, ...]:
    """The review of the whole text and of each edit since; else the last round of this text."""
    rounds, text = rounds_of(case), case.manifest.digest
    grants = grants_of(case, rounds)
    mine = [each for each in rounds if each.text == text]
    if grants and mine and grants[-1].round == mine[-1]:
        return tuple(
            _Stage(round=each.round, base=each.base, is_light=each.before is not None)
            for each in (grants[-1].whole, *grants[-1].lights)
        )
    return tuple(
        _Stage(round=each, base=base_of(case, each, grants), is_light=False) for each in mine[-1:]
    )


def _voices(
    repository: Repository, case: Case, stages: tuple[_Stage, ...], standing: Standing
) -> Iterator[Voice]:
    doubts = {each.path for each in standing.discounts}
    for stage in stages:
        for filed in approvals(stage.round, case.genuine):
            is_fit = filed.path not in doubts and filed.path not in case.lapses
            if is_fit and (filed.act.light is not None) == stage.is_light:
                yield voice_of(repository, filed, stage.base, _waiver(case, filed))


def voice_of(
    repository: Repository, filed: FiledAct, base: frozenset[str], waiver: str = ""
) -> Voice:
    """An approval that has arrived. base: the commits that an earlier approval held."""
    act, landing = filed.act, filed.landing
    assert landing is not None  # noqa: S101 - what counts has arrived
    person = landing.board.person(act.by)
    return Voice(
        by=act.by,
        name=filed.name,
        role=act.role,
        credentials=person.credentials if person else "",
        affiliation=person.affiliation if person else "",
        interests=interests_of(filed),
        waiver=waiver,
        of="text" if act.light is None else "edit",
        path=filed.path,
        signed_at=act.signed_at,
        arrived=landing.at,
        commit=repository.trunk.commits[landing.order],
        key=fingerprint(filed.seal.key) if filed.seal.key else "",
        board=landing.board.version,
        before=tuple(sorted(base)),
        order=landing.order,
    )


def _waiver(case: Case, review: FiledAct) -> str:
    """Who waived the conflict of interest of a review, and why; empty where nobody did."""
    for filed in case.of(ActName.WAIVE):
        if case.answered(review, ActName.WAIVE, (filed,)):
            return f"waived by {filed.name}: {(filed.act.reason or '').strip()}"
    return ""


def _makings(case: Case, stages: tuple[_Stage, ...]) -> Iterator[Making]:
    """The commits since the approval before, as far as they have arrived."""
    if not stages:
        return
    for change in case.record.changes:
        if change.commit not in stages[0].base and change.order < PROPOSED:
            yield Making(commit=change.commit, order=change.order, by=change.addresses)


def _own(case: Case, voices: tuple[Voice, ...], makings: tuple[Making, ...]) -> Iterator[str]:
    """Who approved what they had changed themselves: looked for here once more, by itself."""
    for voice in voices:
        person = case.board.person(voice.by)
        own = {address.casefold() for address in person.git} if person else set()
        made = (
            each
            for each in makings
            if each.commit not in voice.before and each.order <= voice.order
        )
        if any(own & set(each.by) for each in made):
            yield voice.by


def _objections(case: Case, stages: tuple[_Stage, ...]) -> Iterator[Objection]:
    """Every objection there ever was, and who answered it how."""
    present = [(each.round.number, each.round.text) for each in stages]
    for place, filed in enumerate(case.genuine):
        if is_objection(filed):
            yield Objection(
                path=filed.path,
                name=filed.name,
                decision=str(filed.act.decision),
                reason=(filed.act.reason or "").strip(),
                answer=_answer(case, filed, case.genuine[place + 1 :], present),
            )


def _answer(
    case: Case, objection: FiledAct, later: tuple[FiledAct, ...], present: list[tuple[int, Digest]]
) -> str:
    """The first act that counts as an answer; empty if none does.

    present: round and text of each stage on which the present text rests.
    """
    of_its_own = (objection.act.round, objection.act.manuscript)
    for filed in later:
        act = filed.act
        if case.answered(objection, ActName.OVERRULE, (filed,)):
            return f"overruled by {filed.name}: {(act.reason or '').strip()}"
        if any(lifts(case, filed, objection, *each) for each in (of_its_own, *present[-1:])):
            return f"its author reviewed again, in round {act.round}: {act.decision}"
    return ""


def _lost(repository: Repository, slug: str) -> tuple[str, ...]:
    own = set(repository.record_paths.get(slug, ()))
    return tuple(path for path in repository.ledger.rewritten if path in own)


def _unexamined(repository: Repository, slug: str) -> Iterator[str]:
    if repository.subject(slug) is None:
        yield from map(str, repository.manuscript(slug).findings)
    for finding in repository.records(slug).findings:
        yield str(finding)
    for filed in repository.records(slug).value or ():
        if filed.signature is Signature.NOT_CHECKED:
            yield f"{filed.path}: {proof_of(filed)}"
