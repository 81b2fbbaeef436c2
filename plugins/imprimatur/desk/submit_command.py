"""``imprimatur submit``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
import yaml

from imprimatur.desk.common import Place, clock, open_repository, require_article
from imprimatur.editorial import Act, ActName
from imprimatur.editorial.records import RECORDS, act_name
from imprimatur.errors import CannotExamineError
from imprimatur.gate import Outcome, copy_of, judge
from imprimatur.press import print_copy

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.editorial import FiledAct, Repository
    from imprimatur.press import Copy

_MEANING = "I submit this text for review."


@click.command()
@click.option(
    "--by", required=True, metavar="ID", help="Who submits: lower case, a-z, 0-9, hyphen."
)
@click.option("--name", required=True, help="The name to print.")
@click.argument("slug")
@click.pass_obj
def submit(place: Place, slug: str, by: str, name: str) -> None:
    """Submit the present text of an article for review. It grants nothing and needs no key."""
    repository = open_repository(place)
    copy = _examined(repository, slug)
    submits = [
        filed for filed in repository.records(slug).value or () if filed.act.act is ActName.SUBMIT
    ]
    last = max(submits, key=lambda filed: filed.act.signed_at, default=None)
    act = _act(copy, last, by, name)
    if last is not None and last.act.manuscript == copy.digest:
        click.echo(f"This text was submitted already: {last.path}")
        return
    path = _write(place.root, act)
    click.echo(f"Wrote {path.relative_to(place.root)}: round {act.round}, {act.manuscript[:19]}…")
    click.echo("Commit it with the manuscript. It waits for an editor to assign reviewers.")


def _examined(repository: Repository, slug: str) -> Copy:
    """The copy of an article that breaks no rule; a broken text is mended before it is read."""
    require_article(repository, slug)
    copy = copy_of(repository, slug, clock())
    findings = [*repository.manuscript(slug).findings, *repository.policy.findings]
    if copy is not None:
        findings += judge(copy, print_copy(copy))
    for finding in findings:
        click.echo(str(finding), err=True)
    if copy is None or findings:
        click.echo("Nothing was written: mend this first.", err=True)
        raise SystemExit(Outcome.REFUSED)
    return copy


def _act(copy: Copy, last: FiledAct | None, by: str, name: str) -> Act:
    fields = {
        "act": "submit",
        "site": copy.policy.site,
        "article": copy.manuscript.slug,
        "round": last.act.round + 1 if last else 1,
        "manuscript": copy.digest,
        "by": by,
        "role": "author",
        "printed_name": name,
        "meaning": _MEANING,
        "signed_at": f"{clock():%Y-%m-%dT%H:%M:%SZ}",
        "previous": last.digest if last else None,
    }
    try:
        return Act.model_validate(fields, strict=False)
    except ValueError:
        raise CannotExamineError(
            f"`{by}` or {name!r} cannot stand in a record; --by takes lower-case letters, digits "
            "and single hyphens, --name one line of text"
        ) from None


def _write(root: Path, act: Act) -> Path:
    """Write the act whole or not at all; an act is never written over."""
    path = root / RECORDS / act.article / act_name(act)
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = act.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    text = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=96)
    part = path.with_suffix(".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.link(part, path)
    except FileExistsError:
        raise CannotExamineError(f"{path} is there already; wait a second, try again") from None
    finally:
        part.unlink(missing_ok=True)
    return path
