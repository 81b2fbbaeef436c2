"""The whole record of one article in lines: its parts, and each act with what it proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial import ActName, Signature
from imprimatur.editorial.ssh_key import fingerprint
from imprimatur.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import datetime

    from imprimatur.editorial import FiledAct, Repository, Standing


def record_lines(
    repository: Repository,
    slug: str,
    standing: Standing,
    now: datetime,
    uncommitted: Container[str] = (),
) -> Iterator[str]:
    """Parts of the text, then the acts in the order in which they were signed.

    uncommitted: files of the working tree that are not what the commit holds.
    """
    manifest = repository.manifest(slug)
    if manifest is not None:
        yield f"\nmanifest {manifest.digest}"
        for part, digest in manifest.parts.items():
            yield one_line(f"  {digest[:19]}…  {part}")
    yield "\nrecord"
    acts = repository.record(slug, now).acts or repository.records(slug).value or ()
    doubts = {each.path: each.reason for each in standing.discounts}
    present = manifest.digest if manifest else ""
    for filed in sorted(acts, key=lambda each: (each.act.signed_at, each.path)):
        yield from map(one_line, _act(filed, doubts, present, _place(filed, uncommitted)))
    if not acts:
        yield "  no acts"
    for finding in repository.records(slug).findings:
        yield f"  {finding}"


def proof_of(filed: FiledAct) -> str:
    """What the signature of an act proves, as a clause."""
    if filed.signature is Signature.VALID:
        return f"signature valid, with the key {fingerprint(filed.seal.key)}"
    fault = f": {filed.seal.fault}" if filed.seal.fault else ""
    return f"signature {filed.signature.value}{fault}"


def _place(filed: FiledAct, uncommitted: Container[str]) -> str:
    """How far it has come, to a commit or to the protected branch, as a clause."""
    is_changed = filed.path in uncommitted or f"{filed.path}.sig" in uncommitted
    if filed.landing is None or filed.landing.is_provisional:
        return "not committed yet" if is_changed else "not on the protected branch yet"
    arrived = f"on the protected branch since {filed.landing.at:%Y-%m-%d %H:%M}Z"
    if is_changed:
        return f"{arrived} as shown; not committed: its change or deletion in the working tree"
    return arrived


def _act(filed: FiledAct, doubts: Mapping[str, str], present: str, place: str) -> Iterator[str]:
    act = filed.act
    told = f"{act.act}{f' ({act.decision})' if act.decision else ''}, round {act.round}"
    light = ", of the edit alone" if act.light else ""
    head = f"  {act.signed_at:%Y-%m-%d %H:%M} {told}{light}, by {act.printed_name}"
    yield f"{head}; {proof_of(filed)}; {place}"
    if act.reason:
        yield f"    reason: {' '.join(act.reason.split())}"
    if filed.path in doubts:
        yield f"    does not count: {doubts[filed.path]}"
    elif act.act is ActName.SUBMIT:
        yield "    grants nothing, and needs no proof"
    elif act.act is ActName.REVIEW and act.manuscript != present:
        yield "    counts for another text than the present one"
    else:
        yield "    counts"
