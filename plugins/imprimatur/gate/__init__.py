"""What may be published: rules, findings, verdict.

Each name is brought when it is first asked for. The rules need the press, which takes as long to
come as all of a gate that remembers its answer.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprimatur.gate.examination import Examination, copy_of
    from imprimatur.gate.rule import Rule, RuleText, ToldRule, text_of
    from imprimatur.gate.rules import RULES, check, judge
    from imprimatur.gate.told_rules import TOLD_RULES
    from imprimatur.gate.verdict import Unchecked, Verdict

__all__ = [
    "RULES",
    "TOLD_RULES",
    "Examination",
    "Rule",
    "RuleText",
    "ToldRule",
    "Unchecked",
    "Verdict",
    "check",
    "copy_of",
    "judge",
    "text_of",
]

_MODULES = {
    "examination": ("Examination", "copy_of"),
    "rule": ("Rule", "RuleText", "ToldRule", "text_of"),
    "rules": ("RULES", "check", "judge"),
    "told_rules": ("TOLD_RULES",),
    "verdict": ("Unchecked", "Verdict"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """A name of this package, from the module that makes it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
