"""A picture of what a publication takes, beside the builds of others: stacked bars, as SVG.

A drawing program would be the largest thing that the bench needs, for five bars.
"""

from __future__ import annotations

from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH: Final = 760
_LEFT: Final = 190
_ROW: Final = 46
_BAR: Final = 26
_TOP: Final = 64
# Told apart in grey, too, and each is named below.
_COLOURS: Final = ("#1b3a4b", "#3f7d8c", "#8fb8bd", "#c9dcdc", "#7a5c3e", "#b9a58f")


def plot(title: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    """An SVG with a bar for each row. rows: by its name, the seconds of each of its parts."""
    parts = list(dict.fromkeys(part for row in rows.values() for part in row))
    colours = dict(zip(parts, _COLOURS, strict=False))
    longest = max(sum(row.values()) for row in rows.values())
    scale = (_WIDTH - _LEFT - 80) / longest
    height = _TOP + _ROW * len(rows) + 60
    drawn = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
            f'font-family="sans-serif" font-size="14"><title>{escape(title)}</title>'
        ),
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="30" font-size="17" fill="#111111">{escape(title)}</text>',
    ]
    for number, (name, row) in enumerate(rows.items()):
        drawn += _row(_TOP + number * _ROW, name, row, colours, scale)
    drawn += _legend(_TOP + _ROW * len(rows) + 24, parts, colours)
    return "\n".join([*drawn, "</svg>", ""])


def _row(
    top: int, name: str, row: Mapping[str, float], colours: Mapping[str, str], scale: float
) -> list[str]:
    middle = top + _BAR * 0.7
    drawn = [
        (
            f'<text x="{_LEFT - 12}" y="{middle:.0f}" text-anchor="end" fill="#111111">'
            f"{escape(name)}</text>"
        )
    ]
    starts = [0.0, *accumulate(row.values())]
    for start, (part, seconds) in zip(starts, row.items(), strict=False):
        drawn.append(
            f'<rect x="{_LEFT + start * scale:.1f}" y="{top}" width="{seconds * scale:.1f}" '
            f'height="{_BAR}" fill="{colours[part]}"><title>{escape(part)}: {seconds:.1f} s'
            "</title></rect>"
        )
    end = _LEFT + starts[-1] * scale + 8
    drawn.append(f'<text x="{end:.1f}" y="{middle:.0f}" fill="#111111">{starts[-1]:.1f} s</text>')
    return drawn


def _legend(top: int, parts: Sequence[str], colours: Mapping[str, str]) -> list[str]:
    drawn, left = [], 16
    for part in parts:
        drawn.append(f'<rect x="{left}" y="{top}" width="14" height="14" fill="{colours[part]}"/>')
        drawn.append(f'<text x="{left + 20}" y="{top + 12}" fill="#111111">{escape(part)}</text>')
        left += 40 + 8 * len(part)
    return drawn
