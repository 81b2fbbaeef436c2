"""What installed packages bring to a built site."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from imprimatur.gate.scan import packaged
from imprimatur.press import stylesheet

if TYPE_CHECKING:
    from pathlib import Path


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_each_theme_and_ours_brings_its_files_under_their_own_paths():
    folders = packaged.theme_folders()
    assert [each.name for each in folders] == ["theme", "templates", "templates"]
    assert [each.parent.name for each in folders] == ["press", "material", "zensical"]
    known = packaged.assets()
    for folder in folders:
        files = [each for each in (folder / "assets").rglob("*") if each.is_file()]
        assert files
        for each in files:
            assert sha(each.read_bytes()) in known[each.relative_to(folder).as_posix()]
    assert known["assets/imprimatur.css"] == {sha(stylesheet().encode())}
    assert all(path.startswith("assets/") for path in known)


def test_a_file_that_two_themes_bring_may_be_that_of_either():
    material, zensical = packaged.theme_folders()[1:]
    path = "assets/images/favicon.png"
    both = {sha((each / path).read_bytes()) for each in (material, zensical)}
    assert packaged.assets()[path] == both


def test_the_words_of_a_theme_are_those_of_all_its_templates():
    texts = packaged.templates()
    for folder in packaged.theme_folders():
        for path in folder.rglob("*.html"):
            assert path.read_text("utf-8", errors="replace") in texts
    assert len(texts) == sum(len(list(each.rglob("*.html"))) for each in packaged.theme_folders())


def test_the_scripts_of_a_theme_are_those_that_a_page_runs_at_once():
    scripts = list(packaged.theme_scripts())
    assert any("__md_scope" in each for each in scripts)
    assert not any("<script" in each for each in scripts)


@pytest.mark.parametrize(
    ("script", "matches"),
    [
        ("one('../..')", True),
        ("one('')", True),
        ("one('a/b_c~d.e-f')", True),
        ("two()", True),
        ("one('//elsewhere.example')", False),
        ("one('a//b')", False),
        ("one('a');two('b')", False),
        ("oneX'../..')", False),
        ("three()", False),
        ("", False),
    ],
)
def test_a_script_is_known_with_any_path_but_no_host_filled_in(script, matches):
    pattern = packaged.inline_pattern(["one('{{ base_url\n }}')", "two()", "two()"])
    assert bool(pattern.fullmatch(script)) is matches


def test_of_no_scripts_none_is_known():
    assert not packaged.inline_pattern([]).fullmatch("")


def test_scripts_of_a_template_are_those_without_a_kind_or_a_source():
    template = "<script>one(\n)</script><script src='x'></script><p><script>two()</script>"
    assert packaged.inline_scripts(template) == ["one(\n)", "two()"]


def test_the_program_of_the_search_is_what_it_writes_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    # Whoever sets its settings from without changes nothing of it, and it says nothing.
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    monkeypatch.chdir(tmp_path)
    packaged.index_of_a_word.cache_clear()
    program = packaged.search_program()
    assert {"pagefind/pagefind.js", "pagefind/pagefind-worker.js"} <= set(program)
    assert any(path.endswith(".pagefind") for path in program)
    assert {path.rpartition(".")[2] for path in program} == {"js", "css", "pagefind"}
    assert all(path.startswith("pagefind/pagefind") or "wasm" in path for path in program)
    assert all(len(digest) == 64 for known in program.values() for digest in known)
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []
