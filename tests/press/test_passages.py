"""The words of an article as printed: where they stand, for whom, and which are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imprimatur.manuscript import Mark
from imprimatur.press.passages import Passage, addressed, reading_grades, sentences_for

if TYPE_CHECKING:
    from conftest import Press

TWO_VARIANTS = """
//// answer
For all.

/// audience | clinician
For some.
///

/// audience | patient
For others.
///
////

/// evidence | research
Shared [@park2019spinal].
///

/// safety
Never.
///

/// audience | patient
- More

    Still more.
///

Free.
"""


def passages(press: Press, body: str) -> tuple[Passage, ...]:
    """The passages of a printed body."""
    return press.proof(body).passages


def test_each_block_is_a_passage_with_its_own_words(press: Press):
    found = passages(press, TWO_VARIANTS)
    assert [(each.mark, each.inside, each.prose) for each in found] == [
        (None, (), ("Free.",)),
        (Mark.ANSWER, (0,), ("For all.",)),
        (Mark.AUDIENCE, (0, 1), ("For some.",)),
        (Mark.AUDIENCE, (0, 1), ("For others.",)),
        (Mark.EVIDENCE, (0,), ("Shared.",)),
        (Mark.SAFETY, (0,), ("Never.",)),
        (Mark.AUDIENCE, (0,), ("More", "Still more.")),
    ]
    assert [each.audiences for each in found if each.mark is Mark.AUDIENCE] == [
        {"clinician"},
        {"patient"},
        {"patient"},
    ]
    assert all(each.audiences is None for each in found if each.mark is not Mark.AUDIENCE)


def test_a_sentence_is_an_audiences_own_where_it_is_named_or_has_nothing_else(press: Press):
    found = passages(press, TWO_VARIANTS)
    own = {name: [text for _, text in sentences_for(found, name)] for name in ("clinician", "x")}
    assert own == {"clinician": ["For some.", "Shared."], "x": ["For all.", "Shared."]}
    assert sentences_for(found, "patient") == [
        (3, "For others."),
        (4, "Shared."),
        (6, "More"),
        (6, "Still more."),
    ]


def test_whom_a_section_holds_words_for(press: Press):
    body = """
//// answer
/// audience | clinician
For some.
///

/// audience | patient
### A heading

[@park2019spinal]
///
////

//// evidence | research
/// audience | patient clinician
| Reader |
|---|
| First |
///
////

/// evidence | guidelines
It speaks.
///

/// evidence | drug-label
///
"""
    assert addressed(passages(press, body)) == {
        1: {"clinician"},
        4: {"patient", "clinician"},
        6: None,
        7: frozenset(),
    }


def test_headings_tables_notes_and_citations_are_no_prose(press: Press):
    body = """
## Heading

First[^1] **of** `all` [see @park2019spinal, table 3; @saha2025dce].
@park2019spinal [p. 170] asked.<br>Then not.

Term
:   Meaning

> Quoted
> words.

    code

| a | b |
|---|---|
| c | d |

![picture](x.png)

[^1]: Note.
"""
    (found,) = passages(press, body)
    assert found.prose == (
        "First of all. Park et al asked. Then not.",
        "Meaning",
        "Quoted words.",
        "code",
    )
    assert found.has_table


@pytest.mark.parametrize(
    ("table", "has_table"),
    [("| a |\n|---|\n| b |", True), ("| |\n|---|\n| - |", False), ("", False)],
)
def test_a_table_is_noticed_for_its_words(press: Press, table: str, has_table: bool):  # noqa: FBT001
    assert passages(press, f"Text.\n\n{table}\n")[0].has_table is has_table


def test_a_passage_within_a_passage_is_for_whom_both_name(press: Press):
    body = """
//// audience | patient clinician
/// audience | patient
Text.
///
////
"""
    assert passages(press, body)[2].audiences == {"patient"}


def test_the_page_can_tell_the_grade_of_each_audience_that_has_a_ceiling(press: Press):
    copy = press.copy(TWO_VARIANTS)
    patient = copy.policy.audience("patient")
    assert patient is not None
    limited = patient.model_copy(update={"reading_grade": 8})
    others = [each for each in copy.policy.audiences if each.id != "patient"]
    policy = copy.policy.model_copy(update={"audiences": (*others, limited)})
    found = passages(press, TWO_VARIANTS)
    assert reading_grades(found, ("clinician", "patient", "nobody"), policy) == {"patient": -3.4}
    assert reading_grades(found, ("clinician",), policy) == {}
    assert reading_grades(found[:1], ("patient",), policy) == {"patient": None}


def test_many_blocks_are_looked_at_once_each():
    found = tuple(
        Passage(mark=Mark.EVIDENCE, inside=(0,), prose=("Words.",)) for _ in range(20_000)
    )
    assert len(addressed((Passage(), *found))) == len(found)
    assert len(sentences_for((Passage(), *found), "patient")) == len(found)
