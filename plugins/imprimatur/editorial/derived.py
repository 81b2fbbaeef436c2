"""What is derived of an article at once: how it stands, and of what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprimatur.editorial.state import Standing
    from imprimatur.manuscript import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """How an article stands.

    manifest: digest of what an approval would cover now; None if it cannot be read.
    acts: where the acts of its record lie, in their order; none of them if one cannot be read.
    images: the digest of each image in it, by its path.
    is_certain: whether this machine could judge every signature.
    """

    standing: Standing
    manifest: Digest | None = None
    acts: tuple[str, ...] = ()
    images: Mapping[str, Digest] = field(default_factory=dict)
    is_certain: bool = False
