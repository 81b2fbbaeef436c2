"""Signs an act and writes it, whole and proven, or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import yaml

from imprimatur.editorial.places import RECORDS
from imprimatur.editorial.records import act_name
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imprimatur.editorial import Act


def bytes_of(act: Act) -> bytes:
    """The file of an act, to the byte."""
    plain = act.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=96).encode()


def path_of(act: Act) -> str:
    """Where an act lies, from the root."""
    return f"{RECORDS}/{act.article}/{act_name(act)}"


def write_act(
    root: Path, act: Act, armoured: bytes | None, check: Callable[[], None] | None = None
) -> Path:
    """Write an act, and the signature beside it, both or neither; nothing is written over.

    check: looks at what was written, and raises where it must go again.
    Raises CannotExamineError where the act is there already.
    """
    path = root / path_of(act)
    path.parent.mkdir(parents=True, exist_ok=True)
    files = {path: bytes_of(act)}
    if armoured is not None:
        # The signature first: a signature without an act is noticed, an act without one is less.
        files = {path.with_name(f"{path.name}.sig"): armoured, **files}
    done: list[Path] = []
    try:
        for place, data in files.items():
            _write(place, data)
            done.append(place)
        if check is not None:
            check()
    except BaseException:
        for place in done:
            place.unlink(missing_ok=True)
        raise
    return path


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        os.link(part, path)
    except FileExistsError:
        raise CannotExamineError(f"{path} is there already; wait a second, try again") from None
    finally:
        part.unlink(missing_ok=True)
