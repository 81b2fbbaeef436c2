"""Every reader, fed for minutes: guided by which code an input reaches, and by a grammar."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHILD: Final = Path(__file__).with_name("child.py")
_SPARE: Final = 600
"""Seconds beyond its time after which a child hangs; to begin takes long on a busy machine."""

_RUNS: Final = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_MEMORY: Final = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
_SLOWEST: Final = re.compile(r"stat::slowest_unit_time_sec:\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Fed:
    """What came of feeding one reader. fault: the end of what it said; empty if it held."""

    reader: str
    engine: str
    runs: int
    slowest: float
    memory: int
    fault: str


def fuzz(minutes: float, number: int) -> str:
    """Feed every reader by every engine there is, and say what came of it in one line."""
    from readers import READERS  # noqa: PLC0415 - so that help is there without the tests

    engines = ["hypothesis", "size", *(["atheris"] if find_spec("atheris") else [])]
    jobs = os.cpu_count() or 1
    each = minutes * 60 * jobs / (len(READERS) * len(engines))
    kept = Path(mkdtemp(prefix="imprimatur-soak-found-"))
    tasks = [(name, engine) for engine in engines for name in READERS]
    with ThreadPoolExecutor(jobs) as pool:
        found = list(pool.map(lambda task: _feed(*task, each, kept, number), tasks))
    for line in _told(found):
        print(line, flush=True)
    bad = [fed for fed in found if fed.fault]
    if not bad:
        rmtree(kept)
    return (
        f"fuzz: {minutes:g} min, {len(READERS)} readers, by {' and '.join(engines)}, "
        f"{sum(fed.runs for fed in found):,} inputs, {len(bad)} faults, "
        f"slowest {max(fed.slowest for fed in found):g} s, "
        f"most memory {max(fed.memory for fed in found)} MB" + (f"; see {kept}" if bad else "")
    )


def _feed(name: str, engine: str, seconds: float, kept: Path, number: int) -> Fed:
    folder = kept / f"{name}-{engine}"
    folder.mkdir()
    command = [sys.executable, "-W", "ignore", str(_CHILD), name, engine, f"{seconds:.0f}"]
    command += [str(folder), str(number)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds + _SPARE,
            # So that whatever a reader writes is gone with the rest.
            env={**os.environ, "TMPDIR": str(folder)},
        )
    except subprocess.TimeoutExpired:
        return Fed(name, engine, 0, seconds + _SPARE, 0, "it hangs")
    fault = "" if done.returncode == 0 else "\n".join((done.stdout + done.stderr).split("\n")[-25:])
    if engine == "atheris":
        said = done.stdout + done.stderr
        runs, memory, slowest = (_first(each, said) for each in (_RUNS, _MEMORY, _SLOWEST))
        return Fed(name, engine, runs, slowest, memory, fault)
    figures = json.loads(done.stdout.split("\n")[-2]) if not fault else {}
    return Fed(
        name,
        engine,
        figures.get("runs", 0),
        figures.get("slowest", 0),
        figures.get("memory", 0),
        fault,
    )


def _first(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return int(match[1]) if match else 0


def _told(found: list[Fed]) -> Iterator[str]:
    yield f"{'reader':14} {'engine':11} {'inputs':>9} {'slowest':>8} {'memory':>7}"
    for fed in found:
        row = (
            f"{fed.reader:14} {fed.engine:11} {fed.runs:>9,} {fed.slowest:>6g} s {fed.memory:>4} MB"
        )
        yield f"{row}{'  FAULT' if fed.fault else ''}"
    for fed in found:
        if fed.fault:
            yield f"\n{fed.reader}, by {fed.engine}:\n{fed.fault}"
