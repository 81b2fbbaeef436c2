"""However a run is ended, readers see the release before it or the one that it made, whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.errors import Outcome
from imprimatur.gate.release import verify_release
from releases import release_site

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("IMPRIMATUR_KILLS", "50" if "CI" in os.environ else "10"))
"""How many times the command itself is killed; each costs seconds."""

SWAP = 5
"""Steps from where a release is named until readers see it and the disk knows."""

SCRIPT = Path(__file__).with_name("kill.py")


class Runs:
    """Runs that publish to one live folder."""

    def __init__(self, process: subprocess.Popen[str], live: Path) -> None:
        self.process, self.live = process, live
        self.fell: Counter[str] = Counter()

    def _read(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

    def run(self, before: int = 0, since: str = "start", *, after: float | None = None) -> int:
        """Run once, killed before a step or after some seconds, and give the run's status."""
        assert self.process.stdin is not None
        there = self._names()
        self.process.stdin.write(json.dumps({"before": before, "since": since}) + "\n")
        self.process.stdin.flush()
        group = self._read()
        if after is not None:
            time.sleep(after)
            with suppress(ProcessLookupError):
                os.kill(group, signal.SIGKILL)
        status = self._read()
        if status == -signal.SIGKILL:
            self.fell[self._where(self._names() - there)] += 1
        # The host goes on for a while where its run was killed: a test leaves nothing behind.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        return status

    def _names(self) -> set[str]:
        beside = self.live.with_name("live.releases")
        return {each.name for each in beside.iterdir()} if beside.exists() else set()

    def _where(self, new: set[str]) -> str:
        """What a killed run was about, by what it left behind."""
        kinds = {name.split("-")[0] for name in new}
        if "link" in kinds:
            return "the link was made, and not yet in its place"
        if "release" in kinds and self.live.readlink().name not in new:
            return "the release was named, and not yet linked"
        if "gone" in kinds:
            return "the new release was live, and old ones were being removed"
        if "release" in kinds:
            return "the new release was live"
        return "it was being built" if "build" in kinds else "it had not begun to build"

    def whole(self) -> str:
        """Which release readers see; it is whole."""
        verdict = verify_release(self.live)
        assert verdict.outcome is Outcome.GRANTED, (verdict, self.fell)
        return self.live.readlink().name


@contextmanager
def runs(live: Path, *before: str, **environment: str) -> Iterator[Runs]:
    """Start what starts them."""
    command = [sys.executable, "-W", "ignore", str(SCRIPT), *before, str(live)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
    ) as process:
        yield Runs(process, live)
        assert process.stdin is not None
        process.stdin.close()


def test_killed_before_each_of_its_steps_it_leaves_one_release_whole(tmp_path, record_property):
    """Every single step by which a run changes the disk, one after the other."""
    with runs(tmp_path / "live") as killed:
        assert killed.run() == 0
        for _ in range(3):
            assert killed.run() == 0
        seen, step = killed.whole(), 0
        for step in range(1, 500):
            status = killed.run(before=step)
            now = killed.whole()
            assert now >= seen, "readers never go back"
            seen = now
            if status == 0:
                break
            # What the killed run left is removed, so that the next one takes the same steps.
            assert killed.run() == 0
            seen = killed.whole()
        assert status == 0, "the last one was not killed, because there was no such step"
        assert step > 30
        record_property("killed", dict(killed.fell))
        assert len(killed.fell) == 6, killed.fell
        left = {each.name for each in (tmp_path / "live.releases").iterdir()}
        assert not [name for name in left if not name.startswith(("release-", "lock"))]
        assert len(left) == 4


def test_killed_at_any_moment_it_leaves_one_release_whole(tmp_path, record_property):
    chance = random.Random(5)  # noqa: S311 - no secret; the same moments each time
    with runs(tmp_path / "live") as killed:
        assert killed.run() == 0
        start = time.monotonic()
        assert killed.run() == 0
        usual = time.monotonic() - start
        for _ in range(100):
            killed.run(after=chance.uniform(0, usual * 1.2))
            killed.whole()
        assert killed.run() == 0
        record_property("killed", dict(killed.fell))
        assert sum(killed.fell.values()) > 20


@pytest.fixture(scope="module")
def published(make_site, keys, tmp_path_factory):
    """A site with one approved article."""
    return release_site(make_site, keys, tmp_path_factory.mktemp("killed") / "site")


def test_the_command_itself_killed_leaves_one_release_whole(published, tmp_path, record_property):
    """Half of the times at any moment, half of them in the swap."""
    chance = random.Random(5)  # noqa: S311 - no secret; the same moments each time
    (tmp_path / "temporary").mkdir()
    place = {"TMPDIR": str(tmp_path / "temporary"), "IMPRIMATUR_CACHE": str(tmp_path / "cache")}
    with runs(tmp_path / "live", str(published.root), **place) as killed:
        assert killed.run() == 0
        start = time.monotonic()
        assert killed.run() == 0
        usual = time.monotonic() - start
        for number in range(KILLS):
            if number % 2:
                status = killed.run(chance.randint(1, SWAP), "swap")
                assert status == -signal.SIGKILL
            else:
                killed.run(after=chance.uniform(0, usual))
            killed.whole()
        record_property("killed", dict(killed.fell))
        assert sum(killed.fell.values()) >= KILLS // 2
        before = killed.whole()
        assert killed.run() == 0
        assert killed.whole() > before
    assert list((tmp_path / "temporary").glob("imprimatur-publish-*/stage")) == []
    beside = {each.name.split("-")[0] for each in (tmp_path / "live.releases").iterdir()}
    assert beside == {"lock", "release"}
