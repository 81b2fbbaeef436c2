"""A whole file of one closed schema, from its bytes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_core import to_json

from imprimatur.strict.plain import plain_yaml
from imprimatur.strict.reading import Reading
from imprimatur.strict.schema import Model, validate
from imprimatur.strict.text import read_text
from imprimatur.strict.yaml import read_yaml

if TYPE_CHECKING:
    from imprimatur.errors import RuleName


def read_file(
    model: type[Model], data: bytes, path: str, rule: RuleName, *, limit: int
) -> Reading[Model]:
    """Read a YAML file as a value of a closed schema; a hidden sign makes it unreadable, too.

    rule: the rule that an unreadable file breaks. limit: how many bytes are read at most.
    """
    text = read_text(data, path, rule, limit=limit)
    if text.value is None or text.findings:
        return Reading(value=None, findings=text.findings)
    return read_model(model, text.value, path, rule)


def read_model(
    model: type[Model], text: str, path: str, rule: RuleName, *, first_line: int = 1
) -> Reading[Model]:
    """Read a YAML text as a value of a closed schema. first_line: as for ``read_yaml``."""
    plain = plain_yaml(text)
    if plain is not None:
        with suppress(ValidationError):
            return Reading(value=model.model_validate_json(to_json(plain)))
    document = read_yaml(text, path, rule, first_line=first_line)
    if document.value is None:
        return Reading(value=None, findings=document.findings)
    return validate(model, document.value, rule)
