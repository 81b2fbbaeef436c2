"""What an author is told of a text that is too hard for its readers, or is not for them at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.gate.sentence_lines import SentenceLines
from imprimatur.manuscript import read_manuscript
from imprimatur.press.readability import reading_grade

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


@pytest.mark.parametrize(
    "other", ["/// saftey", "/// evidence | opinion", "/// evidence | guidelines"]
)
def test_whatever_stands_beside_it_a_block_out_of_place_is_told(shelf: Shelf, other: str):
    hidden = "//// audience | patient\n/// safety\nNever.\n///\n////\n"
    found = {each.rule for each in told(shelf, f"\n{other}\nText.\n///\n\n{hidden}")}
    assert "safety-is-shown-to-all" in found


CLOSE_FOR_ALL = "close the block of line 12 first: all readers are shown the same words on safety"
TABLE = "| a |\n|---|\n| 1 |\n"
SEVERAL = "one passage may name several audiences, with a blank between them"
ADDRESS = (
    "write `/// audience | {}` in it, with a slash more on the block around it, or words for "
    "everybody"
)
UNLISTED = "the front matter does not list {}: this is shown to no such reader"


@pytest.mark.parametrize(
    ("body", "line", "rule", "message", "cure"),
    [
        (
            "//// answer\n/// audience | patient\nYes [@nice2023ng234].\n///\n////\n",
            12,
            "every-audience-is-addressed",
            "`/// answer` holds no words for `clinician`",
            ADDRESS.format("clinician"),
        ),
        (
            "/// answer\nYes [@nice2023ng234].\n///\n\n/// audience | caregiver\nNo.\n///\n",
            16,
            "every-audience-is-addressed",
            UNLISTED.format("`caregiver`"),
            "add it to `audiences` there, or take it out here",
        ),
        (
            "//// safety\n/// audience | clinician\nNever.\n///\n////\n",
            13,
            "safety-is-shown-to-all",
            "`/// audience | clinician` stands inside `/// safety`",
            CLOSE_FOR_ALL,
        ),
        (
            "//// audience | clinician\n/// safety\nNever.\n///\n////\n",
            13,
            "safety-is-shown-to-all",
            "`/// safety` stands inside `/// audience | clinician`",
            CLOSE_FOR_ALL,
        ),
        (
            "//// audience | clinician patient\n/// audience | patient\nAsk.\n///\n////\n",
            13,
            "block-stands-in-its-place",
            "`/// audience | patient` stands inside `/// audience | clinician patient`",
            f"close the block of line 12 first; {SEVERAL}",
        ),
        (
            "//// evidence | research\n/// answer\nYes [@park2019spinal].\n///\n////\n",
            13,
            "block-stands-in-its-place",
            "`/// answer` stands inside `/// evidence | research`",
            "close the block of line 12 first",
        ),
        (
            f"//// answer\n/// audience | patient\n\n{TABLE}\n///\n////\n",
            12,
            "reading-grade-fits-audience",
            "`/// answer` holds no sentence by which to measure the text for `patient`",
            "say it in sentences, and not in tables alone",
        ),
    ],
)
def test_what_a_passage_does_wrong_is_told_with_its_cure(
    body: str, line: int, rule: str, message: str, cure: str, shelf: Shelf
):
    found = [(e.line, e.rule, e.message, e.cure) for e in told(shelf, f"\n{body}")]
    assert (line, rule, message, cure) in found


def test_of_audiences_without_words_all_are_told_at_once(shelf: Shelf):
    head = HEAD.replace("patient]", "patient, caregiver]")
    body = "//// answer\n/// audience | clinician\nYes [@nice2023ng234].\n///\n////\n"
    told = shelf.told(body, head=f"{head}\n\n")
    message = "`/// answer` holds no words for `patient`, `caregiver`"
    assert (12, "every-audience-is-addressed", message, ADDRESS.format("patient caregiver")) in told


@pytest.mark.parametrize("inside", ["answer", "evidence | research"])
def test_safety_and_words_for_some_stand_well_in_an_answer_and_in_evidence(
    inside: str, shelf: Shelf
):
    answer = "/// answer\nYes [@nice2023ng234].\n///\n\n" if inside != "answer" else ""
    body = (
        f"\n{answer}//// {inside}\nIt can [@park2019spinal].\n\n/// safety\nNever.\n///\n\n"
        "/// audience | clinician\nMost do.\n///\n////\n"
    )
    rules = {each.rule for each in told(shelf, body)}
    assert not rules & {"block-stands-in-its-place", "safety-is-shown-to-all"}


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        (f"{'Doctors ' * 4}ask ask ask ask.", 8.0),
        (f"{'Doctors ' * 4}ask ask ask asks.", 8.7),
    ],
)
def test_a_grade_may_be_the_highest_that_is_allowed(sentence: str, grade: float, shelf: Shelf):
    assert reading_grade([sentence]) == grade
    clinician = "/// audience | clinician\nYes [@nice2023ng234].\n///"
    body = f"\n//// answer\n{clinician}\n\n/// audience | patient\n{sentence}\n///\n////\n"
    found = [e.message for e in told(shelf, body) if e.rule == "reading-grade-fits-audience"]
    assert [f"school grade {grade} " in message for message in found] == [True] * (grade > 8)


def test_a_long_sentence_is_quoted_by_its_first_sixty_signs(shelf: Shelf):
    words = "Immunohistochemistry necessitates "
    body = "\n/// answer\nYes [@nice2023ng234].\n///\n\n/// audience | patient\n{}\n///\n"
    for length, quoted in ((60, "{}"), (61, "{}\u2026")):
        sentence = f"{words}{'y' * (length - len(words) - 1)}."
        (found,) = told(shelf, body.format(sentence))
        assert found.cure.endswith(f" {quoted.format(sentence[:60])!r}")
