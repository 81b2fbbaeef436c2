"""What an approval covers, and what it does not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.bibliography import read_bibliography
from imprimatur.manuscript import MISSING, Manifest, digest_of, manifest_of, read_manuscript

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = """\
---
title: Does contrast help to find spinal metastases?
summary: What one study found.
topics: [radiology]
class: general
authors:
  - {name: A. Author, affiliation: Nowhere, interests: none}
evidence_through: 2025-02-21
audiences: [clinician]
---

It helped [@park2019spinal]. ![Dose](../assets/dose.png)
"""

WORKS = """\
@string{clinimag = {Clin Imaging}}
@article{park2019spinal, evidence_kind = {diagnostic-study}, author = {Park, C.},
  title = {Diagnosis of spinal metastasis}, journal = clinimag, year = 2019, crossref = {parent}}
@article{liu2017vertebral, evidence_kind = {systematic-review}, author = {Liu, T.},
  title = {Detection}, journal = {J Cancer Res}, year = 2017}
@proceedings{parent, evidence_kind = {other-research}, title = {Proceedings}, volume = {3}}
"""

FILES = {"docs/assets/dose.png": b"pixels", "docs/assets/other.png": b"others"}


def manifest(
    text: str = TEXT,
    works: str = WORKS,
    files: Mapping[str, bytes] = FILES,
    path: str = "docs/articles/contrast.md",
) -> Manifest:
    manuscript = read_manuscript(text.encode(), path).value
    assert manuscript is not None
    return manifest_of(manuscript, read_bibliography(works.encode(), "b.bib"), files.get)


def changed(after: Manifest) -> set[str]:
    """The parts that differ; the digest differs exactly if there are any."""
    before = manifest().parts
    parts = {each for each in {*before, *after.parts} if before.get(each) != after.parts.get(each)}
    assert (after.digest == manifest().digest) is not bool(parts)
    return parts


def test_it_covers_path_head_body_cited_references_and_images():
    assert list(manifest().parts) == [
        "body",
        "front matter",
        "image docs/assets/dose.png",
        "path",
        "reference park2019spinal",
    ]


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("Does contrast", "Why contrast", "front matter"),
        ("A. Author", "B. Author", "front matter"),
        ("2025-02-21", "2025-02-22", "front matter"),
        ("[clinician]", "[patient]", "front matter"),
        ("class: general", "class: dosing", "front matter"),
        ("It helped", "It did not help", "body"),
        ("helped [", "helped  [", "body"),
    ],
)
def test_an_edit_of_the_text_changes_its_part_and_the_digest(old: str, new: str, part: str):
    assert changed(manifest(TEXT.replace(old, new))) == {part}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Diagnosis of spinal", "Treatment of spinal"),
        ("Park, C.", "Park, D."),
        ("year = 2019", "year = 2020"),
        ("diagnostic-study", "cohort"),
        ("{Clin Imaging}", "{Clin Radiol}"),
        ("volume = {3}", "volume = {4}"),
    ],
    ids=["title", "author", "year", "kind", "string", "crossref"],
)
def test_an_edit_of_what_a_reader_sees_of_a_cited_work_changes_it(old: str, new: str):
    assert old in WORKS
    assert changed(manifest(works=WORKS.replace(old, new))) == {"reference park2019spinal"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Detection}", "Overlooked}"),
        ("@article{liu", "% a comment\n\n@article{liu"),
        ("year = 2019", "year = 2019, file = {/home/a/park.pdf}, verification_note = {seen}"),
    ],
    ids=["uncited work", "comment", "unseen fields"],
)
def test_what_no_reader_of_this_article_sees_changes_nothing(old: str, new: str):
    assert not changed(manifest(works=WORKS.replace(old, new)))


def test_an_image_is_covered_by_its_bytes():
    assert changed(manifest(files={**FILES, "docs/assets/dose.png": b"other pixels"})) == {
        "image docs/assets/dose.png"
    }
    assert not changed(manifest(files={**FILES, "docs/assets/other.png": b"other pixels"}))
    assert manifest(files={}).parts["image docs/assets/dose.png"] == MISSING
    assert digest_of(b"") != MISSING


def test_the_same_text_at_another_path_is_another_text():
    assert changed(manifest(path="docs/articles/other.md")) >= {"path"}


def test_saving_it_differently_changes_nothing():
    head = TEXT.replace("class: general\n", "").replace("---\nt", "---\nclass: general # ours\nt")
    block = TEXT.replace(
        "{name: A. Author, affiliation: Nowhere, interests: none}",
        '\n    interests: "none"\n    name: A. Author\n    affiliation: Nowhere',
    )
    assert not changed(manifest(head))
    assert not changed(manifest(block))
    assert not changed(manifest(TEXT.replace("\n", "\r\n")))


@given(st.permutations(WORKS.split("\n@")[1:]))
def test_the_order_of_works_changes_nothing(works: list[str]):
    # A string is defined before it is used, and a parent may stand anywhere.
    assert not changed(manifest(works="@string{clinimag = {Clin Imaging}}\n@" + "\n@".join(works)))


@pytest.mark.parametrize(
    ("mark", "paths"),
    [
        ("![a](a.png)", {"docs/articles/a.png"}),
        ("![a](./b/../a.JPEG)", {"docs/articles/a.JPEG"}),
        ('![a](../assets/a.svg "title")', {"docs/assets/a.svg"}),
        ('<img src="a.webp">', {"docs/articles/a.webp"}),
        ("[a]: <a.gif>", {"docs/articles/a.gif"}),
        ("![a](a.png?b.png)", {"docs/articles/a.png", "docs/articles/b.png"}),
        ("![a](a.png.ico)", {"docs/articles/a.png.ico"}),
        ("![a](../../../etc/a.png)", {"../etc/a.png"}),
        ("![a](/a.png)", {"/a.png"}),
        ("`a.png`", {"docs/articles/a.png"}),
        ("a.pngx and a.md", set()),
    ],
)  # fmt: skip
def test_every_word_that_ends_like_an_image_is_covered(mark: str, paths: set[str]):
    parts = manifest(TEXT.replace("![Dose](../assets/dose.png)", mark)).parts
    assert {part.removeprefix("image ") for part in parts if part.startswith("image ")} == paths


def test_every_cited_work_is_covered_even_if_its_entry_cannot_be_read():
    parts = manifest(works=WORKS.replace("journal = clinimag,", "journal = clinimag")).parts
    assert parts["reference park2019spinal"] != manifest().parts["reference park2019spinal"]


@pytest.mark.parametrize("word", ["a" * 90_000, "a." * 45_000, ".png" * 22_000, "a.png " * 9_999])
def test_no_body_takes_long(word: str):
    started = time.process_time()
    manifest(TEXT + word)
    assert time.process_time() - started < 4
