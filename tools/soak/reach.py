"""Which tests touch which lines of the rooms, and how long each test takes: measured once.

Also a plugin of pytest's, which writes down the seconds while coverage writes down the lines.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pytest
    from faults import Fault

HERE: Final = Path(__file__).parent
_SECONDS: Final = "IMPRIMATUR_SOAK_SECONDS"
_SETTINGS: Final = """
[run]
source = {sources}
data_file = {folder}/lines
parallel = true
patch = subprocess
    _exit
    fork
"""
_PHASE: Final = re.compile(r"\|(?:setup|run|teardown)$")
_took: Final[dict[str, float]] = defaultdict(float)
_failed: Final[set[str]] = set()


def pytest_runtest_logstart(nodeid: str) -> None:
    """Let what runs in processes that a test starts be known as touched by that test."""
    from coverage import Coverage  # noqa: PLC0415 - installed for the soak alone

    watching = Coverage.current()
    if watching is not None:
        watching.config.context = nodeid
        os.environ["COVERAGE_PROCESS_CONFIG"] = watching.config.serialize()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up how long a test takes, with all that is made for it."""
    _took[report.nodeid] += report.duration
    if report.failed:
        _failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down how long each took that can tell a fault: that holds without one."""
    if hasattr(session.config, "workerinput"):
        # Of what the processes of pytest-xdist do, the one that started them hears all.
        return
    said = {test: seconds for test, seconds in _took.items() if test not in _failed}
    Path(os.environ[_SECONDS]).write_text(json.dumps(said), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Reach:
    """What was measured. seconds: of each test. lines: of each file, with the tests of each."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, frozenset[str]]]

    def tests(self, fault: Fault, sources: Mapping[str, str], most: float) -> list[str]:
        """The tests that touch what a fault changes, those named like its module first.

        most: seconds that they may take together.
        """
        chosen: list[str] = []
        spent, name = 0.0, f"/test_{Path(fault.path).stem}.py"
        found = self._touching(fault, sources)
        own = [each for each in found if name in each]
        for test in dict.fromkeys((*_in_turn(own, self.seconds), *_in_turn(found, self.seconds))):
            if chosen and spent + self.seconds[test] > most:
                continue
            chosen.append(test)
            spent += self.seconds[test]
        return chosen

    def _touching(self, fault: Fault, sources: Mapping[str, str]) -> set[str]:
        if not fault.names:
            return self._of(fault.path, fault.lines) or self._of(fault.path, None)
        found: set[str] = set()
        for path, source in sources.items():
            private = all(each.startswith("_") for each in fault.names)
            if path == fault.path or not private:
                for lines in _users(_parsed(source), fault.names):
                    found |= self._of(path, lines)
        return found or self._of(fault.path, None)

    def _of(self, path: str, lines: range | None) -> set[str]:
        known = self.lines.get(path, {})
        return set(chain.from_iterable(known.get(each, ()) for each in lines or known))


def measure(copy: Path, folder: Path, tests: Sequence[str], rooms: Sequence[str]) -> Reach:
    """Run the tests once and see what they touch; those that fail being watched are left out.

    Ends the program where they cannot be run.
    """
    settings, seconds = folder / "coverage", folder / "seconds"
    sources = ", ".join(str(copy / room) for room in rooms)
    settings.write_text(_SETTINGS.format(sources=sources, folder=folder), encoding="utf-8")
    places = os.pathsep.join((str(copy / "plugins"), str(HERE)))
    own = {"CI": "true", "PYTHONPATH": places, "XDG_CACHE_HOME": str(folder / "cache")}
    cover = [f"--cov-config={settings}", "--cov", "--cov-context=test", "--cov-report="]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "reach",
            "-n",
            str(os.cpu_count() or 1),
            "--dist=loadfile",
            *cover,
            *tests,
        ],
        cwd=copy,
        env={**os.environ, **own, "COVERAGE_RCFILE": str(settings), _SECONDS: str(seconds)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode > 1:
        raise SystemExit(f"the tests cannot be run:\n{done.stdout[-3000:]}")
    return Reach(json.loads(seconds.read_text(encoding="utf-8")), _lines(copy, folder / "lines"))


def _lines(copy: Path, data: Path) -> dict[str, dict[int, frozenset[str]]]:
    from coverage import CoverageData  # noqa: PLC0415 - installed for the soak alone

    measured, found = CoverageData(str(data)), {}
    measured.read()
    for file in measured.measured_files():
        found[Path(file).relative_to(copy).as_posix()] = {
            line: frozenset(_PHASE.sub("", each) for each in contexts if each)
            for line, contexts in measured.contexts_by_lineno(file).items()
        }
    return found


@cache
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _in_turn(tests: Iterable[str], seconds: Mapping[str, float]) -> Iterator[str]:
    """One of each file after the other, the quickest first: different tests see more."""
    files: dict[str, list[str]] = defaultdict(list)
    for test in sorted((each for each in tests if each in seconds), key=lambda e: (seconds[e], e)):
        files[test.partition("::")[0]].append(test)
    for row in zip_longest(*files.values()):
        yield from (each for each in row if each is not None)


def _users(module: ast.Module, names: frozenset[str]) -> Iterator[range]:
    """The functions of a module that use a value of one of these names, or one made of it."""
    wanted, before = set(names), 0
    while len(wanted) > before:
        before = len(wanted)
        for statement in module.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and _uses(statement, wanted):
                targets = (
                    statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                )
                wanted |= {each.id for each in targets if isinstance(each, ast.Name)}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and _uses(node, wanted):
            yield range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)


def _uses(node: ast.AST, names: set[str]) -> bool:
    return any(
        (isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id in names)
        or (isinstance(each, ast.Attribute) and each.attr in names)
        for each in ast.walk(node)
    )
