"""Where things lie in a repository, and the rules that an unreadable file there breaks."""

from __future__ import annotations

from typing import Final

from imprimatur.errors import RuleName

DOCS: Final = "docs"
ARTICLES: Final = "docs/articles"
BIBLIOGRAPHY: Final = "bibliography.bib"
POLICY: Final = "editorial/policy.yml"
BOARD: Final = "editorial/board.yml"
RECORDS: Final = "editorial/records"

PUBLISHED: Final = ("docs", "editorial", "overrides", "hooks", BIBLIOGRAPHY, "mkdocs.yml")
"""Where everything lies that readers are shown or that decides what they are shown."""

POLICY_IS_READABLE = RuleName("policy-is-readable")
BOARD_IS_READABLE = RuleName("board-is-readable")
BIBLIOGRAPHY_IS_READABLE = RuleName("bibliography-is-readable")
RECORD_IS_READABLE = RuleName("record-is-readable")

LARGEST: Final = 1_000_000
"""Bytes that are read at most of a board or a policy."""
