"""Small sites to test on: a bibliography of five works, a policy, an empty board, articles."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from keys import key_at, make_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keys import Key

# A machine under load is no fault. What runs before a merge runs the same each time; at home the
# properties go on looking for new examples.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if "CI" in os.environ else "home")

POLICY = """\
version: 1
site: demonstration.example
audiences:
  - {id: clinician, label: Clinician, disclaimer: It informs; it does not decide.}
  - {id: patient, label: Patient, fallback: clinician, disclaimer: Ask your doctor.}
classes:
  general: {quorum: 2, valid_months: 36, grace_days: 90}
acts:
  assign: [editor]
  review: [editor, reviewer]
pending: block
signatures: required
light_review: false
style: ama
"""

CONFIG = """\
site_name: Demonstration
theme: {name: material, font: false}
plugins: [imprimatur]
markdown_extensions: [imprimatur]
nav: [Home: index.md]
not_in_nav: /articles/*
"""

HEAD = """\
---
title: Does contrast help to find spinal metastases?
summary: A demonstration.
topics: [radiology]
class: general
authors:
  - {name: Demonstration author, affiliation: Nowhere, interests: none}
evidence_through: 2025-02-21
audiences: [clinician]
---
"""

BODY = """\

/// answer
It helped in 39% to 53% of 102 examinations [@park2019spinal].
///

/// evidence | guidelines
The criteria concern low back pain [@hutchins2021acr].
///

/// evidence | research
A pooled analysis compared the tests [@liu2017vertebral; @harlianto2024spinal].
///
"""


def work(key: str, kind: str, author: str, year: int, title: str) -> str:
    """One entry of a bibliography."""
    return dedent(f"""\
        @article{{{key},
          evidence_kind = {{{kind}}}, author = {{{author}}}, title = {{{title}}},
          journal = {{J Demonstr}}, year = {{{year}}}, volume = {{1}}, pages = {{1--9}},
          doi = {{10.1000/{key}}}, pmid = {{3090462{year % 10}}}
        }}
        """)


WORKS = (
    ("park2019spinal", "diagnostic-study", "Park, A. and Lee, B. and Kim, C.", 2019, "Sufficient?"),
    ("hutchins2021acr", "appropriateness-criteria", "{Expert Panel}", 2021, "Low back pain"),
    ("liu2017vertebral", "systematic-review", "Liu, Tao and Wang, Sheng", 2017, "Detection"),
    ("harlianto2024spinal", "systematic-review", "van der Star, Simone", 2024, "Accuracy"),
    ("saha2025dce", "narrative-review", "Saha, Atin and others", 2025, "Review of {MRI}"),
)
BIBLIOGRAPHY = "".join(work(*each) for each in WORKS)


@dataclass(frozen=True)
class Site:
    """A site in a folder of its own, a Git repository."""

    root: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write one file of it."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def article(self, slug: str = "contrast", body: str = BODY, head: str = HEAD) -> None:
        """Write one manuscript."""
        self.write(f"docs/articles/{slug}.md", head + body)

    def git(self, *arguments: str) -> None:
        """Run Git in it, as nobody in particular."""
        person = ("-c", "user.name=Demonstration", "-c", "user.email=nobody@demonstration.example")
        command = ["git", *person, *arguments]
        subprocess.run(command, cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        """Commit all of it."""
        self.git("add", "-A")
        self.git("commit", "-qm", "Demonstration", "--allow-empty")

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a Python module in it: ``run("mkdocs", "build")``."""
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-m", *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        )

    def imprimatur(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command in it."""
        return self.run("imprimatur.desk", *arguments)


@pytest.fixture(autouse=True)
def _second_reading() -> Iterator[None]:
    """Hold the independent verifier beside the library on every board's site that a test made."""
    yield
    boards = sys.modules.get("boards")
    if boards is not None and boards.MADE:
        from audit.agreement import agree_at_last  # noqa: PLC0415 - most tests have no board

        while boards.MADE:
            agree_at_last(boards.MADE.pop().root)


@pytest.fixture(scope="session")
def make_site() -> Callable[[Path], Site]:
    """Make a site with one article, committed, without any record."""

    def make(root: Path) -> Site:
        site = Site(root)
        site.write("mkdocs.yml", CONFIG)
        site.write("docs/index.md", "# Demonstration\n\n/// articles\n///\n")
        site.write("bibliography.bib", BIBLIOGRAPHY)
        site.write("editorial/policy.yml", POLICY)
        site.write("editorial/board.yml", "version: 1\npeople: []\n")
        site.write(".gitignore", "/site/\n")
        site.article()
        site.git("init", "-q", "-b", "main")
        site.commit()
        return site

    return make


@pytest.fixture
def site(make_site: Callable[[Path], Site], tmp_path: Path) -> Site:
    """A site of its own for one test."""
    return make_site(tmp_path / "site")


@pytest.fixture(scope="session")
def repository_root() -> Path:
    """The root of this project, whose own site is tested like any other."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Key]:
    """Give the key pair of a name, made when first asked for: ``keys("reviewer", "rsa-3072")``."""
    folder = tmp_path_factory.mktemp("keys")

    def key(name: str, kind: str = "ed25519") -> Key:
        path = folder / f"{name}-{kind}"
        return key_at(path if path.exists() else make_key(folder, path.name, kind))

    return key


@pytest.fixture
def agent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Key], None]]:
    """An ssh-agent of the test's own; give it a key to hold."""
    # The name of a socket may be short only.
    folder = tempfile.mkdtemp(prefix="imp")
    socket = Path(folder, "s")
    command = ["ssh-agent", "-D", "-a", str(socket)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(500):
            if socket.exists():
                break
            time.sleep(0.01)
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        yield _add
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder)


def _add(key: Key) -> None:
    command = ["ssh-add", "-q", str(key.path)]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
