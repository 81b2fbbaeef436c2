"""``imprimatur appoint``."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

import click
from pydantic import TypeAdapter, ValidationError

from imprimatur.desk.appointing import appoint_person, change_person, new_contributor
from imprimatur.desk.board_file import read_board
from imprimatur.desk.common import clock, git_at, open_repository
from imprimatur.desk.proof import prove
from imprimatur.desk.wish import Wish, option
from imprimatur.editorial import Role
from imprimatur.editorial.places import BOARD
from imprimatur.editorial.site_list import SETTINGS
from imprimatur.errors import CannotExamineError
from imprimatur.manuscript.front_matter import Identifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprimatur.desk.common import Place
    from imprimatur.editorial import Repository

    Given = str | tuple[str, ...] | bool | None

_MODES: Final = ("prove", "contributor", "replace_key", "end_key", "end_term", "revoke_from")
_TEXTS: Final = (
    ("--name", "TEXT", "Their name, as readers will see it."),
    ("--credentials", "TEXT", "Such as MD."),
    ("--affiliation", "TEXT", "Where they work."),
    ("--interests", "TEXT", "Competing interests, or none."),
    ("--orcid", "ID", "Their ORCID, if they have one."),
    ("--from", "DAY", "First day of the term; else today."),
    ("--to", "DAY", "Last day of the term, if it has one."),
    ("--key", "FILE", "Their public key, such as ~/.ssh/id_ed25519.pub."),
    ("--proof", "FILE", "What --prove printed on their machine, if the key is not held here."),
    ("--site", "NAME", "With --prove: the address of the site, if this is no copy of it."),
    ("--replace-key", "OLD", "End a lost key, by its fingerprint or file, and add --key."),
    ("--end-key", "OLD", "End a key without a new one."),
    ("--revoked-from", "INSTANT", "With these two: void what was signed with the old key since."),
    ("--end-term", "DAY", "The last day on which this member serves."),
    ("--revoke-from", "INSTANT", "Void all acts of this member since, as 2026-11-23T10:15:12Z."),
)
_LISTS: Final = (
    ("--specialty", "ID", "Such as radiology; may be given more than once."),
    ("--git", "ADDRESS", "E-mail address in their commits; may be given more than once."),
)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Every option of the command, in the order of its help."""
    for name, metavar, words in reversed(_LISTS):
        command = click.option(name, metavar=metavar, multiple=True, help=words)(command)
    for name, metavar, words in reversed(_TEXTS):
        command = click.option(name, metavar=metavar, help=words)(command)
    roles = click.Choice([each.value for each in Role])
    words = "What they may act as; may be given more than once."
    command = click.option("--role", multiple=True, type=roles, help=words)(command)
    lone = "Only name somebody who writes and gets no rights."
    command = click.option("--contributor", is_flag=True, help=lone)(command)
    words = "Only print a proof that you hold --key, for whoever appoints you."
    return click.option("--prove", is_flag=True, help=words)(command)


@click.command()
@_options
@click.argument("identifier", metavar="ID")
@click.pass_obj
def appoint(place: Place, /, identifier: str, **given: Given) -> None:
    """Put a person and their key onto the board, or change what it says of them.

    ID is how records will name them: lower-case letters, digits and hyphens. It stays for good.
    Nobody is put there without proof that they hold their key. Run it on the person's own machine,
    or take a proof that they made on theirs.
    """
    _demand_identifier(identifier)
    chosen = [name for name in _MODES if given[name]]
    if len(chosen) > 1:
        raise CannotExamineError(f"{' and '.join(map(option, chosen))} do not go together")
    mode = chosen[0] if chosen else ""
    _demand_fitting(mode, given)
    wish = Wish(identifier=identifier, given=given, now=clock())
    if mode == "prove":
        _prove(place, wish)
        return
    _write(open_repository(place), wish, mode)


def _demand_identifier(identifier: str) -> None:
    try:
        TypeAdapter(Identifier).validate_python(identifier)
    except ValidationError:
        raise CannotExamineError(
            f"{identifier!r} cannot name a person; write up to 64 lower-case letters, digits and "
            "single hyphens, such as a-perez"
        ) from None


def _demand_fitting(mode: str, given: dict[str, Given]) -> None:
    """Refuse options that would be passed over in silence."""
    if given["revoked_from"] and mode not in {"replace_key", "end_key"}:
        raise CannotExamineError("--revoked-from goes with --replace-key or --end-key")
    takes = {
        "prove": {"key", "site"},
        "contributor": {"name", "git"},
        "replace_key": {"key", "proof", "revoked_from"},
        "end_key": {"revoked_from"},
        "end_term": set[str](),
        "revoke_from": set[str](),
    }
    if mode:
        idle = [name for name in given if given[name] and name not in {*takes[mode], mode}]
        if idle:
            raise CannotExamineError(
                f"{', '.join(map(option, idle))} cannot be given with {option(mode)}"
            )


def _prove(place: Place, wish: Wish) -> None:
    site = wish.one("site")
    if site is None and not (place.root / SETTINGS).is_file():
        raise CannotExamineError(
            "a proof names the site that it is for, and this is no copy of one; ask whoever "
            "appoints you for its address, and give it: --site articles.example.org"
        )
    if site is None:
        site = _site(open_repository(place))
    file = Path(wish.one("key") or "~/.ssh/id_ed25519").expanduser()
    click.echo(prove(site, wish.identifier, file), nl=False)
    click.echo("Send this text to whoever appoints you. It holds no secret.", err=True)


def _site(repository: Repository) -> str:
    policy = repository.policy.value
    if policy is None:
        raise CannotExamineError(
            "mend the policy first:" + "".join(f"\n  {each}" for each in repository.policy.findings)
        )
    return policy.site


def _write(repository: Repository, wish: Wish, mode: str) -> None:
    file, site = read_board(repository.files), _site(repository)
    if mode == "contributor":
        done = new_contributor(file, wish)
    elif mode:
        done = change_person(file, wish, site, mode)
    else:
        done = appoint_person(file, wish, site)
    file.replace(repository.root, done.data)
    click.echo(f"Wrote {BOARD}, version {done.version}: {done.told}")
    git = git_at(repository.root)
    click.echo(
        "Everybody can read that file. Commit it by itself, with no article in the same change:\n"
        f"  {git} add {BOARD}\n"
        f"  {git} commit -m {quote(f'board: {done.summary}')}\n"
        "It is in force once that commit is on the protected branch."
    )
