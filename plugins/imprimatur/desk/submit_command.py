"""``imprimatur submit``."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

import click

from imprimatur.desk.act_writer import write_act
from imprimatur.desk.answering import demand_not_retracted
from imprimatur.desk.common import Place, clock, git_at, open_repository, require_article
from imprimatur.desk.form import Form
from imprimatur.editorial import Act, ActName, State
from imprimatur.editorial.arrival import arrival, highest_round
from imprimatur.editorial.case import Case
from imprimatur.editorial.eligibility import unknown_addresses
from imprimatur.editorial.git import git
from imprimatur.editorial.history import uncommitted
from imprimatur.editorial.landing import Change
from imprimatur.editorial.places import BIBLIOGRAPHY, BOARD, RECORDS
from imprimatur.editorial.rounds import closed, rounds_of
from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate import copy_of, judge
from imprimatur.gate.examination import as_text
from imprimatur.press import print_copy

if TYPE_CHECKING:
    from imprimatur.editorial import FiledAct, Repository
    from imprimatur.press import Copy

_MEANING: Final = "I submit this text for review."
_FORM: Final = "lower-case letters, digits and single hyphens"


@click.command()
@click.option("--by", metavar="ID", help="Who submits: lower case, a-z, 0-9, hyphen.")
@click.option("--name", help="The name to print.")
@click.argument("slug")
@click.pass_obj
def submit(place: Place, slug: str, by: str | None, name: str | None) -> None:
    """Submit the present text of an article for review. It grants nothing and needs no key."""
    repository = open_repository(place)
    copy = _examined(repository, slug)
    demand_not_retracted(slug, copy.standing)
    acts = repository.records(slug).value or ()
    highest = highest_round(acts)
    submits = [
        filed for filed in acts if filed.act.act is ActName.SUBMIT and filed.act.round <= highest
    ]
    last = max(submits, key=lambda each: (each.act.round, each.act.signed_at), default=None)
    who, printed = _who(by, name)
    _demand_one_person(repository, who, printed)
    act = _act(copy, last, highest + 1, who, printed)
    if (
        last is not None
        and last.act.manuscript == copy.digest
        and not _needs_round(repository, last, copy)
    ):
        click.echo(f"This text was submitted already: {last.path}")
        return
    path = write_act(place.root, act, None)
    click.echo(f"Wrote {path.relative_to(place.root)}: round {act.round}, {act.manuscript[:19]}…")
    _tell_next(open_repository(place), copy, act)
    _tell_stranger(repository)


def _tell_next(repository: Repository, copy: Copy, act: Act) -> None:
    """What is still lacking, and how text and act come to the others together."""
    slug, now = act.article, clock()
    waits = repository.standing(slug, now).waits_for
    if waits:
        click.echo(f"It waits for {'; and for '.join(waits)}.")
    parts = (copy.manuscript.path, BIBLIOGRAPHY, *repository.derived((slug,), now)[slug].images)
    try:
        own = uncommitted(repository.root, parts)
    except CannotExamineError:
        own = (copy.manuscript.path,)
    here = git_at(repository.root)
    what = "it with the text" if own else "it"
    click.echo(f"Now commit {what}, and have it merged:")
    click.echo(f"  {here} add {' '.join(map(quote, (*own, f'{RECORDS}/{slug}')))}")
    click.echo(f'  {here} commit -m "{slug}: submit, round {act.round}"')


def _tell_stranger(repository: Repository) -> None:
    """Say now what the gate would refuse only after the reviews: an author whom nobody knows."""
    board, policy = repository.board.value, repository.policy.value
    arguments = ("config", "--default", "", "--get", "user.email")
    try:
        address = git(repository.root, *arguments).strip().casefold()
    except CannotExamineError:
        # To hand a text in needs no Git; whoever commits it will hear of it then.
        return
    if board is None or policy is None or not address:
        return
    mine = Change(commit="", order=0, addresses=(address,))
    if any(unknown_addresses((mine,), board, policy)):
        click.echo(
            f"Git commits here as {address}, and {BOARD} does not say who that is. Before the text "
            "can be published, name its author there:\n"
            f"  imprimatur appoint ID --contributor --git {quote(address)}",
            err=True,
        )


def _who(by: str | None, name: str | None) -> tuple[str, str]:
    """Id and printed name of who submits."""
    form = Form()
    who = form.need("--by", f"who submits, in {_FORM}", by, lambda: _prompt(f"Your id ({_FORM})"))
    printed = form.need("--name", "the name to print", name, lambda: _prompt("The name to print"))
    form.close()
    return who or "", printed or ""


def _demand_one_person(repository: Repository, who: str, printed: str) -> None:
    """Refuse an id of one person with the name of another, whom it would bar from reviewing."""
    board = repository.board.value
    known = board.known(who) if board else None
    if known is not None and normalize("NFC", printed) != known.name:
        raise CannotExamineError(
            f"`{who}` is {known.name} on the board, and {printed} is not; give the id of who "
            f"submits, or their name as it stands there: --name {quote(known.name)}"
        )


def _prompt(words: str) -> str:
    told: str = click.prompt(words, err=True)
    return told.strip()


def _needs_round(repository: Repository, last: FiledAct, copy: Copy) -> bool:
    """Whether the same text has to be reviewed anew: it was taken down, or a concern stands."""
    slug, now = copy.manuscript.slug, clock()
    manifest, (policy, board) = repository.manifest(slug), repository.law
    if repository.unproven or manifest is None or policy is None or board is None:
        return False
    record = repository.record(slug, now)
    case = Case(manifest=manifest, record=record, board=board, policy=policy, now=now, firm=False)
    mine = [each for each in rounds_of(case) if each.number == last.act.round]
    if any(closed(case, each, case.genuine) for each in mine):
        return True
    return copy.standing.state is State.CONCERN and any(
        case.reaches(filed, each.number) or arrival(filed) > arrival(each.submit)
        for filed in case.of(ActName.CONCERN)
        for each in mine
    )


def _examined(repository: Repository, slug: str) -> Copy:
    """The copy of an article that breaks no rule; a broken text is mended before it is read."""
    require_article(repository, slug)
    copy = copy_of(repository, slug, clock())
    findings = [*repository.manuscript(slug).findings, *repository.policy.findings]
    if copy is not None:
        text = as_text(copy)
        findings += judge(text, print_copy(text))
    for finding in findings:
        click.echo(str(finding), err=True)
    if copy is None or findings:
        click.echo("Nothing was written: mend this first.", err=True)
        raise SystemExit(Outcome.REFUSED)
    return copy


def _act(copy: Copy, last: FiledAct | None, number: int, by: str, name: str) -> Act:
    fields = {
        "act": "submit",
        "site": copy.policy.site,
        "article": copy.manuscript.slug,
        "round": number,
        "manuscript": copy.digest,
        "by": by,
        "role": "author",
        "printed_name": name,
        "meaning": _MEANING,
        "signed_at": clock(),
        "previous": last.digest if last else None,
    }
    try:
        return Act.model_validate(fields, strict=False)
    except ValueError:
        raise CannotExamineError(
            f"`{by}` or {name!r} cannot stand in a record; --by takes {_FORM}, --name one line "
            "of text"
        ) from None
