"""A schema takes its own keys, of their own types, and names every error at once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from imprimatur.errors import RuleName
from imprimatur.strict import Closed, Day, Document, Reading, read_yaml, validate

RULE = RuleName("file-is-readable")


class Dose(Closed):
    """An amount of a drug."""

    amount: Annotated[int, Field(ge=1, le=900)]
    unit: Annotated[str, Field(min_length=1, max_length=9)]


class Route(StrEnum):
    """How it gets into the body."""

    ORAL = "oral"
    VEIN = "intravenous"


class Leaflet(Closed):
    """What a patient is handed."""

    drug: str
    doses: Annotated[tuple[Dose, ...], Field(min_length=1, max_length=2)]
    since: Day
    generic: bool = False
    route: Route = Route.VEIN
    format: Literal[1] = 1


GOOD = "drug: gadoterate\ndoses:\n  - {amount: 5, unit: mg}\nsince: 2026-11-23\n"


def read(text: str) -> Reading[Leaflet]:
    document = read_yaml(text, "a.yml", RULE).value
    assert document is not None
    return validate(Leaflet, document, RULE)


def test_a_good_file_is_a_value():
    leaflet = read(GOOD).value
    assert leaflet is not None
    assert leaflet.doses[0].amount == 5


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("drug:", "drg:", ["1: `drg` is no known key; write `drug`", "1: `drug` is missing; add"]),
        (
            "amount: 5",
            "amount: '5'",
            ['3: `doses.0.amount` is "5": it is a whole number, without quotes'],
        ),
        ("amount: 5", "amount: 0", ["3: `doses.0.amount` is 0: it is 1 or more"]),
        ("amount: 5", "amount: 901", ["3: `doses.0.amount` is 901: it is 900 or less"]),
        ("amount: 5", "amount: 5.0", ['3: `doses.0.amount` is "5.0"']),
        ("amount: 5", "amount: true", ["3: `doses.0.amount` is true"]),
        ("unit: mg", "unit: 5", ["3: `doses.0.unit` is 5: it is text; where it looks"]),
        ("unit: mg", "unit: ''", ['3: `doses.0.unit` is "": it needs some text; correct']),
        ("unit: mg", "unit: milligrams", ["it has 9 signs at most"]),
        ("unit: mg", "unit: mg, page: 3", ["3: `doses.0.page` is no known key; delete it"]),
        ("2026-11-23", "2026-11-31", ['4: `since` is "2026-11-31": day is out of range']),
        ("2026-11-23", "2026-1-3", ["a day is written as 2026-11-23"]),
        ("2026-11-23", "'1740096000'", ["a day is written as 2026-11-23"]),
        ("2026-11-23", "1740096000", ["4: `since` is 1740096000"]),
        ("2026-11-23", "no", ["a day is written as 2026-11-23"]),
        ("since", "generic: no\nsince", ['4: `generic` is "no": it is `true` or `false`, without']),
        ("since", "route: nose\nsince", ["4: `route` is \"nose\": it is 'oral' or 'intravenous'"]),
        ("since", "format: 2\nsince", ["4: `format` is 2: it is 1; correct `format`"]),
        ("\n  - {amount: 5, unit: mg}", " []", ["2: `doses` is []: it needs 1 or more"]),
        (
            "  - {amount: 5, unit: mg}\n",
            3 * "  - {amount: 5, unit: mg}\n",
            [": it holds 2 at most, and here are 3; correct `doses`"],
        ),
        ("{amount: 5, unit: mg}", "5 mg", ['3: `doses.0` is "5 mg": it is written as names']),
        (
            "\n  - {amount: 5, unit: mg}",
            " 5 mg",
            ['2: `doses` is "5 mg": it is a list, written as [one'],
        ),
    ],
)
def test_what_is_wrong_is_said_with_line_path_and_cure(old: str, new: str, expected: list[str]):
    reading = read(GOOD.replace(old, new))
    assert reading.value is None
    said = [f"{each.line}: {each.message}; {each.cure}" for each in reading.findings]
    assert len(said) == len(expected)
    for finding, part in zip(said, expected, strict=True):
        assert part in finding


def test_an_empty_file_is_told_what_it_needs():
    (finding,) = read("").findings
    assert str(finding).endswith("nothing in it; write drug, doses, since, each with its value")


def test_a_long_value_is_not_repeated_whole():
    (finding,) = read(GOOD.replace("amount: 5", f"amount: {'9' * 5000}")).findings
    assert len(finding.message) < 300


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["drug", "doses", "amount", "unit", "since", "x"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=10,
    )
)
def test_no_value_raises(tree: object):
    reading = validate(Leaflet, Document(path="a.yml", value=tree, lines={}), RULE)
    assert reading.value is not None or reading.findings
