"""Rows 50, 51, 60 and 61 of the known attacks: nobody changes what judges a text along with it.

And where the judge cannot do its work, it grants nothing.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from boards import POLICY
from imprimatur.editorial import Repository, State
from imprimatur.editorial.cache import NO_CACHE
from imprimatur.gate import Examination, check

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Target

ONE_THING = "proposal-changes-one-thing"
LOOSE = POLICY.replace("quorum: 2", "quorum: 1")


def found(target: Target, *, publishing: bool = False) -> list[str]:
    """All that is found of the commit that is checked out."""
    repository = Repository(target.root, None, NO_CACHE, commit="HEAD")
    verdict = check(Examination(repository, target.later()), publishing=publishing)
    return [str(each) for each in verdict.findings]


def of_one_thing(target: Target) -> list[str]:
    """What is found of a proposal that changes several things."""
    return [each for each in found(target) if ONE_THING in each]


def run(target: Target, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command after a few lines of Python that break a part of it."""
    lines = f"{program}\nfrom imprimatur.desk.main import main\nmain()\n"
    command = [sys.executable, "-W", "ignore", "-c", lines, *arguments]
    return subprocess.run(command, cwd=target.root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "path",
    [
        *("mkdocs.yml", "zensical.toml", "requirements.txt", "requirements-dev.lock"),
        *("editorial/policy.yml", "editorial/board.yml", "editorial/site.yml", "pyproject.toml"),
        *(".github/workflows/gate.yml", ".github/CODEOWNERS", "CODEOWNERS", ".gitlab-ci.yml"),
        *("overrides/main.html", "hooks/rewrite.py", "plugins/imprimatur/gate/rules.py"),
        *("conftest.py", "Makefile", ".gitattributes"),
    ],
)
def test_50_a_proposal_changes_a_text_or_what_judges_it(path: str, approved: Target):
    approved.git("checkout", "-q", "-b", "proposal")
    approved.site.write(path, "# Demonstration\n")
    approved.commit()
    assert not of_one_thing(approved)
    approved.edit("39% to 53%", "38% to 53%")
    approved.commit()
    (finding,) = of_one_thing(approved)
    assert finding.startswith(f"{path}: ")
    assert f"{path} together with docs/articles/contrast.md" in finding


def test_50_a_proposal_changes_a_cited_work_or_what_judges_it(approved: Target):
    approved.git("checkout", "-q", "-b", "proposal")
    approved.policy(LOOSE.replace("version: 2", "version: 3"))
    works = approved.root / "bibliography.bib"
    works.write_text(works.read_text().replace("{Sufficient?}", "{Insufficient?}"))
    approved.commit()
    (finding,) = of_one_thing(approved)
    assert "editorial/policy.yml together with bibliography.bib" in finding


def test_50_what_came_to_the_branch_one_after_the_other_is_no_proposal(approved: Target):
    approved.git("checkout", "-q", "-b", "proposal")
    approved.policy(LOOSE.replace("version: 2", "version: 3"))
    approved.git("checkout", "-q", "main")
    approved.git("merge", "-q", "--no-ff", "-m", "Merge", "proposal")
    approved.edit("39% to 53%", "38% to 53%")
    approved.commit()
    assert not of_one_thing(approved)


def test_50_acts_and_the_board_that_lets_somebody_act_are_proposed_apart(approved: Target):
    approved.git("checkout", "-q", "-b", "proposal")
    approved.appoint("demo-friend")
    approved.act("review", "demo-friend")
    approved.commit()
    (finding,) = of_one_thing(approved)
    assert "editorial/board.yml together with editorial/records/contrast/" in finding


def test_50_the_board_and_the_policy_of_a_proposal_approve_nothing_in_it(submitted: Target):
    submitted.git("checkout", "-q", "-b", "proposal")
    submitted.appoint("demo-friend")
    submitted.policy(LOOSE.replace("version: 2", "version: 3"))
    submitted.approve("demo-friend")
    findings = found(submitted, publishing=True)
    assert any("article-is-approved" in each for each in findings)
    assert sum("law-is-in-force" in each for each in findings) == 2
    found_now = Repository(submitted.root, cache=NO_CACHE, commit="HEAD")
    assert not found_now.standing("contrast", submitted.later()).is_published


@pytest.mark.parametrize(
    "config",
    [
        "INHERIT: other.yml\nsite_name: Demonstration\n",
        "site_name: Demonstration\nplugins: []\n",
        "site_name: Demonstration\nplugins: [imprimatur: {enabled: false}]\n",
        "site_name: Demonstration\nplugins: [imprimatur: {enabled: !ENV [GATE, false]}]\n",
        "site_name: Demonstration\nhooks: [hooks/open.py]\nplugins: [imprimatur]\n",
        "site_name: Demonstration\ndocs_dir: elsewhere\n",
        "no: [yaml\n",
    ],
)
def test_51_no_setting_of_the_host_opens_the_gate(config: str, submitted: Target):
    submitted.site.write("other.yml", "plugins: []\n")
    submitted.site.write("hooks/open.py", "def on_config(config):\n    return config\n")
    submitted.site.write("mkdocs.yml", config)
    submitted.commit()
    done = submitted.site.imprimatur("gate")
    assert done.returncode == 1
    assert "article-is-approved: `contrast` is pending review" in done.stdout


BROKEN = {
    "a rule": """\
import imprimatur.gate.rules as rules
from imprimatur.gate.rule import RepositoryRule
def always_fails(examination):
    raise KeyError("demonstration")
rules.RULES = (*rules.RULES, RepositoryRule(always_fails))
""",
    "the press": """\
import imprimatur.gate.examination as examination
def print_copy(*given, **named):
    raise RecursionError
examination.print_copy = print_copy
""",
    "the reader of acts": """\
import imprimatur.editorial.records as records
def read_file(*given, **named):
    raise MemoryError
records.read_file = read_file
""",
}


@pytest.mark.parametrize("part", BROKEN)
def test_60_where_a_part_of_the_checker_fails_nothing_is_granted(
    part: str, approved: Target, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("IMPRIMATUR_CACHE", "off")
    approved.site.write("../built/index.html", "<!doctype html><title>Demonstration</title>")
    for command in (["gate"], ["check", "--site", "../built"]):
        done = run(approved, BROKEN[part], *command)
        if part == "the press" and command == ["gate"]:
            # It prints nothing: what was approved is not judged by how it is made.
            continue
        assert done.returncode == 2
        assert "Granted" not in done.stdout
        assert "Nothing was granted" in done.stderr


def test_60_without_an_article_nothing_is_granted(approved: Target):
    for path in (approved.root / "docs/articles").iterdir():
        path.unlink()
    approved.commit()
    done = approved.site.imprimatur("gate")
    assert done.returncode in {1, 2}
    assert "Granted" not in done.stdout
    assert "0 articles examined" in done.stdout


def test_60_what_could_not_be_examined_is_no_refusal_and_no_grant(approved: Target, tmp_path: Path):
    approved.site.write("../nothing/mkdocs.yml", "site_name: Demonstration\n")
    approved.git("init", "-q", "-b", "main", str(tmp_path / "nothing"))
    done = approved.site.imprimatur("-C", str(tmp_path / "nothing"), "gate")
    assert done.returncode == 2
    assert "commit something first" in done.stderr


def test_61_a_policy_that_is_loosened_without_a_higher_version_is_not_in_force(submitted: Target):
    submitted.approve("demo-ana")
    submitted.policy(LOOSE)
    assert submitted.standing().state is State.UNDER_REVIEW
    assert any("version-only-grows" in each for each in found(submitted, publishing=True))


def test_61_a_policy_that_is_loosened_for_a_moment_leaves_its_version_behind(submitted: Target):
    submitted.approve("demo-ana")
    submitted.policy(LOOSE.replace("version: 2", "version: 3"))
    assert submitted.standing().state is State.APPROVED
    submitted.policy(POLICY)
    assert any(
        "editorial/policy.yml" in each and "version-only-grows" in each
        for each in found(submitted, publishing=True)
    )
    submitted.policy(POLICY.replace("version: 2", "version: 4"))
    assert submitted.standing().state is State.UNDER_REVIEW
