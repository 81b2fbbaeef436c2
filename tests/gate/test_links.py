"""Links of a built preview, as lychee finds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.errors import CannotExamineError, Outcome
from imprimatur.gate import link_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Shelf

_PASSES = Path(__file__).parents[1] / "articles" / "passes"
ARTICLE = (_PASSES / "answer-alone.md").read_text(encoding="utf-8")
PAGE = "<!doctype html><html><body><h2 id='dosage'>Dosage</h2>{}</body></html>"
TEXT = f"""{ARTICLE}
See [the dose](#doseage), [the dose](#dosage), [us](../about.md)
and [them](../abuot.md), <img src="miss.png">, [home](https://tests.example/x).
"""


@pytest.fixture
def preview(shelf: Shelf, tmp_path: Path) -> Path:
    """A preview as MkDocs would build it of an article and two site pages."""
    shelf.article(text=TEXT)
    site = tmp_path / "a preview"
    for folder in ("articles/contrast", "about"):
        (site / folder).mkdir(parents=True)
    (site / "index.html").write_text(PAGE.format('<a href="articles/contrast/#dosage">good</a>'))
    (site / "about/index.html").write_text(PAGE.format('<a href="/index.html">good</a>'))
    return site


def write(preview: Path, links: str) -> None:
    (preview / "articles/contrast/index.html").write_text(PAGE.format(links))


def lychee_says(code: int, out: bytes, err: bytes) -> Callable[..., subprocess.CompletedProcess]:
    """Stand in for lychee alone: Git and everything else run as they are."""
    really = subprocess.run

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess:
        if Path(command[0]).name != "lychee":
            return really(command, **options)
        return subprocess.CompletedProcess(command, code, out, err)

    return run


def found(shelf: Shelf, preview: Path) -> list[tuple[str, int, str]]:
    findings = shelf.examine(preview).findings
    return [
        (each.path, each.line, each.message) for each in findings if each.rule == "link-resolves"
    ]


def test_good_links_and_links_to_other_sites_are_fine(shelf: Shelf, preview: Path):
    write(
        preview,
        '<a href="#dosage">1</a> <a href="../../about/">2</a> <a href="/about/#dosage">3</a>'
        '<a href="https://tests.example/x#y">4</a> <a href="mailto:a@tests.example">5</a>',
    )
    assert found(shelf, preview) == []


def test_broken_links_and_anchors_are_found_on_the_line_that_writes_them(
    shelf: Shelf, preview: Path
):
    write(
        preview,
        '<a href="#doseage">1</a> <a href="../../abuot/">2</a> <img src="miss.png">'
        '<a href="/about/#nothing">3</a> <a href="../../../../gone">4</a>',
    )
    article = "docs/articles/contrast.md"
    assert found(shelf, preview) == [
        (article, 1, "the link to /about#nothing leads nowhere"),
        (article, 1, "the link to outside the site leads nowhere"),
        (article, 16, "the link to /articles/contrast/index.html#doseage leads nowhere"),
        (article, 17, "the link to /abuot leads nowhere"),
        (article, 17, "the link to /articles/contrast/miss.png leads nowhere"),
    ]


def test_what_cannot_be_a_link_is_found(shelf: Shelf, preview: Path):
    write(preview, '<a href="http://[::bad">1</a>')
    ((path, _, message),) = found(shelf, preview)
    assert path == "docs/articles/contrast.md"
    assert "IPv6" in message


def test_a_page_without_a_source_is_named_itself(shelf: Shelf, preview: Path):
    write(preview, "")
    (preview / "404.html").write_text(PAGE.format('<a href="/gone">1</a>'))
    assert found(shelf, preview) == [("404.html", 0, "the link to /gone leads nowhere")]


def test_settings_in_the_site_excuse_nothing(shelf: Shelf, preview: Path):
    write(preview, '<a href="/gone">1</a>')
    (preview / "lychee.toml").write_text('exclude = [".*"]\n')
    (preview / ".lycheeignore").write_text(".*\n")
    (preview / ".gitignore").write_text("*\n")
    (preview / ".ignore").write_text("*\n")
    assert len(found(shelf, preview)) == 1


def test_without_a_preview_links_are_not_checked_and_nothing_is_granted(
    shelf: Shelf, preview: Path
):
    write(preview, "")
    assert "link-resolves" in [each.rule for each in shelf.examine().unchecked]
    assert "link-resolves" not in [each.rule for each in shelf.examine(preview).unchecked]


def test_a_whole_and_clean_site_is_granted(shelf: Shelf, preview: Path):
    shelf.article()
    shelf.commit()
    write(preview, "")
    assert shelf.examine(preview).outcome is Outcome.GRANTED


def test_without_a_history_who_acted_when_is_not_checked_and_nothing_is_granted(
    shelf: Shelf, preview: Path
):
    shelf.article()
    write(preview, "")
    verdict = shelf.examine(preview)
    assert [each.rule for each in verdict.unchecked] == ["act-is-genuine"]
    assert verdict.outcome is Outcome.NOT_EXAMINED


def test_an_empty_preview_proves_nothing(shelf: Shelf, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotExamineError, match="holds no page"):
        shelf.examine(tmp_path / "empty")


_ERROR = {"url": "file:///gone", "status": {"text": "File not found", "details": "File not found"}}


@pytest.mark.parametrize(
    "report",
    [
        "",
        "[]",
        "null",
        "All good!",
        "{}",
        json.dumps({"error_map": {}, "timeout_map": {}}),
        json.dumps({"errors": 0, "timeouts": 0, "error_map": {}}),
        json.dumps({"errors": 0, "timeouts": 0, "error_map": [], "timeout_map": {}}),
        json.dumps({"errors": 2, "timeouts": 0, "error_map": {}, "timeout_map": {}}),
        json.dumps({"errors": 1, "timeouts": 0, "error_map": {"/x": [_ERROR]}, "timeout_map": {}}),
        json.dumps({"errors": 1, "timeouts": 0, "error_map": {"/x": ["y"]}, "timeout_map": {}}),
    ],
    ids=range(11),
)
@pytest.mark.parametrize("code", [0, 2])
def test_a_report_of_an_unknown_form_is_no_proof(
    report: str, code: int, shelf: Shelf, preview: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(link_rules.subprocess, "run", lychee_says(code, report.encode(), b""))
    with pytest.raises(CannotExamineError, match="lychee"):
        shelf.examine(preview)


def test_where_lychee_fails_or_is_not_there_it_says_so(
    shelf: Shelf, preview: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patched:
        patched.setattr(link_rules.subprocess, "run", lychee_says(1, b"", b"no such option"))
        with pytest.raises(CannotExamineError, match="no such option"):
            shelf.examine(preview)
    monkeypatch.setattr(link_rules.sys, "executable", "/nowhere/python")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotExamineError, match="not installed"):
        shelf.examine(preview)


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("index.html", "docs/index.md"),
        ("about/index.html", "docs/about.md"),
        ("deep/index.html", "docs/deep/index.md"),
        ("plain.html", "docs/plain.md"),
        ("proteinX/index.html", "docs/proteinX.md"),
        ("other.html", "other.html"),
    ],
)
def test_a_link_is_told_in_the_source_that_its_page_was_made_from(
    page: str, source: str, shelf: Shelf, preview: Path
):
    text = "# Text\n\nSee gone.\n[us](gone.md)\n[again](gone.md)\n"
    for name in ("index.md", "about.md", "deep/index.md", "plain.md", "proteinX.md"):
        shelf.put(f"docs/{name}", text)
    write(preview, "")
    (preview / page).parent.mkdir(exist_ok=True)
    (preview / page).write_text(PAGE.format('<a href="/gone">1</a>'))
    (finding,) = (each for each in shelf.examine(preview).findings if each.rule == "link-resolves")
    line = 4 if source.endswith(".md") else 0
    assert (finding.path, finding.line) == (source, line)
    assert finding.message == "the link to /gone leads nowhere"
    assert finding.cure == "correct the address, or the heading it names"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("See gone.\n\n[us](gone.md)\n", 14),
        ("See [us][u].\n\n[u]: gone.md\n", 14),
        ('See\n<a href="gone.md">us</a>.\n', 13),
        ('See\n<IMG src="gone.md" alt="us">.\n', 13),
        ("See gone.\n", 1),
    ],
)
def test_a_link_is_told_on_the_line_that_writes_it_however_it_is_written(
    written: str, line: int, shelf: Shelf, preview: Path
):
    head, _, _ = ARTICLE.partition("/// answer")
    shelf.article(text=head + written)
    write(preview, '<a href="/gone/">1</a>')
    assert found(shelf, preview) == [
        ("docs/articles/contrast.md", line, "the link to /gone leads nowhere")
    ]


def test_an_address_is_told_as_a_person_writes_it(shelf: Shelf, preview: Path):
    write(preview, '<a href="/a%20b.html#c%20d">1</a>')
    (preview / "a b.html").write_text(PAGE.format(""))
    assert found(shelf, preview) == [
        ("docs/articles/contrast.md", 1, "the link to /a b.html#c d leads nowhere")
    ]


def test_without_a_preview_it_is_said_why_links_are_not_checked(shelf: Shelf):
    (unchecked,) = (each for each in shelf.examine().unchecked if each.rule == "link-resolves")
    assert unchecked.reason == (
        "links and anchors are looked at in a built preview, and there is none"
    )


def test_a_link_that_is_not_answered_in_time_is_broken_too(
    shelf: Shelf, preview: Path, monkeypatch: pytest.MonkeyPatch
):
    page = str(preview / "articles/contrast/index.html")
    failure = {"url": f"file://{preview}/gone", "status": {"text": "Timeout"}}
    report = {"errors": 0, "timeouts": 1, "error_map": {}, "timeout_map": {page: [failure]}}
    said = lychee_says(2, json.dumps(report).encode(), b"")
    monkeypatch.setattr(link_rules.subprocess, "run", said)
    assert [message for _, _, message in found(shelf, preview)] == [
        "the link to /gone leads nowhere"
    ]


def test_a_report_that_counts_what_it_does_not_name_says_how_many(
    shelf: Shelf, preview: Path, monkeypatch: pytest.MonkeyPatch
):
    report = {"errors": 2, "timeouts": 1, "error_map": {}, "timeout_map": {}}
    said = lychee_says(2, json.dumps(report).encode(), b"")
    monkeypatch.setattr(link_rules.subprocess, "run", said)
    with pytest.raises(CannotExamineError, match="lychee counts 3 errors and names 0"):
        shelf.examine(preview)


def test_what_lychee_says_on_failing_is_told_with_the_site(
    shelf: Shelf, preview: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(link_rules.subprocess, "run", lychee_says(1, b"", b" no such \xff\n"))
    message = rf"lychee could not look at {preview}: no such \ufffd$"
    with pytest.raises(CannotExamineError, match=message):
        shelf.examine(preview)


def test_links_in_hidden_folders_are_looked_at_too(shelf: Shelf, preview: Path):
    write(preview, "")
    (preview / ".hidden").mkdir()
    (preview / ".hidden/index.html").write_text(PAGE.format('<a href="/gone">1</a>'))
    assert found(shelf, preview) == [(".hidden/index.html", 0, "the link to /gone leads nowhere")]


def test_a_link_is_told_by_the_whole_last_part_of_its_address(shelf: Shelf, preview: Path):
    head, _, _ = ARTICLE.partition("/// answer")
    shelf.article(text=head + "See [proteins](protein.md)\nand [protein X](proteinX.md).\n")
    write(preview, '<a href="/proteinX/">1</a>')
    assert found(shelf, preview) == [
        ("docs/articles/contrast.md", 13, "the link to /proteinX leads nowhere")
    ]


def test_lychee_is_used_from_elsewhere_where_it_does_not_lie_beside_python(
    shelf: Shelf, preview: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/lychee").symlink_to(Path(sys.executable).with_name("lychee"))
    monkeypatch.setattr(link_rules.sys, "executable", "/nowhere/python")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    write(preview, '<a href="/gone">1</a>')
    assert [message for _, _, message in found(shelf, preview)] == [
        "the link to /gone leads nowhere"
    ]


def test_a_link_is_told_also_in_a_source_that_nobody_can_read_any_more(shelf: Shelf, preview: Path):
    shelf.put("docs/plain.md", b"# Caf\xe9\n\n[us](gone.md)\n")
    write(preview, "")
    (preview / "plain.html").write_text(PAGE.format('<a href="/gone">1</a>'))
    assert found(shelf, preview) == [("docs/plain.md", 3, "the link to /gone leads nowhere")]


def test_a_link_to_the_whole_site_is_told_on_no_line_that_links_elsewhere(
    shelf: Shelf, preview: Path
):
    head, _, _ = ARTICLE.partition("/// answer")
    shelf.article(text=head + "See [us](../about.md).\n")
    (preview / "index.html").unlink()
    (preview / "about/index.html").write_text(PAGE.format(""))
    write(preview, '<a href="/">1</a>')
    assert [line for _, line, _ in found(shelf, preview)] == [1]
