"""Which sheet goes with the page that MkDocs is at, and what was printed on each."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from imprimatur.editorial import Repository
from imprimatur.editorial.protected_branch import TRUST
from imprimatur.gate.stage_file import STAGE
from imprimatur.hosts.edition import Edition
from imprimatur.hosts.precautions import opened_stage, refuse_unless_granted
from imprimatur.press import ArticleSheet, PrintedSheet, RefusedSheet

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs.structure.pages import Page

    from imprimatur.errors import Finding
    from imprimatur.hosts.edition import Pages
    from imprimatur.press import Proof, Sheet

log = get_plugin_logger("imprimatur")


class Sheets:
    """The sheets of one build. edition: what is printed. page: the one that was read last.

    printed: what each built page must hold, by its file below ``docs/``.
    """

    def __init__(self, edition: Pages) -> None:
        self.edition = edition
        self.page: Page | None = None
        self.printed: dict[str, Proof | PrintedSheet] = {}

    def sheet(self) -> Sheet:
        """The sheet of the page that is rendered. Raises PluginError where none was read."""
        page = self.page
        if page is None:
            raise PluginError("imprimatur: a page was rendered before it was read")
        sheet = self.edition.sheet(page.file.src_uri, page.file.url)
        if isinstance(sheet, ArticleSheet):
            return replace(sheet, judge=lambda proof: self._judged(sheet, proof))
        if isinstance(sheet, PrintedSheet):
            self.printed[page.file.src_uri] = sheet
        if isinstance(sheet, RefusedSheet):
            _logged(sheet.findings)
        return sheet

    def _judged(self, sheet: ArticleSheet, proof: Proof) -> tuple[Finding, ...]:
        """Judge a proof; one that is granted is what the built page must hold."""
        findings = _logged(sheet.judge(proof))
        if not findings:
            self.printed[sheet.copy.manuscript.path.removeprefix("docs/")] = proof
        return findings


def opened(root: Path, *, preview: bool, directories: bool) -> Pages:
    """The staged edition, where one is staged; else that of the repository, if it may be.

    Raises PluginError.
    """
    if STAGE in os.environ:
        if preview:
            raise PluginError(f"imprimatur: a staged tree has no preview; unset {STAGE}")
        return opened_stage(os.environ[STAGE], root, directories=directories)
    repository = Repository(root, os.environ.get(TRUST))
    now = datetime.now(tz=UTC)
    if not preview:
        refuse_unless_granted(repository, now)
    return Edition(repository, now, directories=directories)


def _logged(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Tell whoever serves the site why a page is refused."""
    for finding in findings:
        log.warning("%s", finding)
    return findings
