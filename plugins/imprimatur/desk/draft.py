"""A manuscript that is only begun: what is known of it, and the text that asks for the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from imprimatur.desk.blueprint import template
from imprimatur.desk.yaml_text import in_yaml
from imprimatur.errors import CannotExamineError
from imprimatur.manuscript import FrontMatter
from imprimatur.strict import innermost, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprimatur.editorial import Policy

    Known = Mapping[str, str | tuple[str, ...]]

_FILLED: Final = {
    "title": "x", "summary": "x", "topics": ("x",), "class": "x", "author": "x",
    "affiliation": "x", "interests": "x", "evidence-through": "2026-01-31", "audiences": ("x",),
}  # fmt: skip
_OPTIONS: Final = {"topics": "topic", "audiences": "audience", "name": "author"}


def draft_text(known: Known, policy: Policy) -> str:
    """The text of a new manuscript; what is not known stays empty.

    Class and audience are the first ones of the policy, unless they are known.
    Raises CannotExamineError, with all that is wrong, for what could never stand there.
    """
    first: Known = {"class": next(iter(policy.classes)), "audiences": (policy.audiences[0].id,)}
    whole: Known = {**first, **{name: value for name, value in known.items() if value}}
    faults = [*_faults(whole), *_strangers(whole, policy)]
    if faults:
        raise CannotExamineError("nothing was written:" + "".join(f"\n  {each}" for each in faults))
    text = template("article.md")
    for name in _FILLED:
        text = text.replace(f"{{{{{name}}}}}", _written(whole.get(name, "")))
    choices = {"classes": policy.classes, "every-audience": [one.id for one in policy.audiences]}
    for name, words in choices.items():
        text = text.replace(f"{{{{{name}}}}}", ", ".join(words))
    return text


def _written(value: str | tuple[str, ...]) -> str:
    """A value as it stands behind its key, with the blank before it; nothing for nothing."""
    return f" {in_yaml(value)}" if value else ""


def _faults(known: Known) -> list[str]:
    """What the schema has against what is known; what is not known is not asked for."""
    every: dict[str, Any] = {**_FILLED, **known}
    person = {key: every.pop(key) for key in ("affiliation", "interests")}
    front = {
        **{key.replace("-", "_"): value for key, value in every.items() if key != "author"},
        "authors": [{"name": every["author"], **person}],
    }
    try:
        FrontMatter.model_validate_json(json.dumps(front))
    except ValidationError as error:
        told = innermost(error.errors())
        return [_fault(each["loc"], each["input"], reason_of(each)) for each in told]
    return []


def _fault(where: tuple[int | str, ...], got: object, why: str) -> str:
    name = [str(each) for each in where if isinstance(each, str)][-1]
    option = _OPTIONS.get(name, name.replace("_", "-"))
    return f"--{option} {got!r}: {why}"


def _strangers(known: Known, policy: Policy) -> list[str]:
    """Class and audiences that the policy does not know."""
    audiences = [each.id for each in policy.audiences]
    found = []
    if known["class"] not in policy.classes:
        found.append(f"--class {known['class']!r}: the policy has {', '.join(policy.classes)}")
    found += [
        f"--audience {each!r}: the policy has {', '.join(audiences)}"
        for each in known["audiences"]
        if each not in audiences
    ]
    return found
