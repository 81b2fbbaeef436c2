"""Changed programs, each with one small fault, against the tests: those that nobody notices.

They are made in a copy of this tree by mutmut, in an order that the seed gives, for as long as
there is time; the figure is a sample.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("editorial", "gate")
_LEFT_OUT: Final = (
    ".git",
    ".venv",
    "node_modules",
    "site",
    "site-gallery",
    ".hypothesis",
    ".cache",
)
_SETTINGS: Final = """
[tool.mutmut]
source_paths = ["plugins"]
only_mutate = ["plugins/imprimatur/{room}/*.py"]
also_copy = ["tests", "docs", "editorial", "mkdocs.yml", "bibliography.bib", "pyproject.toml"]
pytest_add_cli_args_test_selection = ["tests/{room}"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-x"]
"""
_NAME: Final = re.compile(r"^\s*(imprimatur\.\S+__mutmut_\d+): (.+)$", re.MULTILINE)
_AT_ONCE: Final = 20


def mutants(minutes: float, number: int) -> str:
    """Try as many as there is time for, and say how many were noticed in one line."""
    if find_spec("mutmut") is None:
        return "mutants: 1 faults: mutmut is not installed, see tools/soak/README.md"
    told = []
    for room in ROOMS:
        with TemporaryDirectory(prefix="imprimatur-soak-") as folder:
            copy = Path(folder) / "copy"
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT), symlinks=True)
            settings = copy / "pyproject.toml"
            text = settings.read_text(encoding="utf-8")
            settings.write_text(text + _SETTINGS.format(room=room), encoding="utf-8")
            told.append(_of_room(copy, room, minutes / len(ROOMS), number))
    return f"mutants: {', '.join(told)}"


def _of_room(copy: Path, room: str, minutes: float, number: int) -> str:
    end = time.monotonic() + minutes * 60
    # Nothing is tried yet, but every mutant is made and the tests that reach each are found.
    _mutmut(copy, ["run", "--max-children", "1", "imprimatur.none*"], end)
    names = [name for name, _ in _NAME.findall(_mutmut(copy, ["results", "--all", "true"], end))]
    random.Random(number).shuffle(names)  # noqa: S311 - to be repeated, not to be secret
    tried: list[str] = []
    while time.monotonic() < end and len(tried) < len(names):
        some = names[len(tried) : len(tried) + _AT_ONCE]
        _mutmut(copy, ["run", *some], end)
        tried += some
    results = dict(_NAME.findall(_mutmut(copy, ["results", "--all", "true"], end + 60)))
    counts = Counter(results.get(name, "not checked") for name in tried)
    for name in tried:
        if results.get(name) == "survived":
            print(f"  survived: {name}")
    looked = sum(counts.values()) - counts["not checked"]
    return f"{room} {looked - counts['survived']} of {looked} noticed, of {len(names)} there are"


def _mutmut(copy: Path, arguments: Sequence[str], end: float) -> str:
    """What it says; where time is over, nothing more is said."""
    seconds = max(5.0, end - time.monotonic())
    environment = {**os.environ, "PYTHONPATH": str(copy / "mutants/plugins")}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mutmut", *arguments],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout
