"""The gate says the same of few articles, looked at here, as of many, looked at by all cores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from boards import BoardSite
from imprimatur.editorial import Repository, derivation
from imprimatur.editorial.cache import NO_CACHE, Cache
from imprimatur.errors import Outcome
from imprimatur.gate import Examination, granted
from imprimatur.gate.granted import examine
from imprimatur.gate.law_rules import author_is_known
from imprimatur.strict import crew
from releases import release_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site
    from imprimatur.gate import Verdict
    from keys import Key


@pytest.fixture
def mixed(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """Articles of every sort: approved, lapsed, by a stranger, forged, unreadable, never handed in.

    Some of each, so that the sorts lie in different batches.
    """
    board = BoardSite(site, keys)
    board.appoint("ana", "ben", "cai")
    for number in range(2):
        for sort in ("approved", "lapsed", "strange", "forged", "foreign", "broken", "new"):
            site.article(f"{sort}-{number}")
    board.commit()
    for number in range(2):
        for sort in ("approved", "lapsed", "strange"):
            board.approved("ana", "ben", slug=f"{sort}-{number}")
        board.submit(f"forged-{number}")
        board.act("review", "ana", f"forged-{number}", key="somebody-else")
        board.submit(f"foreign-{number}")
        board.act("review", "ana", f"foreign-{number}", site="another.example")
        site.write(f"docs/articles/broken-{number}.md", "no front matter\n")
        site.write(f"editorial/records/new-{number}/notes.txt", "no act\n")
    board.commit()
    for number in range(2):
        site.article(f"lapsed-{number}", body="Another text.\n")
    board.commit()
    for number in range(2):
        site.article(f"strange-{number}", body="A text of somebody else's.\n")
        board.submit(f"strange-{number}")
    board.commit(author="stranger@nowhere.example")
    for number in range(2):
        board.act("review", "ana", f"strange-{number}")
    board.commit()
    return board


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let several processes look at a handful of articles."""
    monkeypatch.setattr(derivation, "_MANY", 2)
    monkeypatch.setattr(crew, "_LEAST", 1)
    monkeypatch.setattr(crew, "cores", lambda: 3)


def verdict(board: BoardSite, cache: Cache) -> Verdict:
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=5)
    return examine(Repository(board.root, cache=cache, commit="HEAD"), now)


def test_here_and_apart_cold_and_remembered_the_verdict_is_the_same(
    mixed: BoardSite, tmp_path: Path, request: pytest.FixtureRequest
):
    here = verdict(mixed, NO_CACHE)
    rules = {
        rule: [each.path for each in here.findings if each.rule == rule]
        for rule in {each.rule for each in here.findings}
    }
    assert len(rules["manuscript-is-readable"]) == 2
    assert len(rules["act-is-genuine"]) == 2
    assert len(rules["author-is-known"]) == 2
    assert len(rules["record-names-this-site"]) == 2
    assert len(rules["record-matches-manuscript"]) == 2
    assert len(rules["article-is-approved"]) == 13
    assert len(rules["record-is-readable"]) == 2
    assert here.articles == 15
    request.getfixturevalue("apart")
    cache = Cache(file=tmp_path / "cache/cache.sqlite3")
    for each in (NO_CACHE, cache, cache):
        assert verdict(mixed, each) == here


def test_what_was_granted_is_believed_from_then_on_and_not_before(
    make_site: Callable[[Path], Site],
    keys: Callable[..., Key],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    board = release_site(make_site, keys, tmp_path / "site")
    cache = Cache(file=tmp_path / "cache/cache.sqlite3")
    asked: list[datetime] = []
    check = granted._check  # noqa: SLF001 - what it costs is that it is asked

    def count(repository: Repository, now: datetime, site: Path | None = None) -> Verdict:
        asked.append(now)
        return check(repository, now, site)

    monkeypatch.setattr(granted, "_check", count)
    day = datetime.now(tz=UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    later = day + timedelta(days=1)
    for now in (later, later, later + timedelta(hours=1), later - timedelta(hours=1)):
        repository = Repository(board.root, cache=cache, commit="HEAD")
        assert examine(repository, now).outcome is Outcome.GRANTED
    assert asked == [later, later - timedelta(hours=1)]


def test_of_a_working_tree_as_much_is_said_as_of_its_commit(
    mixed: BoardSite,
):
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=5)
    found = examine(Repository(mixed.root, cache=NO_CACHE), now)
    assert found == verdict(mixed, NO_CACHE)


def test_here_and_apart_every_article_stands_alike(
    mixed: BoardSite, tmp_path: Path, request: pytest.FixtureRequest
):
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=5)
    before = Repository(mixed.root, cache=NO_CACHE)
    here = before.derived(before.slugs, now)
    request.getfixturevalue("apart")
    cache = Cache(file=tmp_path / "cache/cache.sqlite3")
    for each in (NO_CACHE, cache, cache):
        repository = Repository(mixed.root, cache=each)
        assert repository.derived(repository.slugs, now) == here
    assert list(here) == list(before.slugs)


@pytest.fixture
def reviewed(site: Site, keys: Callable[..., Key]) -> BoardSite:
    """An article by a stranger that one reviewer approved, here and in an act for another site."""
    board = BoardSite(site, keys)
    board.appoint("ana", "ben")
    site.article(body="A text of somebody else's.\n")
    board.submit()
    board.commit(author="stranger@nowhere.example")
    board.act("review", "ana")
    board.act("review", "ben", site="another.example")
    board.commit()
    return board


@pytest.mark.parametrize(
    ("path", "rule"),
    [("editorial/board.yml", "board-is-readable"), ("editorial/policy.yml", "policy-is-readable")],
)
def test_where_nobody_can_read_the_law_it_is_said_and_nobody_is_called_a_stranger(
    reviewed: BoardSite, path: str, rule: str
):
    reviewed.site.write(path, "version: [\n")
    reviewed.commit()
    found = {each.rule for each in verdict(reviewed, NO_CACHE).findings}
    assert rule in found
    assert "author-is-known" not in found


def test_a_stranger_is_told_with_the_commit_and_an_act_for_another_site_with_both(
    reviewed: BoardSite,
):
    commit = reviewed.git("log", "--format=%H", "--author=stranger@nowhere.example").strip()
    found = verdict(reviewed, NO_CACHE).findings
    (stranger,) = (each for each in found if each.rule == "author-is-known")
    assert str(stranger) == (
        "docs/articles/contrast.md: author-is-known: nobody knows whose address "
        f"stranger@nowhere.example is, of the commit {commit[:12]}; if it is an author's: "
        "imprimatur appoint ID --contributor --git stranger@nowhere.example; if a member's, name "
        "it under their `git` in editorial/board.yml"
    )
    (foreign,) = (each for each in found if each.rule == "record-names-this-site")
    assert foreign.path.endswith("-review-ben.yml")
    assert (foreign.line, foreign.message, foreign.cure) == (
        0,
        "this act is for the site `another.example`, this is `demonstration.example`",
        "delete the copied act",
    )


def test_a_command_that_a_cure_names_runs_nothing_of_a_hostile_name(reviewed: BoardSite):
    """Whoever copies it into a terminal runs that command, and no other."""
    reviewed.site.write("docs/articles/x;touch $(id).md", "# Hostile")
    reviewed.edit("somebody", "nobody")
    reviewed.commit("a;touch`id`@nowhere.example")
    cures = [each.cure for each in verdict(reviewed, NO_CACHE).findings]
    assert any("imprimatur submit 'x;touch $(id)'" in each for each in cures)
    assert any("--git 'a;touch`id`@nowhere.example'" in each for each in cures)
    hostile = [each for each in cures if "touch" in each]
    assert [each for each in hostile if "'" not in each] == []


def strangers(board: BoardSite) -> list[str]:
    """The addresses of which the gate says that nobody knows whose they are."""
    said = "nobody knows whose address "
    found = verdict(board, NO_CACHE).findings
    told = (each.message for each in found if each.rule == "author-is-known")
    return [each.removeprefix(said).partition(" is, of the commit ")[0] for each in told]


def test_once_a_text_is_approved_nobody_asks_any_more_who_wrote_what_was_before(
    reviewed: BoardSite,
):
    reviewed.approve("ben")
    assert strangers(reviewed) == ["stranger@nowhere.example"]
    for author, told in (("", []), ("other@nowhere.example", ["other@nowhere.example"])):
        reviewed.site.article(body=f"A text that was edited by {author or 'an author'}.\n")
        reviewed.submit()
        reviewed.commit(author=author)
        assert strangers(reviewed) == told
        reviewed.approve("ana", "ben")


def test_a_rule_that_is_asked_alone_is_told_of_strangers_too(reviewed: BoardSite):
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=5)
    alone = Examination(Repository(reviewed.root, cache=NO_CACHE, commit="HEAD"), now)
    told = [each for each in verdict(reviewed, NO_CACHE).findings if each.rule == "author-is-known"]
    assert list(author_is_known(alone)) == told
    assert len(told) == 1


def test_whoever_reviews_a_text_has_not_handed_it_in(site: Site, keys: Callable[..., Key]):
    board = BoardSite(site, keys)
    board.appoint("ana")
    board.act("review", "ana")
    board.commit()
    assert "article-has-record" in {each.rule for each in verdict(board, NO_CACHE).findings}
    board.submit()
    board.commit()
    board.edit("39%", "40%")
    present = board.repository().manifest("contrast")
    assert present is not None
    board.act("review", "ana", manuscript=present.digest)
    board.commit()
    rules = {each.rule for each in verdict(board, NO_CACHE).findings}
    assert "article-has-record" not in rules
    assert "record-matches-manuscript" in rules


def test_of_a_text_that_nobody_reviews_yet_no_stranger_is_told(
    site: Site, keys: Callable[..., Key]
):
    board = BoardSite(site, keys)
    board.appoint("ana")
    board.edit("39%", "40%")
    board.submit()
    board.commit(author="stranger@nowhere.example")
    assert strangers(board) == []
    board.approve("ana")
    assert strangers(board) == ["stranger@nowhere.example"]
