"""Builds a demonstration of every standing and of pages that try the design: `gallery DIR`.

The values are put in place of the law's, so that a page can stand for years of review and nobody
has to sign for anything. It all lives in a throwaway folder; nothing of it is ever published.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from mkdocs.commands.build import build
from mkdocs.config import load_config
from records import acts
from standings import QUESTION, STANDINGS, SUBMITTED
from trials import DRAWING, ROOT, TRIALS, bibliography

from imprimatur.editorial import Record, Repository

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.editorial import Standing

EDITED = "2026-02-02T09:00:00Z"
MODEL = "docs/articles/spinal-mri.md"

CONFIG = """\
site_name: Demonstration
site_description: A demonstration. Nobody named here exists, and nothing here is approved.
site_url: {url}
theme:
  name: material
  font: false
  features: [navigation.tabs{features}]
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle: {{icon: material/weather-night, name: Switch to dark}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle: {{icon: material/weather-sunny, name: Switch to light}}
plugins: [imprimatur]
markdown_extensions: [imprimatur]
nav:
  - Articles: index.md
  - Topics: topics/index.md
  - Editorial policy: about/editorial-policy.md
  - Medical advisory board: about/medical-advisory-board.md
not_in_nav: |
  /articles/*
  /about/*
"""


def write(root: Path, url: str, features: str = "") -> None:
    """Write the demonstration's repository."""
    for folder in ("docs/about", "docs/articles", "editorial"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    policy = (ROOT / "editorial/policy.yml").read_text("utf-8")
    caregiver = (
        "  - {id: caregiver, label: Caregiver, fallback: patient, disclaimer: Ask a doctor.}\n"
        "classes:"
    )
    asks = "questions: questions@demonstration.example\nerrors: https://demonstration.example/new\n"
    (root / "editorial/policy.yml").write_text(policy.replace("classes:", caregiver, 1) + asks)
    shutil.copy(ROOT / "editorial/board.yml", root / "editorial/board.yml")
    for page in (ROOT / "docs/about").glob("*.md"):
        shutil.copy(page, root / "docs/about" / page.name)
    (root / "docs/index.md").write_text(
        "# Demonstration\n\nNothing here is real.\n\n/// articles\n///\n"
    )
    (root / "bibliography.bib").write_text(bibliography())
    (root / "mkdocs.yml").write_text(CONFIG.format(url=url, features=features))
    model = (ROOT / MODEL).read_text("utf-8")
    for slug in STANDINGS:
        text = model.replace(f"title: {QUESTION}", f"title: '{slug}: {QUESTION}'", 1)
        (root / f"docs/articles/{slug}.md").write_text(text)
    for slug, text in TRIALS.items():
        (root / f"docs/articles/{slug}.md").write_text(text)
    (root / "docs/articles/dose.svg").write_text(DRAWING)
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["commit", "-qm", "Demonstration"],
    ):
        person = ["-c", "user.name=Demonstration", "-c", "user.email=nobody@demonstration.example"]
        git = ["git", *person, *command]
        # The text is older than its approval, as it must be.
        when = {"GIT_COMMITTER_DATE": EDITED, "GIT_AUTHOR_DATE": EDITED}
        subprocess.run(git, cwd=root, check=True, env={**os.environ, **when})


def build_gallery(target: Path, url: str = "", features: str = "") -> None:
    """Build the demonstration into a folder. features: more of the theme's, each after a comma."""
    os.environ["IMPRIMATUR_PREVIEW"] = "1"

    def standing(_self: Repository, slug: str, _now: datetime) -> Standing:
        return STANDINGS.get(slug, SUBMITTED)

    def record(repository: Repository, slug: str, _now: datetime) -> Record:
        manifest = repository.manifest(slug)
        found = acts(slug, manifest.digest, STANDINGS.get(slug, SUBMITTED)) if manifest else ()
        return Record(acts=found)

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, url, features)
        with (
            patch.object(Repository, "standing", standing),
            patch.object(Repository, "record", record),
        ):
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(target))
            config.plugins.on_startup(command="build", dirty=False)
            build(config)


if __name__ == "__main__":
    folder = Path(sys.argv[1]).resolve()
    build_gallery(folder, *sys.argv[2:])
    print(f"Every standing: {folder / 'index.html'}")
