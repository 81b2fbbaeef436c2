"""What came of reading one untrusted thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from imprimatur.errors import Finding

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[T]):
    """A value, or the findings that say why there is none.

    value: None whenever anything made the thing unreadable.
    findings: may be there beside a value, where the thing is readable and wrong.
    """

    value: T | None
    findings: tuple[Finding, ...] = ()
