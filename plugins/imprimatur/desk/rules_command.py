"""``imprimatur rules``."""

from __future__ import annotations

from difflib import get_close_matches

import click

from imprimatur.errors import CannotExamineError
from imprimatur.gate import RULES, TOLD_RULES, Rule, ToldRule, text_of


@click.command()
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """Print every rule with a bad and a good example, or one rule."""
    every = (*RULES, *TOLD_RULES)
    known = {str(rule.name): rule for rule in every}
    if name is not None and name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else "`imprimatur rules` lists them all"
        raise CannotExamineError(f"there is no rule `{name}`; {hint}")
    for rule in every if name is None else (known[name],):
        _print(rule)


def _print(rule: Rule | ToldRule) -> None:
    text = text_of(rule)
    click.echo(click.style(rule.name, bold=True))
    click.echo(f"  {text.meaning}")
    click.echo(f"  Bad:  {text.bad}")
    click.echo(f"  Good: {text.good}")
