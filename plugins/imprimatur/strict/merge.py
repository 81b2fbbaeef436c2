"""The marks that Git leaves where it could not merge two versions."""

from __future__ import annotations

from typing import Final

UNSETTLED: Final = "two versions were merged here and nobody chose between them"
SETTLE: Final = (
    "keep what is right of the two sides, and delete the lines <<<<<<<, ======= and >>>>>>>"
)

_OPENS: Final = "<<<<<<<"
_PARTS: Final = "======="
_CLOSES: Final = ">>>>>>>"


def unsettled(text: str, first_line: int = 1) -> tuple[int, ...]:
    """The lines on which a merge begins that nobody settled.

    A lone line of equals signs may underline a heading, and one of angles may begin a quotation:
    where the first mark was deleted, only both of them together are what is left of a merge.
    """
    if _OPENS not in text and not (_PARTS in text and _CLOSES in text):
        return ()
    lines = list(enumerate(text.split("\n"), start=first_line))
    begins = tuple(number for number, line in lines if _is_mark(line, _OPENS))
    ends = [number for number, line in lines if _is_mark(line, _CLOSES)]
    if begins or not ends:
        return begins
    return tuple(number for number, line in lines if line == _PARTS and number < ends[-1])[:1]


def _is_mark(line: str, mark: str) -> bool:
    return line == mark or line.startswith(f"{mark} ")
