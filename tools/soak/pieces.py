"""What inputs are made of, taken from the tests so that they are written down once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

_TESTS: Final = Path(__file__).parents[2] / "tests"
sys.path += [str(_TESTS), str(_TESTS / "gate")]

import test_any_body  # noqa: E402

import conftest  # noqa: E402 - of the tests, which are no package
import pictures  # noqa: E402

HEAD: Final = conftest.HEAD
POLICY: Final = conftest.POLICY
WORKS: Final = conftest.BIBLIOGRAPHY
PIECES: Final = tuple(test_any_body.PIECES)
YAML: Final = (
    "title: ", "version: 1\n", "people:\n", "  - {", "}\n", "[", "]", "&a ", "*a", "<<: ", "!!x ",
    "? ", "|\n", ">\n", '"', "'", "\\x00", "\\u202e", "#", "---\n", "...\n", "%YAML 1.1\n", "\t",
    ": ", "- ", "2026-11-26", "0x10", "1e9999", "999999999999999999999999", "\u2028", "\x85",
)  # fmt: skip
BYTES: Final = (
    pictures.RED,
    pictures.JPEG,
    pictures.WEBP,
    pictures.LOSSLESS,
    pictures.ICON,
    pictures.DRAWING,
)
