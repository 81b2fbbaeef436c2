"""Every known attack on records, people and content is tried, or it is said why not."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
ROWS = set(range(1, 80))


def tried() -> set[int]:
    """Rows whose number stands in the name of a test, or of one of its cases."""
    found: set[int] = set()
    for path in HERE.glob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"^def test_((?:\d\d_(?:and_|to_)?)+)", text, re.MULTILINE):
            if "_to_" not in name:
                found |= {int(number) for number in re.findall(r"\d\d", name)}
        found |= {
            int(number) for number in re.findall(r'(?:^    |id=)"(\d\d) ', text, re.MULTILINE)
        }
    return found


def explained() -> set[int]:
    text = (HERE / "README.md").read_text(encoding="utf-8")
    return {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}


def test_every_row_is_tried_or_explained_and_none_is_both():
    assert tried() | explained() == ROWS
    assert not tried() & explained()
