"""Shows an editor what was changed of the site's own files, word by word where they are text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from imprimatur.desk.showing import in_fours, in_words
from imprimatur.editorial.site_list import as_text, site_change, site_digest
from imprimatur.editorial.site_record import past_site
from imprimatur.errors import one_line
from imprimatur.manuscript import file_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.desk.site_draft import SiteDraft
    from imprimatur.editorial import Repository
    from imprimatur.editorial.site_list import SiteChange
    from imprimatur.editorial.site_record import PastSite, SiteRecord

_LONGEST: Final = 200_000
"""Bytes of a file that is compared word by word; a longer one is no reading in a terminal."""


def show_site(repository: Repository, record: SiteRecord, draft: SiteDraft) -> None:
    """Print what an editor is about to approve."""
    click.echo("site      pages, assets and settings, all but the articles")
    click.echo(f"list      version {draft.version}, {len(record.present)} files")
    click.echo(f"digest    {in_fours(site_digest(draft.data))}")
    past = past_site(repository, record.standing)
    if past is None:
        click.echo("no list of this site was approved before: read each of these files whole")
    else:
        click.echo(f"changed since version {past.listed.version}, which was approved last:")
    change = site_change(past.listed.files if past else {}, record.present)
    for line in _told(repository, change, past):
        click.echo(line)
    if not change:
        click.echo("  nothing")


def listed_change(record: SiteRecord) -> Iterator[str]:
    """What became of the files since they were listed, by name alone."""
    old = record.listed.value.files if record.listed.value else {}
    change = site_change(old, record.present)
    for word, paths in _by_word(change):
        yield from (f"  {word:<8}  {one_line(path)}" for path in paths)


def _told(repository: Repository, change: SiteChange, past: PastSite | None) -> Iterator[str]:
    for word, paths in _by_word(change):
        for path in paths:
            yield f"  {word:<8}  {one_line(path)}"
            if past is not None and word == "changed":
                yield from (f"  {line}" for line in _words(repository, past, path))


def _by_word(change: SiteChange) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "removed", change.removed
    yield "added", change.added
    yield "changed", change.changed


def _words(repository: Repository, past: PastSite, path: str) -> Iterator[str]:
    old, new = past.file(repository, path), repository.files.read(path)
    if old is None or new is None:
        yield "  how it was is not found in history: read it whole"
        return
    texts = as_text(old), as_text(new)
    if texts[0] is None or texts[1] is None or max(len(old), len(new)) > _LONGEST:
        yield f"  {len(old)} bytes before, {len(new)} now: look at it in a browser"
        return
    for line in in_words(file_diff("", *(_visible(each or "") for each in texts))):
        yield line.replace("  , line", "  line", 1)


def _visible(text: str) -> str:
    """The text with every sign written out that a terminal would obey or hide."""
    return "".join(sign if sign in "\n\t" else one_line(sign) for sign in text)
