"""How acts come to the protected branch, in every way that Git has of bringing them there."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite, address
from conftest import Site
from imprimatur.editorial import State
from imprimatur.editorial.cache import NO_CACHE, Cache
from imprimatur.editorial.repository import Repository
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from keys import Key

TEXT = "docs/articles/contrast.md"
LONG_AGO = datetime(1999, 12, 31, tzinfo=UTC)
FAR_AHEAD = datetime(2090, 1, 1, tzinfo=UTC)


@pytest.fixture
def board(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """A site whose article is handed in, with three reviewers."""
    found = BoardSite(site, keys)
    found.appoint("demo-ana", "demo-ben", "demo-cai")
    found.submit()
    found.commit()
    return found


def on_branch(board: BoardSite, name: str, reviewer: str) -> None:
    """Let somebody review on a branch of their own."""
    board.git("checkout", "-q", "-b", name, "main")
    board.act("review", reviewer)
    board.commit(reviewer)
    board.git("checkout", "-q", "main")


def merge(board: BoardSite, *names: str) -> None:
    board.git("merge", "-q", "--no-ff", "--no-edit", *names)


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_two_reviewers_act_at_once_and_both_orders_of_merging_are_fine(
    order: tuple[str, str], board: BoardSite
):
    on_branch(board, "one", "demo-ana")
    on_branch(board, "two", "demo-ben")
    merge(board, order[0])
    assert board.standing().state is State.UNDER_REVIEW
    merge(board, order[1])
    found = board.standing()
    assert found.state is State.APPROVED
    assert {each.name for each in found.approvals} == {
        "Demonstration Demo Ana",
        "Demonstration Demo Ben",
    }


def test_both_branches_may_be_merged_at_once(board: BoardSite):
    on_branch(board, "one", "demo-ana")
    on_branch(board, "two", "demo-ben")
    merge(board, "one", "two")
    assert board.standing().state is State.APPROVED


def test_a_proposal_grants_nothing_and_says_what_it_would_grant(board: BoardSite):
    board.git("checkout", "-q", "-b", "proposal")
    board.approve("demo-ana", "demo-ben")
    found = board.standing()
    assert (found.state, found.would_be) == (State.UNDER_REVIEW, State.APPROVED)
    board.git("checkout", "-q", "main")
    assert board.standing().state is State.SUBMITTED
    merge(board, "proposal")
    assert board.standing().state is State.APPROVED


def test_a_proposal_can_take_down(board: BoardSite):
    board.approve("demo-ana", "demo-ben")
    board.git("checkout", "-q", "-b", "proposal")
    board.act("withdraw", "demo-cai")
    assert board.standing().state is State.WITHDRAWN
    board.commit()
    assert board.standing().state is State.WITHDRAWN


def test_another_ref_can_be_named_as_the_protected_branch(board: BoardSite):
    board.git("checkout", "-q", "-b", "release")
    board.approve("demo-ana", "demo-ben")
    named = Repository(board.root, trust="release", cache=NO_CACHE)
    later = datetime.now(tz=UTC) + timedelta(seconds=2)
    assert named.standing("contrast", later).state is State.APPROVED
    assert board.standing().state is State.UNDER_REVIEW
    board.git("config", "imprimatur.trust", "release")
    assert board.standing().state is State.APPROVED


@pytest.mark.parametrize("kind", ["tag", "branch"])
def test_nobody_passes_a_ref_of_their_own_for_the_protected_branch(
    kind: str, board: BoardSite, tmp_path: Path
):
    clone = tmp_path / "clone"
    board.git("checkout", "-q", "-b", "proposal")
    board.approve("demo-ana", "demo-ben")
    board.git("tag", "origin/main")
    board.git("clone", "-q", str(board.root), str(clone))
    if kind == "branch":
        board.git("-C", str(clone), "tag", "-d", "origin/main")
        board.git("-C", str(clone), "branch", "-q", "--no-track", "origin/main", "origin/proposal")
    found = Repository(clone, trust="origin/main", cache=NO_CACHE)
    assert found.trunk.tip == board.git("rev-parse", "refs/heads/main").strip()
    now = datetime.now(tz=UTC) + timedelta(seconds=2)
    assert not found.standing("contrast", now).is_published
    commit = board.git("rev-parse", "refs/heads/proposal").strip()
    board.git("-C", str(clone), "branch", "-q", commit, "refs/remotes/origin/main")
    named = Repository(clone, trust=commit, cache=NO_CACHE)
    assert named.trunk.tip == commit


def test_a_ref_that_is_not_there_proves_nothing(board: BoardSite):
    board.approve("demo-ana", "demo-ben")
    found = Repository(board.root, trust="nowhere", cache=NO_CACHE)
    assert "there is no commit `nowhere`" in found.unproven
    assert not found.standing("contrast", datetime.now(tz=UTC)).is_published


def test_a_detached_head_is_weighed_like_any_other(board: BoardSite):
    board.approve("demo-ana", "demo-ben")
    board.git("checkout", "-q", "--detach")
    assert board.standing().state is State.APPROVED
    board.act("review", "demo-cai", decision="revise")
    board.commit()
    assert board.standing().state is State.UNDER_REVIEW


def test_an_old_commit_is_weighed_with_all_that_came_since(board: BoardSite):
    board.approve("demo-ana", "demo-ben")
    board.git("tag", "then")
    board.act("withdraw", "demo-cai")
    board.commit()
    board.git("checkout", "-q", "then")
    assert board.standing().state is State.WITHDRAWN


def test_a_shallow_clone_proves_nothing(board: BoardSite, tmp_path: Path):
    board.approve("demo-ana", "demo-ben")
    half = tmp_path / "half"
    board.git("clone", "-q", "--depth", "2", board.root.as_uri(), str(half))
    found = Repository(half, cache=NO_CACHE)
    assert "git fetch --unshallow" in found.unproven
    assert not found.standing("contrast", datetime.now(tz=UTC)).is_published


def edited_history(board: BoardSite) -> tuple[str, str]:
    """An objection on the protected branch, and the commit before it."""
    board.approve("demo-ana", "demo-ben")
    before = board.git("rev-parse", "HEAD").strip()
    board.act("review", "demo-cai", decision="revise")
    objection = board.commit()
    assert board.standing().state is State.UNDER_REVIEW
    return before, objection


@pytest.mark.filterwarnings("default")
def test_a_grafted_history_hides_no_objection(board: BoardSite):
    before, _ = edited_history(board)
    board.git("rm", "-rq", "editorial/records/contrast")
    board.git("checkout", "-q", before, "--", "editorial/records")
    last = board.commit()
    grafts = board.root / ".git/info/grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{last} {before}\n", encoding="ascii")
    assert board.standing().state is State.UNDER_REVIEW


def test_a_replaced_commit_hides_no_objection(board: BoardSite):
    before, objection = edited_history(board)
    board.git("replace", objection, before)
    assert board.standing().state is State.UNDER_REVIEW


def changed_by(board: BoardSite) -> str:
    return " | ".join(each.reason for each in board.standing().discounts)


def test_who_changes_the_text_while_merging_is_an_author(board: BoardSite):
    board.git("checkout", "-q", "-b", "proposal")
    board.site.write("docs/other.md", "# Other\n")
    board.commit()
    board.git("checkout", "-q", "main")
    board.commit()
    board.git("merge", "-q", "--no-ff", "--no-commit", "proposal")
    board.edit("39% to 53%", "93% to 95%")
    board.commit("demo-ben")
    board.approved("demo-ana", "demo-ben")
    assert board.standing().state is State.UNDER_REVIEW
    assert "`demo-ben` changed the text" in changed_by(board)


def test_who_merges_without_changing_the_text_is_no_author(board: BoardSite):
    board.git("checkout", "-q", "-b", "proposal")
    board.edit("39% to 53%", "93% to 95%")
    board.commit()
    board.git("checkout", "-q", "main")
    person = ("-c", f"user.email={address('demo-ben')}")
    board.git(*person, "merge", "-q", "--no-ff", "--no-edit", "proposal")
    board.approved("demo-ana", "demo-ben")
    assert board.standing().state is State.APPROVED


def test_everybody_behind_a_squashed_branch_is_an_author(board: BoardSite):
    board.git("checkout", "-q", "-b", "proposal")
    board.edit("39% to 53%", "93% to 95%")
    board.commit("demo-ben")
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--squash", "proposal")
    trailers = f"co-authored-by: Demonstration Ben <{address('demo-ben')}>"
    board.git("commit", "-qm", f"Words (#1)\n\n* Words\n\n{trailers}")
    board.approved("demo-ana", "demo-ben")
    assert board.standing().state is State.UNDER_REVIEW
    assert "`demo-ben` changed the text" in changed_by(board)


def test_a_bot_that_rebases_is_nobody_and_hides_nobody(board: BoardSite):
    policy = (board.root / "editorial/policy.yml").read_text(encoding="utf-8")
    bots = "platform_identities: [bot@forge.example]\n"
    board.policy(policy.replace("version: 2", "version: 3") + bots)
    board.git("checkout", "-q", "-b", "proposal")
    board.edit("39% to 53%", "93% to 95%")
    board.commit("demo-ben")
    board.git("checkout", "-q", "main")
    board.site.write("docs/other.md", "# Other\n")
    board.commit()
    board.git("checkout", "-q", "proposal")
    board.git("rebase", "-q", "main", GIT_COMMITTER_EMAIL="bot@forge.example")
    board.git("checkout", "-q", "main")
    board.git("merge", "-q", "--ff-only", "proposal")
    board.approved("demo-ana", "demo-ben")
    assert "`demo-ben` changed the text" in changed_by(board)
    board.approve("demo-cai")
    assert board.standing().state is State.APPROVED


def test_a_commit_dated_before_its_parent_came_with_it(board: BoardSite):
    board.act("review", "demo-ana")
    board.commit()
    before = board.standing().since
    board.act("review", "demo-ben")
    board.commit(date=LONG_AGO)
    found = board.standing()
    assert found.state is State.APPROVED
    assert before
    assert found.approved
    assert found.approved >= before


def test_a_commit_dated_ahead_came_no_later_than_the_next(board: BoardSite):
    board.act("review", "demo-ana")
    board.act("review", "demo-ben")
    board.commit(date=FAR_AHEAD)
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    assert board.standing(now=now).approved == now
    board.commit(date=now)
    month = timedelta(days=30)
    assert board.standing(now=now + month).approved == now


def test_a_site_may_lie_in_a_folder_of_its_repository(
    make_site: Callable[[Path], Site], keys: Callable[..., Key], tmp_path: Path
):
    whole = BoardSite(make_site(tmp_path / "whole/site"), keys)
    (whole.root / ".git").rename(tmp_path / "whole/.git")
    whole.commit()
    whole.appoint("demo-ana", "demo-ben", "demo-cai")
    whole.approved("demo-ana", "demo-ben")
    assert whole.standing().state is State.APPROVED
    whole.edit("39% to 53%", "93% to 95%")
    whole.commit("demo-ben")
    whole.approved("demo-ana", "demo-ben")
    assert "`demo-ben` changed the text" in changed_by(whole)
    objection = whole.act("review", "demo-cai", decision="revise")
    whole.commit()
    objection.unlink()
    whole.commit()
    assert whole.repository().ledger.rewritten == (objection.relative_to(whole.root).as_posix(),)


def test_a_repository_may_name_its_objects_by_sha_256(site: Site, keys: Callable[..., Key]):
    shutil.rmtree(site.root / ".git")
    site.git("init", "-q", "-b", "main", "--object-format=sha256")
    board = BoardSite(site, keys)
    board.appoint("demo-ana", "demo-ben", "demo-cai")
    board.approved("demo-ana", "demo-ben")
    assert len(board.git("rev-parse", "HEAD").strip()) == 64
    assert board.standing().state is State.APPROVED
    assert board.repository().ledger.rewritten == ()
    board.edit("39% to 53%", "93% to 95%")
    board.commit("demo-ben")
    board.approved("demo-ana", "demo-ben")
    assert "`demo-ben` changed the text" in changed_by(board)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("color.ui", "always"),
        ("diff.noprefix", "true"),
        ("diff.orderFile", "nowhere"),
        ("diff.relative", "true"),
        ("diff.renames", "copies"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("log.diffMerges", "off"),
        ("log.follow", "true"),
        ("log.showRoot", "false"),
        ("log.showSignature", "true"),
        ("trailer.separators", "="),
    ],
)
def test_no_setting_of_git_changes_what_is_found(name: str, value: str, board: BoardSite):
    board.edit("39% to 53%", "93% to 95%")
    board.git("add", "-A")
    trailer = f"Co-authored-by: Demonstration Ben <{address('demo-ben')}>"
    board.git("commit", "-qm", f"Words\n\nMore.\n\n{trailer}")
    # All of it in the first commit, which a setting can hide, too.
    board.approved("demo-ana", "demo-ben")
    before = board.standing()
    assert "`demo-ben` changed the text" in changed_by(board)
    board.git("config", name, value)
    later = board.standing()
    assert (later.state, later.discounts, later.approvals) == (
        before.state,
        before.discounts,
        before.approvals,
    )


def test_a_record_in_the_very_first_commit_is_kept_whatever_the_settings(
    board: BoardSite,
):
    board.approve("demo-ana", "demo-ben")
    act = board.act("review", "demo-cai", decision="revise")
    tree = commit_as_first(board)
    assert tree
    board.git("config", "log.showRoot", "false")
    act.unlink()
    board.commit()
    assert act.relative_to(board.root).as_posix() in board.repository().ledger.rewritten


def commit_as_first(board: BoardSite) -> str:
    board.git("checkout", "-q", "--orphan", "first")
    commit = board.commit()
    board.git("branch", "-qf", "main")
    board.git("checkout", "-q", "main")
    return commit


def test_a_folder_of_another_repository_in_place_of_an_act_ends_nothing(board: BoardSite):
    board.approve("demo-ana", "demo-ben")
    path = "editorial/records/contrast/20260101T000000Z-review-demo-cai.yml"
    head = board.git("rev-parse", "HEAD").strip()
    board.git("update-index", "--add", "--cacheinfo", f"160000,{head},{path}")
    board.git("commit", "-qm", "Demonstration")
    assert board.standing().state is State.APPROVED


def test_outside_of_git_nothing_is_known(tmp_path: Path):
    found = Repository(tmp_path, cache=NO_CACHE)
    assert "git init" in found.unproven
    with pytest.raises(CannotExamineError):
        found.trunk  # noqa: B018 - asked for what it raises


def test_a_clock_that_is_behind_the_last_commit_is_named(board: BoardSite):
    now = datetime.now(tz=UTC)
    board.commit(date=now)
    trunk = board.repository().trunk
    assert "is behind" in trunk.clock_fault(now - timedelta(minutes=11))
    assert trunk.clock_fault(now - timedelta(minutes=9)) == ""
    assert trunk.clock_fault(now + timedelta(days=9)) == ""


def test_a_date_far_ahead_is_mended_by_the_next_commit(board: BoardSite):
    now = datetime.now(tz=UTC)
    board.commit(date=now + timedelta(days=999))
    assert board.repository().trunk.clock_fault(now)
    board.commit(date=now)
    assert board.repository().trunk.clock_fault(now) == ""


def test_what_a_merge_brought_came_with_it_and_has_its_parents(board: BoardSite):
    on_branch(board, "one", "demo-ana")
    merge(board, "one")
    trunk = Repository(board.root, cache=NO_CACHE).trunk
    merged, brought = trunk.tip, board.git("rev-parse", "one").strip()
    assert trunk.graph.parents[merged] == (board.git("rev-parse", "main~1").strip(), brought)
    assert trunk.order(brought) == trunk.order(merged) == len(trunk.commits) - 1
    assert trunk.is_on_line(merged)
    assert not trunk.is_on_line(brought)


def test_an_unsigned_act_is_of_whoever_committed_it_and_of_nobody_where_two_did(board: BoardSite):
    def brought(*people: str) -> tuple[str, str]:
        """Who is behind an act that these people wrote on a branch, and who merged it."""
        board.git("checkout", "-q", "-b", f"of-{len(people)}", "main")
        path = board.act("review", "demo-ana", key=None)
        for each in people:
            path.write_text(f"{path.read_text(encoding='utf-8')}# {each}\n", encoding="utf-8")
            board.commit(each)
        board.git("checkout", "-q", "main")
        board.git(
            *("-c", f"user.email={address('demo-cai')}"),
            *("merge", "-q", "--no-ff", "--no-edit", f"of-{len(people)}"),
        )
        trunk = board.repository().trunk
        return trunk.hands(path.relative_to(board.root).as_posix(), len(trunk.commits) - 1)

    assert brought("demo-ana") == (address("demo-ana"), address("demo-cai"))
    assert brought("demo-ana", "demo-ben") == ("", address("demo-cai"))
    path = board.act("review", "demo-ben", key=None)
    board.commit("demo-ben")
    trunk = board.repository().trunk
    alone = trunk.hands(path.relative_to(board.root).as_posix(), len(trunk.commits) - 1)
    assert alone == (address("demo-ben"), "")


def test_the_commit_that_was_the_last_one_at_an_instant_is_found(board: BoardSite):
    first = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(hours=1)
    commits = [board.commit(date=first + timedelta(minutes=minute)) for minute in (0, 2, 4)]
    trunk, now = board.repository().trunk, first + timedelta(hours=1)
    asked = (0, 1, 2, 3, 4, 5)
    found = [trunk.newest(first + timedelta(minutes=minute), now) for minute in asked]
    assert found == [commits[at] for at in (0, 0, 1, 1, 2, 2)]
    assert trunk.newest(LONG_AGO, now) == ""
    assert trunk.latest == first + timedelta(minutes=4)


def test_a_clock_may_be_behind_by_ten_minutes(board: BoardSite):
    made = datetime.now(tz=UTC).replace(microsecond=0)
    board.commit(date=made)
    trunk = board.repository().trunk
    assert trunk.clock_fault(made - timedelta(minutes=10)) == ""
    said = trunk.clock_fault(made - timedelta(minutes=10, seconds=1))
    assert f"the last commit of the protected branch was made at {made:%Y-%m-%d %H:%M}Z" in said


def test_before_the_first_commit_nothing_has_come(tmp_path: Path):
    Site(tmp_path).git("init", "-q", "-b", "main")
    trunk = Repository(tmp_path, cache=NO_CACHE).trunk
    now = datetime(2026, 11, 26, tzinfo=UTC)
    assert (trunk.tip, trunk.commits, trunk.editorial) == ("", (), ())
    assert trunk.latest == datetime(1970, 1, 1, tzinfo=UTC)
    assert (trunk.newest(now, now), trunk.clock_fault(now)) == ("", "")


def test_what_is_remembered_of_a_history_is_what_is_read_of_it(board: BoardSite, tmp_path: Path):
    on_branch(board, "one", "demo-ana")
    board.edit("39% to 53%", "93% to 95%")
    board.commit("demo-cai")
    merge(board, "one")
    cache, now = Cache(file=tmp_path / "cache/cache.sqlite3"), datetime.now(tz=UTC)

    def known(cache: Cache) -> tuple[object, ...]:
        repository = Repository(board.root, cache=cache)
        record = repository.record("contrast", now)
        holds = [each.landing.holds for each in record.acts if each.landing]
        return repository.trunk.editorial, record.changes, holds

    cold = known(cache)
    assert known(cache) == cold == known(NO_CACHE)
    remembered = Repository(board.root, cache=cache).dossiers
    assert remembered.is_history_remembered
    assert not Repository(board.root, cache=NO_CACHE).dossiers.is_history_remembered
    assert cold[1]
    assert any(cold[2])


def test_two_sites_of_one_repository_share_a_cache_and_no_answer(board: BoardSite, tmp_path: Path):
    board.approve("demo-ana", "demo-ben")
    for folder in ("docs", "editorial"):
        shutil.copytree(board.root / folder, board.root / "inner" / folder)
    shutil.copy(board.root / "bibliography.bib", board.root / "inner")
    board.commit("demo-cai")
    cache = Cache(file=tmp_path / "cache/cache.sqlite3")
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)

    def known(root: Path, cache: Cache) -> tuple[object, ...]:
        found = Repository(root, cache=cache)
        return found.trunk.editorial, found.record("contrast", now), found.standing("contrast", now)

    outer, inner = known(board.root, cache), known(board.root / "inner", cache)
    assert outer == known(board.root, NO_CACHE)
    assert inner == known(board.root / "inner", NO_CACHE)
    assert all(one != other for one, other in zip(outer, inner, strict=True))
    assert known(board.root / "inner", cache) == inner
