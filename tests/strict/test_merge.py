"""Where a merge begins that nobody settled, and what only looks like one."""

from __future__ import annotations

import pytest

from imprimatur.strict import unsettled

WHOLE = "Give\n<<<<<<< HEAD\n5 mg.\n=======\n50 mg.\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (WHOLE, (12,)),
        (WHOLE + WHOLE, (12, 18)),
        (WHOLE.replace(" HEAD", "").replace(" theirs", ""), (12,)),
        ("Give\n<<<<<<< HEAD\n5 mg.\n", (12,)),
        (WHOLE.replace("<<<<<<< HEAD\n", ""), (13,)),
        ("5 mg.\n=======\n50 mg.\n=======\n>>>>>>>", (12,)),
    ],
)
def test_a_merge_that_nobody_settled_is_found_where_it_begins(text: str, lines: tuple[int, ...]):
    assert unsettled(text, 11) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Results\n=======\n\nFine.\n",
        ">>>>>>> Somebody quoted somebody.\n",
        ">>>>>>> Somebody quoted somebody.\n\nResults\n=======\n",
        "Results\n========\n\n>>>>>>> Quoted.\n",
        "Results\n=======\n\n>>>>>>>> Quoted.\n",
        "<<<<<<<< so many\n",
        "<<<<<<<HEAD\n",
        "Git writes <<<<<<< HEAD, ======= and >>>>>>> theirs.\n",
        " <<<<<<< HEAD\n",
    ],
)
def test_headings_quotations_and_words_about_merges_are_none(text: str):
    assert unsettled(text) == ()
