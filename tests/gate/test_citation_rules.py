"""What is said of a citation, on which line and with which cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

ANSWER = "/// answer\nYes [@park2019spinal].\n///\n\n"
"""Stands on lines 12 to 15, so that what follows begins on line 16."""

DOI = "10.1016/J.CLINIMAG.2019.03.003"
NOTICE = "doi:10.1016/S0140-6736(20)31324-6; PMID 32511943; Lancet. 2020 Jun 13;395(10240):1820"
WORD_BEFORE = (
    "let a word that is no unit stand before it, as in `26 patients [@park2019spinal]`, also at "
    "the end of a sentence"
)
UNCLOSED = (
    "write `[@key]`, `[@key, p. 12]` or `[see @key; @other]`, or `\\[` for a bracket that is no "
    "citation"
)
NO_CITATION = "; if it is no citation, write `\\@`"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            "As seen [@liu2017vertebral; @park2091spinal] and [@zzzzzzzzzz].\n",
            [
                (
                    "citation-resolves",
                    "`@park2091spinal` is not in bibliography.bib",
                    f"nearest keys: @park2019spinal{NO_CITATION}",
                ),
                (
                    "citation-resolves",
                    "`@zzzzzzzzzz` is not in bibliography.bib",
                    f"add the entry{NO_CITATION}",
                ),
            ],
        ),
        (
            "As seen [@park2019spinal; see also].\n",
            [
                (
                    "citation-is-well-formed",
                    "a part of `[@park2019spinal; see also]` cites no work, or more than one",
                    "write `[@key]`, `[@key, p. 12]` or `[see @key; @other]`",
                )
            ],
        ),
        *(
            (
                f"As seen {mark}, p. 12 of it.\n",
                [
                    (
                        "citation-is-well-formed",
                        f"the bracket of `{mark}, p. 12 of it.` is never closed",
                        UNCLOSED,
                    )
                ],
            )
            for mark in ("[@park2019spinal", "[see @park2019spinal", "[@park2019spinal [p. 3]")
        ),
        ("Of [0, 1) as @park2019spinal found.\n", []),
        ("As \\[@park2019spinal found.\n", []),
        ("As [they, that is @park2019spinal [p. 3]], found.\n", []),
        (
            "Seen in 26 [@park2019spinal] patients.\n",
            [
                (
                    "citation-follows-a-word",
                    "the number of `@park2019spinal` would stand straight after `26`",
                    WORD_BEFORE,
                )
            ],
        ),
        (
            "## Results [@park2019spinal]\n",
            [
                (
                    "heading-does-not-cite",
                    "`@park2019spinal` is cited in a heading",
                    "cite it in the text below",
                )
            ],
        ),
        (
            "As seen [@park2019spinal; @park2019twice].\n",
            [
                (
                    "work-is-cited-under-one-key",
                    f"`@park2019twice` and `@park2019spinal` are one work, {DOI}",
                    "cite `@park2019spinal`, and keep one entry",
                )
            ],
        ),
        (
            "As seen [@mehra2020retracted].\n",
            [
                (
                    "work-is-not-retracted",
                    f"`@mehra2020retracted` was retracted: {NOTICE}",
                    "rest the statement on another work, or take it out",
                )
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_citation_is_told_with_its_cure(
    shelf: Shelf, body: str, found: list[tuple[str, str, str]]
):
    assert shelf.told(ANSWER + body) == [(16, *each) for each in found]


@pytest.mark.parametrize(
    ("section", "key", "kind", "own"),
    [
        ("guidelines", "saha2025dce", "narrative-review", "research"),
        ("research", "nice2023ng234", "guideline", "guidelines"),
        ("research", "fda2024gadoterate", "drug-label", "drug-label"),
        ("drug-label", "park2019spinal", "diagnostic-study", "research"),
    ],
)
def test_a_work_in_the_wrong_section_is_told_which_is_its_own(
    shelf: Shelf, section: str, key: str, kind: str, own: str
):
    message = f"`@{key}` is {kind}, and stands in the section {section}"
    cure = f"cite it under `/// evidence | {own}`"
    body = f"/// evidence | {section}\nSo it is [@{key}].\n///\n"
    assert shelf.told(ANSWER + body) == [(17, "kind-fits-section", message, cure)]


def test_a_work_of_no_kind_has_no_section_of_its_own(shelf: Shelf):
    shelf.put("bibliography.bib", "@misc{a, title = {A}, author = {B}, year = {2020}}\n")
    told = shelf.told("/// answer\nYes [@a].\n///\n\n/// evidence | research\nSo [@a].\n///\n")
    message = "`@a` is of no known kind, and stands in the section research"
    assert (17, "kind-fits-section", message, "name its `evidence_kind`") in told


def test_without_a_bibliography_one_citation_stands_for_all(shelf: Shelf):
    (shelf.root / "bibliography.bib").unlink()
    message = "works are cited, and bibliography.bib holds none or is not there"
    cure = "restore bibliography.bib from history"
    told = shelf.told(f"{ANSWER}And [@liu2017vertebral].\n")
    assert told == [(13, "citation-resolves", message, cure)]


def test_works_that_share_no_identifier_are_two(shelf: Shelf):
    assert shelf.told(f"{ANSWER}As seen [@park2019spinal; @liu2017vertebral].\n") == []


def test_behind_a_number_no_stop_helps_and_a_word_does(shelf: Shelf):
    for figure in ("26", "26.", "26,", "5 mg"):
        (found,) = shelf.told(f"{ANSWER}It was {figure} [@park2019spinal] then.\n")
        assert found[1] == "citation-follows-a-word"
    for end in (".", ",", " "):
        assert shelf.told(f"{ANSWER}It was 26 patients [@park2019spinal]{end} then.\n") == []
    assert shelf.told(f"{ANSWER}It was 5 mg daily [@park2019spinal].\n") == []


def test_one_good_citation_hides_none_that_follows(shelf: Shelf):
    body = "Seen [@liu2017vertebral], and in 26 [@park2019spinal] patients [@nobody1999a].\n"
    rules = {rule for _, rule, _, _ in shelf.told(ANSWER + body)}
    assert rules == {"citation-resolves", "citation-follows-a-word"}
