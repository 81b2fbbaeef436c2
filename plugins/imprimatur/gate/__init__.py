"""What may be published: rules, findings, verdict."""

from imprimatur.gate.examination import Examination, copy_of
from imprimatur.gate.rule import Rule, RuleText, text_of
from imprimatur.gate.rules import RULES, check, judge
from imprimatur.gate.verdict import Unchecked, Verdict

__all__ = [
    "RULES",
    "Examination",
    "Rule",
    "RuleText",
    "Unchecked",
    "Verdict",
    "check",
    "copy_of",
    "judge",
    "text_of",
]
