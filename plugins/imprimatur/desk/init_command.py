"""``imprimatur init``."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from imprimatur.desk.asking import Question, answers
from imprimatur.desk.blueprint import LOCK, site_files
from imprimatur.editorial.git import git
from imprimatur.editorial.places import ARTICLES
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SITE = Question(
    option="--site", words="Address under which people will read it, such as articles.example.org"
)


@click.command()
@click.option("--site", metavar="NAME", help="Address of the site; every signed act will name it.")
@click.option(
    "--github",
    is_flag=True,
    help="Add workflows by which GitHub examines proposals, publishes, and tells of reviews due.",
)
@click.argument(
    "folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path)
)
@click.pass_context
def init(context: click.Context, folder: Path, site: str | None, *, github: bool) -> None:
    """Make a site from nothing: pages, policy, an empty board, and a Git repository.

    No file is ever written over.
    """
    # What stands behind -C itself: a site above it is not the one to be made.
    start = context.parent.params["root"] if context.parent else Path()
    target = Path(os.path.realpath(start / folder))
    ((name,),) = answers([(_SITE, (site,) if site else ())])
    files = site_files(name, github=github)
    _demand_room(target, files)
    is_new = not _is_repository(_nearest(target))
    if is_new:
        _demand_identity(_nearest(target))
    _write(target, files)
    (target / ARTICLES).mkdir(parents=True, exist_ok=True)
    if is_new:
        git(target, "init", "--quiet", "--initial-branch=main")
        git(target, "add", "--", *files)
        git(target, "commit", "--quiet", "-m", "site: begin")
    _say(target, files, is_new=is_new)


def _write(target: Path, files: Mapping[str, str]) -> None:
    """Write all of them, or none."""
    done: list[Path] = []
    try:
        for path, text in files.items():
            _begin(target / path)
            # Only now it is ours, and may be removed again.
            done.append(target / path)
            (target / path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        _remove(done)
        raise CannotExamineError(
            f"the files cannot be written to {target} ({error.strerror}); none was left behind"
        ) from None
    except BaseException:
        _remove(done)
        raise


def _begin(place: Path) -> None:
    """Make an empty file that nobody else has made."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(exist_ok=False)


def _remove(places: Iterable[Path]) -> None:
    for place in places:
        place.unlink(missing_ok=True)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _demand_room(target: Path, paths: Iterable[str]) -> None:
    folders = {parent for path in paths for parent in (target / path).parents}
    in_way = {path for path in paths if os.path.lexists(target / path)}
    in_way |= {
        each.relative_to(target).as_posix()
        for each in folders
        if each.is_relative_to(target) and os.path.lexists(each) and not each.is_dir()
    }
    if in_way:
        raise CannotExamineError(
            f"nothing was written, because {len(in_way)} of the files are in {target} already:"
            + "".join(f"\n  {path}" for path in sorted(in_way))
            + "\nName a new folder, or move these away first"
        )


def _is_repository(folder: Path) -> bool:
    # Without Git itself, the answer is not no.
    git(folder, "--version")
    try:
        git(folder, "rev-parse", "--git-dir")
    except CannotExamineError:
        return False
    return True


def _demand_identity(folder: Path) -> None:
    try:
        git(folder, "var", "GIT_COMMITTER_IDENT")
        git(folder, "var", "GIT_AUTHOR_IDENT")
    except CannotExamineError:
        raise CannotExamineError(
            "nothing was written, because Git does not know who you are, and every change carries "
            'a name; run first:\n  git config --global user.name "Your Name"'
            "\n  git config --global user.email you@example.org"
        ) from None


def _say(target: Path, paths: Mapping[str, str], *, is_new: bool) -> None:
    click.echo(f"Made a site in {target}:")
    for path in (*paths, f"{ARTICLES}/"):
        click.echo(f"  {path}")
    here = quote(os.path.relpath(target))
    if is_new:
        click.echo("It is a Git repository of its own, and these files are its first commit.")
    else:
        click.echo("It lies in a Git repository that was there before. Commit these files there.")
    click.echo(
        "There is no article yet. Until there is one, `imprimatur check` says that nothing was "
        "examined, and `imprimatur publish` refuses.\nNext:"
    )
    if here != ".":
        click.echo(f"  cd {here}")
    click.echo('  imprimatur new my-first-article --title "The question that it answers"')
    click.echo("  imprimatur appoint an-author --contributor")
    click.echo("  imprimatur appoint a-reviewer")
    click.echo("  imprimatur check")
    click.echo("Before the site is published, an editor signs for its own pages: imprimatur site")
    if "requirements.in" in paths:
        click.echo(
            "The workflows install what requirements.lock names by its digest. Make it with uv, "
            f"and commit it:\n  {LOCK}"
        )
