"""Closed schemas: every error of a file at once, each with its line and dotted path."""

from __future__ import annotations

import json
import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema

from imprimatur.errors import Finding, RuleName
from imprimatur.strict.reading import Reading

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from imprimatur.strict.document import Document


class Closed(BaseModel):
    """A frozen value that takes exactly its own keys, of exactly their own types."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        validate_by_name=False,
        # To build them all takes longer than most commands; each is built when it is first needed.
        defer_build=True,
    )


Model = TypeVar("Model", bound=Closed)

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_FORMS: Final = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": (
        "it is written in lower-case letters, digits and single hyphens, such as emergency-medicine"
    ),
    r"^\S(.*\S)?$": "it is written on one line, with nothing blank around it",
}
"""What the patterns of this program's schemas say."""


def _day(text: object) -> object:
    if not isinstance(text, str):
        return text
    # The library would also read the seconds since 1970.
    if not _DAY.fullmatch(text):
        raise ValueError("a day is written as 2026-11-23")
    return date.fromisoformat(text)


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}),
]
"""A day of the calendar, written year, month, day."""


def validate(model: type[Model], document: Document, rule: RuleName) -> Reading[Model]:
    """Read a document as a value of a closed schema."""
    try:
        # Strict mode reads dates and enumerations from text only where the text is JSON.
        value = model.model_validate_json(json.dumps(document.value))
    except ValidationError as error:
        details = innermost(error.errors(include_url=False))
        findings = tuple(sorted(_finding(model, document, rule, each) for each in details))
        return Reading(value=None, findings=findings)
    return Reading(value=value)


_REASONS: Final = {
    "tuple_type": "it is a list, written as [one, two]",
    "list_type": "it is a list, written as [one, two]",
    "model_type": "it is written as names with values, `name: value`, each on a line of its own",
    "string_type": "it is text; where it looks like a number or a date, put it in quotes",
    "int_type": "it is a whole number, without quotes",
    "bool_type": "it is `true` or `false`, without quotes",
    "enum": "it is {expected}",
    "literal_error": "it is {expected}",
    "greater_than_equal": "it is {ge} or more",
    "less_than_equal": "it is {le} or less",
    "too_short": "it needs {min_length} or more",
    "too_long": "it holds {max_length} at most, and here are {actual_length}",
    "string_too_short": "it needs some text",
    "string_too_long": "it has {max_length} signs at most",
}
"""Why a value is refused, by the library's name for it; it says what stands in the braces."""


def reason_of(error: ErrorDetails) -> str:
    """Why a value is refused, for people who read no patterns."""
    if error["type"] in _REASONS:
        return _REASONS[error["type"]].format_map(error.get("ctx", {}))
    if error["type"] == "string_pattern_mismatch":
        return _FORMS.get(error["ctx"]["pattern"], error["msg"])
    return error["msg"].removeprefix("Value error, ")


def innermost(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows from an error further in: a list that lost a wrong item."""
    inner = {each["loc"][:depth] for each in errors for depth in range(len(each["loc"]))}
    return [each for each in errors if not (each["loc"] and each["loc"] in inner)]


def _finding(
    model: type[Closed], document: Document, rule: RuleName, error: ErrorDetails
) -> Finding:
    where = error["loc"]
    dotted = ".".join(str(part) for part in where) or "the file"
    message, cure = _explain(model, error, dotted)
    line = document.line(tuple(where))
    return Finding(path=document.path, line=line, rule=rule, message=message, cure=cure)


def _explain(model: type[Closed], error: ErrorDetails, dotted: str) -> tuple[str, str]:
    kind, last = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    if error["input"] is None and not last:
        return "there is nothing in it", f"write {', '.join(_needed(model))}, each with its value"
    if kind == "missing":
        return f"`{dotted}` is missing", f"add `{last}:` with its value"
    if kind == "extra_forbidden":
        near = get_close_matches(last, _known(model), n=1)
        hint = f"write `{near[0]}`" if near else f"delete it; known are {', '.join(_known(model))}"
        return f"`{dotted}` is no known key", hint
    reason = reason_of(error)
    reason = reason[:1].lower() + reason[1:]
    if kind == "value_error" and not last:
        return reason, "correct it"
    if error["input"] is None:
        return f"`{dotted}` is empty", f"write a value behind `{last}:`"
    got = json.dumps(error["input"], ensure_ascii=False, default=str)
    shown = got if len(got) <= 80 else got[:77] + "..."  # noqa: PLR2004 - a line of a terminal
    return f"`{dotted}` is {shown}: {reason}", f"correct `{dotted}`"


def _needed(model: type[Closed]) -> list[str]:
    """The keys that a schema cannot do without."""
    required: list[str] = model.model_json_schema().get("required", [])
    return required


def _known(model: type[Closed]) -> list[str]:
    """Every key of a schema and of those inside it, for suggestions."""
    names: dict[str, None] = {}
    schema: dict[str, Any] = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        names.update(dict.fromkeys(part.get("properties", {})))
    return list(names)
