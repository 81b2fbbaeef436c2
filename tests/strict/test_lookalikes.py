"""Signs that pass for others are named, and ordinary typography is not."""

from __future__ import annotations

import pytest

from imprimatur.errors import RuleName
from imprimatur.strict import disguises, read_text

RULE = RuleName("file-is-readable")


@pytest.mark.parametrize(
    ("line", "column", "sign"),
    [
        ("Give \u0665 mg.", 6, "ARABIC-INDIC DIGIT FIVE"),
        ("Give \uff15 mg.", 6, "FULLWIDTH DIGIT FIVE"),
        ("Give \U0001d7f1 mg.", 6, "MATHEMATICAL SANS-SERIF BOLD DIGIT FIVE"),
        ("Do \U0001d427\U0001d428\U0001d42d give it.", 4, "MATHEMATICAL BOLD SMALL N"),
        ("Do n\u0336o\u0336t\u0336 give it.", 5, "COMBINING LONG STROKE OVERLAY"),
        ("Give 5\u20e0 mg.", 7, "COMBINING ENCLOSING CIRCLE BACKSLASH"),
        ("Give 5\u0307 mg.", 7, "COMBINING DOT ABOVE"),
        ("Give 5\u041e mg.", 7, "CYRILLIC CAPITAL LETTER O"),
        ("Give \u041e.5 mg.", 6, "CYRILLIC CAPITAL LETTER O"),
        ("Give w\u0430rfarin.", 7, "CYRILLIC SMALL LETTER A"),
        ("Give \u039212.", 6, "GREEK CAPITAL LETTER BETA"),
        ("Give 5\u20245 mg.", 7, "ONE DOT LEADER"),
        ("Give 5\u201a5 mg.", 7, "SINGLE LOW-9 QUOTATION MARK"),
    ],
)
def test_32_a_sign_that_passes_for_another_is_named_with_its_column(
    line: str, column: int, sign: str
):
    reading = read_text(f"First.\n{line}\n".encode(), "a.md", RULE, limit=1000)
    (finding,) = reading.findings
    assert (finding.line, finding.rule) == (2, "text-is-visible")
    assert f"column {column} holds" in finding.message
    assert sign in finding.message
    assert "passes for another" in finding.message


@pytest.mark.parametrize(
    "line",
    [
        "TNF\u03b1, IFN-\u03b3, \u03b22-agonists, \u03bcg, \u00b5g, \u0394Hb and 5\u00a0mg",
        "10\u207b\u00b3, CO\u2082, 5\u00b75 mg, \u00bd, \u2265 5 \u00d7 10\u2079/l, 37 \u00b0C",
        "Kosovi\u0107, M\u00fcller, \u0141ukasz, \u00d8rsted, Nguy\u1ec5n",
        "\u041c\u043e\u0441\u043a\u0432\u0430 and \u4e2d\u6587, \u05d0\u05b8 and \u0645",
        "\u201a5 mg\u2018, 1\u20132, \u2018x\u2019, \u2026",
    ],
)
def test_32_ordinary_typography_passes(line: str):
    assert list(disguises(line)) == []


def test_32_marks_that_pile_up_over_other_lines_leave_no_text():
    reading = read_text(("a" + "\u0316" * 5).encode(), "a.md", RULE, limit=1000)
    assert reading.value is None
    assert "combining marks" in reading.findings[0].message
