"""Releases for the tests: a real plan, staged as it is published, and built by a real host."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conftest import HEAD
from imprimatur.gate.headers import write_headers
from imprimatur.gate.scan import scan
from imprimatur.gate.stage_file import STAGE
from imprimatur.gate.staging import stage
from releases import OTHER, REVIEWERS, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate import Verdict
    from imprimatur.gate.plan import Plan
    from keys import Key

HOSTS: Final = ("mkdocs", "properdocs", "zensical")
PAGE: Final = "articles/contrast/index.html"

SENTENCE: Final = "Quaggas of every age tolerate one slow gramme of canarium before noon"
"""Stands in no published text; long enough to be told by its words."""

PENDING: Final = f"""\
{
    HEAD.replace("Does contrast help to find spinal metastases?", "Zebrafish dosing of canarium")
    .replace("A demonstration.", "Too early to be told.")
    .replace("[radiology]", "[radiology, canary-care]")
    .replace("Demonstration author", "Demonstration Canaryauthor")
}
/// answer
{SENTENCE} [@park2019spinal].
///

## Loading by quagga weight

## Okapis

<!-- ask the okapi board whether eight quaggas would not be better -->
"""

_STRANGE: Final = "Is 4 < 5 & \"six\" or 'seven' </title><b>?"
_PICTURE: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
)


def release(make_site: Callable[[Path], Site], keys: Callable[..., Key], root: Path) -> Releases:
    """A site with two approved articles, one that was withdrawn, and one that is pending."""
    made = release_site(make_site, keys, root)
    made.pending("withhold")
    made.site.write("docs/about/index.md", "# About\n\nAll of it [is here](../index.md).\n")
    made.site.write("docs/articles/by-weight.svg", _PICTURE)
    strange = head(f"'{_STRANGE.replace(chr(39), chr(39) * 2)}'")
    made.site.article("strange", f"{OTHER}\n![The dose by weight](by-weight.svg)\n", strange)
    made.site.article("withdrawn", OTHER, head("An advice that was withdrawn"))
    for slug in ("strange", "withdrawn"):
        made.commit()
        made.approved(*REVIEWERS, slug=slug)
    made.act("withdraw", REVIEWERS[0], "withdrawn")
    made.site.write("docs/articles/canarium.md", PENDING)
    made.commit()
    made.submit("canarium")
    made.commit()
    return made


@dataclass(frozen=True)
class Built:
    """A site as a host built it, and the plan that it was built from."""

    folder: Path
    plan: Plan

    def copied_to(self, folder: Path) -> Built:
        """The same, to be changed."""
        shutil.copytree(self.folder, folder)
        return Built(folder=folder, plan=self.plan)

    def read(self, path: str) -> str:
        """The text of one of its files."""
        return (self.folder / path).read_text(encoding="utf-8")

    def write(self, path: str, data: str | bytes) -> None:
        """Put a file into it."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode())

    def change(self, path: str, old: str, new: str) -> None:
        """Change words of one file, wherever they stand in it."""
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def verdict(self) -> Verdict:
        """What the scan says of it."""
        return scan(self.folder, self.plan)

    def found(self) -> set[tuple[str, str]]:
        """The rule and the file of everything that was found."""
        return {(each.rule, each.path) for each in self.verdict().findings}

    def tells(self, path: str) -> bool:
        """Whether one of its files is found to tell of what is pending, without quoting it."""
        found = [each for each in self.verdict().findings if each.rule == "pending-text-is-absent"]
        assert not any("quagga" in str(each).lower() for each in found)
        assert {each.path for each in found} <= {path}, found
        return bool(found)


def built(made: Plan, host: str, folder: Path) -> Built:
    """A plan as a host builds it, ready to be published."""
    told = stage(made, folder / "stage")
    site = folder / "built"
    command = [sys.executable, "-W", "ignore", "-m", host, "build", "-f", "mkdocs.yml"]
    command += ["-c"] if host == "zensical" else ["--clean", "--site-dir", str(site)]
    environment = os.environ | {
        STAGE: str(told),
        "SOURCE_DATE_EPOCH": str(int(made.at.timestamp())),
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        command,
        cwd=told.parent / "tree",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stdout + done.stderr
    if host == "zensical":
        shutil.move(told.parent / "tree" / "site", site)
    write_headers(site)
    return Built(folder=site, plan=made)
