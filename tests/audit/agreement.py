"""The independent verifier beside the library: two readings of one repository must be the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import Repository, State
from imprimatur.editorial.cache import NO_CACHE

if TYPE_CHECKING:
    from datetime import datetime

SCRIPT: Final = Path(__file__).parents[2] / "tools/audit.py"
APPROVED: Final = "approved"
LIGHT: Final = "approved-by-light-review"
REFUSED: Final = "not-approved"

_SHOWN: Final = {State.APPROVED, State.REVIEW_DUE, State.CONCERN}


def run_audit(
    root: Path, now: datetime, trust: str | None = None, *options: str
) -> subprocess.CompletedProcess[str]:
    """Run the script on a repository, as an auditor would, at a time."""
    command = [sys.executable, "-W", "error", str(SCRIPT), str(root), "--at"]
    command += [f"{now:%Y-%m-%dT%H:%M:%SZ}", *(["--trust", trust] if trust else []), *options]
    return subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")


def audited(root: Path, now: datetime, trust: str | None = None) -> dict[str, tuple[str, str]]:
    """What the script makes of each article: the outcome, and the digest or the reason."""
    done = run_audit(root, now, trust, "--json")
    assert done.returncode in {0, 1}, done.stderr
    assert not done.stderr
    found = {slug: (outcome, said) for slug, (outcome, said) in json.loads(done.stdout).items()}
    assert (done.returncode == 0) == all(each == APPROVED for each, _ in found.values())
    return found


def assert_agreement(
    root: Path, now: datetime, trust: str | None = None
) -> dict[str, tuple[str, str]]:
    """Hold the script's answer about each article against the library's, and give the former.

    Both look at one committed tree: what is not committed, only the library would see. Where all
    depends on whether an edit was light, which the script cannot tell, either answer agrees.
    """
    repository = Repository(root, trust, cache=NO_CACHE)
    found = audited(root, now, trust)
    assert sorted(found) == sorted(repository.slugs)
    for slug, (outcome, said) in found.items():
        standing, manifest = repository.standing(slug, now), repository.manifest(slug)
        told = f"{slug}: the script says {outcome} ({said}), the library {standing.state}"
        shown = standing.is_published and standing.state in _SHOWN
        assert outcome == LIGHT or (outcome == APPROVED) == shown, told
        assert shown or outcome != APPROVED, told
        if outcome == APPROVED:
            assert manifest is not None
            assert said == manifest.digest, told
    return found
