"""The rules themselves: complete, named for what is true, and explained."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

import imprimatur
from imprimatur.editorial import Repository
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.errors import Outcome
from imprimatur.gate import (
    RULES,
    TOLD_RULES,
    Examination,
    Rule,
    ToldRule,
    Verdict,
    check,
    text_of,
)
from imprimatur.gate.rule import RepositoryRule
from imprimatur.gate.verdict import Unchecked

_PACKAGE = Path(imprimatur.__path__[0])
_FINDS = re.compile(r"Iterator\[Finding\]")
_MAKES = re.compile(r"RuleName|_?finding|_reported|_examined|Finding")
_KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")


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


def _named() -> dict[str, set[str]]:
    """Every name of a rule that stands in the program, each with the files that it stands in."""
    found: dict[str, set[str]] = {}
    for path in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in _names_in(node):
                found.setdefault(name, set()).add(path.relative_to(_PACKAGE).as_posix())
    return found


def _names_in(node: ast.AST) -> set[str]:
    """Names that a call makes a finding with, or that are given to a variable of a rule."""
    if isinstance(node, ast.Call):
        function = getattr(node.func, "id", getattr(node.func, "attr", ""))
        parts = [*node.args, *(each.value for each in node.keywords)]
        return _texts(parts) if _MAKES.fullmatch(function) else set()
    if isinstance(node, ast.Assign):
        names = {each.id for target in node.targets for each in ast.walk(target) if _is_name(each)}
        return _texts([node.value]) if {"rule", "_RULE", "RULE"} & names else set()
    return set()


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def _texts(nodes: list[ast.expr]) -> set[str]:
    flat = [each for node in nodes for each in getattr(node, "elts", [node])]
    texts = [each.value for each in flat if isinstance(each, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and _KEBAB.fullmatch(text)}


@pytest.mark.parametrize("rule", [*RULES, *TOLD_RULES], ids=lambda rule: rule.name)
def test_every_rule_says_what_it_means_and_shows_bad_and_good(rule: Rule | ToldRule):
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
    names = Counter(rule.name for rule in (*RULES, *TOLD_RULES))
    assert not [name for name, count in names.items() if count > 1]


def test_every_rule_that_was_written_is_asked():
    listed = [rule.check for rule in RULES]
    assert {name for name, check in _checks() if check not in listed} == set()
    assert len(listed) == len(_checks())


def test_no_finding_carries_a_name_that_the_rules_do_not_explain():
    explained = {str(rule.name) for rule in (*RULES, *TOLD_RULES)}
    named = _named()
    # By this one the desk tries how a line reads that it is about to write: nobody is told of it.
    assert named.keys() - explained == {"yaml-text"}
    assert named["yaml-text"] == {"desk/yaml_text.py"}
    assert explained - named.keys() == set(), "what no finding carries is no rule"


def test_the_command_prints_every_rule_there_is(site):
    printed = site.imprimatur("rules").stdout
    for rule in (*RULES, *TOLD_RULES):
        assert f"{rule.name}\n  {text_of(rule).meaning}\n" in printed
    done = site.imprimatur("rules", "release-is-whole")
    assert done.returncode == 0
    assert done.stdout.startswith("release-is-whole\n  A published folder holds")


def test_a_verdict_grants_only_if_everything_was_examined_and_nothing_found():
    def outcome(findings: tuple[()] = (), unchecked: int = 0, articles: int = 1) -> Outcome:
        skipped = (Unchecked(rule=RULES[0].name, reason="no network"),) * unchecked
        return Verdict(findings=findings, unchecked=skipped, articles=articles).outcome

    assert outcome() is Outcome.GRANTED
    assert outcome(unchecked=1) is Outcome.NOT_EXAMINED
    assert outcome(articles=0) is Outcome.NOT_EXAMINED
    assert [int(each) for each in Outcome] == [0, 1, 2]


def test_of_a_rule_all_is_told_in_one_line_each():
    text = text_of(next(each for each in RULES if each.name == "file-name-is-plain"))
    assert text.meaning == (
        "Files have names that mean the same on every system; manuscripts are named by their slug."
    )
    assert text.bad == "docs/articles/Spinal MRI.md"
    assert text.good == "docs/articles/spinal-mri.md"
    text = text_of(next(each for each in RULES if each.name == "attribute-is-harmless"))
    assert text.meaning.endswith(
        "as Git shows them. Line ends may be settled: text=auto, text, -text, eol=lf."
    )
    assert "\n" not in f"{text.meaning}{text.bad}{text.good}"


def asked(**how: bool) -> set[str]:
    """The rules about a repository that are asked so."""
    return {r.name for r in RULES if isinstance(r, RepositoryRule) and r.is_asked(**how)}


def test_only_publishing_asks_what_only_publication_needs():
    assert asked(publishing=True, site=True) - asked(publishing=False, site=True) == {
        *("record-is-kept", "tree-is-committed", "history-is-not-replaced", "law-is-in-force"),
        *("site-is-approved", "article-is-approved"),
    }
    assert asked(publishing=False, site=False) == asked(publishing=False, site=True)


def test_links_are_looked_at_before_publishing_only_where_a_built_site_is_named():
    with_site, without = asked(publishing=True, site=True), asked(publishing=True, site=False)
    assert with_site - without == {"link-resolves"}
    assert "link-resolves" in asked(publishing=False, site=False)


CRAFT = {
    "field-is-single": "@misc{a, title = {A}, title = {B}}\n",
    "entry-type-is-known": "@artcle{b, title = {A}}\n",
    "entry-is-complete": "@article{c, title = {A}}\n",
    "identifier-is-well-formed": "@misc{d, title = {A}, doi = {doi.org/10.1016}}\n",
    "link-is-http": "@misc{e, title = {A}, url = {javascript:x}}\n",
    "evidence-kind-is-known": "@misc{f, title = {A}, evidence_kind = {review}}\n",
    "crossref-resolves": "@incollection{g, title = {A}, crossref = {nobody}}\n",
}


def test_the_gate_leaves_to_the_board_how_an_article_and_a_work_are_made(site):
    text = (site.root / "docs/articles/contrast.md").read_text(encoding="utf-8")
    head = text.replace("2025-02-21", "2035-02-21")
    site.write("docs/articles/contrast.md", f"{head}\n![Dose](dose.png) [@nobody1999]\n")
    works = (site.root / "bibliography.bib").read_text(encoding="utf-8")
    site.write("bibliography.bib", works + "".join(CRAFT.values()))
    site.commit()
    repository = Repository(site.root, cache=NO_CACHE)
    now = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=2)
    said = {
        craft: {
            each.rule
            for each in check(Examination(repository, now), publishing=False, craft=craft).findings
        }
        for craft in (True, False)
    }
    about_making = {*CRAFT, "evidence-is-searched-already", "image-is-bound", "citation-resolves"}
    assert about_making <= said[True]
    assert not about_making & said[False]
    assert "article-has-record" in said[True] & said[False]


def test_of_an_examination_it_is_told_how_many_articles_it_saw(site):
    site.article("another")
    site.commit()
    examination = Examination(Repository(site.root, cache=NO_CACHE), datetime.now(tz=UTC))
    verdict = check(examination, publishing=False)
    assert verdict.articles == 2
    assert list(verdict.findings) == sorted(verdict.findings)
