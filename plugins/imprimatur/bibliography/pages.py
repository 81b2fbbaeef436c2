"""Page ranges, written in full (AMA) or without repeated digits (NLM)."""

from __future__ import annotations

import re
from itertools import takewhile

_DASH = re.compile("\\s*[-\u2010-\u2015\u2212]+\\s*")
_PAGE = re.compile(r"([A-Za-z]*)(\d+)", re.ASCII)


def expanded(pages: str) -> str:
    """Return the pages with each range in full: ``2178-85`` is ``2178-2185``.

    A prefix is repeated (``E1433-E1440``); whatever is no range of numbers stays as it is.
    """
    return _each(pages, shorten=False)


def shortened(pages: str) -> str:
    """Return the pages without the digits a range repeats: ``S361-S379`` is ``S361-79``."""
    return _each(pages, shorten=True)


def _each(pages: str, *, shorten: bool) -> str:
    ranges = [_range(part.strip(), shorten=shorten) for part in re.split(r"[,;]", pages)]
    return ", ".join(filter(None, ranges))


def _range(text: str, *, shorten: bool) -> str:
    ends = _DASH.split(text)
    matches = [_PAGE.fullmatch(end) for end in ends]
    if len(ends) != 2 or not matches[0] or not matches[1]:  # noqa: PLR2004 - first and last page
        return "-".join(ends)
    (head, first), (tail, last) = matches[0].groups(), matches[1].groups()
    full = first[: max(0, len(first) - len(last))] + last
    if tail not in {"", head} or (len(full), full) < (len(first), first):
        return "-".join(ends)
    if not shorten:
        return f"{head}{first}-{head}{full}"
    return f"{head}{first}-{_kept(first, full)}"


def _kept(first: str, last: str) -> str:
    """Return what of the last page differs from the first, at least its last digit."""
    if len(first) != len(last):
        return last
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=True)))
    return last[min(same, len(last) - 1) :]
