"""Closed schemas: every error of a file at once, each with its line and dotted path."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from imprimatur.errors import Finding, RuleName
from imprimatur.strict.reading import Reading

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from imprimatur.strict.yaml import Document


class Closed(BaseModel):
    """A frozen value that takes exactly its own keys, of exactly their own types."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, validate_by_name=False
    )


Model = TypeVar("Model", bound=Closed)


def validate(model: type[Model], document: Document, rule: RuleName) -> Reading[Model]:
    """Read a document as a value of a closed schema."""
    try:
        # Strict mode reads dates and enumerations from text only where the text is JSON.
        value = model.model_validate_json(json.dumps(document.value))
    except ValidationError as error:
        details = error.errors(include_url=False)
        findings = tuple(sorted(_finding(model, document, rule, each) for each in details))
        return Reading(value=None, findings=findings)
    return Reading(value=value)


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
    if kind == "missing":
        return f"`{dotted}` is missing", f"add `{last}:` with its value"
    if kind == "extra_forbidden":
        near = get_close_matches(last, _known(model), n=1)
        hint = f"write `{near[0]}`" if near else f"delete it; known are {', '.join(_known(model))}"
        return f"`{dotted}` is no known key", hint
    reason = error["msg"].removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    got = json.dumps(error["input"], ensure_ascii=False, default=str)
    shown = got if len(got) <= 80 else got[:77] + "..."  # noqa: PLR2004 - a line of a terminal
    return f"`{dotted}` is {shown}: {reason}", f"correct `{dotted}`"


def _known(model: type[Closed]) -> list[str]:
    """Every key of a schema and of those inside it, for suggestions."""
    names: dict[str, None] = {}
    schema: dict[str, Any] = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        names.update(dict.fromkeys(part.get("properties", {})))
    return list(names)
