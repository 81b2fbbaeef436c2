"""A small site with a board, several articles and a policy for those that are pending."""

from __future__ import annotations

import shutil
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from boards import MADE, POLICY, BoardSite
from conftest import HEAD, Site
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.gate.planning import plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imprimatur.gate import Verdict
    from imprimatur.gate.plan import Plan
    from keys import Key

REVIEWERS: Final = ("demo-ana", "demo-ben")
EDITOR: Final = "demo-editor"
TEXT: Final = "\n/// answer\nIt helped in 39% to 53% of 102 examinations [@park2019spinal].\n///\n"
OTHER: Final = "\n/// answer\nThe criteria concern low back pain [@liu2017vertebral].\n///\n"


class Releases(BoardSite):
    """A site from which releases are published."""

    @property
    def later(self) -> datetime:
        """A moment behind everything that was committed."""
        return datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)

    @property
    def tip(self) -> str:
        """The commit that is checked out."""
        return self.git("rev-parse", "HEAD").strip()

    def pending(self, way: str, version: int = 3) -> None:
        """Say what is to be done with what is pending, and commit that."""
        text = POLICY.replace("version: 2", f"version: {version}")
        self.policy(text.replace("pending: block", f"pending: {way}"))

    def planned(self) -> tuple[Plan, Verdict]:
        """What would be released of the present commit, nothing remembered."""
        return plan(Repository(self.root, cache=NO_CACHE, commit=self.tip), self.later)

    def imprimatur(self, *arguments: str, **environment: str):
        """Run the command in it, nothing remembered."""
        return self.site.run(
            "imprimatur.desk", *arguments, **{"IMPRIMATUR_CACHE": "off", **environment}
        )

    def copied_to(self, root: Path) -> Releases:
        """The same site somewhere else."""
        shutil.copytree(self.root, root, symlinks=True)
        other = copy(self)
        other.site, other.root, other.people = Site(root), root, dict(self.people)
        MADE.append(other)
        return other


def release_site(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    root: Path,
    *others: str,
    pending: str = "",
) -> Releases:
    """A site with one approved article, `contrast`, whose own files an editor approved.

    others: the slugs of more approved articles. pending: what is done with those that pend, where
    they do not block.
    """
    made = Releases(make_site(root), keys)
    made.site.article(body=TEXT)
    made.appoint(*REVIEWERS)
    made.appoint(EDITOR, roles=["editor"])
    made.sign_site(EDITOR)
    made.commit()
    made.approved(*REVIEWERS)
    if pending:
        made.pending(pending)
    for slug in others:
        body = OTHER.replace("The criteria", f"The {slug} criteria")
        made.site.article(slug, body=body, head=head(f"The {slug} question?"))
        made.approved(*REVIEWERS, slug=slug)
    return made


def publish(site: Releases, live: Path, *arguments: str, code: int = 0) -> str:
    """Publish into a folder, and give what the command says. code: with which it must end."""
    done = site.imprimatur("publish", "--to", str(live), *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def head(title: str) -> str:
    """The head of another article."""
    return HEAD.replace("Does contrast help to find spinal metastases?", title)
