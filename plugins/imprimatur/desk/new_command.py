"""``imprimatur new``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click
from pydantic import TypeAdapter, ValidationError

from imprimatur.desk.asking import Question, answers
from imprimatur.desk.common import open_repository
from imprimatur.desk.draft import draft_text
from imprimatur.editorial.git import demand_whole_history, git
from imprimatur.editorial.places import ARTICLES, RECORDS
from imprimatur.editorial.site_list import SITE_SLUG
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.manuscript.front_matter import Identifier

if TYPE_CHECKING:
    from pathlib import Path

    from imprimatur.desk.common import Place
    from imprimatur.editorial import Repository

_TITLE: Final = Question(option="--title", words="The question that the article answers")
# As file names they would stand for their folder.
_KEPT: Final = {"index", "readme"}


@click.command()
@click.option("--title", metavar="TEXT", help="The question that the article answers.")
@click.option("--summary", metavar="TEXT", help="One or two sentences for lists and search.")
@click.option("--topic", "topics", metavar="ID", multiple=True, help="A topic; more than once.")
@click.option("--class", metavar="ID", help="A class of the policy; else its first one.")
@click.option("--author", metavar="NAME", help="The first author.")
@click.option("--affiliation", metavar="TEXT", help="Where that author works.")
@click.option("--interests", metavar="TEXT", help="Competing interests of that author, or none.")
@click.option("--evidence-through", metavar="DAY", help="The literature was searched up to then.")
@click.option("--audience", "audiences", metavar="ID", multiple=True, help="Whom it is for.")
@click.argument("slug")
@click.pass_obj
def new(
    place: Place, /, slug: str, title: str | None, **given: str | tuple[str, ...] | None
) -> None:
    """Begin an article: docs/articles/SLUG.md, which says what to write where.

    SLUG names it in addresses and records, for good: lower-case letters, digits and hyphens.
    What is not given stays empty, and `imprimatur check` asks for it.
    """
    repository = open_repository(place)
    path = f"{ARTICLES}/{slug}.md"
    _demand_free(repository, slug, path)
    policy = repository.policy.value
    if policy is None:
        for finding in repository.policy.findings:
            click.echo(str(finding), err=True)
        click.echo("Nothing was written: mend this first.", err=True)
        raise SystemExit(Outcome.NOT_EXAMINED)
    ((question,),) = answers([(_TITLE, (title,) if title else ())])
    known = {name.replace("_", "-"): value or "" for name, value in given.items()}
    _write(repository.root / path, draft_text({**known, "title": question}, policy))
    _say(repository, slug, path)


def _demand_free(repository: Repository, slug: str, path: str) -> None:
    try:
        TypeAdapter(Identifier).validate_python(slug)
    except ValidationError:
        raise CannotExamineError(
            f"{slug!r} cannot name an article; write up to 64 lower-case letters, digits and "
            "single hyphens, such as contrast-spinal-mri"
        ) from None
    if slug in _KEPT:
        raise CannotExamineError(f"`{slug}` would stand for the whole folder; take another name")
    if slug == SITE_SLUG:
        raise CannotExamineError(
            f"`{slug}` is kept for acts about the site itself; take another name"
        )
    root, other = repository.root, "a slug is never used twice; take another name"
    if os.path.lexists(root / path):
        raise CannotExamineError(f"{path} is there already; {other}")
    if os.path.lexists(root / RECORDS / slug):
        raise CannotExamineError(f"{RECORDS}/{slug} holds records of such an article; {other}")
    demand_whole_history(root)
    if git(root, "log", "--all", "-1", "--format=%h", "--", path, f"{RECORDS}/{slug}").strip():
        raise CannotExamineError(f"the history knows an article `{slug}`; {other}")


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _say(repository: Repository, slug: str, path: str) -> None:
    click.echo(f"Wrote {path}. Open it in a text editor: it says what to write where.")
    if repository.bibliography.keys:
        click.echo("Cite works as [@key]; keys: imprimatur references list --with-keys")
    else:
        click.echo(
            "The bibliography holds no work yet. Write the works into bibliography.bib, then cite "
            "them as [@key]."
        )
    click.echo(
        "`imprimatur check` will want every line of its head filled in, an answer, and a source "
        "for the article and for each evidence section; then a submission:\n"
        f"  imprimatur submit {slug}"
    )
