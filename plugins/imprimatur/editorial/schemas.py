"""JSON Schemas of the files that people write, by which editors complete and explain them."""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema

from imprimatur.editorial.act import Act
from imprimatur.editorial.board import Board
from imprimatur.editorial.policy import Policy
from imprimatur.editorial.site_list import SiteList
from imprimatur.manuscript import FrontMatter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

    from imprimatur.strict import Closed

FOLDER: Final = "editorial/schemas"
"""Where the schemas lie, each as ``<name>.schema.json``."""

SCHEMAS: Final[Mapping[str, type[Closed]]] = MappingProxyType(
    {"board": Board, "policy": Policy, "site": SiteList, "act": Act, "manuscript": FrontMatter}
)
"""What each schema is of: ``manuscript`` is of the front matter alone."""

# Of one key or more in a docstring: ``valid_from, valid_to: first and last day ...``
_EXPLAINED: Final = re.compile(r"(?:^|(?<=[.;]\s))(?P<keys>\w+(?:, \w+)*): ")


def schema_text(name: str) -> str:
    """The JSON Schema of that name, the same bytes each time.

    It accepts whatever the reader of the file accepts. It refuses less: what is only wrong beside
    something else, such as a term that ends before it begins, the reader alone can tell.
    """
    schema = SCHEMAS[name].model_json_schema(schema_generator=_Published)
    text = json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False)
    return text.replace("``", "`") + "\n"


class _Published(GenerateJsonSchema):
    """The library's schemas, with what the docstrings say of each key."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - the library's own signature, whose types it does not export
        """Leave out titles that only repeat the key."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Closed to other keys, each key explained."""
        made = super().model_schema(schema)
        summary, keys = _explained(schema["cls"])
        made["description"] = summary
        for key, words in keys.items():
            made["properties"][key]["description"] = words
        return made


def _explained(model: type[BaseModel]) -> tuple[str, Mapping[str, str]]:
    """What a docstring says of the whole, and of each key it names."""
    text = " ".join((model.__doc__ or "").split())
    found = [
        each
        for each in _EXPLAINED.finditer(text)
        if all(name in model.model_fields for name in each["keys"].split(", "))
    ]
    starts = [*(each.start() for each in found), len(text)]
    keys: dict[str, str] = {}
    for each, end in zip(found, starts[1:], strict=True):
        words = _sentence(text[each.end() : end])
        for name in each["keys"].split(", "):
            keys[model.model_fields[name].alias or name] = words
    return _sentence(text[: starts[0]]), keys


def _sentence(words: str) -> str:
    """A clause of a docstring as a sentence of its own."""
    plain = words.strip().rstrip(".;")
    return f"{plain[:1].upper()}{plain[1:]}."
