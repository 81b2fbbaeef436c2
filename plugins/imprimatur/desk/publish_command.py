"""``imprimatur publish``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from imprimatur.desk.commit import Instant, protected_at, protected_tip
from imprimatur.desk.common import Place, clock
from imprimatur.desk.host_build import Builder, Host
from imprimatur.desk.publishing import release
from imprimatur.desk.purge import checklist
from imprimatur.desk.report import Format, print_verdict
from imprimatur.desk.uncommitted import ahead, beside
from imprimatur.editorial import Repository, State
from imprimatur.editorial.git import git
from imprimatur.editorial.places import PUBLISHED
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate import Examination
from imprimatur.gate.emergency import emergency_plan
from imprimatur.gate.host_settings import SETTINGS
from imprimatur.gate.planning import plan
from imprimatur.gate.release_check import check_release, together
from imprimatur.gate.release_file import read_release
from imprimatur.gate.swap import releases_of, workshop

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from imprimatur.gate import Verdict
    from imprimatur.gate.plan import Plan
    from imprimatur.gate.release_file import Release

_NOTICES: Final = {State.EXPIRED, State.WITHDRAWN, State.RETRACTED, State.SUPERSEDED}

_LIVE: Final = "site-live"
_SOURCES: Final = {".git", *PUBLISHED}


@click.command()
@click.option(
    "--to",
    "to",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=f"The live folder, which becomes a link to the newest release; else {_LIVE}.",
)
@click.option(
    "--at",
    metavar="TIME",
    type=Instant(),
    help="Publish what the protected branch held then, as it stood then.",
)
@click.option(
    "--host",
    type=click.Choice([each.value for each in Host]),
    help="What builds the site; mkdocs unless named, in an emergency what built the last release.",
)
@click.option(
    "--emergency",
    is_flag=True,
    help="Publish the last release anew without what was taken down since, whatever else is red.",
)
@click.pass_obj
def publish(
    place: Place, to: Path | None, at: datetime | None, host: str | None, *, emergency: bool
) -> None:
    """Publish what is approved, and nothing else.

    Read from the last commit of the protected branch, staged in an empty folder, built by the host,
    looked through, and swapped in in one step. What fails leaves the live folder as it was.
    """
    if emergency and at is not None:
        raise CannotExamineError("an emergency is now; leave out --at")
    chosen = (to or place.root / _LIVE).absolute()
    # The folder itself is a link, which is replaced and never followed.
    live = Path(os.path.realpath(chosen.parent)) / chosen.name
    _demand_outside(place.root.resolve(), Path(os.path.normpath(live)))
    with workshop(live) as built:
        if emergency:
            _publish_without(place, host, built, live)
        else:
            with Builder(Host(host or Host.MKDOCS)) as builder:
                _publish(place, at, builder, built, live)


def _demand_outside(root: Path, live: Path) -> None:
    """Refuse to publish over what the site is made from. Raises CannotExamineError."""
    where = f"{live} is no place to publish to"
    cure = f"name a folder of its own, such as --to {root / _LIVE}"
    if root.is_relative_to(live):
        raise CannotExamineError(f"{where}: the site's own sources lie in it; {cure}")
    if not live.is_relative_to(root):
        return
    top = live.relative_to(root).parts[0]
    arguments = ("--literal-pathspecs", "ls-files", "-z", "--", top)
    # The link itself may have been committed; what lies in a folder of sources is another thing.
    is_link = live == root / top and live.is_symlink()
    if top in _SOURCES or (not is_link and git(root, *arguments)):
        raise CannotExamineError(f"{where}: {top} belongs to the site's own sources; {cure}")


def _publish(place: Place, at: datetime | None, builder: Builder, built: Path, live: Path) -> None:
    now = clock()
    repository = protected_at(place, at, now)
    # Whoever signed and did not commit looks for the fault elsewhere.
    left = (*ahead(repository), *beside(repository)) if at is None else ()
    made, verdict = plan(repository, at or now)
    gate = together(verdict, check_release(Examination(repository, at or now), made))
    if gate.outcome is not Outcome.GRANTED or not made.printed:
        print_verdict(gate, Format.TEXT, "Nothing was found")
        if not made.printed and gate.outcome is not Outcome.REFUSED:
            click.echo("No article is approved, and a release without any is none.")
        _say(left)
        _say_unchanged(live)
        raise SystemExit(gate.outcome or Outcome.NOT_EXAMINED)
    _finish(release(made, builder, built, live), live)
    _say(left)
    _say_published(made, live)


def _publish_without(place: Place, chosen: str | None, built: Path, live: Path) -> None:
    """Publish the last release without what was taken down since."""
    now, last = clock(), read_release(live)
    host = _host(chosen, last)
    present = protected_tip(place)
    released = Repository(place.root, last.commit, present.cache, commit=last.commit)
    made, taken = emergency_plan(present, released, last.at, now)
    if not taken:
        raise CannotExamineError(
            "nothing of the last release was taken down on the protected branch; do it first, such "
            "as `imprimatur withdraw SLUG`, and commit and push that"
        )
    with Builder(host) as builder:
        _finish(release(made, builder, built, live, is_emergency=True), live)
    _say_published(made, live)
    policy = released.law[0]
    _say(checklist(policy.site if policy else "", taken, releases_of(live)))
    _warn(present)


def _host(chosen: str | None, last: Release) -> Host:
    """What builds an emergency: the same as the last release, whatever its settings ask of it."""
    name = chosen or last.tools.host.partition(" ")[0]
    if name not in set(Host):
        raise CannotExamineError(
            f"the last release was built by {last.tools.host}; name what builds this one: --host "
            f"{' or --host '.join(Host)}"
        )
    return Host(name)


def _warn(present: Repository) -> None:
    """Say what else keeps the protected branch from being published, as far as it is unreadable."""
    try:
        files = present.committed.entries if present.committed else {}
    except CannotExamineError as error:
        click.echo(f"The next release waits until this is mended: {error}.")
        return
    if SETTINGS not in files:
        click.echo(f"The next release waits until this is mended: there is no {SETTINGS}.")


def _finish(verdict: Verdict, live: Path) -> None:
    if verdict.outcome is not Outcome.GRANTED:
        print_verdict(verdict, Format.TEXT, "Granted")
        _say_unchanged(live)
        raise SystemExit(verdict.outcome)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _say_unchanged(live: Path) -> None:
    is_there = os.path.lexists(live)
    click.echo(f"Nothing was published: {live} is {'as it was' if is_there else 'not there yet'}.")


def _say_published(made: Plan, live: Path) -> None:
    states = {each.slug: each.entry.state for each in made.printed}
    for each in made.withheld:
        state, waits = states.get(each.slug), "; and for ".join(each.waits_for)
        what = "Left out" if state is None else "A newer text is left out"
        if state in _NOTICES:
            click.echo(f"A notice stands in place of the text: {each.slug} is {state}.")
        else:
            click.echo(f"{what}: {each.slug} waits for {waits}.")
    count = "1 article" if len(made.printed) == 1 else f"{len(made.printed)} articles"
    click.echo(
        f"Published: {count} of the commit {made.commit[:12]}, as of "
        f"{made.at:%Y-%m-%dT%H:%M:%SZ}, in {live}."
    )
