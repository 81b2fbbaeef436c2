"""The commands of the acts, each declared from its line in the table of deeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from imprimatur.desk.acting import do
from imprimatur.desk.deeds import DEEDS
from imprimatur.desk.form import ALL, Wish
from imprimatur.editorial import ActName, Decision
from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprimatur.desk.common import Place
    from imprimatur.desk.deeds import Deed

_FILE: Final = click.Path(dir_okay=False, path_type=Path)


def _common(deed: Deed) -> list[click.Parameter]:
    found: list[click.Parameter] = [
        click.Argument(["slug"]),
        click.Option(
            ["--by"], metavar="ID", help="Who signs; else whom Git's user.email belongs to."
        ),
        click.Option(
            ["--role"], metavar="ROLE", help="The role to act in; else the first that may."
        ),
        click.Option(
            ["--key"], metavar="FILE", type=_FILE, help="The private key; else looked for."
        ),
        click.Option(["--yes"], is_flag=True, help="Sign without a question, as in a script."),
    ]
    if deed.name is not ActName.ASSIGN:
        found.append(click.Option(["--reason"], metavar="TEXT", help="Why; readers may see it."))
    if deed.answers:
        names = dict.fromkeys(["answered", deed.answers, "--act"])
        words = "The file of the act it answers; needed only where there are several."
        found.append(click.Option(list(names), metavar="ACT", help=words))
    return found


def _review() -> list[click.Parameter]:
    decisions = click.Choice([each.value for each in Decision])
    return [
        click.Option(["--decision"], type=decisions, help="What you decide."),
        click.Option(["--approve"], is_flag=True, help="The same as --decision approve."),
        click.Option(["--revise"], metavar="REASON", help="Ask for changes, and say which."),
        click.Option(["--reject"], metavar="REASON", help="It must not be published, and why."),
        click.Option(
            ["--conflict"], metavar="TEXT", help="`none`, or your conflict in a sentence."
        ),
        click.Option(
            ["audiences", "--audience"],
            metavar="ID",
            multiple=True,
            help="An audience that you read it for; all of them unless you name some.",
        ),
        click.Option(
            ["--checked"],
            metavar="ITEM",
            multiple=True,
            help=f"An item of the checklist, by number, that you confirm; or `{ALL}`.",
        ),
        click.Option(
            ["light", "--light/--whole"], default=None, help="Of the edit, or of the whole."
        ),
    ]


def _own(name: ActName) -> list[click.Parameter]:
    if name is ActName.REVIEW:
        return _review()
    if name is ActName.ASSIGN:
        words = "Somebody who shall review; once for each."
        return [click.Option(["reviewers", "--reviewer"], metavar="ID", multiple=True, help=words)]
    if name is ActName.SUPERSEDE:
        words = "The article that takes its place."
        return [click.Option(["successor", "--by-article"], metavar="SLUG", help=words)]
    return []


def _command(deed: Deed) -> click.Command:
    @click.pass_obj
    def run(place: Place, /, slug: str, **given: object) -> None:
        do(place, deed, slug, _wish(given))

    params: Sequence[click.Parameter] = [*_common(deed), *_own(deed.name)]
    return click.Command(str(deed.name), callback=run, params=list(params), help=deed.help)


def _wish(given: dict[str, Any]) -> Wish:
    """The options as one wish; of a decision there can be only one."""
    plain = dict(given)
    ways = {
        Decision.APPROVE: plain.pop("approve", None),
        Decision.REVISE: plain.pop("revise", None),
        Decision.REJECT: plain.pop("reject", None),
    }
    chosen = {way for way, value in ways.items() if value}
    if plain.get("decision"):
        chosen.add(Decision(str(plain["decision"])))
    if len(chosen) > 1:
        raise CannotExamineError(
            f"decide for one of {', '.join(sorted(chosen))}; nothing was signed"
        )
    for way in chosen:
        plain["decision"] = str(way)
        if isinstance(ways.get(way), str):
            plain["reason"] = ways[way]
    return Wish(**plain)


_ACTS: Final = {str(deed.name): _command(deed) for deed in DEEDS}


def __getattr__(name: str) -> click.Command:
    """A command for every act that takes a signature, by its name."""
    if name not in _ACTS:
        raise AttributeError(name)
    return _ACTS[name]
