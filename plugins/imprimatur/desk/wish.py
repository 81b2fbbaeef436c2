"""What somebody asks of ``imprimatur appoint``, read from its options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from imprimatur.desk.asking import Question, answers
from imprimatur.editorial.moment import Moment
from imprimatur.errors import CannotExamineError
from imprimatur.strict import Day, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    Given = Mapping[str, str | tuple[str, ...] | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for.

    identifier: of the person. given: every option by its name. now: the clock.
    """

    identifier: str
    given: Given
    now: datetime

    def one(self, name: str) -> str | None:
        """The value of an option that is given once."""
        value = self.given[name]
        return value if isinstance(value, str) and value.strip() else None

    def day(self, name: str) -> date | None:
        """A day, today or later."""
        text = self.one(name)
        found: date | None = _read(Day, name, text) if text else None
        if found is not None and found < self.now.date():
            raise CannotExamineError(
                f"{option(name)} {text} is in the past; a term begins and ends today "
                f"({self.now:%Y-%m-%d}) or later. What was signed from an instant on is made void "
                "with --revoke-from"
            )
        return found

    def instant(self, name: str) -> datetime | None:
        """An instant that has come."""
        text = self.one(name)
        found: datetime | None = _read(Moment, name, text) if text else None
        if found is not None and found > self.now:
            raise CannotExamineError(f"{option(name)} {text} is in the future; name a past instant")
        return found

    def told(self, questions: tuple[Question, ...]) -> dict[str, tuple[str, ...]]:
        """The answers to these questions, by the names of their options."""
        known = [(each, self._known(each)) for each in questions]
        found = answers(known)
        return {
            each.option.removeprefix("--"): answer
            for each, answer in zip(questions, found, strict=True)
        }

    def _known(self, question: Question) -> tuple[str, ...]:
        value = self.given[question.option.removeprefix("--")]
        words = value if isinstance(value, tuple) else (self.one(question.option[2:]) or "",)
        return tuple(each for each in words if each.strip())


def option(name: str) -> str:
    """An option as it is typed."""
    return f"--{name.replace('_', '-')}"


def _read(kind: Any, name: str, text: str) -> Any:  # noqa: ANN401 - whatever that kind holds
    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        why = reason_of(error.errors()[0])
        raise CannotExamineError(f"{option(name)} {text!r}: {why}") from None
