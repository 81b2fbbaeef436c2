"""A whole file of one closed schema, from its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    document = read_yaml(text.value, path, rule)
    if document.value is None:
        return Reading(value=None, findings=document.findings)
    return validate(model, document.value, rule)
