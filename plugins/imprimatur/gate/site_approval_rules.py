"""Rules about what frames the articles: pages, assets and settings that an editor approves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprimatur.editorial.site_list import SETTINGS, SITE, is_site_path
from imprimatur.errors import Finding, RuleName
from imprimatur.gate.host_settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination


def site_list_is_readable(examination: Examination) -> Iterator[Finding]:
    """The list of the site's own files, if there is one, can be read.

    Bad: a digest in editorial/site.yml that was typed by hand and lacks a sign
    Good: the file as `imprimatur site` wrote it
    """
    yield from examination.own_files.listed.findings


def template_is_listed(examination: Examination) -> Iterator[Finding]:
    """The site's own templates, if it has any, lie where they are listed for an editor's approval.

    Bad: custom_dir: theme, in mkdocs.yml
    Good: custom_dir: overrides
    """
    folder = read_settings(examination.repository.files.read(SETTINGS)).overrides
    if folder and not is_site_path(f"{folder}/x"):
        message = f"the templates lie in `{folder}`, and nobody is asked to approve what lies there"
        cure = "move them to overrides/, and write `custom_dir: overrides`"
        yield _finding(SETTINGS, "template-is-listed", message, cure)


def site_file_is_listed(examination: Examination) -> Iterator[Finding]:
    """The site's own files are those of its list, and nothing lies beside them.

    These are all files below docs/, overrides/ and hooks/ but those of docs/articles/, and
    mkdocs.yml. Without a list, only publishing is refused.

    Bad: docs/about.md edited, and editorial/site.yml as it was
    Good: the list written anew: imprimatur site --write-only
    """
    change = examination.own_files.change
    said = {
        "this file of the site is not in the list of those that an editor approved": change.added,
        "this file of the site is not as it is listed for an editor's approval": change.changed,
        "this file of the site is listed, and is not there": change.removed,
    }
    for message, paths in said.items():
        for path in paths:
            cure = f"put it back as it was, or list it in {SITE}: imprimatur site --write-only"
            yield _finding(path, "site-file-is-listed", message, cure)


def site_is_approved(examination: Examination) -> Iterator[Finding]:
    """What frames the articles is approved by an editor, exactly as it stands.

    Bad: a home page that nobody signed for
    Good: editorial/site.yml, and in editorial/records/site/ an editor's signed approval of it
    """
    standing = examination.own_files.standing
    if standing.approved is None:
        message = f"the site's own pages are not approved: this waits for {standing.waits_for}"
        if standing.would_be:
            message += "; it would be approved once merged"
        cure = "let an editor read what was changed, and sign: imprimatur site"
        yield _finding(SITE, "site-is-approved", message, cure)


def _finding(path: str, rule: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=0, rule=RuleName(rule), message=message, cure=cure)
