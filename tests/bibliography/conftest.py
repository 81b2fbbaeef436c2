"""Bibliographies to read: the verified works, and whatever a test writes down."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprimatur.bibliography import Bibliography, Work, read_bibliography

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def verified() -> Bibliography:
    """Return the works that the first articles cite."""
    return read_bibliography((_HERE / "verified.bib").read_bytes(), "bibliography.bib")


@pytest.fixture(scope="session")
def troubled() -> Bibliography:
    """Return works with a history: retracted, reprinted, superseded."""
    return read_bibliography((_HERE / "fixtures.bib").read_bytes(), "bibliography.bib")


@pytest.fixture
def read() -> Callable[[str], Bibliography]:
    """Return a reader of BibTeX that a test writes down."""
    return lambda text: read_bibliography(text.encode(), "bibliography.bib")


@pytest.fixture
def work(read: Callable[[str], Bibliography]) -> Callable[..., Work]:
    """Return a maker of one article with the given fields, over sensible ones."""

    def make(entry_type: str = "article", **fields: str) -> Work:
        given = {"title": "A title", "journal": "J Test", "year": "2020", **fields}
        lines = (f"{name} = {{{value}}}" for name, value in given.items() if value)
        found = read(f"@{entry_type}{{key,\n" + ",\n".join(lines) + "\n}\n").work("key")
        assert found is not None
        return found

    return make
