"""What an emergency leaves of the last release, and what a release is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository, State
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import CannotExamineError
from imprimatur.gate.emergency import emergency_plan
from imprimatur.gate.origin import verify_origin
from imprimatur.gate.planning import plan
from imprimatur.gate.release import write_release
from imprimatur.gate.release_file import Release, read_release
from releases import EDITOR, OTHER, REVIEWERS, Releases, head, release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate.plan import Plan
    from keys import Key

CHIEF = "demo-chief"


@dataclass(frozen=True)
class Live:
    """A site, and what was last released of it."""

    site: Releases
    made: Plan
    release: Release

    def now(self) -> Repository:
        """The site as it is now."""
        return Repository(self.site.root, cache=NO_CACHE, commit=self.site.tip)

    def then(self) -> Repository:
        """The site as it was released, by the law of then."""
        return Repository(self.site.root, self.made.commit, NO_CACHE, commit=self.made.commit)

    def emergency(self) -> tuple[dict[str, State], tuple[str, ...]]:
        """How each article stands for readers after an emergency, and which it took down."""
        made, taken = self.planned()
        return {each.slug: each.entry.state for each in made.printed}, taken

    def planned(self) -> tuple[Plan, tuple[str, ...]]:
        return emergency_plan(self.now(), self.then(), self.made.at, self.site.later)

    def doubts(self, now: datetime | None = None, **said: object) -> list[str]:
        """What the repository says against the release, where that says this instead."""
        told = self.release.model_copy(update=said)
        found = verify_origin(told, self.now(), self.then(), now or self.site.later)
        assert {(each.path, each.rule) for each in found} <= {
            ("release.json", "release-is-derived")
        }
        return [each.message for each in found]


@pytest.fixture(scope="module")
def model(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path_factory: pytest.TempPathFactory,
) -> Releases:
    """A site with two approved articles, of which one was taken down and approved anew."""
    made = release_site(make_site, keys, tmp_path_factory.mktemp("model") / "site")
    made.appoint(CHIEF, roles=["editor-in-chief"])
    made.pending("withhold")
    made.site.article("second", body=OTHER, head=head("The second question?"))
    made.approved(*REVIEWERS, slug="second")
    made.act("withdraw", REVIEWERS[0], "second")
    made.act("reinstate", EDITOR, "second")
    made.commit()
    made.approved(*REVIEWERS, slug="second")
    return made


def live(site: Releases, folder: Path) -> Live:
    """What is released of a site now."""
    made, _ = plan(Repository(site.root, cache=NO_CACHE, commit=site.tip), site.later)
    folder.mkdir()
    write_release(folder, made, "mkdocs")
    return Live(site=site, made=made, release=read_release(folder))


@pytest.fixture
def released(model: Releases, tmp_path: Path) -> Live:
    return live(model.copied_to(tmp_path / "site"), tmp_path / "live")


def test_an_emergency_without_anything_taken_down_leaves_the_release_as_it_was(released):
    made, taken = released.planned()
    assert taken == ()
    assert made == released.made
    assert [each.entry.state for each in made.printed] == [State.APPROVED, State.APPROVED]


@pytest.mark.parametrize(
    ("act", "by", "state"),
    [
        ("withdraw", (REVIEWERS[0],), State.WITHDRAWN),
        ("retract", (EDITOR, CHIEF), State.RETRACTED),
    ],
)
def test_what_was_taken_down_gives_way_to_a_notice_and_all_else_stays(released, act, by, state):
    for each in by:
        released.site.act(act, each, "second", reason="It may harm.")
    released.site.commit()
    assert released.emergency() == ({"contrast": State.APPROVED, "second": state}, ("second",))
    made, _ = released.planned()
    contrast, second = made.printed
    assert contrast == released.made.printed[0]
    assert "low back pain" not in second.html
    assert b"low back pain" not in second.source
    (hidden,) = made.withheld
    assert b"low back pain" in hidden.source
    assert hidden.waits_for == (f"the board: its standing is {state}",)


def test_an_act_that_nobody_can_read_keeps_nothing_up(released):
    released.site.site.write("editorial/records/second/rubbish.yml", "act: [")
    released.site.commit()
    released.site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    released.site.commit()
    states = {"contrast": State.APPROVED, "second": State.WITHDRAWN}
    assert released.emergency() == (states, ("second",))


def test_what_was_edited_since_is_not_published_by_an_emergency(released):
    released.site.edit("39%", "93%")
    released.site.submit()
    released.site.act("withdraw", REVIEWERS[0], "second")
    released.site.commit()
    made, taken = released.planned()
    assert taken == ("second",)
    assert made.printed[0] == released.made.printed[0]


@pytest.mark.parametrize("slug", ["contrast", "second"])
def test_one_person_who_reinstates_brings_nothing_back(released, slug):
    released.site.act("withdraw", REVIEWERS[0], slug)
    released.site.commit()
    released.site.act("reinstate", EDITOR, slug)
    released.site.commit()
    assert released.emergency()[0][slug] is State.WITHDRAWN


def test_what_was_reinstated_and_approved_anew_stays_up(released):
    released.site.act("withdraw", REVIEWERS[0], "second")
    released.site.act("reinstate", EDITOR, "second")
    released.site.commit()
    released.site.approved(*REVIEWERS, slug="second")
    assert released.emergency() == (
        {"contrast": State.APPROVED, "second": State.APPROVED},
        (),
    )


def test_a_text_that_was_never_approved_is_in_no_emergency(released):
    released.site.site.article("third", body=OTHER, head=head("The third question?"))
    released.site.submit("third")
    released.site.commit()
    assert released.emergency()[0].keys() == {"contrast", "second"}


def test_a_notice_of_the_release_stays_and_is_not_named_again(model, tmp_path):
    site = model.copied_to(tmp_path / "site")
    site.act("withdraw", REVIEWERS[0], "second")
    site.commit()
    before = live(site, tmp_path / "live")
    site.act("withdraw", REVIEWERS[0])
    site.commit()
    states, taken = before.emergency()
    assert states == {"contrast": State.WITHDRAWN, "second": State.WITHDRAWN}
    assert taken == ("contrast",)


def test_a_release_of_another_branch_gets_no_emergency(released):
    site, now = released.site, released.now()
    site.git("switch", "-q", "-c", "elsewhere")
    site.commit()
    elsewhere = Repository(site.root, site.tip, NO_CACHE, commit=site.tip)
    with pytest.raises(CannotExamineError, match="not on the protected branch"):
        emergency_plan(now, elsewhere, released.made.at, site.later)


def test_a_true_release_is_what_the_repository_derives(released):
    assert released.doubts() == []


def test_a_release_of_this_very_moment_has_come(released):
    assert released.doubts(now=released.made.at) == []


def test_a_release_of_tomorrow_is_refused(released):
    (doubt,) = released.doubts(now=released.made.at.replace(year=2025))
    assert doubt.endswith("which has not come yet")


def test_a_release_of_no_commit_of_the_branch_is_refused(released):
    assert released.doubts(commit="0" * 40) == [
        "the commit 000000000000 is not on the protected branch"
    ]


def test_an_article_too_many_too_few_or_otherwise_is_named(released):
    contrast, second = released.release.articles
    other = second.model_copy(update={"slug": "third"})
    assert released.doubts(articles=(contrast, second, other)) == [
        "`third` is in it, and nothing of it may be shown by its commit"
    ]
    assert released.doubts(articles=(second,)) == [
        "`contrast` is not in it, and its commit shows it"
    ]
    changed = second.model_copy(update={"update": True, "standing": State.CONCERN})
    assert released.doubts(articles=(contrast, changed)) == [
        "`second` is in it with standing concern and not approved, update True and not False"
    ]


def test_the_notice_of_an_emergency_is_derived_only_where_the_board_took_the_text_down(released):
    contrast, second = released.release.articles
    notice = second.model_copy(update={"standing": State.WITHDRAWN})
    (doubt,) = released.doubts(articles=(contrast, notice))
    assert doubt == "`second` is in it with standing withdrawn and not approved"
    released.site.act("withdraw", REVIEWERS[0], "second")
    released.site.commit()
    made, _ = released.planned()
    shown = {each.slug: each for each in made.printed}["second"]
    notice = notice.model_copy(update={"manifest": shown.digest, "commit": shown.commit})
    assert released.doubts(articles=(contrast, notice)) == []
    # What was released before that stays a true release.
    assert released.doubts() == []


@pytest.mark.parametrize("path", ["editorial/board.yml", "editorial/policy.yml"])
def test_whoever_breaks_the_law_afterwards_keeps_up_nothing_that_was_taken_down(released, path):
    released.site.act("withdraw", REVIEWERS[0], "second")
    released.site.commit()
    released.site.site.write(path, "version: [\n")
    released.site.commit()
    states, taken = released.emergency()
    assert states == {"contrast": State.APPROVED, "second": State.WITHDRAWN}
    assert taken == ("second",)


def test_what_an_emergency_hides_is_told_with_its_text_and_why(released):
    text = (released.site.root / "docs/articles/second.md").read_bytes()
    released.site.act("withdraw", REVIEWERS[0], "second")
    released.site.commit()
    made, _ = released.planned()
    (hidden,) = made.withheld
    assert (hidden.slug, hidden.source) == ("second", text)
    assert hidden.waits_for == ("the board: its standing is withdrawn",)
    assert made.at == released.made.at
    assert made.commit == released.made.commit


def test_a_release_of_another_branch_is_told_how_it_is_taken_down(released):
    released.site.git("switch", "-q", "-c", "other")
    commit = released.site.commit()
    other = Repository(released.site.root, commit, NO_CACHE, commit=commit)
    with pytest.raises(CannotExamineError) as refused:
        emergency_plan(
            Repository(released.site.root, "main", NO_CACHE, commit="main"),
            other,
            released.made.at,
            released.site.later,
        )
    assert f"from the commit {commit[:12]}, which" in str(refused.value)
    assert f"git switch -c takedown {commit[:12]}, withdraw" in str(refused.value)


def test_what_may_not_be_derived_is_told_with_one_cure(released):
    now = released.site.later
    told = released.release.model_copy(update={"commit": "0" * 40})
    (finding,) = verify_origin(told, released.now(), released.then(), now)
    assert finding.message == "the commit 000000000000 is not on the protected branch"
    assert (finding.line, finding.cure) == (0, "publish anew from the protected branch")
    moment = now + timedelta(seconds=1)
    assert released.doubts(now, at=moment) == [
        f"it was made at {moment:%Y-%m-%dT%H:%M:%SZ}, which has not come yet"
    ]


def test_an_act_for_another_site_is_not_told_in_the_notice_of_an_emergency(released):
    foreign = "Of another site."
    released.site.act("concern", EDITOR, "second", site="another.example", reason=foreign)
    released.site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    released.site.commit()
    made, _ = released.planned()
    notice = {each.slug: each for each in made.printed}["second"]
    assert "It may harm." in notice.html
    assert foreign not in notice.html
    assert "another.example" not in notice.html


def test_a_forged_act_is_not_told_in_the_notice_of_an_emergency(released):
    released.site.act("concern", EDITOR, "second", key=REVIEWERS[0], reason="Forged.")
    released.site.act("withdraw", REVIEWERS[0], "second", reason="It may harm.")
    released.site.commit()
    made, _ = released.planned()
    notice = {each.slug: each for each in made.printed}["second"]
    assert "It may harm." in notice.html
    assert "Forged." not in notice.html
