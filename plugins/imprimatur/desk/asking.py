"""What a command must know: from its options, else asked at a terminal, else all named at once."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from imprimatur.errors import CannotExamineError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTHING: Final = {"none", "nothing"}
"""What people type who are asked for something and have none of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to know.

    option: its option, such as ``--name``. words: how it is asked for.
    many: whether several answers are given, with commas between them.
    optional: whether none will do, too, and so it is asked for, but never missing.
    """

    option: str
    words: str
    many: bool = False
    optional: bool = False


def is_terminal() -> bool:
    """Whether somebody sits there who can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def answers(given: Sequence[tuple[Question, tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Every answer, in order: what was given, else what is asked now.

    Raises CannotExamineError, with all that is missing, where nobody can be asked.
    """
    missing = [each for each, known in given if not known and not each.optional]
    if missing and not is_terminal():
        lines = "".join(f"\n  {each.option}: {each.words}" for each in missing)
        raise CannotExamineError(
            f"nothing was written, because {len(missing)} of the options needed "
            f"{'is' if len(missing) == 1 else 'are'} missing:{lines}"
        )
    # Who gave all that is needed is asked for nothing more.
    found = [known if known or not missing else _ask(each) for each, known in given]
    return [
        tuple(word for word in words if not (each.optional and word.casefold() in _NOTHING))
        for (each, _), words in zip(given, found, strict=True)
    ]


def _ask(question: Question) -> tuple[str, ...]:
    default = "" if question.optional else None
    told: str = click.prompt(question.words, default=default, show_default=False, err=True)
    words = told.split(",") if question.many else [told]
    return tuple(each.strip() for each in words if each.strip())
