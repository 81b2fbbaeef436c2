"""Changed programs, each with one small fault, against the tests: those that nobody notices.

They are made in copies of this tree, in an order that the seed gives, for as long as there is
time; the figure is a sample.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import chain, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Final

import pytest
from faults import Fault, faults, faulty
from reach import Reach, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = {room: f"plugins/imprimatur/{room}" for room in ("editorial", "gate")}
TESTS: Final = (
    "tests/editorial",
    "tests/gate",
    "tests/attacks",
    "tests/audit",
    *(
        f"tests/desk/test_{name}.py"
        for name in (
            *("acts", "gate", "publish", "site", "site_state", "status", "unproven"),
            *("verify", "verify_release"),
        )
    ),
    # They take minutes by design, or build whole sites.
    "--ignore=tests/gate/test_kill.py",
    "--ignore=tests/attacks/test_output.py",
    "--ignore=tests/attacks/test_workflows.py",
)
_LEFT_OUT: Final = (".venv", "node_modules", "site", "site-gallery", ".hypothesis", ".cache")
_QUICK: Final = 40.0
"""Seconds that the tests may take that every fault meets."""

_MOST: Final = 300.0
"""Seconds that those may take which a fault meets that the quick ones did not notice."""

_FIRST: Final = 12
"""Tests that are asked first: most faults are noticed at once, and to load all tests takes long."""

_LEAST: Final = 0.85
"""The part of a room's faults that is to be noticed."""

_NOT_NOTICED: Final = (0, pytest.ExitCode.NO_TESTS_COLLECTED)
_SECONDS: Final = iter(range(1_000_000_000, 2_000_000_000, 2))
"""When a file was changed, as it is told to Python."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of this tree, with what is known of its tests."""

    root: Path
    reach: Reach
    sources: dict[str, str]
    trial: subprocess.Popen[str]
    sound: dict[str, bool] = field(default_factory=dict)

    def notices(self, fault: Fault) -> tuple[bool, str]:
        """Whether a test fails with that fault, and which."""
        number = 0
        for tests in self._rounds(fault):
            waiting = [each for each in tests if self.sound.get(each, True)]
            number += len(waiting)
            while waiting:
                with self._made(fault):
                    seen, by = self._asked(waiting)
                if not seen:
                    break
                if by not in waiting or self._is_sound(by):
                    return True, by
                waiting.remove(by)
        return False, f"{number} tests" if number else "no test reaches it"

    def _rounds(self, fault: Fault) -> tuple[list[str], ...]:
        """What touches it, in turn: the few that are asked first, the quick, and the others."""
        quick = self.reach.tests(fault, self.sources, _QUICK)
        others = dict.fromkeys(self.reach.tests(fault, self.sources, _MOST))
        return quick[:_FIRST], quick[_FIRST:], [each for each in others if each not in quick]

    def _is_sound(self, test: str) -> bool:
        """Whether it holds without any fault: one that does not, notices nothing."""
        if test not in self.sound:
            self.sound[test] = not self._asked([test])[0]
        return self.sound[test]

    @contextmanager
    def _made(self, fault: Fault) -> Iterator[None]:
        self._write(fault.path, faulty(self.sources[fault.path], fault))
        try:
            yield
        finally:
            self._write(fault.path, self.sources[fault.path])

    def _write(self, path: str, text: str) -> None:
        place = self.root / path
        place.write_text(text, encoding="utf-8")
        # What Python compiled of another fault is known by second and size alone.
        os.utime(place, (time.time(), next(_SECONDS)))

    def _asked(self, tests: list[str]) -> tuple[bool, str]:
        seconds = 30 + 5 * sum(self.reach.seconds[each] for each in tests)
        job = json.dumps({"tests": tests, "seconds": seconds})
        _of(self.trial.stdin).write(f"{job}\n")
        _of(self.trial.stdin).flush()
        said = json.loads(_of(self.trial.stdout).readline())
        if said["number"] == -1:
            return True, "not over in time"
        return said["number"] not in _NOT_NOTICED, said["by"] or f"{len(tests)} tests"


def mutants(minutes: float, number: int) -> str:
    """Try as many as there is time for, and say how many were noticed in one line."""
    if find_spec("pytest_cov") is None:
        return "mutants: 1 faults: pytest-cov is not installed, see tools/soak/README.md"
    with TemporaryDirectory(prefix="imprimatur-soak-") as folder, _copies(Path(folder)) as copies:
        end = time.monotonic() + minutes * 60
        order = _in_order(copies[0].sources, number)
        waiting = iter(order)
        noticed, tried = Counter[str](), Counter[str]()
        with ThreadPoolExecutor(len(copies)) as pool:
            for found in pool.map(lambda copy: list(_tried(copy, waiting, end)), copies):
                tried.update(room for room, _ in found)
                noticed.update(room for room, seen in found if seen)
    told = ", ".join(f"{room} {noticed[room]} of {tried[room]} noticed" for room in ROOMS)
    weak = [room for room in ROOMS if noticed[room] < _LEAST * tried[room]]
    return f"mutants: {told}, of {len(order)} there are, {len(weak)} faults"


def _tried(copy: Copy, waiting: Iterator[Fault], end: float) -> Iterator[tuple[str, bool]]:
    """Take faults that wait until there are none, or no time: the room of each, whether noticed."""
    while time.monotonic() < end and (fault := next(waiting, None)) is not None:
        seen, by = copy.notices(fault)
        print(f"  {'noticed' if seen else 'SURVIVED'} {fault} [{by}]", flush=True)
        yield Path(fault.path).parts[2], seen


def _in_order(sources: dict[str, str], number: int) -> list[Fault]:
    """All of them, of each room in turn, in an order that the seed gives."""
    shuffled = []
    for place in ROOMS.values():
        found = [
            each
            for path, source in sources.items()
            if path.startswith(f"{place}/")
            for each in faults(path, source)
        ]
        random.Random(number).shuffle(found)  # noqa: S311 - to be repeated, not to be secret
        shuffled.append(found)
    return [each for each in chain.from_iterable(zip_longest(*shuffled)) if each is not None]


@contextmanager
def _copies(folder: Path) -> Iterator[list[Copy]]:
    """One for each core."""
    with ExitStack() as stack:
        roots = [folder / f"copy-{number}" for number in range(os.cpu_count() or 1)]
        for root in roots:
            shutil.copytree(ROOT, root, ignore=_left_out, symlinks=True)
        reach = _reach(roots[0], folder)
        yield [stack.enter_context(_copy(root, reach)) for root in roots]


@contextmanager
def _copy(root: Path, reach: Reach) -> Iterator[Copy]:
    sources = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for place in ROOMS.values()
        for path in sorted((root / place).rglob("*.py"))
    }
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("trial.py")), str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as trial:
        yield Copy(root=root, reach=reach, sources=sources, trial=trial)
        _of(trial.stdin).close()


def _left_out(folder: str, names: Sequence[str]) -> set[str]:
    """What is made anew beside the source. A test has folders of the same names below its own."""
    return {each for each in names if each in _LEFT_OUT and Path(folder) == ROOT}


def _reach(root: Path, folder: Path) -> Reach:
    """Measured anew, or what was measured before where it is named: that takes half an hour."""
    known = os.environ.get("IMPRIMATUR_SOAK_REACH")
    if known and Path(known).exists():
        found: Reach = pickle.loads(Path(known).read_bytes())  # noqa: S301 - a file of one's own
        return found
    reach = measure(root, folder, TESTS, tuple(ROOMS.values()))
    if known:
        Path(known).write_bytes(pickle.dumps(reach))
    return reach


def _of(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise SystemExit("the tests cannot be asked")
    return stream
