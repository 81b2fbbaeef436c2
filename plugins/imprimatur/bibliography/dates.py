"""Months and days, as bibliographies write them."""

from __future__ import annotations

import re

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def month_name(text: str) -> str:
    """Return the month in full, from its name, its first letters or its number; or empty."""
    word = re.split(r"[^A-Za-z0-9]", text.strip(), maxsplit=1)[0].lower()
    if re.fullmatch(r"0?[1-9]|1[0-2]", word, re.ASCII):
        return MONTHS[int(word) - 1]
    shortest = 3
    fits = (name for name in MONTHS if len(word) >= shortest and name.lower().startswith(word[:3]))
    return next(fits, "")


def year_and_month(date: str) -> tuple[str, str]:
    """Return year and month of an ISO date such as ``2024-06``, as the fields would hold them."""
    match = _ISO.fullmatch(date.strip())
    return (match[1], match[2] or "") if match else ("", "")


def day(date: str, *, american: bool) -> str:
    """Return ``2026-02-03`` as ``February 3, 2026`` or ``2026 Feb 3``; other text as it stands."""
    match = _ISO.fullmatch(date)
    month = month_name(match[2] or "") if match else ""
    if not match or not month:
        return date
    number = str(int(match[3])) if match[3] else ""
    if american:
        return f"{month} {number}, {match[1]}" if number else f"{month} {match[1]}"
    return f"{match[1]} {month[:3]} {number}".rstrip()
