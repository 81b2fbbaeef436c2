"""A site with an approved article, and copies of it to attack."""

from __future__ import annotations

import shutil
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boards import MADE, BoardSite
from conftest import Site
from imprimatur.editorial import State
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.editorial.repository import Repository
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from collections.abc import Callable

    from keys import Key

REVIEWERS = ("demo-ana", "demo-ben")
MORE = ("demo-cai", "demo-dan")
EDITOR, CHIEF = "demo-editor", "demo-chief"
_ARTICLE = Path(__file__).parents[1] / "articles" / "passes" / "answer-alone.md"


class Target(BoardSite):
    """A site under attack, with what its gate says."""

    def later(self) -> datetime:
        """A moment behind everything that was committed."""
        return datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)

    def findings(self, trust: str | None = None) -> list[str]:
        """All that keeps it from being published, as printed."""
        repository = Repository(self.root, trust=trust, cache=NO_CACHE)
        verdict = check(Examination(repository, self.later()), publishing=True)
        return [str(each) for each in verdict.findings]

    def is_refused(self, *words: str) -> bool:
        """Whether the gate refuses it, in one finding that names all this."""
        found = self.findings()
        assert any(all(word in each for word in words) for each in found), found
        return True

    def is_approved(self, slug: str = "contrast") -> bool:
        """Whether the article is approved, and nothing at all keeps it from being published."""
        return self.standing(slug).state is State.APPROVED and not self.findings()

    def discounts(self, slug: str = "contrast") -> str:
        """Why acts weigh nothing, all in one text."""
        return " | ".join(each.reason for each in self.standing(slug).discounts)

    def rewrite(self, path: Path, old: str, new: str) -> None:
        """Change words of an act without signing it anew; it is not committed."""
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def copied_to(self, root: Path) -> Target:
        """The same site somewhere else."""
        shutil.copytree(self.root, root, symlinks=True)
        other = copy(self)
        other.site, other.root, other.people = Site(root), root, dict(self.people)
        MADE.append(other)
        return other

    def reviewed(self, *reviewers: str) -> None:
        """Commit what was changed, hand it in and let reviewers approve it just as it stands."""
        self.commit()
        self.approved(*reviewers or REVIEWERS)


@pytest.fixture(scope="session")
def model_sites(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Target]:
    """One site whose article is handed in, and one where two reviewers approved it, too."""
    folder = tmp_path_factory.mktemp("models")
    target = Target(make_site(folder / "submitted"), keys)
    target.site.write("docs/articles/contrast.md", _ARTICLE.read_bytes())
    target.appoint(*REVIEWERS, *MORE)
    target.appoint(EDITOR, roles=["editor"])
    target.appoint(CHIEF, roles=["editor-in-chief"])
    target.sign_site(EDITOR)
    target.submit()
    target.commit()
    approved = target.copied_to(folder / "approved")
    approved.approve(*REVIEWERS)
    assert approved.findings() == []
    return {"submitted": target, "approved": approved}


@pytest.fixture
def approved(model_sites: dict[str, Target], tmp_path: Path) -> Target:
    """A site of its own, whose article two reviewers approved."""
    return model_sites["approved"].copied_to(tmp_path / "site")


@pytest.fixture
def submitted(model_sites: dict[str, Target], tmp_path: Path) -> Target:
    """A site of its own, whose article was handed in."""
    return model_sites["submitted"].copied_to(tmp_path / "site")
