"""What an author is told of a text that is too hard for its readers, or is not for them at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.gate.sentence_lines import SentenceLines
from imprimatur.manuscript import read_manuscript

if TYPE_CHECKING:
    from conftest import Shelf
    from imprimatur.errors import Finding

_PASSES = Path(__file__).parents[1] / "articles" / "passes"
HEAD = (_PASSES / "two-audiences.md").read_text(encoding="utf-8").split("\n\n", 1)[0]

HARD = """
//// answer
/// audience | clinician
Supplementary gadolinium administration improved confidence considerably [@park2019spinal].
///

/// audience | patient
The dye helped. **Supplementary** gadolinium [see @park2019spinal, table 2;
@saha2025dce] administration improved
confidence considerably.
Ask your doctor.

- Hypersensitivity contraindicates readministration
- Nephrogenic systemic fibrosis necessitates discontinuation, immediately.

@park2019spinal [p. 170] demonstrated interobserver disagreement.
It is &lt; intramedullary spondylodiscitis preponderance.
Encephalopathy.
///
////
"""


def told(shelf: Shelf, body: str) -> list[Finding]:
    """What is found in an article for clinicians and patients."""
    shelf.article(text=f"{HEAD}\n{body}")
    return shelf.findings("docs/articles")


def test_a_text_that_is_too_hard_is_told_its_grade_and_its_hardest_sentences(shelf: Shelf):
    (finding,) = told(shelf, HARD)
    assert finding.rule == "reading-grade-fits-audience"
    assert "the text for `patient` needs school grade 28.6" in finding.message
    assert "(words measured: 33)" in finding.message
    assert finding.message.endswith("editorial/policy.yml allows 8")
    lines = [int(line) for line in re.findall(r"line (\d+) \(grade ", finding.cure)]
    assert lines == [23, 28, 18, 24, 27]
    assert finding.line == 23
    grades = [float(grade) for grade in re.findall(r"\(grade ([\d.]+)\)", finding.cure)]
    assert grades == sorted(grades, reverse=True)
    assert all(grade > 8 for grade in grades)
    assert "'Hypersensitivity contraindicates readministration'" in finding.cure
    assert "The dye helped" not in finding.cure


def test_a_sentence_that_clinicians_read_too_is_found_where_patients_read_it(shelf: Shelf):
    body = HARD.replace("**Supplementary** gadolinium", "Supplementary gadolinium")
    (finding,) = told(shelf, body)
    assert "line 18 " in finding.cure
    assert "line 14 " not in finding.cure


@pytest.mark.parametrize(
    "text",
    [
        "The dye helped some doctors.",
        "No.",
        "Take 0.1 mL for each kg, e.g. 7 mL. Dr. Lee et al. did.",
        "- Ask\n- Wait\n- Go home",
    ],
)
def test_plain_text_is_plain_however_short(shelf: Shelf, text: str):
    answer = "/// audience | clinician\nIt helped [@park2019spinal].\n///"
    body = f"\n//// answer\n{answer}\n\n/// audience | patient\n{text}\n///\n////\n"
    assert not told(shelf, body)


def test_an_audience_without_a_ceiling_may_be_told_anything(shelf: Shelf):
    body = HARD.replace("/// audience | patient", "/// audience | clinician")
    found = told(shelf, body.replace("////\n", "\n/// audience | patient\nAsk.\n///\n////\n"))
    assert not [each for each in found if each.rule == "reading-grade-fits-audience"]


def test_what_another_audience_falls_back_on_is_no_text_of_its_own(shelf: Shelf):
    (finding,) = told(
        shelf, "\n//// answer\n/// audience | clinician\nYes [@nice2023ng234].\n///\n////\n"
    )
    assert (finding.rule, finding.line) == ("every-audience-is-addressed", 12)
    assert "`/// answer` holds no words for `patient`" in finding.message
    assert "write `/// audience | patient` in it" in finding.cure


def test_every_block_out_of_place_is_told_where_the_block_around_it_begins(shelf: Shelf):
    body = """
/// answer
Yes [@nice2023ng234].
///

////// audience | patient
///// safety
//// audience | clinician
/// evidence | research
Some [@park2019spinal].
///
////
/////
//////
"""
    found = [(each.line, str(each.rule), each.cure[:28]) for each in told(shelf, body)]
    assert found == [
        (17, "safety-is-shown-to-all", "close the block of line 16 f"),
        (18, "block-stands-in-its-place", "close the block of line 16 f"),
        (18, "safety-is-shown-to-all", "close the block of line 17 f"),
        (19, "block-stands-in-its-place", "close the block of line 18 f"),
        (19, "every-audience-is-addressed", "write `/// audience | clinic"),
    ]


@pytest.mark.parametrize(
    ("sentence", "begins", "line"),
    [
        ("The dye helped.", 0, 18),
        ("Supplementary gadolinium administration improved", 0, 14),
        ("Supplementary gadolinium administration improved", 17, 18),
        ("Park et al demonstrated interobserver disagreement.", 17, 26),
        ("Encephalopathy.", 17, 28),
        ("Nothing of the sort is written.", 17, 17),
        ("", 17, 17),
        ("\u2264", 99, 99),
    ],
)
def test_a_sentence_is_found_by_its_words(sentence: str, begins: int, line: int):
    manuscript = read_manuscript(f"{HEAD}\n{HARD}".encode(), "docs/articles/contrast.md").value
    assert manuscript is not None
    assert SentenceLines(manuscript).find(sentence, begins) == line


@pytest.mark.parametrize(
    "body",
    [
        "/// answer\n/// audience | patient\nYes.\n",
        "/// saftey\nNever.\n///\n\n/// answer\n///\n",
        "/// evidence | guidelines research\nText.\n///\n\n/// audience | surgeon\nText.\n///\n",
        "<div>\n/// answer\nYes.\n///\n</div>\n",
    ],
)
def test_where_blocks_are_not_what_they_seem_other_rules_speak(shelf: Shelf, body: str):
    about = {"safety-is-shown-to-all", "block-stands-in-its-place", "reading-grade-fits-audience"}
    found = told(shelf, f"\n{body}")
    assert found
    assert not about & {each.rule for each in found}
