"""Which edit ends an approval: every row of the table "Which digest notices which edit"."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from imprimatur.editorial import State

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Target

TEXT = "docs/articles/contrast.md"
WORKS = "bibliography.bib"
PIXELS = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>\n'
PARENT = "@proceedings{meeting, title = {A meeting}, year = 2018, publisher = {P}}\n"
BODY = """
/// answer
Give 5 mg once.
It helped in 39% of examinations [@park2019spinal; @liu2017vertebral]. Wait 5 minutes.
///

/// audience | clinician
Look at the left side.
///

/// audience | patient
Ask.
///

![dose](dose.png)
"""

LAPSES = {
    "5 mg to 50 mg": (TEXT, "5 mg", "50 mg", "body"),
    "paragraph reflow": (TEXT, "once.\nIt", "once. It", "body"),
    "fixed space for a space": (TEXT, "5 mg", "5\u00a0mg", "body"),
    "zero-width sign": (TEXT, "5 mg", "5\u200b mg", ""),
    "author in the front matter": (TEXT, "name: Demo", "name: Another Demo", "front matter"),
    "title in the front matter": (TEXT, "title: Does", "title: Why does", "front matter"),
    "audience list in the front matter": (
        TEXT,
        "audiences: [clinician, patient]",
        "audiences: [patient, clinician]",
        "front matter",
    ),
    "comment in HTML": (TEXT, "Ask.", "Ask. <!-- x -->", "body"),
    "text of a hidden block": (TEXT, "Ask.", "Ask. <p hidden>x</p>", "body"),
    "audience swapped": (TEXT, "audience | clinician", "audience | patient", "body"),
    "year of a cited work": (
        WORKS,
        "year = {2019}",
        "year = {2020}",
        "reference park2019spinal (year 2019 \u2192 2020)",
    ),
    "string of a cited work": (WORKS, "{J Demonstr}}\n", "{Lancet}}\n", "liu2017vertebral"),
    "parent of a cited work": (WORKS, "{P}}", "{Q}}", "reference park2019spinal"),
    "snippet": (TEXT, "Ask.", 'Ask.\n--8<-- "x.md"', "body"),
    "glossary": (TEXT, "![dose]", "*[mg]: grams\n\n![dose]", "body"),
}
STAYS = {
    "order of keys": (TEXT, "class: general\n", "", ""),
    "comment in the front matter": (TEXT, "class: general\n", "class: general # x\n", ""),
    "work that is not cited": (WORKS, "Review of {MRI}", "Another title", ""),
    "field that is not printed": (
        WORKS,
        "title = {Sufficient?}",
        "keywords = {x},\n  title = {Sufficient?}",
        "",
    ),
}


@pytest.fixture(scope="module")
def whole(model_sites: dict[str, Target], tmp_path_factory: pytest.TempPathFactory) -> Target:
    """An approved article with two audiences, an image, a string and a parent of a work."""
    target = model_sites["approved"].copied_to(tmp_path_factory.mktemp("whole") / "site")
    target.site.article(body=BODY)
    target.edit("audiences: [clinician]", "audiences: [clinician, patient]")
    target.site.write("docs/articles/dose.png", PIXELS)
    works = (target.root / WORKS).read_text(encoding="utf-8")
    first, second = works.split("@article{hutchins2021acr")
    first = first.replace("  evidence_kind", "  crossref = {meeting}, evidence_kind")
    second = second.replace("journal = {J Demonstr}", "journal = jd", 2)
    strings = "@string{jd = {J Demonstr}}\n"
    target.site.write(WORKS, f"{strings}{first}@article{{hutchins2021acr{second}{PARENT}")
    target.reviewed()
    assert target.standing().state is State.APPROVED
    return target


@pytest.fixture
def target(whole: Target, tmp_path: Path) -> Target:
    """A copy of it."""
    return whole.copied_to(tmp_path / "site")


def changed(target: Target, path: str, old: str, new: str) -> None:
    file = target.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    target.commit()


@pytest.mark.parametrize("row", LAPSES, ids=[each.replace(" ", "-") for each in LAPSES])
def test_an_edit_of_what_an_approval_covers_ends_it_and_is_named(row: str, target: Target):
    path, old, new, says = LAPSES[row]
    changed(target, path, old, new)
    if row == "zero-width sign":
        # The text cannot even be read with it.
        assert target.is_refused("text-is-visible", "U+200B")
        assert not target.standing().is_published
        return
    found = target.standing()
    assert found.state is State.LAPSED
    assert says in " | ".join(found.changed)
    assert target.is_refused("article-is-approved", f"this changed: {found.changed[0]}")


@pytest.mark.parametrize("row", STAYS, ids=[each.replace(" ", "-") for each in STAYS])
def test_an_edit_that_no_reader_can_see_ends_no_approval(row: str, target: Target):
    path, old, new, _ = STAYS[row]
    before = target.repository().manifest("contrast")
    changed(target, path, old, new)
    if row == "order of keys":
        changed(target, path, "evidence_through", "class: general\nevidence_through")
    assert target.standing().state is State.APPROVED
    after = target.repository().manifest("contrast")
    assert before
    assert after
    assert before.digest == after.digest


def test_the_bytes_of_an_image_end_it(target: Target):
    target.site.write("docs/articles/dose.png", PIXELS + b"\0")
    target.commit()
    assert target.standing().changed == ("image docs/articles/dose.png",)


def test_another_name_ends_it(target: Target):
    target.git("mv", TEXT, "docs/articles/another.md")
    target.commit()
    assert target.standing("another").state is State.DRAFT


def test_blanks_at_the_end_of_a_line_are_refused_by_a_rule(target: Target):
    changed(target, TEXT, "Give 5 mg once.", "Give 5 mg once.  ")
    assert target.is_refused("line-ends-clean", TEXT)


@pytest.mark.parametrize(
    "path", ["docs/index.md", "overrides/main.html", "mkdocs.yml", "docs/articles/contrast.de.md"]
)
def test_the_page_around_a_text_is_no_part_of_it(path: str, target: Target):
    place = target.root / path
    before = place.read_bytes() if place.exists() else b""
    target.site.write(path, before + b"\n# A note\n")
    target.commit()
    assert target.standing().state is State.APPROVED


SAY = """\
from datetime import UTC, datetime
from pathlib import Path
from imprimatur.editorial import Repository
repository = Repository(Path.cwd())
found = repository.standing("contrast", datetime(2027, 1, 1, tzinfo=UTC))
print(repository.manifest("contrast").digest, found.state, found.due, len(found.approvals))
"""


def said(root: Path, umask: int = 0o022, **environment: str) -> str:
    command = [sys.executable, "-c", SAY]
    return subprocess.run(
        command,
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
        umask=umask,
        env={**os.environ, **environment},
    ).stdout


def has(name: str) -> bool:
    """Whether this machine knows a locale."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


def test_machine_and_settings_change_nothing(whole: Target):
    here = said(whole.root)
    assert " approved 2029-" in here
    # Turkish has another capital of i, where that is installed.
    turkish = "tr_TR.UTF-8" if has("tr_TR.UTF-8") else "C.UTF-8"
    for environment in (
        {"LC_ALL": "C"},
        {"LC_ALL": turkish},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "Etc/GMT+12"},
        {"PYTHONHASHSEED": "7"},
        {"PYTHONUTF8": "0", "LC_ALL": "C"},
        {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONOPTIMIZE": "1"},
    ):
        assert said(whole.root, **environment) == here, environment
    assert said(whole.root, umask=0o077) == here


def clone_with_other_line_ends(target: Target, place: Path) -> Path:
    target.git("clone", "-q", "-c", "core.autocrlf=true", str(target.root), str(place))
    assert b"\r\n" in (place / TEXT).read_bytes()
    return place


def test_a_checkout_with_other_line_ends_changes_nothing(whole: Target, tmp_path: Path):
    clone = clone_with_other_line_ends(whole, tmp_path / "clone")
    assert said(clone) == said(whole.root)


def test_a_checkout_with_other_line_ends_changes_no_drawing(target: Target, tmp_path: Path):
    target.site.write("docs/articles/dose.svg", DRAWING)
    target.edit("![dose](dose.png)", "![dose](dose.svg)")
    target.reviewed()
    assert " approved " in said(target.root)
    clone = clone_with_other_line_ends(target, tmp_path / "clone")
    assert said(clone) == said(target.root)


def test_the_order_in_which_files_were_made_changes_nothing(whole: Target, tmp_path: Path):
    here = said(whole.root)
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in sorted(whole.root.rglob("*"), reverse=True):
        place = copy / path.relative_to(whole.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            shutil.copy2(path, place)
        else:
            place.mkdir(exist_ok=True)
    assert said(copy) == here
