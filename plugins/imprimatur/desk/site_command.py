"""``imprimatur site``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from imprimatur.desk.common import Place, clock, open_repository
from imprimatur.desk.site_draft import draft_of
from imprimatur.desk.site_showing import listed_change
from imprimatur.desk.site_signing import SiteWish, sign_site
from imprimatur.editorial.site_list import SITE
from imprimatur.editorial.site_record import read_site

if TYPE_CHECKING:
    from imprimatur.desk.site_draft import SiteDraft

_FILE: Final = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--write-only", is_flag=True, help="List the files anew, and sign nothing.")
@click.option("--revise", metavar="REASON", help="Object to the files as they are, and say why.")
@click.option("--by", metavar="ID", help="Who signs; else whom Git's user.email belongs to.")
@click.option("--role", metavar="ROLE", help="The role to act in; else the first that may.")
@click.option("--key", metavar="FILE", type=_FILE, help="The private key; else looked for.")
@click.option("--yes", is_flag=True, help="Sign without a question, as in a script.")
@click.pass_obj
def site(  # noqa: PLR0913 - one for each option
    place: Place,
    *,
    write_only: bool,
    revise: str | None,
    by: str | None,
    role: str | None,
    key: Path | None,
    yes: bool,
) -> None:
    """Approve the site's own files: its pages, assets and settings, all but the articles.

    Shows what was changed since an editor approved them last, writes the list of them to
    editorial/site.yml, and signs it. Nothing is published without such a list.
    """
    if not write_only:
        sign_site(place, SiteWish(reason=revise, by=by, role=role, key=key, yes=yes))
        return
    repository = open_repository(place)
    record = read_site(repository, clock())
    draft = draft_of(repository, record)
    if not draft.is_new:
        click.echo(f"{SITE} is right as it is: version {draft.version}.")
        return
    for line in listed_change(record):
        click.echo(line)
    write_list(place.root, draft)
    click.echo(f"Wrote {SITE}, version {draft.version}. Commit it with the files.")
    click.echo("It waits for an editor, who reads what was changed and signs: imprimatur site")


def write_list(root: Path, draft: SiteDraft) -> None:
    """Write a list where it belongs."""
    (root / SITE).parent.mkdir(parents=True, exist_ok=True)
    (root / SITE).write_bytes(draft.data)
