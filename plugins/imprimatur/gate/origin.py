"""Whether a release holds what the repository derives for its commit and its instant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from imprimatur.editorial import Repository, Standing
from imprimatur.editorial.places import RECORDS
from imprimatur.errors import Finding, RuleName
from imprimatur.gate.emergency import without_taken_down
from imprimatur.gate.planning import outline
from imprimatur.gate.release_file import RELEASE, ReleasedArticle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from imprimatur.gate.planning import Outline
    from imprimatur.gate.release_file import Release
    from imprimatur.gate.shown import Shown

RELEASE_IS_DERIVED: Final = RuleName("release-is-derived")
"""A release was made from a commit of the protected branch, and holds what follows from it."""

_CURE: Final = "publish anew from the protected branch"


def verify_origin(
    release: Release, present: Repository, released: Repository, now: datetime
) -> tuple[Finding, ...]:
    """Derive anew what the release says it holds, and say where it differs.

    A notice may stand in place of a text that was taken down later, as an emergency puts it there.
    present: the protected branch's last commit. released: the commit of the release.
    Raises CannotExamineError where nothing can be derived.
    """
    if not present.trunk.is_on_line(release.commit):
        message = f"the commit {release.commit[:12]} is not on the protected branch"
        return (_finding(message),)
    if release.at > now:
        return (
            _finding(f"it was made at {release.at:%Y-%m-%dT%H:%M:%SZ}, which has not come yet"),
        )
    derived = outline(released, release.at)
    told = {each.slug: each for each in release.articles}
    expected = _articles(derived)
    doubted = {slug for slug, each in expected.items() if told.get(slug) != each}
    for was, moment in _later(present, released, doubted, now):
        later = _articles(without_taken_down(was, released, _only(derived, doubted), moment))
        found = {slug: each for slug, each in later.items() if _is_one(told.get(slug), each)}
        expected |= found
        doubted -= found.keys()
        if not doubted:
            break
    return (*derived.findings, *_differences(told, expected))


def _later(
    present: Repository, released: Repository, slugs: set[str], now: datetime
) -> Iterator[tuple[Repository, datetime]]:
    """The protected branch as an emergency may have read it: behind each act on some articles.

    What the board did later makes no other release of one that was made before.
    """
    if not slugs:
        return
    yield present, now
    trunk, since = present.trunk, present.trunk.order(released.commit)
    folders = tuple(f"{RECORDS}/{slug}/" for slug in slugs)
    orders = {each.order for each in trunk.editorial if each.path.startswith(folders)}
    for order in sorted((each for each in orders if each > since), reverse=True):
        commit = trunk.commits[order]
        yield Repository(present.root, commit, present.cache, commit=commit), trunk.at(order, now)


def _only(derived: Outline, slugs: set[str]) -> Outline:
    chosen = (each for each in derived.choices if each.text and _slug(each.text) in slugs)
    return replace(derived, choices=tuple(chosen))


def _slug(text: Shown) -> str:
    return text.copy.manuscript.slug


def missed(release: Release, present: Repository, now: datetime) -> int:
    """How many later commits had come to the protected branch by the instant of a release.

    Whoever gives an old release a later date hides what they hold. Their own dates say so, and a
    commit can be pushed after it was made: so it is told, and refuses nothing.
    """
    trunk = present.trunk
    if not trunk.is_on_line(release.commit):
        return 0
    later = range(trunk.order(release.commit) + 1, len(trunk.commits))
    return sum(trunk.at(order, now) < release.at for order in later)


def _articles(derived: Outline) -> dict[str, ReleasedArticle]:
    texts = (each.text for each in derived.choices if each.text is not None)
    articles = (
        ReleasedArticle(
            slug=_slug(text),
            standing=text.copy.standing.state,
            manifest=text.copy.digest,
            commit=text.commit,
            update=text.copy.standing.update,
        )
        for text in texts
    )
    return {each.slug: each for each in articles}


def _is_one(told: ReleasedArticle | None, now: ReleasedArticle) -> bool:
    """Whether what the release shows is the notice that stands there now."""
    return told == now and Standing(state=now.standing).is_notice


def _differences(
    told: Mapping[str, ReleasedArticle], expected: Mapping[str, ReleasedArticle]
) -> Iterator[Finding]:
    for slug in sorted(told.keys() | expected.keys()):
        if slug not in expected:
            yield _finding(f"`{slug}` is in it, and nothing of it may be shown by its commit")
        elif slug not in told:
            yield _finding(f"`{slug}` is not in it, and its commit shows it")
        elif told[slug] != expected[slug]:
            differs = ", ".join(
                f"{name} {was} and not {should}"
                for (name, was), (_, should) in zip(told[slug], expected[slug], strict=True)
                if was != should
            )
            yield _finding(f"`{slug}` is in it with {differs}")


def _finding(message: str) -> Finding:
    return Finding(path=RELEASE, line=0, rule=RELEASE_IS_DERIVED, message=message, cure=_CURE)
