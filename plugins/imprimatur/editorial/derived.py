"""What is derived of an article at once: how it stands, and of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprimatur.editorial.state import Standing
    from imprimatur.manuscript import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """How an article stands.

    manifest: digest of what an approval would cover now; None if it cannot be read.
    acts: where the acts of its record lie, in their order; none of them if one cannot be read.
    """

    standing: Standing
    manifest: Digest | None = None
    acts: tuple[str, ...] = ()
