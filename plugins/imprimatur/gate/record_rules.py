"""Rules about records, and whether what they say grants publication."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from imprimatur.editorial.history import uncommitted
from imprimatur.editorial.places import ARTICLES, PUBLISHED, RECORDS
from imprimatur.editorial.site_list import SITE_SLUG
from imprimatur.errors import CannotExamineError, Finding, RuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprimatur.gate.examination import Examination


def article_has_record(examination: Examination) -> Iterator[Finding]:
    """Every manuscript has been submitted.

    Bad: docs/articles/spinal-mri.md without a folder editorial/records/spinal-mri/
    Good: a `submit` act beside every manuscript
    """
    repository = examination.repository
    for slug in repository.slugs:
        if not examination.seen(slug).submits:
            message = "there is no `submit` act for this article"
            cure = f"run `imprimatur submit {quote(slug)}`, or restore the act if it was deleted"
            yield _finding(f"{ARTICLES}/{slug}.md", "article-has-record", message, cure)


def record_has_article(examination: Examination) -> Iterator[Finding]:
    """Every record is about a manuscript that is there: slugs are never reused or dropped.

    Bad: editorial/records/spinal-mri/ without docs/articles/spinal-mri.md
    Good: the manuscript stays for as long as its record
    """
    repository = examination.repository
    for slug in sorted(set(repository.record_paths) - {*repository.slugs, SITE_SLUG}):
        message = f"these acts are about `{slug or 'no article'}`, of which there is no manuscript"
        cure = "give the manuscript its name back, or restore it from history"
        yield _finding(f"{RECORDS}/{slug}".rstrip("/"), "record-has-article", message, cure)


def record_names_this_site(examination: Examination) -> Iterator[Finding]:
    """Every act was done for this site.

    Bad: an act copied from another site
    Good: an act whose `site` is that of editorial/policy.yml
    """
    policy = examination.repository.policy.value
    for slug in sorted(examination.repository.record_paths):
        for path, site in examination.seen(slug).foreign.items():
            own = policy.site if policy else ""
            message = f"this act is for the site `{site}`, this is `{own}`"
            yield _finding(path, "record-names-this-site", message, "delete the copied act")


def record_matches_manuscript(examination: Examination) -> Iterator[Finding]:
    """The text that stands in the manuscript was submitted, just as it stands.

    Bad: a manuscript, or a reference it cites, edited after `submit`
    Good: a new `submit` after the last edit
    """
    repository = examination.repository
    derived = repository.derived(repository.slugs, examination.now)
    for slug, each in derived.items():
        submits = examination.seen(slug).submits
        if each.manifest is not None and submits and each.manifest not in submits:
            message = "the text, or a reference it cites, was changed after it was submitted"
            changed = examination.standing(slug).changed
            if changed:
                message = f"lapsed: changed since it was approved: {'; '.join(changed)}"
            cure = f"run `imprimatur submit {quote(slug)}` to submit the present text"
            path = f"{ARTICLES}/{slug}.md"
            yield _finding(path, "record-matches-manuscript", message, cure)


def record_is_kept(examination: Examination) -> Iterator[Finding]:
    """Acts are added, and never changed or removed: a mistake is corrected by another act.

    What was once on the protected branch counts as it came there, whatever the tree holds. Only a
    file that proves nothing may be removed again.

    Bad: an act whose name or digest was edited after it was committed
    Good: a new act beside it
    """
    if examination.repository.unproven:
        raise CannotExamineError(examination.repository.unproven)
    lost = examination.repository.dossiers.lost
    for path in lost.astray:
        message = "this signed act got lost where a branch was merged into the protected one"
        cure = "bring it back as it was signed, with its .sig file, in a new commit"
        yield _finding(path, "record-is-kept", message, cure)
    for path in lost.altered:
        message = "this act came to the protected branch otherwise than it was signed"
        cure = "what came first counts, and proves nothing: let its signer do the same anew"
        yield _finding(path, "record-is-kept", message, cure)
    for path in rewritten(examination):
        message = "this act was changed or deleted after it came to the protected branch"
        cure = "restore it as it came there, or merge the protected branch into this one"
        yield _finding(path, "record-is-kept", message, cure)


def rewritten(examination: Examination) -> Iterator[str]:
    """Files of the records that are not as they came to the protected branch, and should be."""
    repository = examination.repository
    for path in repository.ledger.rewritten:
        is_gone = repository.files.read(path) is None
        # A signature without an act proves as little as one beside an act that says nothing.
        if is_gone and {path, path.removesuffix(".sig")} & examination.worthless:
            continue
        yield path


def article_is_approved(examination: Examination) -> Iterator[Finding]:
    """Every article that would be published is approved, exactly as it stands.

    Bad: an article whose standing is submitted
    Good: an article whose standing is approved
    """
    repository = examination.repository
    for slug in repository.slugs:
        standing = examination.standing(slug)
        if not standing.is_published and not standing.is_notice:
            message = f"`{slug}` is pending review: its standing is {standing.state}"
            if standing.changed:
                message += f", since this changed: {'; '.join(standing.changed)}"
            if standing.would_be:
                message += f"; it would be {standing.would_be} once merged"
            cure = f"it waits for {'; and for '.join(standing.waits_for) or 'the board'}"
            yield _finding(f"{ARTICLES}/{slug}.md", "article-is-approved", message, cure)


def tree_is_committed(examination: Examination) -> Iterator[Finding]:
    """What is published is what is committed: nothing changed, unknown or ignored lies beside it.

    Asked of a working tree only, from which MkDocs builds; `gate` and `publish` read the commit.

    Bad: an edit that is not committed yet
    Good: a clean working tree
    """
    repository = examination.repository
    if repository.commit:
        return
    for path in uncommitted(repository.root, PUBLISHED):
        message = "this file is not what the commit holds"
        cure = "commit it, or remove it"
        yield _finding(path, "tree-is-committed", message, cure)


def _finding(path: str, rule: str, message: str, cure: str) -> Finding:
    return Finding(path=path, line=0, rule=RuleName(rule), message=message, cure=cure)
