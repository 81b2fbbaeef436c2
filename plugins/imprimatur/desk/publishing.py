"""The steps behind a plan: stage, build, scan, release, swap. What fails leaves all as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.desk.scratch import scratch
from imprimatur.errors import Outcome, RuleName
from imprimatur.gate.headers import write_headers
from imprimatur.gate.release import write_release
from imprimatur.gate.scan import scan
from imprimatur.gate.stage_file import TREE, read_stage
from imprimatur.gate.staging import stage
from imprimatur.gate.swap import swap
from imprimatur.gate.unlisted import unlist

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.desk.host_build import Builder
    from imprimatur.gate import Verdict
    from imprimatur.gate.plan import Plan


_BROKEN_LINK: Final = RuleName("address-resolves")


def release(
    plan: Plan, builder: Builder, built: Path, live: Path, *, is_emergency: bool = False
) -> Verdict:
    """Make the live folder hold what a plan says, if what was built of it does.

    built: an empty folder in the workshop of the live one. What the scan found is returned; with
    any finding nothing is swapped. is_emergency: whether an address may lead nowhere; else a text
    stayed up for as long as another page links to a part of it that its notice lacks.
    Raises CannotExamineError and OSError.
    """
    with scratch() as folder:
        told = stage(plan, folder)
        read_stage(told, folder / TREE)
        builder.build(told, folder / TREE, plan.at, built, strict=not is_emergency)
    unlist(built, plan)
    write_headers(built)
    verdict = scan(built, plan)
    if is_emergency:
        verdict = grave(verdict)
    if verdict.outcome is Outcome.GRANTED:
        write_release(built, plan, builder.host)
        swap(built, live)
    return verdict


def grave(verdict: Verdict) -> Verdict:
    """What weighs in an emergency, which may leave addresses that lead nowhere."""
    findings = tuple(each for each in verdict.findings if each.rule != _BROKEN_LINK)
    return replace(verdict, findings=findings)
