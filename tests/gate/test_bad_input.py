"""Whatever lies in a repository: a finding with its place and its cure, and no traceback."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import Repository, State
from imprimatur.errors import CannotExamineError, Outcome

if TYPE_CHECKING:
    from conftest import Shelf

_PASSES = Path(__file__).parents[1] / "articles" / "passes"
ARTICLE = (_PASSES / "answer-alone.md").read_text(encoding="utf-8")
RECORD = "editorial/records/contrast/20261123T101512Z-submit-a-author.yml"


def test_a_good_site_has_no_finding_and_is_still_not_granted_without_a_preview(shelf: Shelf):
    shelf.article()
    shelf.commit()
    verdict = shelf.examine()
    assert not verdict.findings
    assert verdict.articles == 1
    assert [each.rule for each in verdict.unchecked] == ["link-resolves"]
    assert verdict.outcome is Outcome.NOT_EXAMINED


def test_nothing_proves_nothing(shelf: Shelf):
    verdict = shelf.examine()
    assert (verdict.articles, verdict.outcome) == (0, Outcome.NOT_EXAMINED)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("bibliography.bib", "bibliography-is-readable"),
        ("editorial/policy.yml", "policy-is-readable"),
        ("editorial/board.yml", "board-is-readable"),
    ],
)
def test_a_file_that_is_not_there_is_named(path: str, rule: str, shelf: Shelf):
    shelf.article()
    (shelf.root / path).unlink()
    (finding,) = shelf.findings(path)
    assert (finding.rule, finding.message) == (rule, "there is no such file")
    assert finding.cure


@pytest.mark.parametrize("path", ["editorial/policy.yml", "editorial/board.yml", RECORD])
@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a: [", 2),
        (b"# one\na: 1\na: 2\n", 3),
        (b"a: &x 1\n", 1),
        (b"\xff\xfe", 1),
        (b"one: 1\ntwo: \xe9\n", 2),
        (b"\x00", 1),
        (b"", 1),
        (b"[]", 1),
        (b"nonsense", 1),
    ],
    ids=["broken", "twice", "anchor", "utf-16", "latin-1", "nul", "empty", "list", "word"],
)
def test_a_file_that_cannot_be_read_is_a_finding_on_its_line(
    content: bytes, line: int, path: str, shelf: Shelf
):
    shelf.article()
    shelf.put(path, content)
    findings = shelf.findings(path)
    assert findings
    assert line - 1 <= findings[0].line <= line
    assert all(each.message and each.cure for each in findings)


@pytest.mark.parametrize(
    ("works", "rule", "line"),
    [
        (b"@article{a, title = {A}, title = {B}}", "field-is-single", 1),
        (b"@article{a, title = {A}}\n@article{A, title = {B}}", "key-is-unique", 2),
        (b"@article{a, title = {A}}\n@article{a, title = {B}}", "key-is-unique", 2),
        (b"@artcle{a, title = {A}}", "entry-type-is-known", 1),
        (b"\n@article{a, title = {A", "bibliography-is-readable", 2),
        (b"@article{a, title = {\xe9}}", "bibliography-is-readable", 1),
        (b"@article{a, title = {A}, year = 2019}", "entry-is-complete", 1),
        (b"@misc{a, title = {A}, doi = {doi.org/10}}", "identifier-is-well-formed", 1),
        (b"@misc{a, title = {A}, url = {javascript:alert(1)}}", "link-is-http", 1),
        (b"@misc{a, title = {A}, evidence_kind = {review}}", "evidence-kind-is-known", 1),
        (b"@misc{a, title = {A}, crossref = {b}}", "crossref-resolves", 1),
    ],
)
def test_what_is_wrong_with_the_bibliography_is_said(
    works: bytes, rule: str, line: int, shelf: Shelf
):
    shelf.put("bibliography.bib", works)
    assert (rule, line) in [(each.rule, each.line) for each in shelf.findings("bibliography.bib")]


def test_a_missing_key_is_answered_with_the_nearest(shelf: Shelf):
    shelf.article(text=ARTICLE.replace("park2019spinal", "park2019spnal"))
    (finding,) = shelf.findings()
    assert str(finding).startswith(
        "docs/articles/contrast.md:13: citation-resolves: `@park2019spnal` is not in"
    )
    assert "nearest keys: @park2019spinal" in finding.cure


def test_a_key_in_other_capitals_is_another_key(shelf: Shelf):
    shelf.article(text=ARTICLE.replace("park2019spinal", "Park2019Spinal"))
    (finding,) = shelf.findings()
    assert "@park2019spinal" in finding.cure


def test_a_cited_entry_that_cannot_be_read_is_named_with_its_line(shelf: Shelf):
    shelf.put("bibliography.bib", "% ours\n@article{park2019spinal, title = }\n")
    shelf.article()
    finding = next(each for each in shelf.findings() if each.rule == "citation-resolves")
    assert "line 2 of bibliography.bib" in finding.cure or "add the entry" in finding.cure


def test_a_work_under_three_keys_is_found_although_no_identifier_stands_in_all(shelf: Shelf):
    entry = """@article{{{}, evidence_kind = {{cohort}}, author = {{A, B}}, title = {{T}},
      journal = {{J}}, year = {{2020}}, {}}}
    """
    named = {
        "one": "doi = {10.1000/one}",
        "two": "doi = {10.1000/one}, pmid = {12345678}",
        "three": "pmid = {12345678}",
    }
    shelf.put("bibliography.bib", "".join(entry.format(*each) for each in named.items()))
    shelf.article(text=ARTICLE.replace("[@park2019spinal]", "[@one] and [@two] and [@three]"))
    assert shelf.rules("docs/articles") == ["work-is-cited-under-one-key"] * 2


def test_an_article_without_a_record_is_told_to_be_submitted(shelf: Shelf):
    shelf.put("docs/articles/contrast.md", ARTICLE)
    (finding,) = shelf.findings()
    assert (finding.path, finding.rule) == ("docs/articles/contrast.md", "article-has-record")
    assert "imprimatur submit contrast" in finding.cure


def test_a_record_without_an_article_is_kept_and_named(shelf: Shelf):
    shelf.article()
    (shelf.root / "docs/articles/contrast.md").unlink()
    (finding,) = shelf.findings()
    assert (finding.path, finding.rule) == ("editorial/records/contrast", "record-has-article")


def test_an_act_beside_the_folders_is_about_no_article(shelf: Shelf):
    shelf.article()
    shelf.put("editorial/records/20261123T101512Z-submit-a-author.yml", "act: submit")
    assert "record-has-article" in shelf.rules("editorial/records")


def test_an_act_for_another_site_does_not_count_here(shelf: Shelf):
    shelf.article()
    shelf.submit("contrast", site="elsewhere.example")
    (finding,) = shelf.findings()
    assert (finding.path, finding.rule) == (RECORD, "record-names-this-site")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/articles/contrast.md", "It helped", "It did not help"),
        ("docs/articles/contrast.md", "2025-02-21", "2025-02-22"),
        ("bibliography.bib", "Clin Imaging", "Clin Radiol"),
    ],
    ids=["body", "head", "cited work"],
)
def test_a_text_edited_after_its_submission_is_found(path: str, old: str, new: str, shelf: Shelf):
    shelf.article()
    place = shelf.root / path
    place.write_text(place.read_text().replace(old, new))
    assert shelf.rules() == ["record-matches-manuscript"]


def test_of_two_submissions_in_one_second_gate_and_badge_take_the_same(shelf: Shelf):
    shelf.article()
    other = (shelf.root / RECORD).read_text().replace("a-author", "b-author")
    other = re.sub("sha256:[0-9a-f]+", f"sha256:{64 * '0'}", other)
    shelf.put("editorial/records/contrast/20261123T101512Z-submit-b-author.yml", other)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert Repository(shelf.root).standing("contrast", now).state is State.SUBMITTED
    assert shelf.rules() == []
    place = shelf.root / "docs/articles/contrast.md"
    place.write_text(place.read_text().replace("It helped", "It did not help"))
    assert Repository(shelf.root).standing("contrast", now).state is State.DRAFT
    assert shelf.rules() == ["record-matches-manuscript"]


def test_an_unsigned_review_weighs_nothing_and_is_found(shelf: Shelf):
    shelf.article()
    path = shelf.submit("contrast", act="assign")
    assert shelf.rules() == ["act-is-genuine"]
    path.with_name(f"{path.name}.sig").write_text("armour")
    (finding,) = shelf.findings()
    assert finding.rule == "act-is-genuine"
    assert finding.path == path.relative_to(shelf.root).as_posix()


def test_without_git_publishing_cannot_be_examined(shelf: Shelf):
    shelf.article()
    with pytest.raises(CannotExamineError, match="git init"):
        shelf.examine(publishing=True)


def test_committed_and_submitted_is_still_not_approved(shelf: Shelf):
    shelf.article()
    shelf.commit()
    verdict = shelf.examine(publishing=True)
    finding, around = verdict.findings
    assert finding.rule == "article-is-approved"
    assert around.rule == "site-is-approved"
    assert "its standing is submitted" in finding.message
    assert verdict.outcome is Outcome.REFUSED


@pytest.mark.parametrize("path", ["docs/new.md", "editorial/board.yml", "bibliography.bib"])
def test_what_is_not_committed_is_not_published(path: str, shelf: Shelf):
    shelf.article()
    shelf.commit()
    place = shelf.put(path, b"version: 1\npeople: []\n# later\n")
    found = [each for each in shelf.examine(publishing=True).findings if each.path == path]
    assert "tree-is-committed" in [each.rule for each in found]
    shelf.put(".gitignore", f"{path}\n")
    place.touch()
    found = [each for each in shelf.examine(publishing=True).findings if each.path == path]
    assert "tree-is-committed" in [each.rule for each in found]


def test_a_name_that_is_no_text_can_be_printed(shelf: Shelf):
    (shelf.root / "docs/articles").mkdir()
    (shelf.root / "docs/articles" / os.fsdecode(b"\xff.md")).write_text(ARTICLE)
    for finding in shelf.findings():
        assert str(finding).encode()
    assert "file-name-is-plain" in shelf.rules()


def test_line_ends_do_not_matter_to_any_rule(shelf: Shelf):
    shelf.article()
    shelf.put("docs/articles/contrast.md", ARTICLE.replace("\n", "\r\n"))
    assert not shelf.findings()
