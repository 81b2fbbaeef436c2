"""A small site to examine: five works, a policy, an empty board, and what a test puts there."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository
from imprimatur.gate import Examination, Verdict, check
from imprimatur.gate.examination import copy_of
from imprimatur.press import print_copy

if TYPE_CHECKING:
    from imprimatur.errors import Finding

NOW = datetime(2026, 11, 24, tzinfo=UTC)

ACT = """\
act: {act}
site: {site}
article: {slug}
round: 1
manuscript: {digest}
by: a-author
role: author
printed_name: A. Author
meaning: I submit this text for review.
signed_at: '2026-11-23T10:15:12Z'
"""

_ARTICLE = Path(__file__).parents[1] / "articles" / "passes" / "answer-alone.md"
HEAD, _, _ = _ARTICLE.read_text(encoding="utf-8").partition("/// answer")
"""The head of a good article. What follows it begins on line 12."""


@dataclass(frozen=True)
class Shelf:
    """A site in a folder of its own."""

    root: Path

    def put(self, path: str, content: str | bytes) -> Path:
        """Write one file of it."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def article(self, slug: str = "contrast", text: str | bytes = b"") -> None:
        """Put a manuscript there, submitted as it stands; without a text, a good one."""
        self.put(f"docs/articles/{slug}.md", text or _ARTICLE.read_bytes())
        self.submit(slug)

    def submit(self, slug: str, *, act: str = "submit", site: str = "tests.example") -> Path:
        """Record that the present text was submitted; an unreadable one has no digest."""
        manifest = Repository(self.root).manifest(slug)
        digest = manifest.digest if manifest else "sha256:" + 64 * "0"
        path = f"editorial/records/{slug}/20261123T101512Z-{act}-a-author.yml"
        return self.put(path, ACT.format(act=act, site=site, slug=slug, digest=digest))

    def git(self, *arguments: str) -> None:
        """Run Git in it, as nobody in particular."""
        person = ("-c", "user.name=Nobody", "-c", "user.email=nobody@tests.example")
        command = ["git", *person, *arguments]
        # The day before the rules are asked: a later commit would say that the clock is wrong.
        dates = dict.fromkeys(["GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"], "2026-11-23T12:00:00Z")
        environment = {**os.environ, **dates}
        subprocess.run(command, cwd=self.root, check=True, capture_output=True, env=environment)

    def commit(self) -> None:
        """Make it a Git repository, everything committed."""
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-qm", "Everything")

    def examine(self, site: Path | None = None, *, publishing: bool = False) -> Verdict:
        """The verdict on all of it."""
        return check(Examination(Repository(self.root), NOW, site), publishing=publishing)

    def findings(self, path: str = "") -> list[Finding]:
        """What is found, in one file or in all."""
        return [each for each in self.examine().findings if each.path.startswith(path)]

    def told(self, body: str, head: str = HEAD) -> list[tuple[int, str, str, str]]:
        """All that is found in an article with this body: line, rule, message and cure."""
        self.article(text=head + body)
        found = self.findings("docs/articles/contrast.md")
        return [(each.line, each.rule, each.message, each.cure) for each in found]

    def printed(self, body: str) -> str:
        """The HTML of an article with this body."""
        self.article(text=HEAD + body)
        copy = copy_of(Repository(self.root), "contrast", NOW)
        assert copy is not None
        return print_copy(copy).html

    def rules(self, path: str = "") -> list[str]:
        """The rules that are broken, in one file or in all."""
        return [each.rule for each in self.findings(path)]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A site without any article."""
    shutil.copytree(Path(__file__).parent / "site", tmp_path / "site")
    return Shelf(tmp_path / "site")
