"""The rules themselves: complete, named for what is true, and explained."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

import imprimatur
from imprimatur.errors import Outcome
from imprimatur.gate import RULES, Rule, Verdict, text_of
from imprimatur.gate.verdict import Unchecked

_PACKAGE = Path(imprimatur.__path__[0])
_FINDS = re.compile(r"Iterator\[Finding\]")


def _checks() -> list[tuple[str, object]]:
    """Every public function of the rules' modules that yields findings."""
    modules = [
        import_module(".".join(("imprimatur", *path.relative_to(_PACKAGE).with_suffix("").parts)))
        for path in sorted((_PACKAGE / "gate").rglob("*_rules.py"))
    ]
    return [
        (name, function)
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and _FINDS.fullmatch(str(function.__annotations__["return"]))
        # What takes more is a part of a rule that others ask, too.
        and len(inspect.signature(function).parameters) == 1
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_what_it_means_and_shows_bad_and_good(rule: Rule):
    text = text_of(rule)
    assert text.meaning.endswith(".")
    assert text.bad
    assert text.good
    assert text.bad != text.good


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_named_in_kebab_case_by_its_function(rule: Rule):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.name == rule.check.__name__.replace("_", "-")


def test_no_two_rules_share_a_name():
    assert not [name for name, count in Counter(rule.name for rule in RULES).items() if count > 1]


def test_every_rule_that_was_written_is_asked():
    listed = [rule.check for rule in RULES]
    assert {name for name, check in _checks() if check not in listed} == set()
    assert len(listed) == len(_checks())


def test_every_rule_that_any_room_names_is_documented():
    written = (path.read_text(encoding="utf-8") for path in _PACKAGE.rglob("*.py"))
    named = {name for text in written for name in re.findall(r'RuleName\("([^"]+)"\)', text)}
    # Hosts ask these of themselves, where there is no repository to examine; by the next the desk
    # tries how a line reads that it is about to write; the last are about what was published.
    hosts, desk = {"page-is-known", "page-is-staged", "settings-are-staged"}, {"yaml-text"}
    published = {"release-is-whole", "release-is-derived"}
    assert named - {rule.name for rule in RULES} == hosts | desk | published


def test_a_verdict_grants_only_if_everything_was_examined_and_nothing_found():
    def outcome(findings: tuple[()] = (), unchecked: int = 0, articles: int = 1) -> Outcome:
        skipped = (Unchecked(rule=RULES[0].name, reason="no network"),) * unchecked
        return Verdict(findings=findings, unchecked=skipped, articles=articles).outcome

    assert outcome() is Outcome.GRANTED
    assert outcome(unchecked=1) is Outcome.NOT_EXAMINED
    assert outcome(articles=0) is Outcome.NOT_EXAMINED
    assert [int(each) for each in Outcome] == [0, 1, 2]
