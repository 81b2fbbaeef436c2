"""Which commit a command is about: the one that is checked out, or what once was the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click
from pydantic import TypeAdapter, ValidationError

from imprimatur.desk.common import open_repository
from imprimatur.editorial import Repository
from imprimatur.editorial.moment import Moment
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from datetime import datetime

    from imprimatur.desk.common import Place
    from imprimatur.editorial.cache import Cache

_MOMENT: Final = TypeAdapter[Any](Moment)


class Instant(click.ParamType["datetime"]):
    """An instant in UTC, as records write it."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it, or refuse it as a wrong option."""
        try:
            found: datetime = _MOMENT.validate_python(value)
        except ValidationError:
            self.fail("write an instant in UTC, such as 2026-11-23T10:15:12Z", param, ctx)
        return found


def checked_out(place: Place) -> Repository:
    """The commit that is checked out, whatever lies in the working tree.

    Raises CannotExamineError where there is none, or no protected branch to judge it by.
    """
    cache = open_repository(place).cache
    try:
        repository = Repository(place.root, place.trust, cache, commit="HEAD")
    except CannotExamineError:
        # Why there is none is told by what else is missing.
        repository = Repository(place.root, place.trust, _proven(place).cache, commit="HEAD")
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    return repository


def protected_at(
    place: Place, at: datetime | None, now: datetime, cache: Cache | None = None
) -> Repository:
    """The last commit of the protected branch, or what was its last one at an instant.

    Of what came later nothing is known to it: neither acts nor boards nor policies.
    cache: as of ``Repository``.
    Raises CannotExamineError where there was none, or where the instant has not come yet.
    """
    repository = _proven(place, cache)
    if at is not None and at > now:
        raise CannotExamineError(
            f"{at:%Y-%m-%dT%H:%M:%SZ} has not come yet; name an instant that is past"
        )
    trunk = repository.trunk
    commit = trunk.tip if at is None else trunk.newest(at, now)
    if not commit:
        when = "" if at is None else f" by {at:%Y-%m-%dT%H:%M:%SZ}"
        raise CannotExamineError(f"nothing had come to the protected branch{when}")
    return Repository(place.root, commit, repository.cache, commit=commit)


def protected_tip(place: Place, cache: Cache | None = None) -> Repository:
    """The last commit of the protected branch, of which nothing but the history need be sound.

    The working tree may be that of any commit, and need hold no site. cache: as of ``Repository``.
    Raises CannotExamineError where there is none.
    """
    repository = Repository(place.root, place.trust, cache)
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    tip = repository.trunk.tip
    if not tip:
        raise CannotExamineError("nothing had come to the protected branch")
    return Repository(place.root, tip, repository.cache, commit=tip)


def _proven(place: Place, cache: Cache | None = None) -> Repository:
    repository = open_repository(place)
    if cache is not None:
        repository = Repository(place.root, place.trust, cache)
    if repository.unproven:
        raise CannotExamineError(repository.unproven)
    return repository
