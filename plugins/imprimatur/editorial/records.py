"""All acts of one article, as they lie under ``editorial/records/<slug>/``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.editorial.act import ABSENT, Act, FiledAct, Seal, Signature
from imprimatur.editorial.places import RECORD_IS_READABLE
from imprimatur.errors import Finding
from imprimatur.manuscript import digest_of
from imprimatur.strict import Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping


_LIMIT: Final = 64 * 1024
_NAME: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z-[a-z]+-[a-z0-9-]+\.yml(?:\.sig)?")
_UNSEALED: Final = Seal(signature=Signature.NOT_CHECKED, fault="nobody examined its signature")


def act_name(act: Act) -> str:
    """The file name of an act: when, what, who."""
    return f"{act.signed_at:%Y%m%dT%H%M%SZ}-{act.act}-{act.by}.yml"


def read_act(data: bytes, path: str, *, signed: bool) -> Reading[FiledAct]:
    """Read one act from its bytes.

    signed: whether a signature lies beside it, which is examined elsewhere.
    """
    act = read_file(Act, data, path, RECORD_IS_READABLE, limit=_LIMIT)
    if act.value is None:
        return Reading(value=None, findings=act.findings)
    filed = _filed(act.value, data, path, signed=signed)
    return Reading(value=filed, findings=_misplaced(filed))


def read_records(
    sources: Mapping[str, bytes | None], known: Mapping[tuple[str, bytes], Act] | None = None
) -> Reading[tuple[FiledAct, ...]]:
    """Read the acts among some files; what cannot be read is a finding and weighs nothing.

    sources: the bytes of each file by its path; None where it is no plain file.
    known: acts that were read before from these bytes at this path, without a finding.
    """
    acts: list[FiledAct] = []
    findings: list[Finding] = []
    for path, data in sorted(sources.items()):
        if data is None or not _NAME.fullmatch(path.rpartition("/")[2]):
            message = "this is no act: acts are plain files named `<UTC time>-<act>-<who>.yml`"
            findings.append(_finding(path, message, "move it out of the records"))
        elif path.endswith(".sig"):
            if path.removesuffix(".sig") not in sources:
                cure = "restore the act it signs from history"
                findings.append(_finding(path, "this signature has no act beside it", cure))
        else:
            signed, before = f"{path}.sig" in sources, (known or {}).get((path, data))
            if before is not None:
                acts.append(_filed(before, data, path, signed=signed))
                continue
            reading = read_act(data, path, signed=signed)
            findings.extend(reading.findings)
            if reading.value is not None and not reading.findings:
                acts.append(reading.value)
    return Reading(value=tuple(acts), findings=tuple(findings))


def _filed(act: Act, data: bytes, path: str, *, signed: bool) -> FiledAct:
    seal = _UNSEALED if signed else ABSENT
    return FiledAct(act=act, path=path, digest=digest_of(data), seal=seal)


def _misplaced(filed: FiledAct) -> tuple[Finding, ...]:
    folder, _, name = filed.path.rpartition("/")
    findings = []
    if name != act_name(filed.act):
        message = f"by its content this act is named {act_name(filed.act)}"
        findings.append(_finding(filed.path, message, "restore the file's own name and content"))
    if folder.rpartition("/")[2] != filed.act.article:
        message = f"this act is about the article `{filed.act.article}`"
        findings.append(_finding(filed.path, message, "move it to that article's records"))
    return tuple(findings)


def _finding(path: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=0, rule=RECORD_IS_READABLE, message=message, cure=cure)
