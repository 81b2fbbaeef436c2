"""Instants in records: UTC, written with ``Z``."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def _read(text: object) -> datetime:
    if isinstance(text, datetime):
        return text
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        raise ValueError("an instant is written in UTC, such as 2026-11-23T10:15:12Z")
    return datetime.fromisoformat(text)


def _write(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Moment = Annotated[
    datetime,
    BeforeValidator(_read),
    PlainSerializer(_write),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": f"^{_FORM.pattern}$"}),
]
"""An aware datetime in UTC, to the second."""
