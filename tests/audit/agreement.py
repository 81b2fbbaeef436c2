"""The independent verifier beside the library: two readings of one repository must be the same."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Final
from unittest.mock import patch
from urllib.parse import unquote

from imprimatur.editorial import Repository, State
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.places import ARTICLES
from imprimatur.errors import CannotExamineError

SCRIPT: Final = Path(__file__).parents[2] / "tools/audit.py"
APPROVED: Final = "approved"
REFUSED: Final = "not-approved"
OPEN: Final = "not-verified"

_AGREED: Final[set[bytes]] = set()
_SHOWN: Final = {State.APPROVED, State.REVIEW_DUE, State.CONCERN}


def run_audit(
    root: Path, now: datetime, trust: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the script on a repository, as an auditor would, at a time."""
    command = [sys.executable, "-W", "error", *_arguments(now, trust)]
    return subprocess.run(
        command, cwd=root, capture_output=True, check=False, text=True, encoding="utf-8"
    )


def audited(
    root: Path, now: datetime, trust: str | None = None
) -> dict[str, tuple[str, str]] | None:
    """What the script makes of each article: the outcome, and the digest or the reason.

    None where it could not look. It runs within this process, which is ten times as quick.
    """
    out, err = StringIO(), StringIO()
    with (
        patch.object(sys, "argv", _arguments(now, trust)),
        patch.dict(os.environ),
        chdir(root),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _exit_code()
    if code == 2:
        assert err.getvalue().startswith("could not look: ")
        return None
    assert not err.getvalue()
    found: dict[str, tuple[str, str]] = {}
    for line in out.getvalue().splitlines():
        name, _, said = line.partition(": ")
        slug, outcome = name.split(" ")
        found[unquote(slug)] = outcome, said
    assert (code == 0) == ({outcome for outcome, _ in found.values()} == {APPROVED})
    return found


def _arguments(now: datetime, trust: str | None) -> list[str]:
    named = ["--trust", trust] if trust else []
    return [str(SCRIPT), "--at", f"{now:%Y-%m-%dT%H:%M:%SZ}", *named]


def _exit_code() -> int:
    try:
        runpy.run_path(str(SCRIPT))
    except SystemExit as told:
        return int(told.code or 0)
    raise AssertionError("the script ended without saying how")


def assert_agreement(
    root: Path, now: datetime, trust: str | None = None
) -> dict[str, tuple[str, str]]:
    """Hold the script's answer about each article against the library's, and give the former.

    Both look at what is committed, whatever the working tree holds.
    """
    found = audited(root, now, trust)
    try:
        repository = Repository(root, trust, cache=NO_CACHE, commit="HEAD")
        slugs = repository.slugs
    except CannotExamineError:
        # What the library cannot look at it does not show.
        return found or {}
    if found is None:
        shown = [each for each in slugs if repository.standing(each, now).is_published]
        assert not shown, "the script could not look, and the library shows this"
        return {}
    # A link is found by its name, and no reader follows it.
    links = {each for each in slugs if repository.files.is_link(f"{ARTICLES}/{each}.md")}
    assert set(slugs) - links <= set(found)
    for slug, (outcome, said) in found.items():
        _assert_same(repository, slug, now, outcome, said)
    if trust is None and now <= _soon():
        _AGREED.add(_state(root))
    return found


def agree_at_last(root: Path) -> None:
    """Hold both readings of a site against each other as a test left it, each state only once."""
    if _state(root) not in _AGREED:
        assert_agreement(root, _soon())


def _soon() -> datetime:
    """A moment after whatever was committed last."""
    return datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)


def _state(root: Path) -> bytes:
    """All that the two readings depend on, the time aside."""
    git = ["git", "-C", str(root)]
    commands = ([*git, "show-ref", "--head"], [*git, "config", "--local", "--list"])
    return b"".join(
        subprocess.run(each, check=False, capture_output=True).stdout for each in commands
    )


def _assert_same(repository: Repository, slug: str, now: datetime, outcome: str, said: str) -> None:
    standing, manifest = repository.standing(slug, now), repository.manifest(slug)
    told = f"{slug}: the script says {outcome} ({said}), the library {standing.state}"
    shown = standing.is_published and standing.state in _SHOWN
    if outcome == APPROVED:
        assert shown or _is_overlooked(repository), told
        assert manifest is not None
        assert said == manifest.digest, told
    elif outcome == REFUSED and not _is_stricter(repository, slug):
        assert not shown, told
    assert outcome in {APPROVED, REFUSED, OPEN}


def _is_stricter(repository: Repository, slug: str) -> bool:
    """Whether the script refuses what only the gate refuses: acts that nobody can read."""
    return bool(repository.records(slug).findings)


def _is_overlooked(repository: Repository) -> bool:
    """Whether the library reads no board for a name alone, which the script does not look at.

    It says so of itself: a table of letters that look alike would make half of it.
    """
    found = repository.board.findings
    signs = (".name`", "passes for another sign")
    return bool(found) and all(any(sign in each.message for sign in signs) for each in found)
