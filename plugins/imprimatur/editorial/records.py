"""All acts of one article, as they lie under ``editorial/records/<slug>/``."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import Act, FiledAct, Signature
from imprimatur.errors import Finding, RuleName
from imprimatur.manuscript import digest_of
from imprimatur.strict import Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprimatur.editorial.files import Files

RECORD_IS_READABLE = RuleName("record-is-readable")
RECORDS: Final = "editorial/records"

_LIMIT: Final = 64 * 1024
_NAME: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z-[a-z]+-[a-z0-9-]+\.yml(?:\.sig)?")


def act_name(act: Act) -> str:
    """The file name of an act: when, what, who."""
    return f"{act.signed_at:%Y%m%dT%H%M%SZ}-{act.act}-{act.by}.yml"


def read_act(data: bytes, path: str, *, signed: bool) -> Reading[FiledAct]:
    """Read one act from its bytes.

    signed: whether a signature lies beside it; this version does not verify it, and says so.
    """
    act = read_file(Act, data, path, RECORD_IS_READABLE, limit=_LIMIT)
    if act.value is None:
        return Reading(value=None, findings=act.findings)
    filed = FiledAct(
        act=act.value,
        path=path,
        digest=digest_of(data),
        signature=Signature.NOT_CHECKED if signed else Signature.ABSENT,
    )
    return Reading(value=filed, findings=_misplaced(filed))


def read_records(files: Files, paths: Iterable[str]) -> Reading[tuple[FiledAct, ...]]:
    """Read the acts at these paths; what cannot be read is a finding and weighs nothing."""
    here = set(paths)
    acts: list[FiledAct] = []
    findings: list[Finding] = []
    for path in sorted(here):
        data = files.read(path)
        if data is None or not _NAME.fullmatch(PurePosixPath(path).name):
            message = "this is no act: acts are plain files named `<UTC time>-<act>-<who>.yml`"
            findings.append(_finding(path, message, "move it out of the records"))
        elif path.endswith(".sig"):
            if path.removesuffix(".sig") not in here:
                cure = "restore the act it signs from history"
                findings.append(_finding(path, "this signature has no act beside it", cure))
        else:
            reading = read_act(data, path, signed=f"{path}.sig" in here)
            findings.extend(reading.findings)
            if reading.value is not None and not reading.findings:
                acts.append(reading.value)
    return Reading(value=tuple(acts), findings=tuple(findings))


def _misplaced(filed: FiledAct) -> tuple[Finding, ...]:
    place = PurePosixPath(filed.path)
    findings = []
    if place.name != act_name(filed.act):
        message = f"by its content this act is named {act_name(filed.act)}"
        findings.append(_finding(filed.path, message, "restore the file's own name and content"))
    if place.parent.name != filed.act.article:
        message = f"this act is about the article `{filed.act.article}`"
        findings.append(_finding(filed.path, message, "move it to that article's records"))
    return tuple(findings)


def _finding(path: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=0, rule=RECORD_IS_READABLE, message=message, cure=cure)
