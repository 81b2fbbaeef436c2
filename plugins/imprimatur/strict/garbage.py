"""How often Python looks for objects that only hold each other."""

from __future__ import annotations

import gc
from typing import Final

_OBJECTS: Final = 50_000
"""New objects after which it looks; else 700, which takes longer than what it finds is worth."""


def look_seldom() -> None:
    """Look for garbage seldom, in a program that ends soon and leaves little of it behind."""
    gc.set_threshold(_OBJECTS)
