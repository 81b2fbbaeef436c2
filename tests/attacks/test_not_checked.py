"""Rows 56 and 79 of the known attacks: what nobody looked at is never taken for clean."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from imprimatur.editorial import State

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Target


def command(root: Path, *arguments: str, **around: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "imprimatur.desk", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/nowhere", **around} if around else None,
    )


def test_56_a_text_that_slips_in_between_the_review_and_the_merge_is_not_approved(
    submitted: Target,
):
    # On the forge an approval stays while a push is still on its way; here it names its text.
    submitted.git("checkout", "-q", "-b", "proposal")
    for each in ("demo-ana", "demo-ben"):
        submitted.act("review", each)
    submitted.commit()
    submitted.edit("39% to 53%", "93% to 53%")
    submitted.commit()
    submitted.git("checkout", "-q", "main")
    submitted.git("merge", "-q", "--no-ff", "-m", "Demonstration", "proposal")
    assert submitted.standing().state is not State.APPROVED
    assert submitted.is_refused("article-is-approved", "contrast")


def test_56_two_proposals_that_are_each_approved_are_not_when_put_together(approved: Target):
    approved.git("checkout", "-q", "-b", "another")
    works = approved.root / "bibliography.bib"
    works.write_text(works.read_text().replace("{Sufficient?}", "{Insufficient?}"))
    approved.commit()
    approved.git("checkout", "-q", "main")
    assert approved.is_approved()
    approved.git("merge", "-q", "--no-ff", "-m", "Demonstration", "another")
    assert approved.standing().state is State.LAPSED


def test_79_links_that_no_program_looked_at_are_not_checked(approved: Target, tmp_path: Path):
    empty = tmp_path / "empty"
    empty.mkdir()
    done = command(approved.root, "check", "--site", str(empty))
    assert done.returncode == 2
    assert "holds no page" in done.stderr


def test_79_without_git_nothing_is_proven_and_nothing_granted(approved: Target):
    for name in ("gate", "status", "verify"):
        done = command(approved.root, name, HOME=str(approved.root.parent))
        assert done.returncode == 2, done.stdout
        assert "Git is not installed" in done.stdout + done.stderr
