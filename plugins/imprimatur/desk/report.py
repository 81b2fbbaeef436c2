"""A verdict as text for people, JSON for programs, and annotations for GitHub."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import click

from imprimatur.errors import Outcome, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from imprimatur.gate import Verdict


class Format(StrEnum):
    """How a verdict is printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is told beside a verdict: lines for people, data for programs."""

    lines: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)


_NOTHING: Final = About()


def print_verdict(verdict: Verdict, form: Format, granted: str, about: About = _NOTHING) -> None:
    """Print a verdict. granted: the sentence for when there is nothing to say."""
    if form is Format.JSON:
        plain = _plain(verdict) | dict(about.data)
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
    elif form is Format.GITHUB:
        for line in _annotations(verdict):
            click.echo(line)
        for line in about.lines:
            click.echo(f"::notice::{_data(click.unstyle(line))}")
    else:
        _print_text(verdict, granted, about)


def _print_text(verdict: Verdict, granted: str, about: About) -> None:
    for finding in verdict.findings:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        click.echo(
            # Whoever proposes a file names it, and a line of theirs may be an order to GitHub.
            f"{click.style(one_line(place), bold=True)}: {click.style(finding.rule, fg='yellow')}: "
            f"{one_line(f'{finding.message}; {finding.cure}')}"
        )
    for unchecked in verdict.unchecked:
        click.echo(f"not checked: {unchecked.rule}: {one_line(unchecked.reason)}")
    for line in about.lines:
        click.echo(line)
    if not (verdict.articles or verdict.findings or verdict.unchecked):
        click.echo("There is no article to examine; begin one: imprimatur new SLUG")
    click.echo(summary(verdict, granted))


def summary(verdict: Verdict, granted: str) -> str:
    """The last line: what the outcome is, and how many of what."""
    counts = f"{_count(verdict.articles, 'article')} examined"
    if verdict.outcome is Outcome.GRANTED:
        return f"{granted} ({counts})"
    parts = [counts, _count(len(verdict.findings), "finding")]
    if verdict.unchecked:
        parts.append(f"{len(verdict.unchecked)} not checked")
    word = "Refused" if verdict.outcome is Outcome.REFUSED else "Could not examine everything"
    return f"{word}: {', '.join(parts)}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _plain(verdict: Verdict) -> dict[str, object]:
    return {
        "outcome": verdict.outcome.name.lower().replace("_", "-"),
        "articles": verdict.articles,
        "findings": [asdict(finding) for finding in verdict.findings],
        "unchecked": [asdict(unchecked) for unchecked in verdict.unchecked],
    }


def _annotations(verdict: Verdict) -> Iterator[str]:
    for finding in verdict.findings:
        line = f",line={finding.line}" if finding.line else ""
        place = f"file={_property(finding.path)}{line},title={_property(finding.rule)}"
        yield f"::error {place}::{_data(f'{finding.message}; {finding.cure}')}"
    for unchecked in verdict.unchecked:
        reason = _data(f"not checked: {unchecked.reason}")
        yield f"::warning title={_property(unchecked.rule)}::{reason}"


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
