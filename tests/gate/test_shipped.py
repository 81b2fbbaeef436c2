"""The site that this repository ships keeps every rule that needs no built preview."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from imprimatur.editorial import Repository
from imprimatur.gate import Examination, check

ROOT = Path(__file__).parents[2]


def test_the_shipped_site_passes_everything_but_the_links_which_need_a_preview():
    now = datetime(2099, 1, 1, tzinfo=UTC)
    verdict = check(Examination(Repository(ROOT), now), publishing=False)
    assert not verdict.findings
    assert verdict.articles >= 1
    assert [each.rule for each in verdict.unchecked] == ["link-resolves"]
